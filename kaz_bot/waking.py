"""Ends the wait of tickets for the committee: once it has decided, or when they went on without."""

from collections.abc import Iterable
from datetime import datetime

from kaz_bot.domain.block_events import (
    BlockHappened,
    TicketStillBlocked,
    TicketUnblocked,
    TicketWoken,
)
from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.events import DeskEvent, Happened
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.messages import UserId
from kaz_bot.store import Work


async def wake(work: Work, paper: Paper, *, by: UserId | None, now: datetime) -> list[DeskEvent]:
    """Every ticket that waits for the paper goes on, with what came of it.

    Of a paper that is still open its tickets wait on; of a deferred one they are told so. To be
    called with the paper as it is kept from now on. Once woken, a ticket waits for nothing: to
    call it again changes nothing.
    """
    blocks = await work.blocks.on(paper.id)
    if paper.state is PaperState.DEFERRED:
        waiting = [await work.tickets.get(block.ticket_id) for block in blocks]
        return [TicketStillBlocked(ticket, paper, by=by, at=now) for ticket in waiting]
    if paper.open:
        return []
    return [
        event
        for block in blocks
        for event in await _gone_on(work, block.ticket_id, TicketWoken, paper, by=by, now=now)
    ]


async def lift(work: Work, block: Block, *, by: UserId, now: datetime) -> list[BlockHappened]:
    """The ticket goes on, whatever the committee will decide."""
    paper = await work.papers.get(block.paper_id)
    return await _gone_on(work, block.ticket_id, TicketUnblocked, paper, by=by, now=now)


async def _gone_on(
    work: Work,
    ticket_id: TicketId,
    happened: type[TicketWoken | TicketUnblocked],
    paper: Paper,
    *,
    by: UserId | None,
    now: datetime,
) -> list[BlockHappened]:
    await work.blocks.end(ticket_id, now)
    lead = await work.tickets.get(ticket_id)
    woken = await work.tickets.save(lead.unblocked(now))
    followers = [
        await work.tickets.save(follower.following(woken, now))
        for follower in await work.tickets.followers(ticket_id)
    ]
    return [
        happened(woken, paper, by=by, at=now),
        *(happened(one, paper, by=by, at=now, follows=True) for one in followers),
    ]


async def went_on(work: Work, happened: Iterable[DeskEvent]) -> list[Happened]:
    """What else is to be told because tickets do not wait any more after what has happened.

    Whatever is done to a ticket, and wherever: unless it still waits by itself, its block ends.
    """
    told: list[Happened] = []
    for event in happened:
        if isinstance(event, Happened):
            told += await _ended(work, event)
    return told


async def _ended(work: Work, event: Happened) -> list[Happened]:
    block = await work.blocks.of(event.ticket.id)
    if block is None:
        return []
    ticket = await work.tickets.get(event.ticket.id)
    if ticket.state is TicketState.WAITING and ticket.merged_into is None:
        return []
    await work.blocks.end(ticket.id, event.at)
    if not ticket.active or await _waits_on(work, ticket, block):
        return []
    paper = await work.papers.get(block.paper_id)
    return [TicketUnblocked(ticket, paper, by=event.by, at=event.at)]


async def _waits_on(work: Work, ticket: Ticket, block: Block) -> bool:
    """Whether the ticket it is merged into waits for the same."""
    lead = await work.blocks.of(ticket.merged_into) if ticket.merged_into else None
    return lead is not None and lead.paper_id == block.paper_id
