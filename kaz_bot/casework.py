"""What several verbs do alike: open a ticket, move it, tell all who wait for the same answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kaz_bot.commands import Answer
from kaz_bot.context import Context, home_area
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.events import Happened, TicketMoved, TicketOpened, TicketRouted
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.questions import Question, question_in
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Priority, Ticket, TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import RoomId, Said
from kaz_bot.routing import Classification, words
from kaz_bot.store import Work
from kaz_bot.teaching import placed_by_lessons, teach

# More than this no area has open; a single transaction must stay short.
MOVED_AT_MOST = 500


class NothingToAsk(Refusal):
    """A question without words, and not as an answer to a message."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/nothing_to_ask"


class AskedAlready(Refusal):
    """There is a ticket for that message."""

    code = ErrorCode.BAD_STATE
    template = "refusal/asked_already"


class ThreadInUse(Refusal):
    """A second question in the thread of a ticket that is not done."""

    code = ErrorCode.BAD_STATE
    template = "refusal/thread_in_use"


def as_it_was(ctx: Context, ticket: Ticket) -> Answer:
    """Nothing changed, so nobody else is told; whoever typed the command is."""
    facts = {"ticket": ticket, "prefix": ctx.settings.prefix}
    return Answer(template="info/done", facts=facts, topic="done")


async def open_ticket(ctx: Context, said: Said, text: str | None = None) -> TicketOpened:
    """A ticket from what was said, for whoever said it, in a thread of its own."""
    question = question_in(said.text if text is None else text, ctx.desk.areas)
    if not question.text and said.attachment is None:
        raise NothingToAsk(prefix=ctx.settings.prefix)
    await _check_unasked(ctx, said)
    found = ctx.desk.router.classify(question.text)
    if question.area is None:
        found = await placed_by_lessons(ctx.work, ctx.desk.areas, question.text, found)
    placing = _placed(ctx, question, found)
    ticket = await ctx.work.tickets.add(
        Ticket(
            id=TicketId(0),
            asker=said.sender,
            room_id=said.room_id,
            question=question.text or (said.attachment.name if said.attachment else ""),
            confidential=ctx.direct,
            sealed=ctx.state.encrypted,
            incident=found.incident,
            priority=_priority(found, urgent=question.urgent),
            area=placing.area,
            area_open=placing.open,
            confidence=placing.confidence,
            because=placing.because,
            opened_at=ctx.now,
            changed_at=ctx.now,
        )
    )
    await ctx.work.threads.add(
        Thread(
            id=ThreadId(0),
            ticket_id=ticket.id,
            side=Side.ASKER,
            room_id=said.room_id,
            root_event=said.thread or said.event_id,
        )
    )
    post = await ctx.write_post(ticket.id, PostKind.QUESTION, said, question.text)
    return TicketOpened(ticket, post, by=ctx.sender, at=ctx.now)


async def _check_unasked(ctx: Context, said: Said) -> None:
    """One message becomes one ticket, and one thread has one ticket that is not done."""
    asked = [
        post
        for post in await ctx.work.posts.by_event(said.event_id)
        if post.kind is PostKind.QUESTION
    ]
    if asked:
        raise AskedAlready(number=asked[0].ticket_id)
    if said.thread is None:
        return
    thread = await ctx.work.threads.at(said.room_id, said.thread)
    if thread is not None:
        hanging = await ctx.work.tickets.get(thread.ticket_id)
        if hanging.active:
            raise ThreadInUse(ticket=hanging, prefix=ctx.settings.prefix)


def _priority(found: Classification, *, urgent: bool) -> Priority:
    if found.incident:
        return Priority.CRITICAL
    return Priority.HIGH if urgent or found.urgent else Priority.NORMAL


@dataclass(frozen=True, kw_only=True)
class _Placing:
    area: AreaKey
    confidence: float
    because: tuple[str, ...] = ()
    open: bool = False


def _placed(ctx: Context, question: Question, found: Classification) -> _Placing:
    """Area, certainty and reason: the asker's own word, the router's, or the default area."""
    if question.area is not None:
        return _Placing(area=question.area, confidence=1.0, because=(question.tag,))
    likeliest = AreaKey(found.area)
    sure = found.confidence >= ctx.settings.routing_threshold
    # An incident must not wait for somebody to choose an area.
    if likeliest in ctx.desk.areas and (sure or found.incident):
        return _Placing(area=likeliest, confidence=found.confidence, because=found.because)
    return _Placing(area=ctx.desk.areas.default, confidence=found.confidence, open=True)


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


async def index_anew(work: Work, together: Sequence[Ticket]) -> None:
    """Let tickets with the same answer be found by it; none if one of them is confidential."""
    beside = [other for ticket in together for other in await _answered_alike(work, ticket)]
    secret = any(ticket.confidential for ticket in (*together, *beside))
    for ticket in together:
        found_by = words(f"{ticket.question} {ticket.solution}")
        await work.search.index(ticket.id, found_by if ticket.solution and not secret else ())


async def _answered_alike(work: Work, ticket: Ticket) -> list[Ticket]:
    """The ticket it is merged into, and all whose askers were sent its answer, also if reopened."""
    lead = ticket.merged_into or ticket.id
    answers = [post for post in await work.posts.of(lead) if post.text == ticket.solution]
    told = [other for post in answers for other in await work.tickets.answered_by(post)]
    return [await work.tickets.get(lead), *told]


def for_all(happened: Happened, followers: Iterable[Ticket]) -> list[Happened]:
    """The same for the tickets merged into it, whose askers wait for the same answer."""
    return [
        happened,
        *(replace(happened, ticket=follower, follows=True) for follower in followers),
    ]
