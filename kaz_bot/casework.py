"""What several verbs do alike: move a ticket, let others lead, tell all who wait for its answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kaz_bot.commands import Answer
from kaz_bot.context import Context, home_area
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.events import Happened, TicketLeads, TicketMoved, TicketRouted
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket
from kaz_bot.messages import RoomId
from kaz_bot.store import Work
from kaz_bot.teaching import teach

# More than this no area has open; a single transaction must stay short.
MOVED_AT_MOST = 500


def as_it_was(ctx: Context, ticket: Ticket) -> Answer:
    """Nothing changed, so nobody else is told; whoever typed the command is."""
    facts = {"ticket": ticket, "prefix": ctx.settings.prefix}
    return Answer(template="info/done", facts=facts, topic="done")


async def route_ticket(
    ctx: Context, ticket: Ticket, area: AreaKey, reason: str | None = None
) -> list[Happened]:
    """Move a ticket, those merged into it and all that was said so far to another area.

    The router learns from it, whoever moves it: a specialist, or the asker.
    """
    origin = ticket.area
    given = None
    if reason and ctx.said is not None:
        # A note like any other: it goes along with the conversation, and can be taken back.
        given = await ctx.write_post(ticket.id, PostKind.NOTE, ctx.said, reason)
    routed, followers = await ctx.keep(ticket.routed_to(area, ctx.now))
    for gone in (routed, *followers):
        await teach(ctx.work, gone, ctx.now)
        for thread in await _area_threads(ctx.work, gone):
            await ctx.work.threads.leave(thread.id)
    moved = TicketRouted(
        routed,
        origin,
        await _spoken(ctx.work, ticket),
        given,
        by=ctx.sender,
        at=ctx.now,
    )
    return for_all(moved, followers)


async def bring_home(work: Work, areas: Areas, area: AreaKey, now: datetime) -> list[Happened]:
    """Move the tickets of an area into its room, where that is new or the first."""
    rooms = await work.rooms.of_area(area)
    tickets = [
        ticket
        for key in [other.key for other in areas.all]
        if await home_area(work, areas, key) == area
        for ticket in await work.tickets.in_area(key, ACTIVE, MOVED_AT_MOST)
        if ticket.merged_into is None
    ]
    moved = [await _moved(work, ticket, rooms[-1].room_id, now) for ticket in tickets]
    return [event for event in moved if event is not None]


async def _moved(work: Work, ticket: Ticket, room: RoomId, now: datetime) -> TicketMoved | None:
    threads = await _area_threads(work, ticket)
    if any(thread.room_id == room for thread in threads):
        return None
    for thread in threads:
        await work.threads.leave(thread.id)
    return TicketMoved(ticket, await _spoken(work, ticket), by=None, at=now)


async def at_home(ctx: Context, ticket: Ticket, without: Post | None = None) -> list[Happened]:
    """A ticket that goes on by itself appears in its area's room, if it is not there already.

    `without`: the post that is about to be told anyway.
    """
    rooms = await ctx.work.rooms.of_area(await ctx.home_area(ticket))
    moved = await _moved(ctx.work, ticket, rooms[-1].room_id, ctx.now) if rooms else None
    if moved is None:
        return []
    posts = tuple(post for post in moved.posts if without is None or post.id != without.id)
    return [replace(moved, posts=posts)]


async def _area_threads(work: Work, ticket: Ticket) -> list[Thread]:
    return [
        thread
        for thread in await work.threads.of(ticket.id)
        if thread.side is Side.AREA and thread.current
    ]


async def _spoken(work: Work, ticket: Ticket) -> tuple[Post, ...]:
    """The conversation; what was sent to the asker by a reaction is not a note as well."""
    posts = await work.posts.of(ticket.id)
    sent = {post.event_id for post in posts if post.kind is not PostKind.NOTE}
    return tuple(
        post for post in posts if post.kind is not PostKind.NOTE or post.event_id not in sent
    )


async def led_on(ctx: Context, ended: Ticket) -> list[Happened]:
    """Of those merged into a ticket that has ended alone, the first leads from now on."""
    followers = await ctx.work.tickets.followers(ended.id)
    if not followers:
        return []
    lead = await ctx.work.tickets.save(followers[0].leading_alone(ctx.now))
    await ctx.work.blocks.pass_on(ended.id, lead.id)
    for follower in followers[1:]:
        await ctx.work.tickets.save(follower.merged(lead, ctx.now))
    leads = TicketLeads(lead, ended, by=ctx.sender, at=ctx.now)
    return [*await at_home(ctx, lead), leads]


def for_all(happened: Happened, followers: Iterable[Ticket]) -> list[Happened]:
    """The same for the tickets merged into it, whose askers wait for the same answer."""
    return [
        happened,
        *(replace(happened, ticket=follower, follows=True) for follower in followers),
    ]
