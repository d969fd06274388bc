"""A calendar shows the same occurrences as the bot, in whatever program it is read."""

from datetime import UTC, date, datetime
from itertools import takewhile

import pytest

from kaz_bot.calendars import Entry, Shift
from kaz_bot.dates import occurrences
from kaz_bot.domain.reminders import ReminderKind
from kaz_bot.planning import rule_of
from tests.calendars.reminders import (
    event_of,
    file_of,
    instants_in,
    read,
    recurring,
    starts_in,
    wall,
)

COUNT = 30


@pytest.mark.parametrize(
    ("rrule", "starts"),
    [
        ("FREQ=DAILY", "2026-10-20T02:30"),
        ("FREQ=DAILY;INTERVAL=2", "2027-03-20T09:15"),
        ("FREQ=DAILY", "2027-03-20T02:30"),
        ("FREQ=HOURLY;INTERVAL=2", "2026-10-24T23:30"),
        ("FREQ=WEEKLY;BYDAY=TH", "2026-10-01T13:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-10-05T08:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-10-01T23:59"),
        ("FREQ=MONTHLY;BYDAY=1TH", "2026-10-01T13:00"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-10-30T00:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-10-31T17:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-30T10:00"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", "2026-10-14T09:00"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-15T09:00"),
    ],
)
def test_every_program_finds_the_occurrences_that_the_bot_finds(rrule: str, starts: str) -> None:
    reminder = recurring(rrule, starts)
    ours = occurrences(rule_of(reminder), wall("2026-09-01T00:00"), COUNT)
    assert instants_in(file_of(reminder), COUNT) == [at.astimezone(UTC) for at in ours]


def test_the_time_on_the_wall_stays_when_the_clocks_change() -> None:
    reminder = recurring("FREQ=WEEKLY;BYDAY=SU", "2026-10-18T09:00")
    shown = [start for start in starts_in(file_of(reminder), 30) if isinstance(start, datetime)]
    assert {(start.hour, start.minute) for start in shown} == {(9, 0)}
    assert [str(start.utcoffset()) for start in shown[:3]] == ["2:00:00", "1:00:00", "1:00:00"]
    assert str(shown[-1].utcoffset()) == "2:00:00"


def test_a_recurrence_ends_on_the_day_that_was_said() -> None:
    rule = "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T225959Z"
    shown = starts_in(file_of(recurring(rule, "2026-10-01T13:00")), COUNT)
    assert (len(shown), shown[-1]) == (14, wall("2026-12-31T13:00"))


def test_a_recurrence_comes_as_often_as_was_said() -> None:
    shown = starts_in(file_of(recurring("FREQ=DAILY;COUNT=4", "2026-10-24T09:00")), COUNT)
    assert shown == [wall(f"2026-10-{day}T09:00") for day in (24, 25, 26, 27)]


def test_an_occurrence_on_a_holiday_is_left_out() -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=SA;COUNT=3", "2026-10-24T09:00")
    entry = Entry(reminder=weekly, left_out=(wall("2026-10-31T09:00"),))
    assert starts_in(file_of(entry), COUNT) == [wall("2026-10-24T09:00"), wall("2026-11-07T09:00")]


def test_an_occurrence_that_was_moved_is_shown_once() -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=SA;COUNT=3", "2026-10-24T09:00")
    moved = Shift(planned=wall("2026-10-31T09:00"), at=wall("2026-10-30T09:00"))
    file = file_of(Entry(reminder=weekly, shifts=(moved,)))
    days = (wall("2026-10-24T09:00"), wall("2026-10-30T09:00"), wall("2026-11-07T09:00"))
    assert starts_in(file, COUNT) == list(days)
    assert {event.uid for event in read(file).events} == {"reminder-5@kaz.test"}


def test_both_occurrences_of_a_night_with_two_hours_at_two_are_told_apart() -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert event_of(recurring("", "2026-10-25T02:30", due_at=twice)).dtstart == twice


def test_a_recurring_deadline_without_a_time_of_day_fills_its_days() -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20261215T225959Z"
    deadline = recurring(rule, "2026-10-15T23:59", kind=ReminderKind.DEADLINE, timed=False)
    assert starts_in(file_of(deadline), COUNT) == [date(2026, month, 15) for month in (10, 11, 12)]


def test_what_was_taken_back_recurs_until_then_and_no_longer() -> None:
    ended = recurring("FREQ=DAILY;COUNT=90", "2026-10-01T09:00").cancelled(wall("2026-10-04T12:00"))
    shown = list(takewhile(bool, starts_in(file_of(ended), COUNT)))
    assert shown == [wall(f"2026-10-0{day}T09:00") for day in (1, 2, 3, 4)]


def test_what_was_taken_back_before_it_ever_came_is_shown_once() -> None:
    ended = recurring("FREQ=DAILY", "2026-10-09T09:00").cancelled(wall("2026-10-04T12:00"))
    assert starts_in(file_of(ended), COUNT) == [wall("2026-10-09T09:00")]
