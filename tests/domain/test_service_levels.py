"""By when an asker is answered follows from the ticket, in business time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.domain.service_levels import ServiceClock, ServiceLevels, Stage, Target
from kaz_bot.domain.tickets import AreaKey, Priority, TicketId, TicketState
from kaz_bot.domain.timekeeper import News, Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.messages import UserId
from tests.store.records import TICKET

BEK = UserId("@bek:kaz.test")
KEEPER = Timekeeper(ServiceLevels(), WorkingTime())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, by the clocks of Berlin; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


MONDAY = at(23, 10)
ASKED = replace(TICKET, id=TicketId(7), opened_at=MONDAY, changed_at=MONDAY)
STARTED = KEEPER.start(ASKED, MONDAY)
CLAIMED = ASKED.claimed_by(BEK, MONDAY)
WAITING = CLAIMED.queried(MONDAY)


@pytest.mark.parametrize(
    ("priority", "answer", "solution"),
    [
        (Priority.CRITICAL, at(23, 11), at(24, 10)),
        (Priority.HIGH, at(23, 14), at(25, 10)),
        (Priority.NORMAL, at(24, 10), at(30, 12)),
    ],
)
def test_each_priority_has_its_targets(
    priority: Priority, answer: datetime, solution: datetime
) -> None:
    clock = KEEPER.start(replace(ASKED, priority=priority), MONDAY)
    assert (clock.answer_due_at, clock.solution_due_at) == (answer, solution)
    assert (clock.due_at, clock.waited) == (answer, timedelta(0))


def test_at_three_quarters_somebody_is_told_next() -> None:
    assert STARTED.next_at == at(23, 16) + timedelta(hours=16)
    clock = KEEPER.start(replace(ASKED, priority=Priority.CRITICAL), MONDAY)
    assert clock.next_at == at(23, 10, 45)


def test_what_comes_at_night_waits_until_somebody_works() -> None:
    evening = replace(ASKED, opened_at=at(23, 20), changed_at=at(23, 20))
    clock = KEEPER.start(evening, at(23, 20))
    assert (clock.answer_due_at, clock.next_at) == (at(24, 16), at(24, 14))


def test_the_same_again_changes_nothing() -> None:
    assert KEEPER.follow(STARTED, ASKED, at=at(23, 15)) == STARTED
    stands = KEEPER.follow(STARTED, WAITING, at=at(23, 12), answered=True)
    assert KEEPER.follow(stands, WAITING, at=at(24, 12), answered=True) == stands


def test_the_first_answer_is_given_once() -> None:
    answered = KEEPER.follow(STARTED, CLAIMED, at=at(23, 12), answered=True)
    again = KEEPER.follow(answered, CLAIMED, at=at(23, 13), answered=True)
    assert (again.answered_at, again.answer_due_at) == (at(23, 12), at(24, 10))
    assert (again.open_targets, again.due_at) == ((Target.SOLUTION,), at(30, 12))


def test_a_clock_that_stands_tells_nothing() -> None:
    stands = KEEPER.follow(STARTED, WAITING, at=at(23, 12), answered=True)
    assert (stands.stands, stands.due_at, stands.next_at) == (True, None, None)
    assert (stands.dues(at(30, 12)), stands.nearest(at(30, 12))) == ((), None)


def test_it_runs_on_with_as_much_time_left() -> None:
    stands = KEEPER.follow(STARTED, WAITING, at=at(23, 12), answered=True)
    runs = KEEPER.follow(stands, CLAIMED, at=at(25, 12))
    assert (runs.stands, runs.waited) == (False, timedelta(hours=16))
    # Monday 12:00 until the 30th at 12:00 are 38 business hours; as many after the 25th at 12:00.
    time = KEEPER.time
    assert runs.due_at is not None
    assert time.between(at(25, 12), runs.due_at) == time.between(at(23, 12), at(30, 12))


def test_a_night_of_waiting_costs_nothing() -> None:
    stands = KEEPER.follow(STARTED, WAITING, at=at(23, 17), answered=True)
    runs = KEEPER.follow(stands, CLAIMED, at=at(24, 7))
    assert (runs.waited, runs.solution_due_at) == (timedelta(0), at(30, 12))


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED, TicketState.WITHDRAWN])
def test_it_ends_with_its_ticket(state: TicketState) -> None:
    ended = KEEPER.follow(STARTED, replace(CLAIMED, state=state), at=at(24, 12))
    assert (ended.ended_at, ended.due_at, ended.next_at) == (at(24, 12), None, None)
    assert (ended.open_targets, ended.answer_due_at) == ((), at(24, 10))


def test_reopened_the_whole_solution_is_counted_again_and_no_first_answer() -> None:
    done = CLAIMED.resolved(solution="Ja.", sealed=False, at=at(23, 12))
    ended = KEEPER.follow(STARTED, done, at=at(23, 12), answered=True)
    opened = KEEPER.follow(ended, done.reopened(at(25, 10)), at=at(25, 10))
    assert (opened.started_at, opened.answered_at) == (at(25, 10), at(23, 12))
    assert (opened.open_targets, opened.ended_at) == ((Target.SOLUTION,), None)
    assert opened.due_at == KEEPER.time.after(at(25, 10), timedelta(hours=40))


def test_reopened_what_was_waited_and_told_before_is_forgotten() -> None:
    runs = KEEPER.follow(KEEPER.follow(STARTED, WAITING, at=at(23, 12)), CLAIMED, at=at(25, 12))
    told, _ = KEEPER.speak(runs, CLAIMED, at(30, 12) + timedelta(days=30))
    done = CLAIMED.resolved(solution="Ja.", sealed=False, at=at(30, 15))
    opened = KEEPER.follow(KEEPER.follow(told, done, at=at(30, 15)), CLAIMED, at=at(30, 15))
    assert (opened.waited, opened.solution_told) == (timedelta(0), Stage.QUIET)


def test_another_priority_counts_from_the_opening_with_the_time_waited() -> None:
    stands = KEEPER.follow(STARTED, WAITING, at=at(23, 12))
    runs = KEEPER.follow(stands, CLAIMED, at=at(24, 12))
    urgent = KEEPER.follow(runs, replace(CLAIMED, priority=Priority.HIGH), at=at(24, 13))
    assert (urgent.answer_due_at, urgent.solution_due_at) == (at(24, 14), at(26, 10))


def test_other_hands_and_areas_change_nothing() -> None:
    for_others = CLAIMED.released(at(23, 12)).routed_to(AreaKey("law"), at(23, 12))
    assert KEEPER.follow(STARTED, CLAIMED, at=at(23, 11)) == STARTED
    assert KEEPER.follow(STARTED, for_others, at=at(23, 12)) == STARTED


def test_a_merged_ticket_is_silent_until_it_leads() -> None:
    merged = replace(CLAIMED, merged_into=TicketId(3))
    silent = KEEPER.follow(STARTED, merged, at=at(23, 12))
    assert (silent.due_at, silent.next_at, silent.ended_at) == (None, None, None)
    assert KEEPER.follow(silent, CLAIMED, at=at(23, 13)) == STARTED


def news(clock: ServiceClock, now: datetime) -> News | None:
    return KEEPER.speak(clock, ASKED, now)[1]


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (at(24, 8), Stage.NEAR),
        (at(24, 9, 59), Stage.NEAR),
        (at(24, 10), Stage.MISSED),
        (at(24, 13, 59), Stage.MISSED),
        (at(24, 14), Stage.ESCALATED),
    ],
)
def test_only_the_gravest_stage_is_news(now: datetime, stage: Stage) -> None:
    assert news(STARTED, now) == News(
        target=Target.ANSWER, stage=stage, due_at=at(24, 10), before=Stage.QUIET
    )


def test_nothing_is_news_before_its_time() -> None:
    assert KEEPER.speak(STARTED, ASKED, at(24, 7)) == (STARTED, None)


def test_news_are_told_once() -> None:
    told, _ = KEEPER.speak(STARTED, ASKED, at(24, 8))
    assert (told.answer_told, told.next_at) == (Stage.NEAR, at(24, 10))
    assert KEEPER.speak(told, ASKED, at(24, 8)) == (told, None)
    told, missed = KEEPER.speak(told, ASKED, at(24, 10))
    assert missed is not None
    assert (missed.stage, missed.before, told.next_at) == (Stage.MISSED, Stage.NEAR, at(24, 14))


def test_of_two_targets_missed_the_one_missed_first_is_told() -> None:
    told, late = KEEPER.speak(STARTED, ASKED, at(30, 15) + timedelta(days=30))
    assert late is not None
    assert (late.target, late.stage) == (Target.ANSWER, Stage.ESCALATED)
    assert (told.answer_told, told.solution_told) == (Stage.ESCALATED, Stage.ESCALATED)
    assert told.next_at is None


def test_of_two_targets_the_worse_one_is_told() -> None:
    told, late = KEEPER.speak(STARTED, ASKED, at(27, 9))
    assert late is not None
    assert (late.target, late.stage) == (Target.ANSWER, Stage.ESCALATED)
    assert (told.answer_told, told.solution_told) == (Stage.ESCALATED, Stage.NEAR)


def test_an_hour_at_least_lies_between_breach_and_escalation() -> None:
    urgent = replace(ASKED, priority=Priority.CRITICAL)
    clock = KEEPER.start(urgent, MONDAY)
    told, _ = KEEPER.speak(clock, urgent, at(23, 11))
    assert told.next_at == at(23, 12)


def test_at_closing_time_it_waits_for_the_morning_unless_it_is_critical() -> None:
    opened = at(23, 8)
    missed = replace(ASKED, opened_at=opened, priority=Priority.NORMAL)
    clock, _ = KEEPER.speak(KEEPER.start(missed, opened), missed, at(23, 15))
    assert (clock.due_at, clock.next_at) == (at(23, 16), at(24, 8))
    urgent = replace(missed, priority=Priority.CRITICAL)
    assert KEEPER.follow(clock, urgent, at=at(23, 20)).next_at == at(23, 9)


def test_what_is_no_longer_missed_can_be_told_again() -> None:
    urgent = replace(ASKED, priority=Priority.HIGH)
    told, _ = KEEPER.speak(KEEPER.start(urgent, MONDAY), urgent, at(23, 15))
    assert told.answer_told is Stage.MISSED
    calmer = KEEPER.follow(told, ASKED, at=at(23, 15, 30))
    assert (calmer.answer_told, calmer.next_at) == (Stage.QUIET, at(24, 8))


def test_of_a_ticket_from_before_only_the_solution_is_counted() -> None:
    old = replace(ASKED, opened_at=MONDAY - timedelta(days=90))
    clock = KEEPER.start(old, MONDAY)
    assert (clock.open_targets, clock.due_at) == ((Target.SOLUTION,), at(30, 12))


def test_what_is_due_next_is_the_first_of_the_open_targets() -> None:
    nearest = STARTED.nearest(at(24, 12))
    assert nearest is not None
    assert (nearest.target, nearest.at, nearest.overdue) == (Target.ANSWER, at(24, 10), True)
    assert [due.overdue for due in STARTED.dues(at(24, 12))] == [True, False]
