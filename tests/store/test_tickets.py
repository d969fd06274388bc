"""Tickets are kept, numbered once, and listed in the order people work on them."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from kaz_bot.domain.tickets import Priority, Rating, Ticket, TicketId, TicketNotFound, TicketState
from kaz_bot.errors import StaleRecord
from kaz_bot.store import Store, Work
from kaz_bot.store.engine import address_of
from tests.store.records import ANN, BEK, NOON, SECURITY, STANDARDS, TICKET, after

CLAIMED = replace(TICKET, state=TicketState.CLAIMED, assignee=BEK)
RESOLVED = replace(TICKET, state=TicketState.RESOLVED, resolved_at=NOON)
CLOSED = replace(TICKET, state=TicketState.CLOSED, ended_at=NOON)


async def test_a_ticket_is_found_as_it_was_added(work: Work) -> None:
    everything = replace(
        TICKET,
        state=TicketState.RESOLVED,
        priority=Priority.CRITICAL,
        assignee=BEK,
        confidential=True,
        sealed=True,
        incident=True,
        confidence=0.1,
        because=("schlüssel", "🔑"),
        area_open=True,
        solution="Der Pförtner",
        solution_sealed=True,
        rating=Rating.NOT_HELPFUL,
        claimed_at=after(1),
        resolved_at=after(2),
        ended_at=after(3),
        erased_at=after(4),
    )
    added = await work.tickets.add(everything)
    assert await work.tickets.get(added.id) == replace(everything, id=TicketId(1))


async def test_an_unknown_number_is_refused_by_its_number(work: Work) -> None:
    with pytest.raises(TicketNotFound) as refusal:
        await work.tickets.get(TicketId(7))
    assert refusal.value.facts == {"number": 7}


@pytest.mark.parametrize("number", [-1, 0, 2**63, 10**40])
async def test_no_number_is_too_large_to_be_unknown(work: Work, number: int) -> None:
    assert await work.tickets.find(TicketId(number)) is None


async def test_a_number_is_never_given_twice(store: Store, migrated_url: str) -> None:
    async with store.work() as work:
        await work.tickets.add(TICKET)
        gone = await work.tickets.add(TICKET)
    engine = create_async_engine(address_of(migrated_url))
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM tickets WHERE id = 2"))
    await engine.dispose()
    async with store.work() as work:
        assert (await work.tickets.add(TICKET)).id == gone.id + 1


async def test_a_saved_ticket_is_its_next_version(work: Work) -> None:
    added = await work.tickets.add(TICKET)
    saved = await work.tickets.save(added.claimed_by(BEK, after(1)))
    assert saved == replace(added.claimed_by(BEK, after(1)), version=2)
    assert await work.tickets.get(added.id) == saved


async def test_who_saves_an_old_version_is_told(work: Work) -> None:
    added = await work.tickets.add(TICKET)
    await work.tickets.save(added.claimed_by(BEK, after(1)))
    with pytest.raises(StaleRecord, match="ticket 1, version 1"):
        await work.tickets.save(added.claimed_by(ANN, after(1)))


async def test_of_two_who_save_in_the_same_instant_one_is_told(store: Store) -> None:
    async with store.work() as work:
        added = await work.tickets.add(TICKET)

    async def save() -> Ticket:
        async with store.work() as work:
            return await work.tickets.save(added.claimed_by(BEK, after(1)))

    first, second = await asyncio.gather(save(), save(), return_exceptions=True)
    assert {type(first), type(second)} == {Ticket, StaleRecord}


async def test_what_is_open_is_listed_from_the_newest(work: Work) -> None:
    old = await work.tickets.add(TICKET)
    new = await work.tickets.add(replace(RESOLVED, opened_at=after(5)))
    await work.tickets.add(replace(CLOSED, opened_at=after(6)))
    await work.tickets.add(replace(TICKET, asker=BEK))
    assert await work.tickets.open_of(ANN, limit=9) == [new, old]
    assert await work.tickets.open_of(ANN, limit=1) == [new]


async def test_an_asker_finds_every_ticket_from_the_newest(work: Work) -> None:
    old = await work.tickets.add(CLOSED)
    new = await work.tickets.add(TICKET)
    await work.tickets.add(replace(TICKET, asker=BEK))
    assert await work.tickets.of_asker(ANN) == [new, old]


async def test_an_area_lists_the_most_urgent_then_the_oldest(work: Work) -> None:
    late = await work.tickets.add(replace(TICKET, opened_at=after(5)))
    low = await work.tickets.add(replace(TICKET, priority=Priority.LOW))
    early = await work.tickets.add(CLAIMED)
    high = await work.tickets.add(replace(CLAIMED, priority=Priority.HIGH, opened_at=after(6)))
    critical = await work.tickets.add(replace(TICKET, priority=Priority.CRITICAL))
    in_work = {TicketState.NEW, TicketState.CLAIMED}
    listed = await work.tickets.in_area(SECURITY, in_work, limit=9)
    assert listed == [critical, high, early, late, low]
    assert await work.tickets.in_area(SECURITY, in_work, limit=2, offset=1) == [high, early]


async def test_an_area_lists_only_its_own_in_the_states_asked_for(work: Work) -> None:
    new = await work.tickets.add(TICKET)
    await work.tickets.add(CLAIMED)
    await work.tickets.add(replace(TICKET, area=STANDARDS))
    assert await work.tickets.in_area(SECURITY, [TicketState.NEW], limit=9) == [new]
    assert await work.tickets.in_area(SECURITY, [], limit=9) == []


async def test_a_specialist_sees_what_is_in_hand(work: Work) -> None:
    late = await work.tickets.add(replace(CLAIMED, opened_at=after(1)))
    waiting = await work.tickets.add(replace(CLAIMED, state=TicketState.WAITING))
    await work.tickets.add(replace(RESOLVED, assignee=BEK))
    await work.tickets.add(replace(CLAIMED, assignee=ANN))
    assert await work.tickets.of_assignee(BEK, limit=9) == [waiting, late]


async def test_the_active_tickets_follow_their_lead(work: Work) -> None:
    lead = await work.tickets.add(TICKET)
    follower = await work.tickets.add(replace(TICKET, merged_into=lead.id))
    await work.tickets.add(replace(RESOLVED, merged_into=lead.id))
    assert await work.tickets.followers(lead.id) == [follower]


async def test_silence_is_counted_from_the_resolution(work: Work) -> None:
    later = await work.tickets.add(replace(RESOLVED, resolved_at=after(1)))
    longest = await work.tickets.add(RESOLVED)
    await work.tickets.add(replace(RESOLVED, resolved_at=after(2)))
    await work.tickets.add(replace(CLOSED, resolved_at=NOON))
    assert await work.tickets.resolved_before(after(2), limit=9) == [longest, later]


async def test_ended_tickets_wait_for_their_erasure_once(work: Work) -> None:
    ended = await work.tickets.add(CLOSED)
    confidential = await work.tickets.add(replace(CLOSED, confidential=True))
    await work.tickets.add(replace(CLOSED, erased_at=after(1)))
    await work.tickets.add(replace(CLOSED, ended_at=after(9)))
    await work.tickets.add(RESOLVED)
    assert await work.tickets.ended_before(after(9), confidential=False, limit=9) == [ended]
    assert await work.tickets.ended_before(after(9), confidential=True, limit=9) == [confidential]


async def test_only_active_tickets_are_counted(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.tickets.add(TICKET)
    await work.tickets.add(replace(CLAIMED, area=STANDARDS))
    await work.tickets.add(CLOSED)
    assert await work.tickets.counts() == {
        (SECURITY, TicketState.NEW): 2,
        (STANDARDS, TicketState.CLAIMED): 1,
    }
