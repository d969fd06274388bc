"""Business time is counted by the clock on the wall, on the days on which somebody works."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.days_off import DaysOff, ExtraDay
from kaz_bot.domain.working_time import NeverOpen, Span, WorkingTime

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = WorkingTime()
LATE_TUESDAYS = WorkingTime(
    hours={1: (Span(time(8), time(12)), Span(time(13), time(18))), 5: (Span(time(9), time(11)),)}
)
ALWAYS = WorkingTime(hours=dict.fromkeys(range(7), (Span(time(0), time(0)),)))
NIGHTS = WorkingTime(hours=dict.fromkeys(range(7), (Span(time(1), time(4)),)))
NEW_YORK = WorkingTime(zone=ZoneInfo("America/New_York"))
CALENDARS = st.sampled_from([USUAL, LATE_TUESDAYS, ALWAYS, NIGHTS, NEW_YORK])


def local(text: str) -> datetime:
    """A moment by the clocks of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-23 07:59", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 15:59", True),
        ("2026-11-23 16:00", False),
        ("2026-11-27 13:59", True),
        ("2026-11-27 14:00", False),
        ("2026-11-28 10:00", False),
        ("2026-04-03 10:00", False),
        ("2026-12-24 10:00", False),
        ("2026-12-23 10:00", True),
    ],
)
def test_the_desk_is_open_on_working_days(at: str, is_open: bool) -> None:
    assert USUAL.is_open(local(at)) is is_open


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-23 06:00", "2026-11-23 08:00"),
        ("2026-11-23 16:00", "2026-11-24 08:00"),
        ("2026-11-27 14:00", "2026-11-30 08:00"),
        # Good Friday and Easter Monday.
        ("2026-04-02 16:00", "2026-04-07 08:00"),
        # Christmas Eve, two holidays, a Sunday.
        ("2026-12-23 20:00", "2026-12-28 08:00"),
    ],
)
def test_it_opens_on_the_next_working_day(at: str, opens: str) -> None:
    assert USUAL.next_opening(local(at)) == local(opens)


@pytest.mark.parametrize(
    ("at", "length", "then"),
    [
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-23 10:00", 1, "2026-11-23 11:00"),
        ("2026-11-23 10:00", 6, "2026-11-23 16:00"),
        ("2026-11-23 10:00", 8, "2026-11-24 10:00"),
        ("2026-11-22 03:00", 8, "2026-11-23 16:00"),
        ("2026-11-26 12:00", 8, "2026-11-27 12:00"),
        ("2026-11-27 12:00", 8, "2026-11-30 14:00"),
        ("2026-04-02 12:00", 8, "2026-04-07 12:00"),
        ("2026-12-23 12:00", 8, "2026-12-28 12:00"),
        ("2026-12-30 12:00", 8, "2027-01-04 12:00"),
    ],
)
def test_a_length_of_business_time_later(at: str, length: float, then: str) -> None:
    assert USUAL.after(local(at), hours(length)) == local(then)


def test_a_day_may_have_several_spans() -> None:
    assert LATE_TUESDAYS.after(local("2026-11-24 11:00"), hours(2)) == local("2026-11-24 14:00")
    assert not LATE_TUESDAYS.is_open(local("2026-11-24 12:30"))
    assert LATE_TUESDAYS.is_open(local("2026-11-24 17:30"))


def test_a_weekend_with_hours_of_its_own_is_open() -> None:
    assert LATE_TUESDAYS.next_opening(local("2026-11-24 18:00")) == local("2026-11-28 09:00")


def test_a_holiday_is_closed_whatever_its_weekday() -> None:
    # Unity Day 2026 is a Saturday.
    assert LATE_TUESDAYS.next_opening(local("2026-10-02 18:00")) == local("2026-10-06 08:00")


@pytest.mark.parametrize(
    ("day", "length"),
    [("2026-03-29", 2), ("2026-03-30", 3), ("2026-10-25", 4), ("2026-10-26", 3)],
)
def test_a_night_of_a_clock_change_is_an_hour_shorter_or_longer(day: str, length: float) -> None:
    since, until = local(f"{day} 00:00"), local(f"{day} 12:00")
    assert NIGHTS.between(since, until) == hours(length)


def test_working_days_keep_their_hours_across_a_clock_change() -> None:
    assert USUAL.after(local("2026-10-23 12:00"), hours(3)) == local("2026-10-26 09:00")
    assert USUAL.after(local("2026-03-27 12:00"), hours(3)) == local("2026-03-30 09:00")


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_spans_in_the_changed_hour_are_counted_once(day: str) -> None:
    around = WorkingTime(
        hours={6: (Span(time(1), time(2, 30)), Span(time(2, 30), time(3)), Span(time(3), time(4)))}
    )
    whole = WorkingTime(hours={6: (Span(time(1), time(4)),)})
    since, until = local(f"{day} 00:00"), local(f"{day} 12:00")
    assert around.between(since, until) == whole.between(since, until)


def test_nothing_lies_between_a_later_and_an_earlier_moment() -> None:
    assert USUAL.between(local("2026-11-24 12:00"), local("2026-11-23 12:00")) == hours(0)
    assert USUAL.between(local("2026-11-23 12:00"), local("2026-11-23 10:00")) == hours(0)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 23), local("2026-11-23 08:00")),
        (date(2026, 11, 22), None),
        (date(2026, 12, 25), None),
        (date(2026, 12, 31), None),
    ],
)
def test_a_day_opens_once_or_not_at_all(day: date, opens: datetime | None) -> None:
    assert USUAL.opening_of(day) == opens


def test_extra_days_off_may_be_of_one_year() -> None:
    bridge = ExtraDay(year=2026, month=5, day=15)
    closed = WorkingTime(days=DaysOff((bridge,)))
    assert not closed.is_open(local("2026-05-15 10:00"))
    assert closed.is_open(local("2028-05-15 10:00"))
    assert closed.is_open(local("2026-12-24 10:00"))


@pytest.mark.parametrize(
    "never",
    [
        WorkingTime(hours={}),
        WorkingTime(hours={0: ()}),
        WorkingTime(
            hours={0: (Span(time(8), time(9)),)},
            days=DaysOff(
                tuple(ExtraDay(month=m, day=d) for m in range(1, 13) for d in range(1, 32))
            ),
        ),
    ],
)
def test_a_desk_that_never_opens_is_not_searched_for_ever(never: WorkingTime) -> None:
    with pytest.raises(NeverOpen):
        never.next_opening(local("2026-11-23 10:00"))
    with pytest.raises(NeverOpen):
        never.after(local("2026-11-23 10:00"), hours(1))


# Four years from here on, to the microsecond.
MOMENTS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=1461)).map(
    lambda later: datetime(2025, 1, 1, tzinfo=UTC) + later
)
LENGTHS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=300))


@given(working=CALENDARS, at=MOMENTS, length=LENGTHS)
def test_what_comes_after_a_length_lies_that_length_away(
    working: WorkingTime, at: datetime, length: timedelta
) -> None:
    then = working.after(at, length)
    assert working.between(at, then) == length
    assert then >= at


@given(working=CALENDARS, at=MOMENTS, first=LENGTHS, second=LENGTHS)
def test_two_lengths_are_one_after_the_other(
    working: WorkingTime, at: datetime, first: timedelta, second: timedelta
) -> None:
    step = timedelta(seconds=1)
    one_by_one = working.after(working.after(at, first + step), second)
    assert one_by_one == working.after(at, first + step + second)


@given(working=CALENDARS, at=MOMENTS)
def test_an_opening_is_open_and_nothing_was_before_it(working: WorkingTime, at: datetime) -> None:
    opens = working.next_opening(at)
    assert working.is_open(opens)
    assert working.between(at, opens) == timedelta(0)


@given(working=CALENDARS, times=st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_parts_of_an_interval_add_up(working: WorkingTime, times: list[datetime]) -> None:
    first, middle, last = times
    parts = working.between(first, middle) + working.between(middle, last)
    assert working.between(first, last) == parts
