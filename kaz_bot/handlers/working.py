"""What specialists do with tickets: claim, answer, ask back, resolve, hand over."""

from collections.abc import Sequence

from kaz_bot.casework import as_it_was, for_all, route_ticket
from kaz_bot.commands import Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.domain.events import (
    DeskEvent,
    NoteTaken,
    SpecialistAnswered,
    SpecialistQueried,
    TicketAssigned,
    TicketClaimed,
    TicketClosed,
    TicketMerged,
    TicketPrioritised,
    TicketReleased,
    TicketResolved,
)
from kaz_bot.domain.posts import ANSWERS, Post, PostKind
from kaz_bot.domain.tickets import (
    URGENCY,
    AreaKey,
    MergedWithItself,
    Priority,
    Ticket,
    TicketId,
)
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.finding import index_anew, open_doubles
from kaz_bot.messages import Reacted, Said, UserId


class NothingToSend(Refusal):
    """An answer without words or file."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/nothing_to_send"


class NotYourMessage(Refusal):
    """Only one's own message can be sent to the asker by a reaction."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_your_message"


@verb("übernehmen", "claim", allow=Role.SPECIALIST, reactions=("🙋",))
async def claim(ctx: Context, ticket: Ticket) -> Outcome:
    """Take a ticket. Of several who try at once exactly one gets it."""
    claimed = ticket.claimed_by(ctx.sender, at=ctx.now)
    if claimed == ticket:
        return as_it_was(ctx, ticket)
    saved, followers = await ctx.keep(claimed)
    told = TicketClaimed(
        saved,
        doubles=await open_doubles(ctx.work, ctx.desk.router, saved),
        by=ctx.sender,
        at=ctx.now,
    )
    return [*for_all(told, followers)]


@verb("freigeben", "release", allow=Role.SPECIALIST)
async def release(ctx: Context, ticket: Ticket) -> Outcome:
    """Put a ticket back into the queue."""
    saved, followers = await ctx.keep(ticket.released(ctx.now))
    return [*for_all(TicketReleased(saved, by=ctx.sender, at=ctx.now), followers)]


@verb("zuweisen", "assign", allow=Role.SPECIALIST)
async def assign(ctx: Context, person: UserId, ticket: Ticket) -> Outcome:
    """Give a ticket to a member of the area's room, who is called."""
    if ticket.assignee == person and ticket.active:
        return as_it_was(ctx, ticket)
    saved, followers = await ctx.keep(ticket.assigned_to(person, at=ctx.now))
    return [*for_all(TicketAssigned(saved, by=ctx.sender, at=ctx.now), followers)]


@verb("weiterleiten", "route", allow=Role.SPECIALIST)
async def route(ctx: Context, area: AreaKey, ticket: Ticket, reason: Text | None) -> Outcome:
    """Move a ticket to another area, with its whole thread so far."""
    return [*await route_ticket(ctx, ticket, area, reason)]


@verb("antwort", "reply", allow=Role.SPECIALIST, reactions=("📤",))
async def reply(ctx: Context, ticket: Ticket, text: Text | None) -> Outcome:
    """Answer the asker; by reaction, with one's own message in the thread."""
    words = await _unsent(ctx, ticket) if isinstance(ctx.incoming, Reacted) else text
    if isinstance(ctx.incoming, Reacted) and words is None:
        return None
    saved, followers = await ctx.keep_answered(ticket.answered(ctx.now))
    post = await _words_for_asker(ctx, ticket, PostKind.ANSWER, words)
    return [*for_all(SpecialistAnswered(saved, post, by=ctx.sender, at=ctx.now), followers)]


@verb("rückfrage", "query", allow=Role.SPECIALIST)
async def query(ctx: Context, ticket: Ticket, text: Text | None) -> Outcome:
    """Ask the asker back; the ticket waits."""
    saved, followers = await ctx.keep(ticket.queried(ctx.now))
    post = await _words_for_asker(ctx, ticket, PostKind.QUERY, text)
    return [*for_all(SpecialistQueried(saved, post, by=ctx.sender, at=ctx.now), followers)]


@verb("notiz", "note", allow=Role.SPECIALIST, lead=False)
async def note(ctx: Context, ticket: Ticket, text: Text) -> Outcome:
    """Keep an internal remark with the ticket."""
    post = await ctx.write_post(ticket.id, PostKind.NOTE, _message(ctx), text)
    return NoteTaken(ticket, post, asked=True, by=ctx.sender, at=ctx.now)


@verb("lösen", "resolve", allow=Role.SPECIALIST)
async def resolve(ctx: Context, ticket: Ticket, text: Text | None) -> Outcome:
    """Answer and resolve; without a text, the answers given so far are the solution."""
    post = None
    if text is not None or _message(ctx).attachment is not None:
        post = await _words_for_asker(ctx, ticket, PostKind.RESOLUTION, text)
    given = await ctx.work.posts.of(ticket.id)
    answers = [entry for entry in given if entry.kind in ANSWERS]
    resolved = ticket.resolved(
        solution=answers[-1].text if answers else "",
        sealed=any(entry.sealed for entry in answers),
        at=ctx.now,
    )
    saved, followers = await ctx.keep(resolved)
    await index_anew(ctx.work, [saved, *followers])
    late = await _without(ctx, followers, answers[-1]) if answers and post is None else []
    return [
        *(
            SpecialistAnswered(one, answers[-1], by=ctx.sender, at=ctx.now, follows=True)
            for one in late
        ),
        *for_all(TicketResolved(saved, post, by=ctx.sender, at=ctx.now), followers),
    ]


@verb("schließen", "close", allow=Role.SPECIALIST)
async def close(ctx: Context, ticket: Ticket, reason: Text) -> Outcome:
    """End a ticket without an answer; the asker is told why."""
    saved, followers = await ctx.keep_answered(ticket.closed(ctx.now))
    await index_anew(ctx.work, [saved, *followers])
    post = await _words_for_asker(ctx, ticket, PostKind.CLOSURE, reason)
    return [*for_all(TicketClosed(saved, post, by=ctx.sender, at=ctx.now), followers)]


@verb("priorität", "priority", allow=Role.SPECIALIST)
async def prioritise(ctx: Context, priority: Priority, ticket: Ticket) -> Outcome:
    """Change how soon somebody should look. The same again changes nothing."""
    if ticket.priority is priority:
        return as_it_was(ctx, ticket)
    saved = await ctx.work.tickets.save(ticket.prioritised(priority, ctx.now))
    return TicketPrioritised(saved, ticket.priority, by=ctx.sender, at=ctx.now)


@verb("zusammenführen", "merge", allow=Role.SPECIALIST)
async def merge(
    ctx: Context, lead: Ticket, duplicate: Ticket, further: tuple[Ticket, ...]
) -> Outcome:
    """Answer several tickets as one; the first number leads, each asker keeps their own thread.

    The number of a ticket that was merged before means the one that leads it.
    """
    others = [ticket for ticket in (duplicate, *further) if ticket.id != lead.id]
    if not others:
        already = await ctx.work.tickets.followers(lead.id)
        raise MergedWithItself(ticket=lead, merged=already)
    merged: dict[TicketId, Ticket] = {}
    for ticket in others:
        for one in (ticket, *await ctx.work.tickets.followers(ticket.id)):
            if one.id not in merged:
                merged[one.id] = await ctx.work.tickets.save(one.merged(lead, ctx.now))
    told = [TicketMerged(one, lead, by=ctx.sender, at=ctx.now) for one in merged.values()]
    return [*told, *await _as_urgent(ctx, lead, [*merged.values()])]


async def _as_urgent(ctx: Context, lead: Ticket, merged: Sequence[Ticket]) -> list[DeskEvent]:
    """Who leads is as urgent as the most urgent of those it is answered for."""
    urgent = min((lead, *merged), key=lambda ticket: URGENCY.index(ticket.priority)).priority
    if urgent is lead.priority:
        return []
    saved = await ctx.work.tickets.save(lead.prioritised(urgent, ctx.now))
    return [TicketPrioritised(saved, lead.priority, by=ctx.sender, at=ctx.now)]


async def _without(ctx: Context, followers: Sequence[Ticket], answer: Post) -> list[Ticket]:
    """Those merged into the ticket after the answer was sent, whose askers never read it."""
    carriers = await ctx.work.letters.carrying(answer.id)
    told = {letter.ticket_id for letter in carriers if not letter.offers}
    return [ticket for ticket in followers if ticket.id not in told]


async def _unsent(ctx: Context, ticket: Ticket) -> str | None:
    """The words of the message under the reaction, as edited; nothing if the asker has them."""
    said = _message(ctx)
    posts = [
        post for post in await ctx.work.posts.by_event(said.event_id) if post.ticket_id == ticket.id
    ]
    if any(post.kind is not PostKind.NOTE or post.erased_at is not None for post in posts):
        return None
    return posts[-1].text if posts else said.text


async def _words_for_asker(ctx: Context, ticket: Ticket, kind: PostKind, text: str | None) -> Post:
    said = _message(ctx)
    # A reaction sends a message that stands in the thread: only one's own, and as it is.
    if said.sender != ctx.sender:
        raise NotYourMessage(ticket=ticket)
    if not text and said.attachment is None:
        raise NothingToSend(prefix=ctx.settings.prefix, verb=ctx.verb)
    return await ctx.write_post(ticket.id, kind, said, text or "")


def _message(ctx: Context) -> Said:
    if ctx.said is None:
        raise NothingToSend(prefix=ctx.settings.prefix, verb=ctx.verb)
    return ctx.said


WORKING = (claim, release, assign, route, reply, query, note, resolve, close, prioritise, merge)
