"""What people say to be reminded: set, list, tick off, put off, take back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.bringing_forward import (
    DeadlineNeedsDate,
    NoDate,
    heard,
    may_change,
    pointed_out,
    set_down,
    shown_here,
)
from kaz_bot.commands import Answer, Outcome, Recipients, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.dates import Found, Moment, Recurrence, Use
from kaz_bot.domain.recurring import starts_of
from kaz_bot.domain.reminder_events import (
    HolidayRuleChosen,
    ReminderCancelled,
    ReminderDone,
    ReminderPutOff,
    ReminderSet,
    ReminderWithoutText,
)
from kaz_bot.domain.reminders import HolidayRule, Reminder, ReminderEntry
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.forgetting import forget_reason
from kaz_bot.messages import Redacted, UserId
from kaz_bot.planning import check_holiday_rule, clash_of, first_on_holiday, next_due, next_ones
from kaz_bot.rights import within_reach
from kaz_bot.store import Work

LISTED = 20
# So many next times show that a rule was understood.
UPCOMING = 3
# "um zwei Wochen", but not "um 10 Uhr".
_LATER_BY = re.compile(
    r"(?:um|by)\s+(?=\S+\s+(?:tag|woche|monat|jahr|stunde|werktag|arbeitstag|day|week|month|year|hour))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:bis|auf|until|till|to)\s+(?:zum\s+|spätestens\s+)?", re.IGNORECASE)
# What 💤 means: soon, but not in the evening.
_NAP = timedelta(hours=1)
_RULES = {
    "trotzdem": HolidayRule.KEEP,
    "keep": HolidayRule.KEEP,
    "anyway": HolidayRule.KEEP,
    "auslassen": HolidayRule.SKIP,
    "ausfallen": HolidayRule.SKIP,
    "skip": HolidayRule.SKIP,
    "davor": HolidayRule.BEFORE,
    "vorher": HolidayRule.BEFORE,
    "before": HolidayRule.BEFORE,
    "danach": HolidayRule.AFTER,
    "nachher": HolidayRule.AFTER,
    "after": HolidayRule.AFTER,
}


class UnknownHolidayRule(Refusal):
    """There is no such way to treat holidays; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_holiday_rule"


class NotRecurring(Refusal):
    """Only what comes again and again can meet a holiday by surprise."""

    code = ErrorCode.BAD_STATE
    template = "refusal/not_recurring"


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
    "erinnerungen", "reminders", allow=Role.PERSON, family="time", aliases=("fristen", "deadlines")
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


@verb("erledigt", "done", allow=Role.PERSON, family="time", reactions=("✅",))
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
    "später",
    "snooze",
    allow=Role.PERSON,
    family="time",
    aliases=("verlängern", "extend", "verschieben", "postpone"),
    reactions=("💤",),
)
async def put_off(ctx: Context, reminder: Reminder, text: Text | None) -> Outcome:
    """Be reminded later; of a deadline: extend it, with a reason."""
    people = await ctx.work.reminders.people(reminder.id)
    for_all = reminder.target is None and not reminder.is_deadline
    may_change(reminder, people, ctx, anybody=for_all)
    at, timed, reason = _later(ctx, reminder, text)
    later = reminder.put_off(at, timed=timed, at=ctx.now)
    if later.is_deadline:
        if not reminder.open:
            await ctx.work.reminders.begin_anew(reminder.id)
        rung = ctx.desk.ladder.next_after(later, ctx.now)
        later = replace(later, next_at=rung.at)
    elif later.rrule:
        later = _one_occurrence_later(ctx, reminder, later)
    return ReminderPutOff(
        await ctx.work.reminders.save(later),
        reminder.due,
        reason,
        clash_of(later.due, ctx.desk.days) if later.is_deadline else None,
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _later(ctx: Context, reminder: Reminder, text: str | None) -> tuple[datetime, bool, str]:
    """When, whether a time of day was said, and why."""
    if not text:
        if reminder.is_deadline:
            # Raises first if it cannot be put off at all.
            reminder.put_off(reminder.due_at, timed=True, at=ctx.now)
            raise DeadlineNeedsDate(reminder=reminder, prefix=ctx.settings.prefix)
        nap = ctx.settings.working_time.next_opening(ctx.now + _NAP)
        return nap, True, ""
    found = _date_in(ctx, reminder, text)
    if found is None or not isinstance(found.when, Moment):
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    return found.when.at, found.when.timed, found.what


def _date_in(ctx: Context, reminder: Reminder, text: str) -> Found | None:
    """The new date comes first; the reason may name others."""
    use = Use.DEADLINE if reminder.is_deadline else Use.REMINDER
    later_by = _LATER_BY.match(text)
    if later_by is not None:
        # By two weeks: counted from the date it has.
        base = max(reminder.due_at, ctx.now)
        return ctx.desk.reader.found(f"in {text[later_by.end() :]}", base, use)
    return ctx.desk.reader.found(_UNTIL.sub("", text, count=1), ctx.now, use)


def _one_occurrence_later(ctx: Context, before: Reminder, later: Reminder) -> Reminder:
    """Once more at that time; afterwards the rule goes on as it was."""
    once_more = later.due_at
    upcoming = next_due(before, max(once_more, ctx.now), ctx.desk.days)
    earlier = next_due(before, ctx.now, ctx.desk.days)
    if earlier is not None and once_more < earlier:
        upcoming = earlier
    if upcoming is None:
        return later.not_again()
    return replace(later.due_on(upcoming), next_at=once_more)


@verb("löschen", "cancel", allow=Role.PERSON, family="time", aliases=("delete",), reactions=("❌",))
async def cancel(ctx: Context, reminder: Reminder) -> Outcome:
    """Take it back: nobody is reminded any more."""
    may_change(reminder, await ctx.work.reminders.people(reminder.id), ctx)
    saved = await ctx.work.reminders.save(reminder.cancelled(ctx.now))
    return ReminderCancelled(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


@verb("feiertage", "holidays", allow=Role.PERSON, family="time")
async def holidays(ctx: Context, reminder: Reminder, text: Text | None) -> Outcome:
    """Say what happens when an occurrence falls on a holiday."""
    may_change(reminder, await ctx.work.reminders.people(reminder.id), ctx)
    if not reminder.rrule:
        raise NotRecurring(reminder=reminder)
    rule = _RULES.get(folded(text or ""))
    if rule is None:
        raise UnknownHolidayRule(word=text or "", number=reminder.id, prefix=ctx.settings.prefix)
    check_holiday_rule(reminder, rule, ctx.settings.prefix)
    ruled = reminder.with_holidays(rule, ctx.now)
    awaited = reminder.next_at is None or reminder.next_at > ctx.now
    # What is due but not told yet is told first, and finds the new rule then.
    due = next_due(ruled, ctx.now, ctx.desk.days) if awaited else None
    once_more = reminder.next_at if reminder.next_at != reminder.due_at else None
    moved = replace(ruled.due_on(due), next_at=once_more or due) if due else ruled
    saved = await ctx.work.reminders.save(moved)
    return HolidayRuleChosen(saved, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


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


REMINDING = (remind, reminders, done, put_off, cancel, holidays)
