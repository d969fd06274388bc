"""Counts business time: when the desk is open, and how much of an interval it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kaz_bot.days_off import DaysOff

# A desk that stays shut for so long is not going to open.
_DAYS_LOOKED_AT = 3660
_NOTHING = timedelta(0)


class NeverOpen(Exception):
    """The hours and the days off leave no time at all in which somebody works."""


@dataclass(frozen=True)
class Span:
    """Part of a day by the clock on the wall; one that closes at 00:00 lasts until midnight."""

    opens: time
    closes: time


MONDAY_TO_THURSDAY = (Span(time(8), time(16)),)
FRIDAY = (Span(time(8), time(14)),)


def usual_hours() -> Mapping[int, tuple[Span, ...]]:
    """Monday to Thursday 08:00 to 16:00, Friday until 14:00."""
    return dict.fromkeys(range(4), MONDAY_TO_THURSDAY) | {4: FRIDAY}


@dataclass(frozen=True, kw_only=True)
class WorkingTime:
    """Hours for each weekday, 0 being Monday, on all days but holidays and the extra days off.

    All times it gives are in UTC. A span follows the clock on the wall, so that one across a
    clock change is an hour longer or shorter. Raises NeverOpen rather than search for ever.
    """

    zone: ZoneInfo = ZoneInfo("Europe/Berlin")
    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=usual_hours)
    days: DaysOff = field(default_factory=DaysOff)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody works at this moment; at closing time nobody does any more."""
        return any(opens <= at < closes for opens, closes in self._open_on(self._day(at)))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself while the desk is open, otherwise when it opens next."""
        opens, _ = next(self._open_from(at))
        return opens

    def after(self, at: datetime, length: timedelta) -> datetime:
        """The moment at which `length` of business time has passed since `at`.

        What is filled to the end of a day falls on its closing, not on the next opening.
        """
        if length <= _NOTHING:
            return at.astimezone(UTC)
        left = length
        for opens, closes in self._open_from(at):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise NeverOpen

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much business time lies between the two; none if `until` is the earlier one."""
        passed = _NOTHING
        day, last = self._day(since), self._day(until)
        while day <= last:
            for opens, closes in self._open_on(day):
                passed += max(_NOTHING, min(closes, until) - max(opens, since))
            day += timedelta(days=1)
        return passed

    def opening_of(self, day: date) -> datetime | None:
        """When the desk opens on `day`; None if it stays shut."""
        return next((opens for opens, _ in self._open_on(day)), None)

    def _open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the present span, then each one after it."""
        day = self._day(at)
        shut = 0
        while shut < _DAYS_LOOKED_AT:
            shut += 1
            for opens, closes in self._open_on(day):
                if at < closes:
                    shut = 0
                    yield max(opens, at.astimezone(UTC)), closes
            day += timedelta(days=1)
        raise NeverOpen

    def _open_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The spans of `day` as moments, in order, without overlap."""
        spans = self.hours.get(day.weekday(), ())
        if not spans or self._is_off(day):
            return
        latest = datetime.min.replace(tzinfo=UTC)
        for span in spans:
            # In the hour that a clock change leaves out, what ends can come before what begins.
            opens = max(latest, self._moment(day, span.opens))
            ends = day if span.closes > time(0) else day + timedelta(days=1)
            closes = self._moment(ends, span.closes)
            if opens < closes:
                yield opens, closes
                latest = closes

    def _is_off(self, day: date) -> bool:
        """A holiday or an extra day off; a weekend with hours of its own is a day like others."""
        extra = any(extra.falls_on(day) for extra in self.days.extra)
        return extra or self.days.holiday(day) is not None

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _moment(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.zone).astimezone(UTC)
