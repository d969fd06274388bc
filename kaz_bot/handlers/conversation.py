"""What people say without a verb: relayed, kept as a note, offered as a ticket, or nothing."""

from kaz_bot.casework import open_ticket
from kaz_bot.commands import Outcome, UnknownCommand
from kaz_bot.config import Intake
from kaz_bot.context import LONGEST_TEXT, Context, TooLong, formatted
from kaz_bot.domain.events import (
    AskerWrote,
    DeskEvent,
    NoteTaken,
    PostEdited,
    PostErased,
    TicketReopened,
    TicketSuggested,
)
from kaz_bot.domain.posts import Post, PostKind
from kaz_bot.domain.questions import question_in
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import ENDED, Ticket, TicketState
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import Said
from kaz_bot.routing import is_thanks


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
        await ctx.work.search.remove(ticket.id)
        return TicketReopened(reopened, post, by=ctx.sender, at=ctx.now)
    woke = by_asker and ticket.state is TicketState.WAITING
    desk = ticket
    if ticket.merged_into is not None:
        desk = await ctx.work.tickets.get(ticket.merged_into)
    if woke:
        desk, _ = await ctx.keep(desk.asker_wrote(ctx.now))
        ticket = await ctx.work.tickets.get(ticket.id)
    elif by_asker and ticket.state is not TicketState.RESOLVED:
        ticket = await ctx.work.tickets.save(ticket.asker_wrote(ctx.now))
        desk = ticket if ticket.merged_into is None else desk
    return AskerWrote(ticket, post, desk, woke, by=ctx.sender, at=ctx.now)


async def said_aloud(ctx: Context, said: Said) -> Outcome:
    """An ordinary message in a room: a ticket, the offer of one, or chatter that nobody keeps."""
    intake = ctx.settings.intake
    if ctx.room.kind is not RoomKind.PROJECT or intake is Intake.COMMAND:
        return None
    # An answer to somebody is part of a conversation among people.
    if said.thread is not None or said.reply_to is not None or not _is_question(ctx, said):
        return None
    if intake is Intake.AUTO:
        return await open_ticket(ctx, said)
    return TicketSuggested(room_id=said.room_id, event_id=said.event_id, at=ctx.now)


async def said_directly(ctx: Context, said: Said) -> Outcome:
    """A message to the bot alone that is no verb: never silence."""
    if is_thanks(said.text):
        return None
    if _is_question(ctx, said) and ctx.settings.intake is Intake.AUTO:
        return await open_ticket(ctx, said)
    raise UnknownCommand(
        word="",
        nearest=None,
        looks_like_question=_is_question(ctx, said),
        prefix=ctx.settings.prefix,
        direct=True,
    )


def _is_question(ctx: Context, said: Said) -> bool:
    return bool(said.text.strip()) and ctx.desk.router.classify(said.text).is_question


async def edited(ctx: Context, said: Said, posts: list[Post], words: str) -> Outcome:
    """An edit reaches everywhere the message was relayed to; it never runs a command."""
    if len(words) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT, length=len(words))
    own = [post for post in posts if post.sender == said.sender and post.erased_at is None]
    return [await _reworded(ctx, said, post, words) for post in own]


async def _reworded(ctx: Context, said: Said, post: Post, words: str) -> DeskEvent:
    ticket = await ctx.work.tickets.get(post.ticket_id)
    if post.kind is PostKind.QUESTION:
        question = question_in(words, ctx.desk.areas)
        words = question.text
        ticket = await ctx.work.tickets.save(ticket.reworded(words, ctx.now))
    reworded = post.reworded(text=words, html=formatted(said, words), at=ctx.now)
    await ctx.work.posts.save(reworded)
    return PostEdited(ticket, reworded, by=ctx.sender, at=ctx.now)


async def redacted(ctx: Context, posts: list[Post]) -> Outcome:
    """What was taken back leaves the database, and everywhere it was relayed to."""
    return [await _erased(ctx, post) for post in posts if post.erased_at is None]


async def _erased(ctx: Context, post: Post) -> DeskEvent:
    ticket = await ctx.work.tickets.get(post.ticket_id)
    if post.kind is PostKind.QUESTION:
        ticket = await ctx.work.tickets.save(ticket.reworded("", ctx.now))
        await ctx.work.search.remove(ticket.id)
    elif ticket.solution == post.text and post.text:
        ticket = await ctx.work.tickets.save(ticket.unsolved(ctx.now))
        await ctx.work.search.remove(ticket.id)
    erased = post.erased(ctx.now)
    await ctx.work.posts.save(erased)
    return PostErased(ticket, erased, by=ctx.sender, at=ctx.now)
