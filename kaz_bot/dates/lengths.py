"""Adds lengths of time: months and days by the calendar, hours and minutes by the clock."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import Length, Unit

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}
_MOST_WORKING_DAYS = 600
_MOST_MONTHS = 12 * 100
_MOST_DAYS = 366 * 100


@dataclass(frozen=True, kw_only=True)
class Distance:
    """Lengths summed up, by how they are counted."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    minutes: int = 0

    @property
    def elapses(self) -> bool:
        """Whether it runs by the clock rather than by the calendar."""
        return self.minutes > 0

    @property
    def is_weeks(self) -> bool:
        """Whether it leads to the same weekday."""
        return not self.months and not self.working_days and self.days % 7 == 0


def distance(lengths: Sequence[Length]) -> Distance:
    """Raises `BadDate` for half a month and for what nobody will live to see."""
    months = _whole(sum(part.number * _MONTHS.get(part.unit, 0) for part in lengths))
    minutes = sum(part.number * _MINUTES.get(part.unit, 0) for part in lengths)
    working_days = _whole(sum(part.number for part in lengths if part.unit is Unit.WORKDAY))
    days = sum(part.number * _DAYS.get(part.unit, 0) for part in lengths)
    if days != int(days):
        # A day and a half is a length by the clock, half a week is no length at all.
        if any(part.unit is Unit.WEEK and part.number % 1 for part in lengths):
            raise BadDate(Reason.AMBIGUOUS)
        minutes, days = minutes + (days % 1) * 24 * 60, int(days)
    if months > _MOST_MONTHS or days > _MOST_DAYS or minutes > _MOST_DAYS * 24 * 60:
        raise BadDate(Reason.TOO_FAR)
    if working_days > _MOST_WORKING_DAYS:
        raise BadDate(Reason.TOO_FAR)
    return Distance(
        months=months, days=int(days), working_days=working_days, minutes=round(minutes)
    )


def _whole(number: float) -> int:
    if number != int(number):
        raise BadDate(Reason.AMBIGUOUS)
    return int(number)


def moved(day: date, by: Distance, scene: Scene, sign: int = 1) -> date:
    """`day` so much later or earlier; a month that is too short ends on its last day."""
    place = day.year * 12 + day.month - 1 + sign * by.months
    year, month = divmod(place, 12)
    try:
        day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        day += timedelta(days=sign * by.days)
    except (ValueError, OverflowError) as problem:
        raise BadDate(Reason.TOO_FAR) from problem
    if sign > 0:
        return scene.days.working_days_after(day, by.working_days)
    for _ in range(by.working_days):
        day = scene.days.last_working_day(day - timedelta(days=1))
    return day


def elapsed(since: datetime, by: Distance, scene: Scene, sign: int = 1) -> datetime:
    """So many real minutes later, whatever the clocks do meanwhile."""
    try:
        at = since.astimezone(UTC) + sign * timedelta(minutes=by.minutes)
        return at.astimezone(scene.zone)
    except OverflowError as problem:
        raise BadDate(Reason.TOO_FAR) from problem
