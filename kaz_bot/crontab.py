"""Reads a crontab's five fields as Debian's cron does, and says when they next come true."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from kaz_bot.days_off import DaysOff

_DAY = timedelta(days=1)
_SATURDAY = 5
_ANY_TIME = datetime(2026, 1, 1)  # noqa: DTZ001 - only whether there is a next time matters.


@dataclass(frozen=True)
class Crontab:
    """When something is to be done again and again; on a day off it waits for the next open day.

    Raises ValueError for fields that mean nothing or never come true.
    """

    fields: str

    def __post_init__(self) -> None:
        try:
            next(CronSim(self.fields, _ANY_TIME))
        except (CronSimError, StopIteration) as problem:
            raise ValueError(
                f'"{self.fields}" is no time to do something again and again; write the five '
                "fields of a crontab, such as 0 8 * * 1 for Monday at 8:00"
            ) from problem

    def next_after(self, moment: datetime, zone: ZoneInfo, days: DaysOff) -> datetime:
        """The next time after `moment`, in `zone`.

        What falls on a holiday or another day off in the week comes at the same time of the next
        day on which somebody works. Who names a weekend means it.
        """
        # What fell on days off before `moment` may have been moved behind it.
        since = moment.astimezone(zone) - _DAY * 14
        for planned in CronSim(self.fields, since):
            moved = _moved(planned, zone, days)
            if moved > moment:
                return moved
        raise AssertionError("a crontab that came true once does so again")

    def time_of_day(self) -> time:
        """The time of day at which it first comes true."""
        return next(CronSim(self.fields, _ANY_TIME)).time()

    def daily_after(self, moment: datetime, zone: ZoneInfo, days: DaysOff) -> datetime:
        """The next working day's same time of day."""
        day = moment.astimezone(zone).date()
        while True:
            at = datetime.combine(day, self.time_of_day(), zone)
            if days.is_open(day) and at > moment:
                return at
            day += _DAY


def _moved(planned: datetime, zone: ZoneInfo, days: DaysOff) -> datetime:
    day = planned.date()
    if day.weekday() >= _SATURDAY:
        return planned
    while not days.is_open(day):
        day += _DAY
    return datetime.combine(day, planned.time(), zone)
