"""What the verbs of reminders and of deadlines share: making one, and who may change it."""

from kaz_bot.commands import MissingText
from kaz_bot.context import Context, TooLong
from kaz_bot.domain.reminder_events import Heard
from kaz_bot.domain.reminders import (
    NotYourReminder,
    Reminder,
    ReminderId,
    Responsible,
    wall_of,
)
from kaz_bot.domain.rooms import GUARDED
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import Reacted, Said
from kaz_bot.texts import shortened

# Longer than this no reminder is read.
LONGEST_ABOUT = 1000
_EXCERPT = 300
# "Erinnere mich morgen daran": at the message this one answers.
_THIS = frozenset(
    {"", "daran", "hieran", "dran", "an das", "an das hier", "an diese nachricht", "it", "this"}
    | {"about it", "about this", "of it", "of this", "an die nachricht", "diese nachricht", "das"}
)


class NoDate(Refusal):
    """No date was found in what was typed; told how one is written."""

    code = ErrorCode.BAD_DATE
    template = "refusal/no_date"


class DeadlineNeedsDate(Refusal):
    """A deadline is extended until a date, not put off for a while."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/deadline_needs_date"


def pointed_out(ctx: Context, what: str) -> tuple[str, Said | None]:
    """The text to be reminded of, and the message that this one answers, if it is about that."""
    message = ctx.pointed_at
    if message is not None and folded(what).strip(" .!") in _THIS:
        return shortened(message.text, _EXCERPT), message
    if len(what) > LONGEST_ABOUT:
        raise TooLong(limit=LONGEST_ABOUT, length=len(what))
    return what, message


async def set_down(
    ctx: Context, *, about: str, message: Said | None, ticket: Ticket | None
) -> Reminder:
    """A reminder for the sender in this room, whose time is still to be filled in."""
    said = ctx.said
    if said is None:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    return Reminder(
        id=ReminderId(0),
        room_id=ctx.room.room_id,
        owner=ctx.sender,
        about=about,
        about_event=message.event_id if message else None,
        ticket_id=ticket.id if ticket else None,
        thread=said.thread,
        event_id=ctx.incoming.event_id,
        wall=wall_of(ctx.now, ctx.settings.timezone),
        zone=ctx.settings.timezone.key,
        due_at=ctx.now,
        next_at=ctx.now,
        told_at=ctx.now,
        sealed=ctx.state.encrypted,
        set_at=ctx.now,
        changed_at=ctx.now,
    )


async def heard(ctx: Context) -> Heard:
    """Where the person is answered: under their command, or beside the message they pressed."""
    incoming = ctx.incoming
    if isinstance(incoming, Said):
        return Heard(room_id=incoming.room_id, thread=incoming.thread, reply_to=incoming.event_id)
    pressed = incoming.target if isinstance(incoming, Reacted) else None
    letter = await ctx.work.letters.by_event(pressed) if pressed else None
    thread = letter.thread.event if letter and letter.thread else None
    return Heard(room_id=incoming.room_id, thread=thread, reply_to=pressed)


def visible(reminder: Reminder, ctx: Context) -> bool:
    """What was set in an encrypted room is not listed in one that is not."""
    return ctx.state.encrypted or not reminder.sealed


def may_change(
    reminder: Reminder, people: list[Responsible], ctx: Context, *, anybody: bool = False
) -> None:
    """Raises NotYourReminder unless the person set it, is meant by it, or may stand in.

    In rooms of specialists and of the committee everybody stands in for everybody; so do all
    when whoever set it has left.
    """
    concerned = {reminder.owner, reminder.target, *(one.person for one in people)}
    nobody_in_particular = reminder.target is None and not people
    stands_in = ctx.room.kind in GUARDED and nobody_in_particular
    orphaned = reminder.owner not in ctx.state.members and not ctx.direct
    if not (anybody or ctx.sender in concerned or stands_in or orphaned):
        raise NotYourReminder(reminder=reminder, owner=ctx.name_of(reminder.owner))
