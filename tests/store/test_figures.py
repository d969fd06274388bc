"""What reports count is read in batches, and nothing is read that names or quotes anybody."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from kaz_bot.domain.committee.numbers import SolutionId, Subject
from kaz_bot.domain.knowledge.solutions import Solution, SolutionState
from kaz_bot.domain.reports.cases import History, TicketFacts
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.store import Work
from kaz_bot.store import figures as limits
from tests.store.records import ANN, ENTRY, NOON, PROJECT, SECURITY, TICKET, after
from tests.store.records_of_committee import COMMITTEE_ENTRY, DECISION, TASK, fill_committee

LATER = after(600)


async def read(work: Work) -> list[History]:
    return [one async for batch in work.figures.histories(NOON, LATER) for one in batch]


async def add(work: Work, ticket: Ticket) -> TicketId:
    return (await work.tickets.add(ticket)).id


async def happens(work: Work, number: TicketId, event: str, minutes: int) -> None:
    entry = replace(ENTRY, ticket_id=number, at=after(minutes), event=event, state="claimed")
    await work.trail.add(entry)


async def opened(work: Work) -> TicketId:
    """One whose trail tells of its own number."""
    number = await add(work, TICKET)
    await work.trail.add(replace(ENTRY, ticket_id=number, details={"area": str(number)}))
    return number


async def noted(work: Work, subject: str, minutes: int) -> None:
    at = after(minutes)
    entry = replace(COMMITTEE_ENTRY, subject=Subject(subject), at=at, event="done")
    await work.committee_trail.add(entry)


async def test_it_reads_what_was_opened_before_the_end_and_not_ended_before_the_beginning(
    work: Work,
) -> None:
    before = NOON - timedelta(days=3)
    ended = replace(TICKET, opened_at=before, ended_at=NOON - timedelta(days=1))
    await add(work, ended)
    going_on = await add(work, replace(TICKET, opened_at=before))
    ended_in_it = await add(work, replace(TICKET, opened_at=before, ended_at=after(5)))
    opened = await add(work, TICKET)
    await add(work, replace(TICKET, opened_at=LATER))
    assert [one.facts.id for one in await read(work)] == [going_on, ended_in_it, opened]
    assert await work.figures.count(NOON, LATER) == 3


async def test_a_trail_comes_in_its_order_and_only_up_to_the_end(work: Work) -> None:
    number = await add(work, TICKET)
    await happens(work, number, "opened", 0)
    await happens(work, number, "note", 5)
    await happens(work, number, "claimed", 9)
    await happens(work, number, "resolved", 600)
    (history,) = await read(work)
    assert [change.event for change in history.changes] == ["opened", "claimed"]
    assert history.changes[0].state is TicketState.CLAIMED


async def test_many_come_in_batches_each_with_its_own_trail(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BATCH", 3)
    numbers = [await opened(work) for _ in range(7)]
    batches = [batch async for batch in work.figures.histories(NOON, LATER)]
    assert [len(batch) for batch in batches] == [3, 3, 1]
    areas = [one.changes[0].details["area"] for batch in batches for one in batch]
    assert areas == [str(number) for number in numbers]


async def test_tickets_from_elsewhere_are_marked(work: Work) -> None:
    await add(work, TICKET)
    number = await add(work, TICKET)
    await work.imported.note("A 17", number)
    assert [one.facts.imported for one in await read(work)] == [False, True]


def test_the_facts_that_are_read_name_nobody_and_quote_nothing() -> None:
    personal = {"asker", "assignee", "room_id", "question", "solution", "because", "merged_into"}
    read_of_a_ticket = {field.name for field in fields(TicketFacts)}
    assert read_of_a_ticket.isdisjoint(personal)


async def test_what_stays_of_a_ticket_without_texts_is_read(work: Work) -> None:
    ticket = await work.tickets.add(replace(TICKET, ended_at=after(5), state=TicketState.CLOSED))
    before = await read(work)
    await work.tickets.save(ticket.erased(after(700)))
    assert await read(work) == before


async def test_the_notes_of_the_committee_are_those_on_decisions_and_tasks(work: Work) -> None:
    await noted(work, "BV-1", 0)
    await noted(work, "2026/1", 1)
    await noted(work, "A-1", 2)
    await noted(work, "L-3", 3)
    await noted(work, "A-1", 600)
    assert [note.subject for note in await work.figures.notes(LATER)] == ["2026/1", "A-1"]


async def test_tasks_are_known_by_their_decision(work: Work) -> None:
    await add(work, TICKET)
    await add(work, TICKET)
    await fill_committee(work)
    (entry,) = await work.decisions.all()
    number = entry.decision.number
    task = await work.tasks.add(replace(TASK, decision=number))
    assert await work.figures.tasks_of_decisions() == {number: [task.subject]}
    assert number.year == DECISION.number.year


async def test_solutions_count_when_others_could_first_use_them(work: Work) -> None:
    solution = Solution(
        id=SolutionId(0),
        area=SECURITY,
        room_id=PROJECT,
        proposed_at=NOON,
        changed_at=NOON,
        state=SolutionState.RELEASED,
        released_edition=1,
        released_at=after(5),
    )
    released = await work.solutions.add(solution)
    await work.solutions.add(replace(solution, released_at=LATER))
    await work.solutions.save(released.withdrawn(after(9)))
    assert await work.figures.solutions_released(NOON, LATER) == 1


async def test_who_did_what_is_not_read(work: Work) -> None:
    number = await add(work, TICKET)
    await work.trail.add(replace(ENTRY, ticket_id=number, actor=ANN))
    assert ANN not in repr(await read(work))
