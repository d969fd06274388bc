"""What the verbs of reminders and of deadlines share: making one, and who may change it."""

import re
from dataclasses import replace
from datetime import datetime

from kaz_bot.commands import MissingText
from kaz_bot.context import Context, TooLong
from kaz_bot.dates import Found, Use
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
# More than anybody keeps in view, and few enough to be written into a calendar at once.
MOST_OF_PERSON = 500
MOST_IN_ROOM = 2000
# "um zwei Wochen", but not "um 10 Uhr".
_LATER_BY = re.compile(
    r"(?:um|by)\s+(?=\S+\s+(?:tag|woche|monat|jahr|stunde|werktag|arbeitstag|day|week|month|year|hour))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:bis|auf|until|till|to)\s+(?:zum\s+|spätestens\s+)?", re.IGNORECASE)
# "Erinnere mich morgen daran": at the message this one answers.
_THIS = frozenset(
    {"", "daran", "hieran", "dran", "an das", "an das hier", "an diese nachricht", "das"}
    | {"an die nachricht", "diese nachricht", "it", "this", "that", "about it", "about this"}
    | {"about that", "of it", "of this", "of that"}
)


class NoDate(Refusal):
    """No date was found in what was typed; told how one is written."""

    code = ErrorCode.BAD_DATE
    template = "refusal/no_date"


class DeadlineNeedsDate(Refusal):
    """A deadline is extended until a date, not put off for a while."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/deadline_needs_date"


class DeadlineRecurs(Refusal):
    """A deadline has one date; what comes again and again is a reminder."""

    code = ErrorCode.BAD_DATE
    template = "refusal/deadline_recurs"


class TooManyReminders(Refusal):
    """Somebody has set so many, or so many stand in the room, that no more are taken."""

    code = ErrorCode.RATE_LIMITED
    template = "refusal/too_many_reminders"


def pointed_out(ctx: Context, what: str) -> tuple[str, Said | None]:
    """The text to be reminded of, and the message that this one answers, if it is about that."""
    message = ctx.pointed_at
    answered = ctx.said.reply_to if ctx.said else None
    if answered is not None and folded(what).strip(" .!") in _THIS:
        # One that cannot be read is pointed at all the same.
        return (shortened(message.text, _EXCERPT) if message else ""), message
    if len(what) > LONGEST_ABOUT:
        raise TooLong(limit=LONGEST_ABOUT, length=len(what))
    return what, message


def date_first(ctx: Context, text: str, due_at: datetime, use: Use) -> Found | None:
    """The new date of something that is due then, which comes first, and the reason behind it,
    which may name others."""
    later_by = _LATER_BY.match(text)
    if later_by is not None:
        # By two weeks: counted from the date it has.
        return ctx.desk.reader.found(f"in {text[later_by.end() :]}", max(due_at, ctx.now), use)
    return ctx.desk.reader.found(_UNTIL.sub("", text, count=1), ctx.now, use)


async def set_down(
    ctx: Context, *, about: str, message: Said | None, ticket: Ticket | None
) -> Reminder:
    """A reminder for the sender in this room, whose time is still to be filled in."""
    said = ctx.said
    if said is None:
        raise MissingText(verb=ctx.verb, prefix=ctx.settings.prefix)
    await _check_room_for_more(ctx)
    return Reminder(
        id=ReminderId(0),
        room_id=ctx.room.room_id,
        owner=ctx.sender,
        about=about,
        about_event=message.event_id if message else (said.reply_to if not about else None),
        about_author=message.sender if message and _quotes(about, message) else None,
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


async def _check_room_for_more(ctx: Context) -> None:
    if await ctx.work.reminders.count_set_by(ctx.sender) >= MOST_OF_PERSON:
        raise TooManyReminders(limit=MOST_OF_PERSON, own=True, prefix=ctx.settings.prefix)
    if await ctx.work.reminders.count_in_room(ctx.room.room_id) >= MOST_IN_ROOM:
        raise TooManyReminders(limit=MOST_IN_ROOM, own=False, prefix=ctx.settings.prefix)


def _quotes(about: str, message: Said) -> bool:
    return about == shortened(message.text, _EXCERPT)


async def heard(ctx: Context) -> Heard:
    """Where the person is answered: under their command, or beside the message they pressed."""
    incoming = ctx.incoming
    if isinstance(incoming, Said):
        return Heard(
            room_id=incoming.room_id,
            sealed=ctx.state.encrypted,
            thread=incoming.thread,
            reply_to=incoming.event_id,
        )
    pressed = incoming.target if isinstance(incoming, Reacted) else None
    letter = await ctx.work.letters.by_event(pressed) if pressed else None
    thread = letter.thread.event if letter and letter.thread else None
    return Heard(room_id=incoming.room_id, thread=thread, reply_to=pressed)


def shown_here(reminder: Reminder, ctx: Context) -> Reminder:
    """Without its text in a room that is not encrypted, if it was set in one that is."""
    hidden = reminder.sealed and not ctx.state.encrypted
    return replace(reminder, about="") if hidden else reminder


def may_change(
    reminder: Reminder, people: list[Responsible], ctx: Context, *, anybody: bool = False
) -> None:
    """Raises NotYourReminder unless the person set it, is reminded by it, or may stand in.

    Who has to do something by a deadline says when it is done, but does not move it. In rooms of
    specialists and of the committee everybody stands in for everybody; so do all when whoever set
    it has left.
    """
    concerned = {reminder.owner, reminder.target}
    nobody_in_particular = reminder.target is None and not people
    stands_in = ctx.room.kind in GUARDED and nobody_in_particular
    orphaned = reminder.owner not in ctx.state.members and not ctx.direct
    if not (anybody or ctx.sender in concerned or stands_in or orphaned):
        raise NotYourReminder(reminder=reminder, owner=ctx.name_of(reminder.owner))
