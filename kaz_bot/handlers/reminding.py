"""What people say to be reminded: set, list, tick off, take back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kaz_bot.bringing_forward import (
    NoDate,
    heard,
    may_change,
    pointed_out,
    set_down,
    shown_here,
)
from kaz_bot.commands import Answer, Family, Outcome, Recipients, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.dates import Moment, Recurrence, Use
from kaz_bot.domain.recurring import starts_of
from kaz_bot.domain.reminder_events import (
    ReminderCancelled,
    ReminderDone,
    ReminderSet,
    ReminderWithoutText,
)
from kaz_bot.domain.reminders import HolidayRule, Reminder, ReminderEntry
from kaz_bot.domain.tickets import Ticket
from kaz_bot.forgetting import forget_reason
from kaz_bot.messages import Redacted, UserId
from kaz_bot.planning import first_on_holiday, next_due, next_ones
from kaz_bot.rights import within_reach
from kaz_bot.store import Work

LISTED = 20
# So many next times show that a rule was understood.
UPCOMING = 3


@verb(
    "erinnere",
    "remind",
    allow=Role.PERSON,
    aliases=("erinner", "wiedervorlage", "wv"),
    ticket_anywhere=True,
)
async def remind(
    ctx: Context, who: Recipients, ticket: Ticket | None, text: Text | None
) -> Outcome:
    """Be reminded once, or again and again: oneself, the room, or somebody in it."""
    found = ctx.desk.reader.found(text or "", ctx.now, Use.REMINDER)
    if found is None:
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    about, message = pointed_out(ctx, found.what)
    blank = await set_down(ctx, about=about, message=message, ticket=ticket)
    return [
        await _set(ctx, replace(blank, target=target), found.when, ticket)
        for target in _targets(ctx, who)
    ]


def _targets(ctx: Context, who: Recipients) -> tuple[UserId | None, ...]:
    """Whom to call, each by a reminder of their own; None is the room."""
    if who.us and not ctx.direct:
        return (None,)
    me = (ctx.sender,) if who.me or not who.people else ()
    return tuple(dict.fromkeys((*me, *who.people)))


async def _set(
    ctx: Context, blank: Reminder, when: Moment | Recurrence, ticket: Ticket | None
) -> ReminderSet:
    planned = _planned(ctx, blank, when)
    asked = bool(planned.rrule) and planned.holidays is HolidayRule.KEEP
    return ReminderSet(
        await ctx.work.reminders.add(planned),
        ticket=ticket,
        clash=first_on_holiday(planned, ctx.now, ctx.desk.days) if asked else None,
        remark=_remark(when),
        upcoming=tuple(next_ones(planned, ctx.now, UPCOMING, ctx.desk.days)),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _planned(ctx: Context, blank: Reminder, when: Moment | Recurrence) -> Reminder:
    """The reminder with its time, or its rule and the first occurrence."""
    if isinstance(when, Moment):
        once = replace(blank, timed=when.timed, elapsed=when.elapsed)
        return once.due_on(when.at)
    recurring = replace(
        blank,
        timed=when.timed,
        rrule=when.rrule,
        starts=starts_of(when.rrule, when.dtstart),
        holidays=HolidayRule.SKIP if when.working_days else HolidayRule.KEEP,
    )
    return recurring.due_on(next_due(recurring, ctx.now, ctx.desk.days) or when.dtstart)


def _remark(when: Moment | Recurrence) -> str:
    return when.remark or "" if isinstance(when, Moment) else ""


@verb(
    "erinnerungen",
    "reminders",
    allow=Role.PERSON,
    family=Family.TIME,
    aliases=("fristen", "deadlines"),
)
async def reminders(ctx: Context, reminder: Reminder | None) -> Outcome:
    """What is set in this room, or in a direct chat for this person; or one with its history."""
    if reminder is not None:
        return await _one(ctx, reminder)
    if ctx.direct:
        found = await _within_reach(ctx)
        found, count = found[:LISTED], len(found)
    else:
        stored, room = ctx.work.reminders, ctx.room.room_id
        found, count = await stored.open_in_room(room, LISTED), await stored.count_in_room(room)
    return Answer(
        template="info/reminders",
        facts={
            "lines": [await _line(ctx, entry) for entry in found],
            "more": count - len(found),
            "direct": ctx.direct,
            "now": ctx.now,
        },
        topic="reminders",
        data={"ids": [entry.id for entry in found]},
        sealed=ctx.state.encrypted and any(entry.sealed for entry in found),
    )


async def _within_reach(ctx: Context) -> list[Reminder]:
    """Theirs in all rooms where they are, and what they set for themselves alone."""
    return [
        entry
        for entry in await ctx.work.reminders.open_of(ctx.sender)
        if within_reach(ctx.sender, entry, ctx.desk.rooms.get(entry.room_id))
    ]


async def _line(ctx: Context, entry: Reminder) -> dict[str, object]:
    people = await ctx.work.reminders.people(entry.id)
    state = ctx.desk.rooms.get(entry.room_id)
    return {
        "reminder": shown_here(entry, ctx),
        "for": ctx.name_of(entry.target) if entry.target else "",
        "mine": entry.target == ctx.sender,
        "missing": [ctx.name_of(one.person) for one in people if one.done_at is None],
        "room": state.name if state and entry.room_id != ctx.room.room_id else "",
    }


async def _one(ctx: Context, reminder: Reminder) -> Answer:
    history = await ctx.work.reminders.history(reminder.id, LISTED)
    return Answer(
        template="info/reminder",
        facts={
            "line": await _line(ctx, reminder),
            "entries": [
                (entry, ctx.name_of(entry.actor) if entry.actor else "", _moved(entry))
                for entry in history
            ],
            "owner": ctx.name_of(reminder.owner),
        },
        topic="reminder",
        data={"id": reminder.id},
        sealed=ctx.state.encrypted and reminder.sealed,
    )


def _moved(entry: ReminderEntry) -> tuple[datetime, datetime] | None:
    """From when to when, if that is what happened."""
    old, new = entry.details.get("from"), entry.details.get("to")
    return (datetime.fromisoformat(old), datetime.fromisoformat(new)) if old and new else None


@verb("erledigt", "done", allow=Role.PERSON, family=Family.TIME, reactions=("✅",))
async def done(ctx: Context, reminder: Reminder) -> Outcome:
    """It is done. Of several who have to do it, each says so; the others are reminded still."""
    people = await ctx.work.reminders.people(reminder.id)
    mine = [one for one in people if one.person == ctx.sender]
    ended = reminder.done(ctx.now)
    if not mine:
        may_change(reminder, people, ctx, anybody=not people and reminder.target is None)
    if mine and mine[0].done_at is None:
        await ctx.work.reminders.has_done(reminder.id, ctx.sender, ctx.now)
    missing = [one.person for one in people if one.done_at is None and one.person != ctx.sender]
    # Who set it, and has no part in it, says that all of it is done.
    if not mine:
        missing = []
    saved = await ctx.work.reminders.save(reminder if missing else ended)
    return ReminderDone(saved, tuple(missing), by=ctx.sender, at=ctx.now, heard=await heard(ctx))


@verb(
    "löschen",
    "cancel",
    allow=Role.PERSON,
    family=Family.TIME,
    aliases=("delete",),
    reactions=("❌",),
)
async def cancel(ctx: Context, reminder: Reminder) -> Outcome:
    """Take it back: nobody is reminded any more."""
    may_change(reminder, await ctx.work.reminders.people(reminder.id), ctx)
    saved = await ctx.work.reminders.save(reminder.cancelled(ctx.now))
    return ReminderCancelled(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


async def redacted(work: Work, redaction: Redacted, now: datetime) -> Sequence[ReminderWithoutText]:
    """The text of a message that was taken back leaves the reminders that it set, or is about,
    and their histories, if it said why one was put off."""
    gone = []
    for reminder in await work.reminders.about(redaction.target):
        # A room has no say in what was said in another.
        if reminder.about and reminder.room_id == redaction.room_id:
            saved = await work.reminders.save(reminder.erased(now))
            gone.append(ReminderWithoutText(saved, by=redaction.sender, at=now))
    for entry in await work.reminders.caused_by(redaction.target):
        reminder = await work.reminders.get(entry.reminder_id)
        theirs = redaction.sender == entry.actor or redaction.room_id == reminder.room_id
        if theirs and entry.details.get("reason"):
            await forget_reason(work, entry, now)
    return gone


REMINDING = (remind, reminders, done, cancel)
