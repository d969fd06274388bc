"""Answers what people ask about meetings: what is ahead, and what is on an agenda."""

from kaz_bot.agenda_lines import agenda_of, lines_of
from kaz_bot.announcements.agenda_rows import roll_facts, rows
from kaz_bot.attending import roll_at
from kaz_bot.commands import Answer
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import readable
from kaz_bot.domain.committee.item_events import subject_of
from kaz_bot.domain.committee.meetings import Meeting

# So many are listed; a committee plans less far ahead.
LISTED = 20


async def what_is_ahead(ctx: Context) -> Answer:
    """The meetings that are planned or run, and what waits for the next one."""
    room = ctx.room.room_id
    running = await ctx.work.meetings.running_in(room)
    planned = await ctx.work.meetings.planned_in(room, LISTED)
    meetings = [*([running] if running else []), *planned]
    waiting = await ctx.work.meetings.waiting_in(room)
    return Answer(
        template="info/meetings",
        facts={
            "meetings": [shown_here(ctx, one) for one in meetings],
            "waiting": len(waiting),
            "now": ctx.now,
        },
        topic="meetings",
        data={"ids": [one.subject for one in meetings]},
        sealed=ctx.state.encrypted and any(one.sealed for one in meetings),
        subjects=tuple(one.subject for one in meetings),
    )


async def what_waits(ctx: Context) -> Answer:
    """The items that wait for a meeting to be called."""
    items = await ctx.work.meetings.waiting_in(ctx.room.room_id)
    lines = await lines_of(ctx.work, items, sealed=ctx.state.encrypted)
    shown = readable(lines, encrypted=ctx.state.encrypted)
    return Answer(
        template="info/waiting_items",
        facts={"rows": rows(shown, ctx.name_of)},
        topic="agenda",
        sealed=any(line.sealed for line in shown) and ctx.state.encrypted,
        subjects=tuple(subject_of(item) for item in items),
    )


async def one_meeting(ctx: Context, meeting: Meeting) -> Answer:
    """A meeting with its agenda, how it stands and who is there."""
    lines = readable(await agenda_of(ctx.work, meeting), encrypted=ctx.state.encrypted)
    return Answer(
        template="info/meeting",
        facts={
            "meeting": shown_here(ctx, meeting),
            "rows": rows(lines, ctx.name_of),
            **roll_facts(await roll_at(ctx.work, meeting), ctx.name_of),
            "approver": ctx.name_of(meeting.approved_by) if meeting.approved_by else "",
        },
        topic="meeting",
        data={"id": meeting.subject, "state": meeting.state, "start": meeting.starts.isoformat()},
        sealed=ctx.state.encrypted and (meeting.sealed or any(line.sealed for line in lines)),
        subjects=(meeting.subject,),
    )


def shown_here(ctx: Context, meeting: Meeting) -> Meeting:
    """Without its words in a room that is not encrypted, if they were said in one that is."""
    hidden = meeting.sealed and not ctx.state.encrypted
    return meeting.without_words() if hidden else meeting
