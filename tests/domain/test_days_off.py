"""Brandenburg's public holidays, and the days on which the desk is closed besides."""

from datetime import date

import pytest

from kaz_bot.days_off import DaysOff, ExtraDay, Holiday, day_of

# The moving ones and those on weekdays, as the law (§ 2 FTG) gives them for these years.
FALLING = [
    (date(2026, 4, 3), Holiday.GOOD_FRIDAY),
    (date(2026, 4, 5), Holiday.EASTER_SUNDAY),
    (date(2026, 4, 6), Holiday.EASTER_MONDAY),
    (date(2026, 5, 14), Holiday.ASCENSION_DAY),
    (date(2026, 5, 24), Holiday.WHIT_SUNDAY),
    (date(2026, 10, 31), Holiday.REFORMATION_DAY),
    (date(2027, 3, 26), Holiday.GOOD_FRIDAY),
    (date(2027, 5, 6), Holiday.ASCENSION_DAY),
    (date(2028, 6, 5), Holiday.WHIT_MONDAY),
    (date(2028, 10, 3), Holiday.UNITY_DAY),
]
WORKED_ON = [
    date(2026, 3, 9),  # the Monday after Women's Day, which is Berlin's
    date(2026, 6, 4),  # Corpus Christi
    date(2027, 11, 1),  # All Saints' Day
    date(2026, 11, 18),  # Buß- und Bettag
    date(2026, 5, 15),  # the Friday after Ascension Day
    date(2026, 12, 24),
    date(2026, 12, 31),
]


@pytest.mark.parametrize(("day", "holiday"), FALLING)
def test_a_holiday_is_known_by_its_name(day: date, holiday: Holiday) -> None:
    assert DaysOff().holiday(day) is holiday
    assert day_of(holiday, day.year) == day
    assert not DaysOff().is_working_day(day)


@pytest.mark.parametrize("day", WORKED_ON)
def test_what_is_no_holiday_here_is_a_working_day(day: date) -> None:
    assert DaysOff().holiday(day) is None
    assert DaysOff().is_working_day(day)


def test_christmas_eve_is_a_working_day_on_which_nobody_works() -> None:
    assert not DaysOff().is_open(date(2026, 12, 24))
    assert DaysOff(()).is_open(date(2026, 12, 24))


def test_an_extra_day_of_one_year_is_worked_on_in_the_next() -> None:
    days = DaysOff((ExtraDay(day=15, month=5, year=2026),))
    assert not days.is_open(date(2026, 5, 15))
    assert days.is_open(date(2028, 5, 15))


def test_the_next_working_day_after_good_friday_is_the_tuesday() -> None:
    assert DaysOff().next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert DaysOff().last_working_day(date(2026, 4, 6)) == date(2026, 4, 2)
    assert DaysOff().next_working_day(date(2026, 4, 7)) == date(2026, 4, 7)


def test_counting_begins_on_the_day_after() -> None:
    assert DaysOff().working_days_after(date(2026, 5, 12), 2) == date(2026, 5, 15)
