"""Tasks are kept, found by whoever looks for them, and nobody overwrites what others changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.committee.numbers import DecisionNumber, TaskId
from kaz_bot.domain.committee.tasks import Task, TaskNotFound, TaskState
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Store, Work
from tests.domain.committee.tasks import DUE, EVA, KIM, LEA, NOON, ROOM, new_task

OTHER = RoomId("!other:kaz.test")
DAY = timedelta(days=1)


async def added(work: Work, **changes: object) -> Task:
    return await work.tasks.add(new_task(**changes))


async def test_a_task_comes_back_as_it_went(work: Work) -> None:
    task = await added(
        work,
        state=TaskState.ACCEPTED,
        decision=DecisionNumber(2026, 3),
        what="Zeile\nzwei",
        client="MIK",
        lead="IT-Rat",
        worker="Stadt Cottbus",
        person=EVA,
        asked=True,
        outcome="liegt vor",
        sealed=True,
        timed=True,
        elapsed=True,
        ended_at=DUE,
        erased_at=DUE,
    )
    assert await work.tasks.get(task.id) == task


@pytest.mark.parametrize("number", [1, 2**63, 10**30])
async def test_one_that_does_not_exist_is_not_found(work: Work, number: int) -> None:
    with pytest.raises(TaskNotFound):
        await work.tasks.get(TaskId(number))


async def test_of_two_who_save_the_second_is_told(work: Work) -> None:
    task = await added(work)
    await work.tasks.save(task.accepted(LEA, NOON))
    with pytest.raises(StaleRecord):
        await work.tasks.save(task.done("", NOON))


async def test_a_number_is_never_given_twice(store: Store) -> None:
    async with store.work() as work:
        first, second = await added(work), await added(work)
    assert second.id == first.id + 1


async def test_those_that_time_must_look_at_the_longest_due_first(work: Work) -> None:
    late, early = await added(work, next_at=DUE), await added(work, next_at=DUE - DAY)
    await added(work, next_at=DUE + DAY)
    await added(work, next_at=None)
    assert await work.tasks.due(DUE, 10) == [early, late]
    assert await work.tasks.due(DUE, 1) == [early]
    assert await work.tasks.numbers_due(DUE, 10) == [early.id, late.id]


async def test_set_aside_one_waits_and_its_old_record_is_stale(work: Work) -> None:
    task = await added(work, next_at=NOON)
    await work.tasks.set_aside(task.id, NOON + DAY)
    assert await work.tasks.due(NOON, 10) == []
    with pytest.raises(StaleRecord):
        await work.tasks.save(task.done("", NOON))


async def test_what_is_open_in_a_room_the_first_due_first(work: Work) -> None:
    late = await added(work, due_at=DUE + DAY)
    early = await added(work, due_at=DUE, state=TaskState.ACCEPTED)
    await added(work, state=TaskState.DONE)
    await added(work, state=TaskState.WITHDRAWN)
    await added(work, room_id=OTHER)
    assert await work.tasks.open_in(ROOM) == [early, late]
    assert await work.tasks.open_in(ROOM, 1) == [early]
    assert await work.tasks.count_open_in(ROOM) == 2


async def test_what_is_overdue(work: Work) -> None:
    overdue = await added(work, due_at=DUE - DAY)
    await added(work, due_at=DUE)
    await added(work, due_at=DUE - DAY, state=TaskState.DONE)
    assert await work.tasks.overdue_in(ROOM, DUE) == [overdue]


async def test_a_year_begins_with_its_first_moment_and_ends_before_the_next(work: Work) -> None:
    first = await added(work, due_at=DUE, state=TaskState.DONE)
    await added(work, due_at=DUE + DAY)
    await added(work, due_at=DUE - timedelta(seconds=1))
    assert await work.tasks.between(ROOM, DUE, DUE + DAY) == [first]


async def test_what_somebody_has_to_do_and_what_they_set(work: Work) -> None:
    theirs = await added(work, person=LEA)
    done = await added(work, person=LEA, state=TaskState.DONE)
    set_by = await added(work, person=EVA, owner=LEA)
    await added(work, person=EVA)
    assert await work.tasks.open_of(LEA) == [theirs]
    assert await work.tasks.all_with(LEA) == [theirs, done, set_by]


async def test_what_follows_from_a_decision(work: Work) -> None:
    number = DecisionNumber(2026, 3)
    following = await added(work, decision=number, state=TaskState.DONE)
    await added(work, decision=DecisionNumber(2026, 30))
    assert await work.tasks.of_decision(number) == [following]


async def test_what_a_message_set(work: Work) -> None:
    task = await added(work, event_id=EventId("$this"))
    await added(work)
    assert await work.tasks.set_by(EventId("$this")) == [task]


async def test_what_ended_lately_in_a_room_or_for_somebody(work: Work) -> None:
    done = await added(work, person=LEA, state=TaskState.DONE, ended_at=DUE)
    elsewhere = replace(done, room_id=OTHER)
    other = await work.tasks.add(elsewhere)
    await added(work, person=LEA, state=TaskState.DONE, ended_at=DUE - DAY)
    await added(work, person=KIM)
    assert await work.tasks.ended_since(DUE, room_id=ROOM) == [done]
    assert await work.tasks.ended_since(DUE, person=LEA) == [done, other]
