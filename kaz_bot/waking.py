"""Keeps and ends the wait of tickets for the committee, whatever else happens to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kaz_bot.domain.block_events import (
    BlockHappened,
    TicketBlocked,
    TicketStillBlocked,
    TicketUnblocked,
    TicketWoken,
)
from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.events import DeskEvent, Happened, TicketMerged
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.tickets import IN_HAND, Ticket, TicketId, TicketState
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


async def owes_answer(work: Work, ticket: Ticket) -> bool:
    """Whether whoever asked was asked something back and has not answered; of merged tickets one
    of the askers."""
    lead = await work.tickets.get(ticket.merged_into or ticket.id)
    queried_at = answered_at = None
    for one in (lead, *await work.tickets.followers(lead.id)):
        for post in await work.posts.of(one.id):
            if post.kind is PostKind.QUERY and post.erased_at is None:
                queried_at = max(queried_at or post.said_at, post.said_at)
            if post.kind is PostKind.ASKER and post.sender == one.asker:
                answered_at = max(answered_at or post.said_at, post.said_at)
    return queried_at is not None and (answered_at is None or answered_at < queried_at)


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
    owed = await owes_answer(work, lead)
    woken = await work.tickets.save(lead.unblocked(now, owed=owed))
    followers = await _following(work, woken, now)
    return [
        happened(woken, paper, owed, by=by, at=now),
        *(happened(one, paper, owed, by=by, at=now, follows=True) for one in followers),
    ]


async def _following(work: Work, lead: Ticket, now: datetime) -> list[Ticket]:
    """Those merged into it, in its state from now on."""
    return [
        await work.tickets.save(follower.following(lead, now))
        for follower in await work.tickets.followers(lead.id)
    ]


async def went_on(work: Work, happened: Sequence[DeskEvent]) -> list[Happened]:
    """What else is to be told because tickets do not wait any more after what has happened, or
    wait with another.

    Whatever is done to a ticket, and wherever: unless it still waits by itself, its block ends.
    Only a merge takes it along.
    """
    merges = [event for event in happened if isinstance(event, TicketMerged)]
    merged = await _merged(work, merges) if merges else []
    ended: list[Happened] = []
    for event in happened:
        if isinstance(event, Happened):
            ended += await _ended(work, event)
    return [*ended, *merged]


async def _merged(work: Work, events: Sequence[TicketMerged]) -> list[Happened]:
    """A ticket, and those that were merged into it before, wait from now on with another: for
    what that waits for, or that for what they have waited for."""
    first = events[0]
    own = await work.blocks.of(first.ticket.id)
    lead = await work.tickets.get(first.lead.id)
    block = await work.blocks.of(lead.id)
    if own is not None and block is None and lead.state in IN_HAND:
        return await _taken_along(work, lead, own, events)
    if block is None or (own is not None and own.paper_id == block.paper_id):
        return []
    tickets = [await work.tickets.get(event.ticket.id) for event in events]
    return await _told_to_wait(work, block, [], tickets, first)


async def _taken_along(
    work: Work, lead: Ticket, block: Block, events: Sequence[TicketMerged]
) -> list[Happened]:
    first = events[0]
    await work.blocks.pass_on(first.ticket.id, lead.id)
    saved = await work.tickets.save(lead.blocked(first.at))
    waited = {event.ticket.id for event in events}
    followers = await _following(work, saved, first.at)
    others = [follower for follower in followers if follower.id not in waited]
    return await _told_to_wait(work, block, [saved], others, first)


async def _told_to_wait(
    work: Work,
    block: Block,
    leads: Iterable[Ticket],
    followers: Iterable[Ticket],
    cause: TicketMerged,
) -> list[Happened]:
    paper = await work.papers.get(block.paper_id)
    owed = await owes_answer(work, cause.ticket)
    by, at = cause.by, cause.at
    return [
        *(TicketBlocked(one, paper, owed, by=by, at=at) for one in leads),
        *(TicketBlocked(one, paper, owed, by=by, at=at, follows=True) for one in followers),
    ]


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
