"""Writes recurrences as rules of RFC 5545."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kaz_bot.dates.named_days import named_day
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.spoken import (
    Again,
    Date,
    DayOfMonth,
    EndOf,
    NamedDay,
    Nth,
    Stretch,
    Unit,
)

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_DAYS = "MO,TU,WE,TH,FR"
_FREQUENCIES = {
    Unit.MINUTE: "MINUTELY",
    Unit.HOUR: "HOURLY",
    Unit.DAY: "DAILY",
    Unit.WEEK: "WEEKLY",
    Unit.MONTH: "MONTHLY",
    Unit.YEAR: "YEARLY",
}
_MOST_OFTEN_MINUTES = 15
_MOST_IN_A_MONTH = {Unit.DAY: 31, Unit.WORKDAY: 20}
_MOST_WEEKDAYS_IN_A_MONTH = 5
_MOST_INTERVAL = 1000


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule without its end: how often, and on which days of it."""

    frequency: str
    interval: int = 1
    by: tuple[str, ...] = ()
    working_days: bool = False

    def written(self, *ends: str) -> str:
        """As in a calendar file."""
        often = f"INTERVAL={self.interval}" if self.interval > 1 else ""
        return ";".join(filter(None, (f"FREQ={self.frequency}", often, *self.by, *ends)))


def every(again: Again) -> Rule:
    """Every so many units, beginning whenever it begins."""
    if not 0 < again.interval <= _MOST_INTERVAL:
        raise BadDate(Reason.INVALID)
    if again.unit is Unit.MINUTE and again.interval < _MOST_OFTEN_MINUTES:
        raise BadDate(Reason.TOO_OFTEN)
    if again.unit is Unit.WORKDAY:
        if again.interval > 1:
            raise BadDate(Reason.AMBIGUOUS)
        return Rule(frequency="WEEKLY", by=(f"BYDAY={WORKING_DAYS}",), working_days=True)
    if again.unit is Unit.QUARTER:
        return Rule(frequency="MONTHLY", interval=3 * again.interval)
    return Rule(frequency=_FREQUENCIES[again.unit], interval=again.interval)


def on_weekdays(weekdays: Sequence[int], interval: int) -> Rule:
    """On these days of every so many weeks."""
    days = ",".join(CODES[day] for day in sorted(set(weekdays)))
    return Rule(frequency="WEEKLY", interval=interval, by=(f"BYDAY={days}",))


def a_day_later(rule: Rule) -> Rule:
    """The rule of "jeden Freitag 24 Uhr", which is Saturday. Of a month's days there is none."""
    if not rule.by:
        return rule
    name, _, days = rule.by[0].partition("=")
    if rule.frequency != "WEEKLY" or name != "BYDAY":
        raise BadDate(Reason.AMBIGUOUS)
    later = on_weekdays([(CODES.index(day) + 1) % 7 for day in days.split(",")], rule.interval)
    return replace(later, working_days=rule.working_days)


def at_hours(rule: Rule, hours: Sequence[int]) -> Rule:
    """The rule at several hours of each of its days."""
    daily = rule.frequency in {"DAILY", "WEEKLY"}
    if not daily and (not rule.by or any("BYSETPOS" in by for by in rule.by)):
        raise BadDate(Reason.AMBIGUOUS)
    return replace(rule, by=(*rule.by, f"BYHOUR={','.join(map(str, hours))}"))


def on_nth(nth: Nth, of: Stretch) -> Rule:
    """On the n-th day of its kind in every month, quarter, year or week."""
    if of.unit is Unit.WEEK:
        return _nth_in_a_week(nth, of)
    weekday = nth.what if isinstance(nth.what, int) else None
    limit = _MOST_WEEKDAYS_IN_A_MONTH if weekday is not None else _MOST_IN_A_MONTH[_unit(nth)]
    whole = _months_of(of, from_end=nth.place < 0)
    if whole.by and weekday is not None:
        limit -= 1
    if not 1 <= abs(nth.place) <= limit:
        raise BadDate(Reason.INVALID)
    if weekday is not None:
        return replace(whole, by=(*whole.by, f"BYDAY={nth.place}{CODES[weekday]}"))
    if nth.what is Unit.WORKDAY:
        return replace(whole, by=(*whole.by, f"BYDAY={WORKING_DAYS}", f"BYSETPOS={nth.place}"))
    return replace(whole, by=(*whole.by, f"BYMONTHDAY={nth.place}"))


def on_days_of_month(days: Sequence[DayOfMonth], again: Again) -> Rule:
    """On the 15th of every month, of every third, or of every quarter."""
    numbers = sorted({day.day for day in days})
    if not 1 <= numbers[0] <= numbers[-1] <= 31:
        raise BadDate(Reason.INVALID)
    by_day = f"BYMONTHDAY={','.join(map(str, numbers))}"
    if again.unit is Unit.QUARTER:
        return Rule(frequency="MONTHLY", by=("BYMONTH=1,4,7,10", by_day))
    if again.unit is not Unit.MONTH:
        raise BadDate(Reason.AMBIGUOUS)
    return Rule(frequency="MONTHLY", interval=again.interval, by=(by_day,))


def on_date(day: Date, again: Again) -> Rule:
    """Every year on a day, or also so many months before and after it."""
    _check(day)
    months = again.interval * {Unit.MONTH: 1, Unit.QUARTER: 3}.get(again.unit, 12)
    if again.unit is Unit.YEAR:
        by = (f"BYMONTH={day.month}", f"BYMONTHDAY={day.day}")
        return Rule(frequency="YEARLY", interval=again.interval, by=by)
    if again.unit not in {Unit.MONTH, Unit.QUARTER} or months == 1 or 12 % months:
        raise BadDate(Reason.AMBIGUOUS)
    among = sorted((day.month - 1 + months * step) % 12 + 1 for step in range(12 // months))
    by = (f"BYMONTH={','.join(map(str, among))}", f"BYMONTHDAY={day.day}")
    return Rule(frequency="MONTHLY", by=by)


def on_end(end: EndOf, again: Again | None) -> Rule:
    """On the last day of every month, quarter or year; of a week on its Friday."""
    of = end.stretch
    if of.unit is Unit.WEEK:
        return on_weekdays([4], again.interval if again and again.unit is Unit.WEEK else 1)
    rule = _months_of(of, from_end=True)
    if again and again.unit is Unit.MONTH and of.unit is Unit.MONTH and of.number is None:
        rule = replace(rule, interval=again.interval)
    return replace(rule, by=(*rule.by, "BYMONTHDAY=-1"))


def on_named_day(named: NamedDay, again: Again, year: int) -> Rule:
    """Every year on a day with a name; those that move with Easter are in no rule."""
    day, later = (named_day(named.name, at) for at in (year, year + 1))
    if (day.month, day.day) != (later.month, later.day):
        raise BadDate(Reason.AMBIGUOUS, days=(day, later))
    return on_date(Date(day.day, day.month), again)


def _check(day: Date) -> None:
    # The 29th of February comes, though not every year.
    try:
        date(2000, day.month, day.day)
    except ValueError as problem:
        raise BadDate(Reason.INVALID) from problem


def _unit(nth: Nth) -> Unit:
    assert isinstance(nth.what, Unit)
    return nth.what


def _months_of(of: Stretch, *, from_end: bool) -> Rule:
    """The months in which the first or the last days of each such stretch lie."""
    interval = max(of.every, 1)
    if of.unit is Unit.YEAR:
        by = (f"BYMONTH={12 if from_end else 1}",)
        return Rule(frequency="YEARLY", interval=interval, by=by)
    size = 3 if of.unit is Unit.QUARTER else of.months
    if of.number is not None:
        month = of.number * size if from_end else (of.number - 1) * size + 1
        if not 1 <= month <= 12:
            raise BadDate(Reason.INVALID)
        return Rule(frequency="YEARLY", by=(f"BYMONTH={month}",))
    if size == 1:
        return Rule(frequency="MONTHLY", interval=interval)
    months = range(size if from_end else 1, 13, size)
    return Rule(frequency="MONTHLY", by=(f"BYMONTH={','.join(map(str, months))}",))


def _nth_in_a_week(nth: Nth, of: Stretch) -> Rule:
    days = range(5) if nth.what is Unit.WORKDAY else range(7)
    place = nth.place - 1 if nth.place > 0 else nth.place
    if isinstance(nth.what, int) or not -len(days) <= place < len(days):
        raise BadDate(Reason.INVALID)
    return on_weekdays([days[place]], max(of.every, 1))
