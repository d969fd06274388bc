"""Begins a meeting and ends it, with what becomes of its agenda then."""

from datetime import timedelta

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.agendas import carry_over
from kaz_bot.bringing_forward import heard
from kaz_bot.commands import TooManyWords
from kaz_bot.context import Context
from kaz_bot.domain.committee.meeting_events import MeetingBegun, MeetingEnded
from kaz_bot.domain.committee.meeting_refusals import (
    MeetingFarAway,
    OtherMeetingRuns,
)
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.papers import OPEN_PAPERS, PaperState
from kaz_bot.meeting_meant import ahead, here, no_meeting, own
from kaz_bot.rights import chairs, check_chair

# Nobody begins a meeting of another day without saying which.
_BEGUN_AHEAD = timedelta(hours=18)


async def begin(ctx: Context, named: Meeting | None, rest: str) -> MeetingBegun:
    """The one named, or the one that is at hand. Raises MeetingFarAway rather than guess."""
    check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    _check_nothing_else(ctx, rest)
    meant = named or await here(ctx)
    found = meant or await ahead(ctx)
    if found is None:
        raise await no_meeting(ctx)
    running = await ctx.work.meetings.running_in(ctx.room.room_id)
    if running is not None and running.id != found.id:
        raise OtherMeetingRuns(meeting=running, prefix=ctx.settings.prefix)
    begun = own(found).begun(ctx.now, ctx.settings.working_time)
    if meant is None and found.starts_at - ctx.now > _BEGUN_AHEAD:
        raise MeetingFarAway(meeting=found, prefix=ctx.settings.prefix)
    saved = await ctx.work.meetings.save(begun)
    agenda = await agenda_of(ctx.work, saved)
    return MeetingBegun(saved, agenda, by=ctx.sender, at=ctx.now, heard=await heard(ctx))


async def end(ctx: Context, named: Meeting | None, rest: str) -> MeetingEnded:
    """Papers that nothing came out for wait for the next one, unless a vote on them is open."""
    check_chair(ctx.sender, chairs(ctx.state, ctx.settings))
    _check_nothing_else(ctx, rest)
    found = named or await here(ctx) or await ctx.work.meetings.running_in(ctx.room.room_id)
    if found is None:
        raise await no_meeting(ctx)
    saved = await ctx.work.meetings.save(own(found).ended(ctx.now))
    agenda = await agenda_of(ctx.work, saved)
    undecided = [line for line in agenda if line.item.open and line.state in OPEN_PAPERS]
    voting = [line for line in undecided if line.state is PaperState.VOTING]
    carried = [line for line in undecided if line not in voting]
    for line in carried:
        await carry_over(ctx.work, line.item, saved)
    return MeetingEnded(
        saved,
        agenda,
        carried=tuple(line.number for line in carried),
        voting=tuple(line.number for line in voting),
        by=ctx.sender,
        at=ctx.now,
        heard=await heard(ctx),
    )


def _check_nothing_else(ctx: Context, rest: str) -> None:
    if rest:
        raise TooManyWords(
            word=rest.split(maxsplit=1)[0], verb=ctx.verb, prefix=ctx.settings.prefix
        )
