"""The steps of a reminder."""

import pytest

from kaz_bot.domain.reminders import (
    CannotBePutOff,
    ReminderEnded,
    ReminderKind,
    ReminderState,
    Told,
)
from tests.domain.reminders import berlin, deadline, reminder

NOW = berlin("2026-11-19 10:00")


def test_what_is_done_is_not_waited_for() -> None:
    done = reminder("2026-11-20 09:00", set_at="2026-11-18 10:00").done(NOW)
    assert (done.state, done.next_at, done.ended_at) == (ReminderState.DONE, None, NOW)


def test_what_comes_again_is_done_for_this_time_only() -> None:
    weekly = reminder("2026-11-20 09:00", set_at="2026-11-18 10:00", rrule="FREQ=WEEKLY")
    done = weekly.done(NOW)
    assert (done.state, done.next_at) == (ReminderState.OPEN, weekly.due_at)


def test_what_has_ended_cannot_end_again() -> None:
    cancelled = reminder("2026-11-20 09:00", set_at="2026-11-18 10:00").cancelled(NOW)
    with pytest.raises(ReminderEnded):
        cancelled.done(NOW)


def test_what_was_ended_by_mistake_can_be_set_again() -> None:
    cancelled = reminder("2026-11-20 09:00", set_at="2026-11-18 10:00").cancelled(NOW)
    later = cancelled.put_off(berlin("2026-11-21 09:00"), timed=True, at=NOW)
    assert (later.state, later.ended_at, later.wall) == (
        ReminderState.OPEN,
        None,
        "2026-11-21T09:00",
    )


def test_put_off_it_is_told_of_anew() -> None:
    told = deadline("2026-11-18 23:59", set_at="2026-11-01 10:00").informed(
        Told.OVERDUE, next_at=None, at=NOW
    )
    assert told.put_off(berlin("2026-11-30 23:59"), timed=False, at=NOW).told is Told.NOTHING


def test_an_ausschlussfrist_cannot_be_put_off() -> None:
    cutoff = deadline("2026-11-20 23:59", set_at="2026-11-18 10:00", kind=ReminderKind.CUTOFF)
    with pytest.raises(CannotBePutOff):
        cutoff.put_off(berlin("2026-11-30 23:59"), timed=False, at=NOW)


def test_every_change_has_a_higher_sequence() -> None:
    first = reminder("2026-11-20 09:00", set_at="2026-11-18 10:00")
    later = first.put_off(berlin("2026-11-21 09:00"), timed=True, at=NOW)
    assert (later.sequence, later.cancelled(NOW).sequence) == (1, 2)


def test_the_day_is_that_of_its_own_zone() -> None:
    one = deadline("2026-11-20 00:30", set_at="2026-11-18 10:00")
    assert one.day == berlin("2026-11-20").date()
