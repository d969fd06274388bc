"""Knows on which days Brandenburg has a holiday, and on which the desk is closed besides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from holidays import country_holidays

_SATURDAY = 5
# Nobody waits longer for a working day.
_DAYS_LOOKED_AT = 60


class Holiday(StrEnum):
    """The public holidays of § 2 FTG Brandenburg; Easter Sunday and Whit Sunday are among them."""

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    ASCENSION_DAY = "ascension_day"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    UNITY_DAY = "unity_day"
    REFORMATION_DAY = "reformation_day"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"
    # A day that was a holiday once in one year only, such as 31 October 2017 everywhere.
    OTHER = "other"


# What the library calls them in German, its original.
_NAMES = {
    "Neujahr": Holiday.NEW_YEAR,
    "Karfreitag": Holiday.GOOD_FRIDAY,
    "Ostersonntag": Holiday.EASTER_SUNDAY,
    "Ostermontag": Holiday.EASTER_MONDAY,
    "Erster Mai": Holiday.LABOUR_DAY,
    "Christi Himmelfahrt": Holiday.ASCENSION_DAY,
    "Pfingstsonntag": Holiday.WHIT_SUNDAY,
    "Pfingstmontag": Holiday.WHIT_MONDAY,
    "Tag der Deutschen Einheit": Holiday.UNITY_DAY,
    "Reformationstag": Holiday.REFORMATION_DAY,
    "Erster Weihnachtstag": Holiday.CHRISTMAS_DAY,
    "Zweiter Weihnachtstag": Holiday.BOXING_DAY,
}


@dataclass(frozen=True, kw_only=True)
class ExtraDay:
    """A day on which the desk is closed: every year, or with a `year` only then."""

    month: int
    day: int
    year: int | None = None

    def falls_on(self, day: date) -> bool:
        """Whether `day` is this one."""
        same_year = self.year is None or self.year == day.year
        return same_year and (day.month, day.day) == (self.month, self.day)


# Off in the public service (TVöD and TV-L § 6 (3)), though the law calls them working days.
CHRISTMAS_EVE_AND_NEW_YEARS_EVE = (ExtraDay(month=12, day=24), ExtraDay(month=12, day=31))


@dataclass(frozen=True)
class DaysOff:
    """The days nobody works; `extra` are the operator's, which move no legal deadline."""

    extra: tuple[ExtraDay, ...] = CHRISTMAS_EVE_AND_NEW_YEARS_EVE

    def holiday(self, day: date) -> Holiday | None:
        """The public holiday on `day`."""
        return _holidays(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no public holiday: what § 193 BGB counts on."""
        return day.weekday() < _SATURDAY and self.holiday(day) is None

    def is_open(self, day: date) -> bool:
        """A working day on which the desk works."""
        return self.is_working_day(day) and not any(extra.falls_on(day) for extra in self.extra)

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is one, otherwise the first after it."""
        return next(later for later in _from(day, 1) if self.is_working_day(later))

    def last_working_day(self, day: date) -> date:
        """`day` itself if it is one, otherwise the last before it."""
        return next(earlier for earlier in _from(day, -1) if self.is_working_day(earlier))

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted itself."""
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day


def day_of(holiday: Holiday, year: int) -> date | None:
    """When the holiday is in `year`."""
    days = (day for day, name in _holidays(year).items() if name is holiday)
    return next(days, None)


@cache
def _holidays(year: int) -> dict[date, Holiday]:
    named = country_holidays("DE", subdiv="BB", years=year, language="de")
    return {day: _NAMES.get(name, Holiday.OTHER) for day, name in named.items()}


def _from(day: date, step: int) -> Iterator[date]:
    return (day + timedelta(days=step * number) for number in range(_DAYS_LOOKED_AT))
