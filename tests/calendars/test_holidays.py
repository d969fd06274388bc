"""A calendar shows a recurrence on the days on which the bot reminds, holidays or not."""

from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.agenda import entry_of
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.reminders import HolidayRule
from kaz_bot.planning import next_due, next_ones
from tests.calendars.reminders import file_of, instants_in, recurring, starts_in, wall

DAYS = DaysOff()
NOW = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
MOVED = [HolidayRule.SKIP, HolidayRule.BEFORE, HolidayRule.AFTER]


@pytest.mark.parametrize("holidays", MOVED)
@pytest.mark.parametrize(
    ("rrule", "starts", "count"),
    [
        ("FREQ=DAILY", "2026-10-01T09:00", 600),
        ("FREQ=DAILY;INTERVAL=2", "2026-10-01T09:00", 300),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "2026-10-02T08:00", 170),
        ("FREQ=WEEKLY;BYDAY=SU,MO", "2026-10-04T08:00", 170),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2026-10-01T13:00", 20),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-10-31T17:00", 20),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=3", "2026-10-03T09:00", 4),
        ("FREQ=DAILY;COUNT=90", "2026-10-01T09:00", 100),
    ],
)
def test_the_calendar_shows_what_the_bot_tells(
    rrule: str, starts: str, count: int, holidays: HolidayRule
) -> None:
    reminder = recurring(rrule, starts, holidays=holidays)
    first = next_due(reminder, NOW, DAYS)
    assert first is not None
    file = file_of(entry_of(reminder.due_on(first), "", DAYS, NOW))
    told = [at.astimezone(UTC) for at in next_ones(reminder, NOW, count, DAYS)]
    assert instants_in(file, count) == told


def test_every_two_hours_leaves_out_all_of_a_holiday() -> None:
    hourly = recurring("FREQ=HOURLY;INTERVAL=2", "2027-06-01T21:00", holidays=HolidayRule.SKIP)
    evening = wall("2027-10-30T22:00")
    file = file_of(entry_of(hourly, "", DAYS, evening))
    told = [at.astimezone(UTC) for at in next_ones(hourly, evening, 2, DAYS)]
    # The night of the change is a holiday that year: its hour that comes twice is left out twice.
    saturday, monday = wall("2027-10-30T23:00"), wall("2027-11-01T00:00")
    assert told == [saturday.astimezone(UTC), monday.astimezone(UTC)]
    assert [at for at in instants_in(file, 1900) if at > evening][:2] == told


def test_what_begins_in_the_hour_that_comes_twice_begins_in_the_one_that_was_meant() -> None:
    again = recurring(
        "FREQ=HOURLY;INTERVAL=2",
        "2026-10-25T02:30+01:00",
        due_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
    entry = entry_of(again, "", DAYS, NOW)
    assert (entry.shifts, entry.left_out) == ((), ())
    assert instants_in(file_of(entry), 2) == [
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 3, 30, tzinfo=UTC),
    ]


def test_what_was_put_off_over_a_holiday_is_shown_once() -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=SA;COUNT=3", "2026-10-24T09:00", holidays=MOVED[1])
    friday = weekly.due_on(wall("2026-10-30T09:00"))
    later = friday.put_off(wall("2026-11-02T09:00"), timed=True, at=NOW + timedelta(days=30))
    assert starts_in(file_of(entry_of(later, "", DAYS, NOW)), 9) == [
        wall("2026-10-24T09:00"),
        wall("2026-11-02T09:00"),
        wall("2026-11-07T09:00"),
    ]
