"""Puts days and times on the clock of one place, seen from now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kaz_bot.dates.moments import Moment, Remark, Use
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.days_off import DaysOff

_DEFAULTS = {Use.REMINDER: time(9, 0), Use.DEADLINE: time(23, 59)}
# Nobody at the desk will be there to be reminded.
MOST_YEARS = 100


@dataclass(frozen=True)
class SaidTime:
    """A time of day as said; `next_day` if it belongs to the day after: "Freitag 24 Uhr"."""

    time: time
    next_day: bool = False


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a date is seen against: now, where, which days are off, and what it is for."""

    now: datetime
    zone: ZoneInfo
    days: DaysOff
    use: Use
    said: SaidTime | None = None

    @property
    def today(self) -> date:
        """The day it is here."""
        return self.now.date()

    @property
    def monday(self) -> date:
        """Of this week."""
        return self.today - timedelta(days=self.today.weekday())

    @property
    def time(self) -> SaidTime:
        """The time said, or the usual one of what the date is for."""
        return self.said or SaidTime(_DEFAULTS[self.use])

    def wall(self, day: date) -> datetime:
        """What the clock on the wall shows when `day` comes to its time."""
        try:
            shown = day + timedelta(days=1) if self.time.next_day else day
        except OverflowError as problem:
            raise BadDate(Reason.TOO_FAR) from problem
        return datetime.combine(shown, self.time.time)

    def ahead(self, day: date) -> bool:
        """Whether the time of `day` is still to come, if only once more in the doubled hour."""
        wall = self.wall(day)
        again = wall.replace(tzinfo=self.zone, fold=1)
        return wall > self.now.replace(tzinfo=None) or (
            _is_shown_twice(again) and again.astimezone(UTC) > self.now.astimezone(UTC)
        )

    def moment(self, day: date, remark: Remark | None = None) -> Moment:
        """`day` at its time. Raises `BadDate` if that is gone or does not exist."""
        if day.year - self.today.year > MOST_YEARS:
            raise BadDate(Reason.TOO_FAR)
        wall = self.wall(day)
        at = wall.replace(tzinfo=self.zone)
        if shown(at, self.zone) != wall:
            raise BadDate(Reason.GAP, moment=at.astimezone(UTC).astimezone(self.zone))
        twice = _is_shown_twice(at)
        if twice and at.astimezone(UTC) <= self.now.astimezone(UTC):
            at = at.replace(fold=1)
        if at.astimezone(UTC) <= self.now.astimezone(UTC):
            raise BadDate(Reason.PAST, moment=at)
        return Moment(at=at, timed=self.said is not None, remark=Remark.TWICE if twice else remark)


def _is_shown_twice(at: datetime) -> bool:
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock in `zone` really shows at that instant."""
    return at.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
