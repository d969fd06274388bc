"""A ticket waits for one paper at a time, and those that wait for one are found."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.store import Work
from tests.forgetting.committee import KIM, new_paper
from tests.store.records import NOON, TICKET, after


async def blocked(work: Work, ticket: int, paper: int = 1, minute: int = 0) -> Block:
    """The ticket waits for the paper since so many minutes after noon."""
    block = Block(ticket_id=TicketId(ticket), paper_id=PaperId(paper), by=KIM, since=after(minute))
    await work.blocks.add(block)
    return block


async def furnish(work: Work, tickets: int) -> None:
    """Two papers, and so many tickets."""
    await new_paper(work)
    await new_paper(work)
    for _ in range(tickets):
        await work.tickets.add(TICKET)


async def test_a_block_is_kept_as_it_is(work: Work) -> None:
    await furnish(work, 2)
    block = await blocked(work, 1)
    assert await work.blocks.of(TicketId(1)) == block
    assert await work.blocks.of(TicketId(2)) is None
    assert block.paper == "BV-1"


async def test_a_ticket_waits_for_one_paper_at_a_time(work: Work) -> None:
    await furnish(work, 1)
    await blocked(work, 1)
    with pytest.raises(StaleRecord):
        await blocked(work, 1, paper=2)


async def test_once_ended_it_can_wait_for_another(work: Work) -> None:
    await furnish(work, 1)
    await blocked(work, 1)
    await work.blocks.end(TicketId(1), after(5))
    again = await blocked(work, 1, paper=2)
    assert await work.blocks.of(TicketId(1)) == again
    assert (await work.blocks.on(PaperId(1)), await work.blocks.on(PaperId(2))) == ([], [again])


async def test_those_that_wait_longest_come_first(work: Work) -> None:
    await furnish(work, 3)
    late, early = await blocked(work, 1, minute=9), await blocked(work, 3)
    await blocked(work, 2, paper=2)
    assert await work.blocks.on(PaperId(1)) == [early, late]


async def test_what_ends_once_has_ended_then(work: Work) -> None:
    await furnish(work, 1)
    await blocked(work, 1)
    await work.blocks.end(TicketId(1), after(5))
    await work.blocks.end(TicketId(1), after(9))
    [kept] = (await work.traces.of(KIM)).blocks
    assert (kept.since, kept.ended_at) == (NOON, after(5))


async def test_what_is_merged_waits_with_its_lead(work: Work) -> None:
    await furnish(work, 3)
    lead, free = await work.tickets.get(TicketId(1)), await work.tickets.get(TicketId(3))
    follower = await work.tickets.save(
        replace(await work.tickets.get(TicketId(2)), merged_into=lead.id)
    )
    block = await blocked(work, 1)
    assert await work.blocks.holding(follower) == block
    assert await work.blocks.holding_all([lead, follower, free]) == {
        lead.id: block,
        follower.id: block,
    }
    assert await work.blocks.holding_all([]) == {}


async def test_another_ticket_can_wait_instead(work: Work) -> None:
    await furnish(work, 2)
    block = await blocked(work, 1)
    await work.blocks.pass_on(TicketId(1), TicketId(2))
    assert await work.blocks.on(PaperId(1)) == [replace(block, ticket_id=TicketId(2))]
    await work.blocks.pass_on(TicketId(1), TicketId(2))
    assert await work.blocks.of(TicketId(1)) is None
