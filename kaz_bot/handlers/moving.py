"""What people say to move a reminder: put it off, extend a deadline, mind the holidays."""

from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.bringing_forward import DeadlineNeedsDate, NoDate, date_first, heard, may_change
from kaz_bot.commands import Family, Outcome, Role, Text, verb
from kaz_bot.context import Context
from kaz_bot.dates import Moment, Use
from kaz_bot.domain.reminder_events import HolidayRuleChosen, ReminderPutOff
from kaz_bot.domain.reminders import HolidayRule, Reminder
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.planning import check_holiday_rule, clash_of, next_due

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
    "später",
    "snooze",
    allow=Role.PERSON,
    family=Family.TIME,
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
        reminder.check_movable()
        if reminder.is_deadline:
            raise DeadlineNeedsDate(reminder=reminder, prefix=ctx.settings.prefix)
        nap = ctx.settings.working_time.next_opening(ctx.now + _NAP)
        return nap, True, ""
    use = Use.DEADLINE if reminder.is_deadline else Use.REMINDER
    found = date_first(ctx, text, reminder.due_at, use)
    if found is None or not isinstance(found.when, Moment):
        raise NoDate(verb=ctx.verb, prefix=ctx.settings.prefix)
    return found.when.at, found.when.timed, found.what


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


@verb("feiertage", "holidays", allow=Role.PERSON, family=Family.TIME)
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


MOVING = (put_off, holidays)
