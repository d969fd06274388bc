"""Recurrences keep their time on the wall, and end when they were told to."""

from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.dates import Recurrence, Use, next_occurrence, occurrences
from tests.dates.examples import BERLIN, READER

FORM = "%d.%m. %H:%M %z"


def rule(text: str, now: datetime) -> Recurrence:
    read = READER.read(text, now, Use.REMINDER)
    assert isinstance(read, Recurrence)
    return read


def written(times: list[datetime]) -> list[str]:
    return [f"{at:{FORM}}" for at in times]


def test_the_time_on_the_wall_stays_when_summer_ends() -> None:
    daily = rule("täglich 9 Uhr", datetime(2026, 10, 23, 12, tzinfo=BERLIN))
    assert written(occurrences(daily, daily.dtstart - timedelta(minutes=1), 3)) == [
        "24.10. 09:00 +0200",
        "25.10. 09:00 +0100",
        "26.10. 09:00 +0100",
    ]


def test_the_time_on_the_wall_stays_when_summer_begins() -> None:
    weekly = rule("jeden Freitag 23:30", datetime(2026, 3, 24, 12, tzinfo=BERLIN))
    assert written([weekly.dtstart, *occurrences(weekly, weekly.dtstart, 2)]) == [
        "27.03. 23:30 +0100",
        "03.04. 23:30 +0200",
        "10.04. 23:30 +0200",
    ]


def test_a_time_left_out_in_spring_comes_an_hour_later_that_day() -> None:
    daily = rule("täglich 2:30", datetime(2026, 3, 27, 12, tzinfo=BERLIN))
    assert written([daily.dtstart, *occurrences(daily, daily.dtstart, 2)]) == [
        "28.03. 02:30 +0100",
        "29.03. 03:30 +0200",
        "30.03. 02:30 +0200",
    ]


def test_a_time_shown_twice_in_autumn_comes_once() -> None:
    daily = rule("täglich 2:30", datetime(2026, 10, 24, 1, tzinfo=BERLIN))
    assert written([daily.dtstart, *occurrences(daily, daily.dtstart, 2)]) == [
        "24.10. 02:30 +0200",
        "25.10. 02:30 +0200",
        "26.10. 02:30 +0100",
    ]
    between = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert next_occurrence(daily.rrule, daily.dtstart, between) == datetime(
        2026, 10, 26, 2, 30, tzinfo=BERLIN
    )


def test_every_two_hours_runs_by_the_clock_through_the_change() -> None:
    hourly = rule("alle 2 Stunden", datetime(2026, 10, 24, 23, tzinfo=BERLIN))
    assert written([hourly.dtstart, *occurrences(hourly, hourly.dtstart, 2)]) == [
        "25.10. 01:00 +0200",
        "25.10. 02:00 +0100",
        "25.10. 04:00 +0100",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("täglich 8:30 bis 11.9.", "FREQ=DAILY;UNTIL=20260911T215959Z"),
        ("täglich bis 1.11.", "FREQ=DAILY;UNTIL=20261101T225959Z"),
        ("mittwochs 15 Uhr, viermal", "FREQ=WEEKLY;BYDAY=WE;COUNT=4"),
        ("letzter Werktag im Monat", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("jeden zweiten Donnerstag im Monat", "FREQ=MONTHLY;BYDAY=2TH"),
        ("letzter Donnerstag im Quartal", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1TH"),
        ("täglich um 9 und 15 Uhr", "FREQ=DAILY;BYHOUR=9,15"),
        ("jeden Werktag um 9 außer Freitag", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("jedes Jahr am 15.12.", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
    ],
)
def test_a_rule_is_written_as_the_rfc_has_it(text: str, expected: str) -> None:
    assert rule(text, datetime(2026, 8, 31, 12, tzinfo=BERLIN)).rrule == expected


def test_the_last_day_counts_and_nothing_comes_after_it() -> None:
    daily = rule("täglich 23:30 bis 3.9.", datetime(2026, 8, 31, 12, tzinfo=BERLIN))
    times = occurrences(daily, daily.dtstart - timedelta(minutes=1), 10)
    assert written(times)[-1] == "03.09. 23:30 +0200"
    assert next_occurrence(daily.rrule, daily.dtstart, times[-1]) is None


def test_a_count_counts_from_the_first_time() -> None:
    weekly = rule("dienstags, 3 mal", datetime(2026, 8, 31, 12, tzinfo=BERLIN))
    assert len(occurrences(weekly, weekly.dtstart - timedelta(minutes=1), 10)) == 3
    assert len(occurrences(weekly, weekly.dtstart, 10)) == 2


def test_every_working_day_says_that_holidays_are_left_out() -> None:
    now = datetime(2026, 8, 31, 12, tzinfo=BERLIN)
    assert rule("jeden Werktag", now).working_days
    assert rule("an jedem Arbeitstag um 8", now).working_days
    assert not rule("Mo-Fr 9 Uhr", now).working_days
    assert not rule("letzter Werktag im Monat", now).working_days


def test_a_recurrence_knows_whether_a_time_was_said() -> None:
    now = datetime(2026, 8, 31, 12, tzinfo=BERLIN)
    assert rule("freitags um 9", now).timed
    assert not rule("freitags", now).timed
