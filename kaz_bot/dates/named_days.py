"""Knows on which day a year has its feasts, holidays or not."""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from kaz_bot.days_off import Holiday, day_of

_SUNDAY = 6


def named_day(name: str, year: int) -> date:
    """When `name` (of words.toml) is in `year`."""
    if name in _HOLIDAYS:
        holiday = day_of(Holiday(name), year)
        assert holiday, f"{name} {year}"
        return holiday
    return _OTHERS[name](year)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _from_fourth_advent(days: int) -> Callable[[int], date]:
    return lambda year: _fourth_advent(year) + timedelta(days=days)


def _fourth_advent(year: int) -> date:
    """The last Sunday before Christmas Day."""
    eve = date(year, 12, 24)
    return eve - timedelta(days=(eve.weekday() - _SUNDAY) % 7)


# The rest of the holidays are in the list of the law.
_HOLIDAYS = frozenset(holiday.value for holiday in Holiday) - {Holiday.OTHER.value}
_OTHERS: dict[str, Callable[[int], date]] = {
    "epiphany": _fixed(1, 6),
    "valentine": _fixed(2, 14),
    "womens_day": _fixed(3, 8),
    "carnival_thursday": _from_easter(-52),
    "rose_monday": _from_easter(-48),
    "shrove_tuesday": _from_easter(-47),
    "ash_wednesday": _from_easter(-46),
    "palm_sunday": _from_easter(-7),
    "maundy_thursday": _from_easter(-3),
    "holy_saturday": _from_easter(-1),
    "corpus_christi": _from_easter(60),
    "assumption": _fixed(8, 15),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "martinmas": _fixed(11, 11),
    "memorial_sunday": _from_fourth_advent(-35),
    "repentance_day": _from_fourth_advent(-32),
    "sunday_of_the_dead": _from_fourth_advent(-28),
    "first_advent": _from_fourth_advent(-21),
    "second_advent": _from_fourth_advent(-14),
    "third_advent": _from_fourth_advent(-7),
    "fourth_advent": _from_fourth_advent(0),
    "nicholas": _fixed(12, 6),
    "christmas_eve": _fixed(12, 24),
    "new_years_eve": _fixed(12, 31),
}
