"""Each ticket has one clock; the due and the overdue ones are found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.service_levels import ServiceClock, Stage
from kaz_bot.domain.tickets import Priority, Ticket, TicketId, TicketState
from kaz_bot.errors import StaleRecord
from kaz_bot.store import Work
from tests.store.records import CLOCK, NOON, SECURITY, STANDARDS, TICKET, after

FULL = ServiceClock(
    ticket_id=TicketId(1),
    started_at=NOON,
    answered_at=after(1),
    stopped_at=after(2),
    ended_at=after(3),
    waited=timedelta(hours=300, microseconds=7),
    answer_due_at=after(4),
    solution_due_at=after(5),
    due_at=after(6),
    answer_told=Stage.NEAR,
    solution_told=Stage.ESCALATED,
    next_at=after(7),
)


async def add(work: Work, *, due: int | None, **changes: object) -> Ticket:
    """A ticket that is due so many minutes after noon."""
    added = await work.tickets.add(replace(TICKET, **changes))  # type: ignore[arg-type]  # by name
    moment = None if due is None else after(due)
    await work.clocks.save(replace(CLOCK, ticket_id=added.id, due_at=moment, next_at=moment))
    return added


async def test_a_clock_is_kept_as_it_is(work: Work) -> None:
    await work.tickets.add(TICKET)
    assert await work.clocks.get(TicketId(1)) is None
    kept = await work.clocks.save(FULL)
    assert kept == replace(FULL, version=1)
    assert await work.clocks.get(TicketId(1)) == kept


async def test_a_ticket_has_one_clock(work: Work) -> None:
    await work.tickets.add(TICKET)
    kept = await work.clocks.save(FULL)
    await work.clocks.save(replace(CLOCK, version=kept.version))
    assert await work.clocks.get(TicketId(1)) == replace(CLOCK, version=2)


async def test_of_two_who_saw_the_same_clock_only_one_can_save_it(work: Work) -> None:
    await work.tickets.add(TICKET)
    seen = await work.clocks.save(CLOCK)
    answered = await work.clocks.save(seen.answered(after(1)))
    with pytest.raises(StaleRecord):
        await work.clocks.save(replace(seen, answer_told=Stage.NEAR))
    assert await work.clocks.get(TicketId(1)) == answered


async def test_of_two_who_begin_a_clock_only_one_can_save_it(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.clocks.save(FULL)
    with pytest.raises(StaleRecord):
        await work.clocks.save(CLOCK)


async def test_a_clock_that_is_to_be_looked_at_has_changed(work: Work) -> None:
    await work.tickets.add(TICKET)
    seen = await work.clocks.save(CLOCK)
    await work.clocks.look_at(TicketId(1), after(1))
    with pytest.raises(StaleRecord):
        await work.clocks.save(seen)


async def test_a_merged_ticket_goes_by_the_clock_of_the_other(work: Work) -> None:
    lead, alone = await add(work, due=1), await add(work, due=2)
    merged = await add(work, due=3, merged_into=lead.id)
    bare = await work.tickets.add(TICKET)
    own, its = await work.clocks.get(lead.id), await work.clocks.get(alone.id)
    assert await work.clocks.answering(merged) == own
    assert await work.clocks.answering_all([merged, alone, bare]) == {merged.id: own, alone.id: its}
    assert await work.clocks.answering_all([]) == {}


async def test_the_clocks_that_are_due_come_in_order(work: Work) -> None:
    third, first, second = [await add(work, due=minutes) for minutes in (3, 1, 2)]
    await add(work, due=None)
    due = await work.clocks.due(after(3), 10)
    assert [clock.ticket_id for clock in due] == [first.id, second.id, third.id]
    assert [clock.ticket_id for clock in await work.clocks.due(after(2), 1)] == [first.id]
    assert await work.clocks.tickets_due(after(2), 10) == [first.id, second.id]
    assert await work.clocks.tickets_due(after(2), 1) == [first.id]
    assert await work.clocks.due(NOON, 10) == []


async def test_somebody_can_be_asked_to_look_at_a_clock(work: Work) -> None:
    ticket = await add(work, due=None)
    await work.clocks.look_at(ticket.id, after(1))
    assert [clock.ticket_id for clock in await work.clocks.due(after(1), 10)] == [ticket.id]


async def test_the_overdue_tickets_of_an_area_come_by_urgency_then_by_age(work: Work) -> None:
    later, sooner = await add(work, due=2), await add(work, due=1)
    urgent = await add(work, due=3, priority=Priority.CRITICAL)
    await add(work, due=1, area=STANDARDS)
    await add(work, due=1, state=TicketState.RESOLVED)
    await add(work, due=1, merged_into=later.id)
    await add(work, due=None)
    await add(work, due=9)
    overdue = await work.clocks.overdue_in(SECURITY, after(3), 10)
    assert overdue == [urgent, sooner, later]
    assert await work.clocks.overdue_in(SECURITY, after(3), 2) == [urgent, sooner]
