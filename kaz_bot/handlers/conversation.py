"""What people say without a verb: relayed, kept as a note, offered as a ticket, or nothing."""

from datetime import datetime

from kaz_bot.casework import at_home
from kaz_bot.commands import Outcome, UnknownCommand, typed
from kaz_bot.config import Intake
from kaz_bot.context import LONGEST_TEXT, Context, Desk, TooLong, formatted
from kaz_bot.domain.committee.numbers import names_record
from kaz_bot.domain.events import (
    AskerWrote,
    DeskEvent,
    NoteTaken,
    PostEdited,
    PostErased,
    TicketReopened,
    TicketSuggested,
)
from kaz_bot.domain.posts import SOURCES, Post, PostKind
from kaz_bot.domain.questions import question_in
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import ENDED, Ticket, TicketState
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.finding import index_anew
from kaz_bot.forgetting import forget_proposals
from kaz_bot.messages import Redacted, Said, UserId
from kaz_bot.opening import open_ticket
from kaz_bot.rights import check_verb
from kaz_bot.routing import is_thanks
from kaz_bot.store import Work
from kaz_bot.teaching import teach_reworded
from kaz_bot.waking import owes_answer


class TicketEnded(Refusal):
    """Nobody reads along in the thread of a ticket that has ended."""

    code = ErrorCode.BAD_STATE
    template = "refusal/ticket_ended"


async def said_in_thread(ctx: Context, said: Said, thread: Thread) -> Outcome:
    """Relay what was said to the other side, or keep it as an internal note."""
    ticket = await ctx.work.tickets.get(thread.ticket_id)
    if thread.side is Side.AREA:
        return await _noted(ctx, said, ticket) if thread.current else None
    if ticket.state in ENDED:
        if is_thanks(said.text):
            return None
        raise TicketEnded(ticket=ticket, prefix=ctx.settings.prefix)
    return await _relayed(ctx, said, ticket)


async def is_told_off(work: Work, thread: Thread) -> bool:
    """Whether the asker's side of the thread has ended, so that who writes there is told."""
    ticket = await work.tickets.get(thread.ticket_id)
    return thread.side is Side.ASKER and ticket.state in ENDED


async def _noted(ctx: Context, said: Said, ticket: Ticket) -> Outcome:
    if ticket.state in ENDED or len(said.text) > LONGEST_TEXT:
        return None
    post = await ctx.write_post(ticket.id, PostKind.NOTE, said)
    return NoteTaken(ticket, post, asked=False, by=ctx.sender, at=ctx.now)


async def _relayed(ctx: Context, said: Said, ticket: Ticket) -> Outcome:
    by_asker = ctx.sender == ticket.asker
    post = await ctx.write_post(ticket.id, PostKind.ASKER, said)
    if by_asker and ticket.state is TicketState.RESOLVED and not is_thanks(said.text):
        reopened = await ctx.work.tickets.save(ticket.reopened(ctx.now))
        await index_anew(ctx.work, [reopened])
        told = TicketReopened(reopened, post, by=ctx.sender, at=ctx.now)
        return [*await at_home(ctx, reopened, without=post), told]
    lead = ticket.merged_into or ticket.id
    held_up = await ctx.work.blocks.of(lead) is not None
    if by_asker and ticket.state is TicketState.WAITING and not held_up:
        await ctx.keep((await ctx.work.tickets.get(lead)).asker_wrote(ctx.now))
    else:
        await ctx.work.tickets.save(ticket.heard(ctx.now))
    ticket = await ctx.work.tickets.get(ticket.id)
    desk = await ctx.work.tickets.get(lead)
    return AskerWrote(ticket, post, desk, by=ctx.sender, at=ctx.now)


async def said_aloud(ctx: Context, said: Said) -> Outcome:
    """An ordinary message in a room: a ticket, the offer of one, or chatter that nobody keeps."""
    if not is_taken_up(ctx.desk, ctx.room, said):
        return None
    if ctx.settings.intake is Intake.AUTO:
        return await open_ticket(ctx, said)
    return TicketSuggested(room_id=said.room_id, event_id=said.event_id, at=ctx.now)


def is_taken_up(desk: Desk, room: BoundRoom, said: Said) -> bool:
    """Whether an ordinary message is a question that the desk takes up by itself."""
    if room.kind is not RoomKind.PROJECT or desk.settings.intake is Intake.COMMAND:
        return False
    # An answer to somebody is part of a conversation among people.
    return said.thread is None and said.reply_to is None and _is_question(desk, said)


async def said_directly(ctx: Context, said: Said) -> Outcome:
    """A message to the bot alone that is no verb: never silence."""
    if is_thanks(said.text):
        return None
    awaited = await _awaited_here(ctx)
    if awaited is not None:
        return await _relayed(ctx, said, awaited)
    command = typed(said.text)
    entry = ctx.desk.verbs.named(command.word)
    if entry is not None and names_record(command.rest):
        check_verb(entry, ctx.sender, ctx.room, admin=False)
    intake = ctx.settings.intake
    if _is_question(ctx.desk, said) and intake is Intake.AUTO:
        return await open_ticket(ctx, said)
    if _is_question(ctx.desk, said) and intake is Intake.SUGGEST:
        return TicketSuggested(
            room_id=said.room_id, event_id=said.event_id, at=ctx.now, explained=True
        )
    # "Ja" is a verb elsewhere, and here talk of which nobody knows what it answers.
    talk = entry is not None and entry.everyday
    raise UnknownCommand(
        word="" if entry else command.word[:40],
        nearest=None if talk else ctx.desk.verbs.nearest(command.word),
        looks_like_question=_is_question(ctx.desk, said),
        prefix=ctx.settings.prefix,
        direct=True,
    )


async def _awaited_here(ctx: Context) -> Ticket | None:
    """The one ticket of this chat that waits for an answer: whoever writes plainly answers it."""
    waiting = [
        ticket
        for ticket in await ctx.work.tickets.open_of(ctx.sender, 10)
        if ticket.state is TicketState.WAITING and await _awaits_asker(ctx.work, ticket)
    ]
    here = [
        ticket
        for ticket in waiting
        for thread in await ctx.work.threads.of(ticket.id)
        if thread.side is Side.ASKER and thread.room_id == ctx.room.room_id
    ]
    return here[0] if len(here) == 1 else None


async def _awaits_asker(work: Work, ticket: Ticket) -> bool:
    """Whether its asker was asked something: one that waits for the committee may wait for both."""
    block = await work.blocks.holding(ticket)
    return block is None or await owes_answer(work, ticket)


def _is_question(desk: Desk, said: Said) -> bool:
    return bool(said.text.strip()) and desk.router.classify(said.text).is_question


async def edited(ctx: Context, said: Said, posts: list[Post], words: str) -> Outcome:
    """An edit reaches everywhere the message was relayed to; it never runs a command."""
    if len(words) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT, length=len(words))
    own = [post for post in posts if post.sender == said.sender and post.erased_at is None]
    return [await _reworded(ctx, said, post, words) for post in own]


async def _reworded(ctx: Context, said: Said, post: Post, words: str) -> DeskEvent:
    sealed = ctx.state.encrypted
    if post.kind is PostKind.QUESTION:
        words = question_in(words, ctx.desk.areas).text
        asked = await ctx.work.tickets.get(post.ticket_id)
        asked = await ctx.work.tickets.save(asked.reworded(words, sealed=sealed, at=ctx.now))
        await teach_reworded(ctx.work, asked)
        changed = [asked]
    else:
        changed = [
            await ctx.work.tickets.save(ticket.solved_by(words, sealed=sealed, at=ctx.now))
            for ticket in await ctx.work.tickets.solved_by(post)
        ]
    html = formatted(said, words)
    reworded = post.reworded(text=words, html=html, sealed=sealed, at=ctx.now)
    await ctx.work.posts.save(reworded)
    await index_anew(ctx.work, changed)
    ticket = await ctx.work.tickets.get(post.ticket_id)
    return PostEdited(ticket, reworded, by=ctx.sender, at=ctx.now)


async def redacted(work: Work, redaction: Redacted, now: datetime) -> list[DeskEvent]:
    """What was taken back leaves the database, and everywhere it was relayed to."""
    return [
        await _erased(work, post, by=redaction.sender, at=now)
        for post in await work.posts.by_event(redaction.target)
        # A room has no say in what was said in another.
        if post.room_id == redaction.room_id and post.erased_at is None
    ]


async def _erased(work: Work, post: Post, *, by: UserId, at: datetime) -> DeskEvent:
    if post.kind is PostKind.QUESTION:
        asked = await work.tickets.get(post.ticket_id)
        await work.tickets.save(asked.unasked(at))
        await work.search.remove(asked.id)
        await work.lessons.forget(asked.id)
    for solved in await work.tickets.solved_by(post):
        await work.tickets.save(solved.unsolved(at))
        await work.search.remove(solved.id)
    if post.kind in SOURCES:
        await forget_proposals(work, post.ticket_id, at)
    erased = post.erased(at)
    await work.posts.save(erased)
    ticket = await work.tickets.get(post.ticket_id)
    return PostErased(ticket, erased, by=by, at=at)
