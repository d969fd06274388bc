"""When something comes again and again, by the clock on the wall and the days people work."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.crontab import Crontab
from kaz_bot.days_off import DaysOff

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = DaysOff()
MONDAYS = Crontab("0 8 * * 1")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_it_comes_on_the_next_monday() -> None:
    assert MONDAYS.next_after(at("2026-09-25T10:00"), BERLIN, DAYS) == at("2026-09-28T08:00")


def test_its_own_time_is_not_after_itself() -> None:
    assert MONDAYS.next_after(at("2026-09-28T08:00"), BERLIN, DAYS) == at("2026-10-05T08:00")


def test_whit_monday_moves_to_tuesday() -> None:
    assert MONDAYS.next_after(at("2026-05-22T10:00"), BERLIN, DAYS) == at("2026-05-26T08:00")


def test_on_whit_monday_itself_it_is_still_to_come() -> None:
    assert MONDAYS.next_after(at("2026-05-25T09:00"), BERLIN, DAYS) == at("2026-05-26T08:00")


def test_after_the_moved_day_the_next_monday_is_its_own_again() -> None:
    assert MONDAYS.next_after(at("2026-05-26T08:00"), BERLIN, DAYS) == at("2026-06-01T08:00")


def test_christmas_moves_it_over_the_weekend() -> None:
    fridays = Crontab("0 8 * * 5")
    assert fridays.next_after(at("2026-12-24T10:00"), BERLIN, DAYS) == at("2026-12-28T08:00")


def test_who_names_a_sunday_means_it() -> None:
    sundays = Crontab("30 18 * * 0")
    assert sundays.next_after(at("2026-09-25T10:00"), BERLIN, DAYS) == at("2026-09-27T18:30")


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-10-23T12:00", "2026-10-26T08:00"), ("2026-03-27T12:00", "2026-03-30T08:00")],
)
def test_eight_in_the_morning_stays_eight_when_the_clocks_change(now: str, expected: str) -> None:
    assert MONDAYS.next_after(at(now), BERLIN, DAYS) == at(expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-09-24T07:59", "2026-09-24T08:00"),
        ("2026-09-24T08:00", "2026-09-25T08:00"),
        ("2026-09-25T08:00", "2026-09-28T08:00"),
        ("2026-12-23T09:00", "2026-12-28T08:00"),
    ],
)
def test_daily_is_at_the_same_time_of_each_working_day(now: str, expected: str) -> None:
    assert MONDAYS.daily_after(at(now), BERLIN, DAYS) == at(expected)


@pytest.mark.parametrize("fields", ["", "monday", "0 8 * *", "61 8 * * 1", "0 8 31 2 *"])
def test_what_never_comes_is_refused_with_an_example(fields: str) -> None:
    with pytest.raises(ValueError, match=r"such as 0 8 \* \* 1"):
        Crontab(fields)
