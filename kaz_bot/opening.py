"""Opens a ticket from what somebody said, and looks for what was asked like it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaz_bot.affiliating import asked_once, municipality_of
from kaz_bot.context import Context
from kaz_bot.domain.events import AnswersSuggested, Happened, SolutionsSuggested, TicketOpened
from kaz_bot.domain.knowledge.solutions import Offer
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.questions import Question, question_in
from kaz_bot.domain.threads import Side, Thread, ThreadId
from kaz_bot.domain.tickets import AreaKey, Priority, Ticket, TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.finding import MOST_OFFERS, answers_like, index_anew, open_doubles
from kaz_bot.messages import Said
from kaz_bot.routing import Classification
from kaz_bot.solving import solutions_like
from kaz_bot.teaching import placed_by_lessons

# So many areas are said to fit best.
LIKELIEST = 2


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


async def open_ticket(ctx: Context, said: Said, text: str | None = None) -> list[Happened]:
    """A ticket from what was said, for whoever said it, in a thread of its own.

    Before anybody works on it, the asker is offered what others were answered.
    """
    question = question_in(said.text if text is None else text, ctx.desk.areas)
    if not question.text and said.attachment is None:
        raise NothingToAsk(prefix=ctx.settings.prefix)
    await _check_unasked(ctx, said)
    found = ctx.desk.router.classify(question.text)
    if question.area is None:
        found = await placed_by_lessons(ctx.work, ctx.desk.areas, question.text, found)
    new = _new_ticket(ctx, said, question, found)
    known = await municipality_of(ctx.work, person=said.sender, room=ctx.room)
    ticket = await ctx.work.tickets.add(new.asked_for(known, ctx.now))
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
    await index_anew(ctx.work, [ticket])
    doubles = await open_doubles(ctx.work, ctx.desk.router, ticket)
    suggested = await _suggested(ctx, ticket)
    opened = TicketOpened(
        ticket,
        post,
        likeliest=_likeliest(ctx, found),
        doubles=doubles,
        municipalities=await _asked_for(ctx, ticket, doubles, suggested),
        by=ctx.sender,
        at=ctx.now,
    )
    return [opened, *suggested, *await asked_once(ctx, ticket)]


def _new_ticket(ctx: Context, said: Said, question: Question, found: Classification) -> Ticket:
    placing = _placed(ctx, question, found)
    return Ticket(
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


async def _suggested(ctx: Context, ticket: Ticket) -> list[Happened]:
    """Model solutions first, which two people have read; then what others were answered."""
    encrypted = ctx.state.encrypted
    today = ctx.now.astimezone(ctx.settings.timezone).date()
    known = await solutions_like(
        ctx.work, ctx.desk.router, ticket, encrypted=encrypted, today=today
    )
    offers = tuple(
        Offer(solution=solution, edition=edition, stale=edition.is_stale(today))
        for solution, edition in known
    )
    told_already = {solution.ticket_id for solution, _ in known}
    answers = await answers_like(ctx.work, ctx.desk.router, ticket, encrypted=encrypted)
    posts = [post for post in answers if post.ticket_id not in told_already]
    posts = posts[: MOST_OFFERS - len(offers)]
    suggested: list[Happened] = []
    if offers:
        suggested.append(SolutionsSuggested(ticket, offers, by=None, at=ctx.now))
    if posts:
        suggested.append(AnswersSuggested(ticket, tuple(posts), by=None, at=ctx.now))
    return suggested


async def _asked_for(
    ctx: Context, ticket: Ticket, doubles: Iterable[TicketId], suggested: Iterable[Happened]
) -> int:
    """For how many other municipalities nearly the same was asked, as far as anybody knows."""
    numbers: list[TicketId | None] = [*doubles]
    for event in suggested:
        match event:
            case SolutionsSuggested(offers=offers):
                numbers += [offer.solution.ticket_id for offer in offers]
            case AnswersSuggested(posts=posts):
                numbers += [post.ticket_id for post in posts]
    asked = [await ctx.work.tickets.get(number) for number in set(numbers) if number is not None]
    return len({one.municipality for one in asked} - {None, ticket.municipality})


def _likeliest(ctx: Context, found: Classification) -> tuple[AreaKey, ...]:
    """The areas of this desk that fit best; a lesson knows better than the model's ranking."""
    ranked = sorted(found.ranking, key=lambda chance: chance[0] != found.area)
    return tuple(AreaKey(area) for area, _ in ranked if area in ctx.desk.areas)[:LIKELIEST]


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
