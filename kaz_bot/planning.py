"""Finds when a recurring reminder is due next, whatever was said about holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from kaz_bot.dates import Recurrence, times_after
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.recurring import by_the_clock, first_of
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import HolidayRule, Reminder
from kaz_bot.errors import ErrorCode, Refusal

# Nobody reads how often exactly it was missed, when it was as often as that or more.
MISSED_AT_MOST = 100
# Every quarter of an hour comes not half as often in the longest row of holidays.
_LOOKED_AT = 2000
# Further ahead nobody decides what shall be on a holiday.
_HORIZON = timedelta(days=370)
_DAY = timedelta(days=1)


class CountedInHours(Refusal):
    """What comes several times a day cannot be moved to another day: it comes then already."""

    code = ErrorCode.BAD_STATE
    template = "refusal/counted_in_hours"


class SearchGivenUp(Exception):
    """Our bug: of very many occurrences none is told, though the rule has not ended."""


def check_holiday_rule(reminder: Reminder, rule: HolidayRule, prefix: str) -> None:
    """Raises CountedInHours if its occurrences cannot be moved as `rule` says."""
    moves = rule in {HolidayRule.BEFORE, HolidayRule.AFTER}
    if moves and by_the_clock(reminder.rrule):
        raise CountedInHours(reminder=reminder, prefix=prefix)


def due_times(reminder: Reminder, after: datetime, days: DaysOff) -> Iterator[datetime]:
    """All times after `after` in their order, each once: moved or left out as its rule says.

    Raises SearchGivenUp rather than let a rule look as if it had ended.
    """
    zone = ZoneInfo(reminder.zone)
    # Times of one zone are compared as the wall shows them, and it shows an hour twice.
    after, waiting, looked = after.astimezone(UTC), set[datetime](), 0
    for at in times_after(rule_of(reminder), _looked_from(reminder, after, days)):
        moved = as_ruled(at, reminder.holidays, days)
        if moved is not None and moved > after:
            waiting.add(moved.astimezone(UTC))
        limit = _settled_until(at, reminder.holidays, days)
        settled = sorted(one for one in waiting if one <= limit)
        yield from (one.astimezone(zone) for one in settled)
        waiting -= set(settled)
        looked = 0 if settled else looked + 1
        if looked == _LOOKED_AT:
            raise SearchGivenUp(f"reminder {reminder.id}, {reminder.rrule}, after {after}")
    yield from (one.astimezone(zone) for one in sorted(waiting))


def next_due(reminder: Reminder, after: datetime, days: DaysOff) -> datetime | None:
    """The first time after `after`, moved or left out as its holiday rule says; None if it ends."""
    return next(due_times(reminder, after, days), None)


def next_ones(reminder: Reminder, after: datetime, count: int, days: DaysOff) -> Iterator[datetime]:
    """The next times of a recurrence."""
    return islice(due_times(reminder, after, days) if reminder.rrule else iter(()), count)


def times_missed(reminder: Reminder, since: datetime, until: datetime, days: DaysOff) -> int:
    """How many times it was due after `since`, up to `until`; MISSED_AT_MOST: that many or more."""
    last = until.astimezone(UTC)
    missed = takewhile(lambda at: at <= last, due_times(reminder, since, days))
    return sum(1 for _ in islice(missed, MISSED_AT_MOST))


def first_on_holiday(reminder: Reminder, now: datetime, days: DaysOff) -> Clash | None:
    """The next occurrence within a year that falls on a holiday."""
    today = now.astimezone(ZoneInfo(reminder.zone)).date()
    found = on_holidays(rule_of(reminder), today, today + _HORIZON, days)
    at = next((at for at in found if at > now.astimezone(UTC)), None)
    return clash_of(at, days) if at else None


def on_holidays(rule: Recurrence, since: date, until: date, days: DaysOff) -> Iterator[datetime]:
    """The occurrences on holidays, from the day `since` to the day before `until`."""
    if not by_the_clock(rule.rrule):
        some = takewhile(lambda at: at.date() < until, _from_day(rule, since))
        yield from (at for at in some if days.holiday(at.date()) is not None)
        return
    # Between two holidays there are thousands of these.
    for number in range((until - since).days):
        day = since + number * _DAY
        if days.holiday(day) is not None:
            yield from _on_day(rule, day)


def _on_day(rule: Recurrence, day: date) -> Iterator[datetime]:
    return takewhile(lambda at: at.date() == day, _from_day(rule, day))


def _from_day(rule: Recurrence, day: date) -> Iterator[datetime]:
    midnight = datetime.combine(day, time.min, tzinfo=rule.dtstart.tzinfo)
    return times_after(rule, midnight - timedelta(seconds=1))


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


def _looked_from(reminder: Reminder, after: datetime, days: DaysOff) -> datetime:
    """From when on an occurrence may have been moved to a time after `after`."""
    if reminder.holidays is not HolidayRule.AFTER:
        return after
    zone = ZoneInfo(reminder.zone)
    today = after.astimezone(zone).date()
    worked = days.last_working_day(today - _DAY)
    idle = (worked + number * _DAY for number in range(1, (today - worked).days + 1))
    first = next((day for day in idle if days.holiday(day) is not None), None)
    if first is None:
        return after
    return datetime.combine(first, time.min, tzinfo=zone) - timedelta(seconds=1)


def _settled_until(at: datetime, rule: HolidayRule, days: DaysOff) -> datetime:
    """Up to when no occurrence later than `at` can be due any more."""
    if rule is not HolidayRule.BEFORE:
        return at
    worked = days.last_working_day(at.date())
    return datetime.combine(worked, time.min, tzinfo=at.tzinfo) - timedelta(seconds=1)


def rule_of(reminder: Reminder) -> Recurrence:
    """Its rule with the first occurrence it counts from."""
    first = first_of(reminder.starts, reminder.zone)
    return Recurrence(rrule=reminder.rrule, dtstart=first, timed=reminder.timed)


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
