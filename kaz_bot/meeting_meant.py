"""Finds which meeting somebody means: by its number, by where they say it, or the one at hand."""

import re

from kaz_bot.agendas import next_meeting
from kaz_bot.context import Context
from kaz_bot.domain.committee.meeting_refusals import (
    MeetingNumberMissing,
    NoMeeting,
    SessionElsewhere,
)
from kaz_bot.domain.committee.meetings import FORGOTTEN_AFTER, Meeting, MeetingNotFound
from kaz_bot.domain.committee.numbers import MeetingId, Series, pattern_of

_MANY = 100
_FIRST = pattern_of(Series.MEETING)
_LAST = re.compile(r"(?:^|[\s,;])\(?S[-‐‑–](?P<number>\d{1,18})\)?[.]?\s*$", re.IGNORECASE)


async def first_named(ctx: Context, text: str) -> tuple[Meeting | None, str]:
    """The meeting whose number stands at the beginning, and what follows."""
    first = _FIRST.match(text)
    if first is not None:
        return await numbered(ctx, int(first["number"])), text[first.end() :].strip()
    return None, text.strip()


async def named(ctx: Context, text: str) -> tuple[Meeting | None, str]:
    """The meeting whose number stands at the beginning or the end, and the rest of the text."""
    found, rest = await first_named(ctx, text)
    if found is not None:
        return found, rest
    last = _LAST.search(text)
    if last is not None:
        return await numbered(ctx, int(last["number"])), text[: last.start()].strip()
    return None, text.strip()


async def numbered(ctx: Context, number: int) -> Meeting:
    """The meeting of that number. Raises MeetingNotFound, also for another committee's."""
    found = await ctx.work.meetings.get(MeetingId(number))
    if found.room_id != ctx.room.room_id:
        raise MeetingNotFound(number=number)
    return found


async def here(ctx: Context) -> Meeting | None:
    """The meeting that the answered message, or the root of the thread, tells of."""
    said = ctx.said
    for event in (said.reply_to, said.thread) if said else ():
        subjects = await ctx.work.subjects.at(event) if event else []
        matches = [match for one in subjects if (match := _FIRST.match(one))]
        if len(matches) == 1:
            return await numbered(ctx, int(matches[0]["number"]))
    return None


async def only_planned(ctx: Context, act: str) -> Meeting:
    """The committee's own meeting that is ahead, if there is but one. Raises
    MeetingNumberMissing, which says how to `act`."""
    planned = await ctx.work.meetings.planned_in(ctx.room.room_id, _MANY)
    awaited = [
        one for one in planned if not one.outside and one.starts_at > ctx.now - FORGOTTEN_AFTER
    ]
    if len(awaited) != 1:
        raise MeetingNumberMissing(act=act, prefix=ctx.settings.prefix)
    return awaited[0]


async def ahead(ctx: Context) -> Meeting | None:
    """The one that runs, or the next one."""
    return await next_meeting(ctx.work, ctx.room.room_id, ctx.now)


async def no_meeting(ctx: Context) -> NoMeeting:
    """What is told when none runs: which is the next, or which nobody has begun."""
    planned = await ahead(ctx)
    missed = None
    if planned is None:
        listed = await ctx.work.meetings.planned_in(ctx.room.room_id, _MANY)
        past = [one for one in listed if not one.outside and one.starts_at <= ctx.now]
        missed = past[-1] if past else None
    return NoMeeting(planned=planned, missed=missed, prefix=ctx.settings.prefix)


async def at_hand(ctx: Context) -> Meeting:
    """The one that runs, otherwise the last one that ran. Raises NoMeeting."""
    room = ctx.room.room_id
    meeting = await ctx.work.meetings.running_in(room) or await ctx.work.meetings.last_in(room)
    if meeting is None:
        raise await no_meeting(ctx)
    return meeting


def own(meeting: Meeting) -> Meeting:
    """The meeting, if it is the committee's own. Raises SessionElsewhere."""
    if meeting.outside:
        raise SessionElsewhere(meeting=meeting)
    return meeting
