"""What can be done to a task, and how it stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.committee.task_lines import TaskGroup, TaskLine, group_of, in_groups
from kaz_bot.domain.committee.tasks import Task, TaskEnded, TaskStands, TaskState
from kaz_bot.domain.reminders import Told
from tests.domain.committee.tasks import DUE, EVA, KIM, LEA, NOON, new_task

LATER = NOON + timedelta(hours=1)


def test_who_accepts_has_it() -> None:
    accepted = new_task().accepted(LEA, LATER)
    assert (accepted.state, accepted.person) == (TaskState.ACCEPTED, LEA)


def test_to_accept_again_changes_nothing() -> None:
    accepted = new_task().accepted(LEA, LATER)
    assert accepted.accepted(LEA, LATER + timedelta(hours=1)) is accepted


def test_what_is_declined_is_in_nobodys_hands_and_stays_open() -> None:
    declined = new_task(person=LEA, state=TaskState.ACCEPTED).declined(LATER)
    assert (declined.state, declined.person) == (TaskState.OPEN, None)


def test_somebody_elses_promise_is_not_taken_over_with_the_task() -> None:
    given = new_task(person=LEA, state=TaskState.ACCEPTED).given_to(EVA, asked=True, at=LATER)
    assert (given.state, given.person, given.asked) == (TaskState.OPEN, EVA, True)


def test_other_words_leave_a_promise_standing() -> None:
    task = new_task(state=TaskState.ACCEPTED, person=LEA)
    assert task.reworded(replace(task, what="Anderes"), LATER).state is TaskState.ACCEPTED


def test_but_a_municipality_that_is_named_now_has_not_promised_anything() -> None:
    task = new_task(state=TaskState.ACCEPTED, person=LEA)
    reworded = task.reworded(replace(task, worker="Stadt Cottbus", asked=True), LATER)
    assert reworded.state is TaskState.OPEN


def test_what_is_done_by_mistake_is_to_be_done_again_by_whoever_had_it() -> None:
    done = new_task(person=LEA).done("liegt vor", LATER)
    reopened = done.reopened(LATER)
    assert (reopened.state, reopened.person, reopened.outcome, reopened.ended_at) == (
        TaskState.ACCEPTED,
        LEA,
        "",
        None,
    )


def test_what_was_withdrawn_has_to_be_promised_anew() -> None:
    assert new_task(person=LEA).withdrawn(LATER).reopened(LATER).state is TaskState.OPEN


def test_an_open_one_is_not_opened() -> None:
    with pytest.raises(TaskStands):
        new_task().reopened(LATER)


def test_without_its_words_nobody_can_do_it_again() -> None:
    with pytest.raises(TaskEnded):
        new_task().erased(LATER).reopened(LATER)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda task: task.accepted(LEA, LATER),
        lambda task: task.declined(LATER),
        lambda task: task.done("", LATER),
        lambda task: task.withdrawn(LATER),
        lambda task: task.given_to(LEA, asked=False, at=LATER),
        lambda task: task.reworded(task, LATER),
        lambda task: task.extended(DUE, timed=False, elapsed=False, at=LATER),
    ],
)
@pytest.mark.parametrize("ended", [new_task().done("", LATER), new_task().withdrawn(LATER)])
def test_what_has_ended_stays_so(attempt: object, ended: Task) -> None:
    with pytest.raises(TaskEnded):
        attempt(ended)  # type: ignore[operator]  # one of the steps above


def test_its_outcome_can_be_told_once_it_is_done() -> None:
    assert new_task().done("", LATER).with_outcome("liegt vor", LATER).outcome == "liegt vor"


@pytest.mark.parametrize("task", [new_task(), new_task().withdrawn(LATER)])
def test_and_not_before(task: Task) -> None:
    with pytest.raises(TaskEnded):
        task.with_outcome("liegt vor", LATER)


def test_an_extension_is_told_of_anew() -> None:
    told = new_task(told=Told.OVERDUE)
    extended = told.extended(DUE + timedelta(days=7), timed=False, elapsed=False, at=LATER)
    assert (extended.told, extended.told_at) == (Told.NOTHING, LATER)


def test_erasing_takes_all_words_and_ends_it() -> None:
    task = new_task(client="MIK", lead="IT-Rat", worker="Kaz", outcome="x").erased(LATER)
    assert (task.what, task.client, task.lead, task.worker, task.outcome) == ("",) * 5
    assert (task.state, task.next_at) == (TaskState.WITHDRAWN, None)


def test_what_is_done_stays_done_without_its_words() -> None:
    assert new_task().done("liegt vor", LATER).erased(LATER).state is TaskState.DONE


@pytest.mark.parametrize(
    ("task", "now", "state"),
    [
        (new_task(), DUE, "open"),
        (new_task(), DUE + timedelta(seconds=1), "overdue"),
        (new_task(state=TaskState.ACCEPTED), DUE - timedelta(days=1), "accepted"),
        (new_task(state=TaskState.ACCEPTED), DUE + timedelta(days=1), "overdue"),
        (new_task().done("", LATER), DUE + timedelta(days=1), "done"),
        (new_task().withdrawn(LATER), DUE + timedelta(days=1), "withdrawn"),
    ],
)
def test_time_alone_makes_it_overdue(task: Task, now: datetime, state: str) -> None:
    assert task.state_at(now) == state


@pytest.mark.parametrize(
    ("day", "count"),
    [(8, 0), (9, 1), (10, 1), (11, 1), (12, 2), (16, 6)],
)
def test_only_working_days_are_counted_over_the_date(day: int, count: int) -> None:
    morning = datetime(2026, 10, day, 8, 0, tzinfo=UTC)
    assert new_task().working_days_over(morning, DaysOff()) == count


def test_nor_are_holidays() -> None:
    task = new_task(due_at=datetime(2026, 12, 23, 22, 0, tzinfo=UTC))
    monday = datetime(2026, 12, 28, 8, 0, tzinfo=UTC)
    assert task.working_days_over(monday, DaysOff()) == 1


@pytest.mark.parametrize(
    ("task", "now", "group"),
    [
        (new_task(), DUE - timedelta(days=8), TaskGroup.LATER),
        (new_task(), DUE - timedelta(days=7), TaskGroup.SOON),
        (new_task(), DUE + timedelta(days=1), TaskGroup.OVERDUE),
        (new_task(asked=True), DUE + timedelta(days=1), TaskGroup.ASKED),
        (new_task().done("", LATER), DUE + timedelta(days=1), TaskGroup.DONE),
        (new_task().withdrawn(LATER), DUE + timedelta(days=1), TaskGroup.WITHDRAWN),
    ],
)
def test_each_stands_in_one_group(task: Task, now: datetime, group: TaskGroup) -> None:
    assert group_of(task, now) is group


def test_what_was_promised_is_overdue_like_any_other() -> None:
    late = DUE + timedelta(days=1)
    promised = new_task(asked=True, state=TaskState.ACCEPTED, person=KIM)
    assert group_of(promised, late) is TaskGroup.OVERDUE


def test_the_most_overdue_comes_first() -> None:
    early, late, soon = (
        TaskLine(task=new_task(due_at=DUE - timedelta(days=days)), group=group, state="")
        for days, group in [(9, TaskGroup.OVERDUE), (2, TaskGroup.OVERDUE), (0, TaskGroup.SOON)]
    )
    assert in_groups([soon, late, early]) == [
        (TaskGroup.OVERDUE, [early, late]),
        (TaskGroup.SOON, [soon]),
    ]
