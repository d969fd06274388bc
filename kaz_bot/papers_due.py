"""Sets the deadline for papers before a session of the IT-Rat, and moves it with the session."""

from dataclasses import replace
from datetime import datetime, time

from kaz_bot.bringing_forward import set_down
from kaz_bot.context import Context
from kaz_bot.domain.committee.meeting_events import PapersDue
from kaz_bot.domain.committee.meetings import PAPERS_AHEAD, Meeting
from kaz_bot.domain.reminder_events import (
    ReminderCancelled,
    ReminderHappened,
    ReminderPutOff,
    ReminderSet,
)
from kaz_bot.domain.reminders import Reminder, ReminderKind, ReminderState
from kaz_bot.planning import clash_of

# A deadline without a time of day runs until its day has ended.
_END_OF_DAY = time(23, 59)


async def papers_due(ctx: Context, session: Meeting) -> PapersDue:
    """The deadline, counted back from the session as it is from now on."""
    due = datetime.combine(
        (session.starts - PAPERS_AHEAD).date(), _END_OF_DAY, tzinfo=session.starts.tzinfo
    )
    known = await _deadlines(ctx, session)
    told = PapersDue(day=due.date())
    if due <= ctx.now:
        return replace(told, over=True, dropped=await no_papers_due(ctx, session))
    if not known:
        told = replace(told, reminder=await _set(ctx, session, due))
    elif known[-1].open or await _went_with_date(ctx, session, known[-1]):
        told = replace(told, reminder=await _put_off(ctx, session, known[-1], due))
    else:
        told = replace(told, ended=known[-1])
    clash = clash_of(due, ctx.desk.days)
    before = ctx.desk.days.last_working_day(due.date()) if clash else None
    return replace(told, clash=clash, before=before)


async def no_papers_due(ctx: Context, session: Meeting) -> Reminder | None:
    """The deadline is gone with the session, if it still stood."""
    standing = [one for one in await _deadlines(ctx, session) if one.open]
    if not standing:
        return None
    cancelled = await ctx.work.reminders.save(standing[-1].cancelled(ctx.now))
    await _note(ctx, ReminderCancelled(cancelled, by=ctx.sender, at=ctx.now))
    return cancelled


async def _deadlines(ctx: Context, session: Meeting) -> list[Reminder]:
    """What was set for the session: by the message that called it."""
    found = await ctx.work.reminders.about(session.event_id)
    return [one for one in found if one.event_id == session.event_id and one.is_deadline]


async def _went_with_date(ctx: Context, session: Meeting, ended: Reminder) -> bool:
    """Whether it was cancelled since the session was moved, and not by a person who meant it."""
    history = await ctx.work.reminders.history(ended.id, 1)
    if ended.state is not ReminderState.CANCELLED or not history or history[0].cause is None:
        return False
    caused = await ctx.work.committee_trail.caused_by(history[0].cause)
    return any(one.subject == session.subject for one in caused)


async def _set(ctx: Context, session: Meeting, due: datetime) -> Reminder:
    blank = await set_down(ctx, about=_about(ctx, session), message=None, ticket=None)
    deadline = replace(
        blank, kind=ReminderKind.DEADLINE, timed=False, event_id=session.event_id
    ).due_on(due)
    awaited = replace(deadline, next_at=ctx.desk.ladder.next_after(deadline, ctx.now).at)
    added = await ctx.work.reminders.add(awaited)
    await _note(ctx, ReminderSet(added, by=ctx.sender, at=ctx.now))
    return added


async def _put_off(ctx: Context, session: Meeting, standing: Reminder, due: datetime) -> Reminder:
    later = replace(
        standing.put_off(due, timed=False, at=ctx.now),
        about=_about(ctx, session) if standing.about else "",
    )
    awaited = replace(later, next_at=ctx.desk.ladder.next_after(later, ctx.now).at)
    saved = await ctx.work.reminders.save(awaited)
    await _note(ctx, ReminderPutOff(saved, standing.due, by=ctx.sender, at=ctx.now))
    return saved


def _about(ctx: Context, session: Meeting) -> str:
    speech = ctx.desk.speech(ctx.room.language)
    words = speech.word("meeting", "papers_due")
    return words.format(title=session.title, day=speech.day(session.starts))


async def _note(ctx: Context, happened: ReminderHappened) -> None:
    """It is told together with the session; its own history knows it too."""
    for entry in happened.entries(ctx.incoming.event_id):
        await ctx.work.reminders.note(entry)
