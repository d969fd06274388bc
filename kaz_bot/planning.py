"""Finds when a recurring reminder is due next, whatever was said about holidays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kaz_bot.dates import Recurrence, occurrences
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import HolidayRule, Reminder

# An occurrence is moved off holidays by fewer days than this.
_MOVED_AT_MOST = timedelta(days=10)
_LOOKED_AT_ONCE = 20
# So many occurrences in a row on holidays only: the rule has none on other days.
_LOOKED_AT = 400
_MISSED_AT_MOST = 100
# Further ahead nobody decides what shall be on a holiday.
_HORIZON = timedelta(days=370)


def next_due(reminder: Reminder, after: datetime, days: DaysOff) -> datetime | None:
    """The first time after `after`, moved or left out as its holiday rule says; None if it ends."""
    moved = (as_ruled(at, reminder.holidays, days) for at in _occurrences(reminder, after))
    return next((at for at in moved if at is not None and at > after), None)


def next_ones(reminder: Reminder, after: datetime, count: int, days: DaysOff) -> Iterator[datetime]:
    """The next times of a recurrence."""
    at = next_due(reminder, after, days) if reminder.rrule else None
    while at is not None and count > 0:
        yield at
        at, count = next_due(reminder, at, days), count - 1


def times_missed(reminder: Reminder, since: datetime, until: datetime, days: DaysOff) -> int:
    """How many times it was due after `since`, up to `until`; counted to a hundred."""
    passed: set[datetime] = set()
    for at in _occurrences(reminder, since, at_once=_MISSED_AT_MOST):
        moved = as_ruled(at, reminder.holidays, days)
        if at > until + _MOVED_AT_MOST or len(passed) == _MISSED_AT_MOST:
            break
        if moved is not None and since < moved <= until:
            passed.add(moved)
    return len(passed)


def first_on_holiday(reminder: Reminder, now: datetime, days: DaysOff) -> Clash | None:
    """The next occurrence within a year that falls on a holiday."""
    for at in _occurrences(reminder, now):
        if at > now + _HORIZON:
            return None
        if at > now and days.holiday(at.date()) is not None:
            return clash_of(at, days)
    return None


def clash_of(due: datetime, days: DaysOff) -> Clash | None:
    """What is to be said about a day on which nobody works; `due` is in its own zone."""
    if days.is_working_day(due.date()):
        return None
    moved = days.next_working_day(due.date())
    return Clash(
        due=due,
        holiday=days.holiday(due.date()),
        next_working_day=due.replace(year=moved.year, month=moved.month, day=moved.day),
    )


def _occurrences(
    reminder: Reminder, after: datetime, at_once: int = _LOOKED_AT_ONCE
) -> Iterator[datetime]:
    """As the rule says, from a little before `after` if they may be moved across it."""
    rule = rule_of(reminder)
    moves = reminder.holidays in {HolidayRule.BEFORE, HolidayRule.AFTER}
    since = after - _MOVED_AT_MOST if moves else after
    # The days that are looked back have many hours, and each look begins where the rule does.
    at_once = _LOOKED_AT if moves and reminder.rrule.startswith("FREQ=HOURLY") else at_once
    for _ in range(_LOOKED_AT // at_once):
        some = occurrences(rule, since, at_once)
        yield from some
        if len(some) < at_once:
            return
        since = some[-1]


def rule_of(reminder: Reminder) -> Recurrence:
    """Its rule with the first occurrence it counts from."""
    starts = datetime.fromisoformat(reminder.starts).replace(tzinfo=ZoneInfo(reminder.zone))
    return Recurrence(rrule=reminder.rrule, dtstart=starts, timed=reminder.timed)


def as_ruled(at: datetime, rule: HolidayRule, days: DaysOff) -> datetime | None:
    """When the occurrence really is; nothing if it is left out on a holiday."""
    if rule is HolidayRule.KEEP or days.holiday(at.date()) is None:
        return at
    match rule:
        case HolidayRule.SKIP:
            return None
        case HolidayRule.BEFORE:
            day = days.last_working_day(at.date())
        case _:
            day = days.next_working_day(at.date())
    return at.replace(year=day.year, month=day.month, day=day.day)
