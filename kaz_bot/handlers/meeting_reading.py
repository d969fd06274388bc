"""What people look up of a meeting: its agenda and how it stands, and what happened to it."""

from collections.abc import Mapping, Sequence

from kaz_bot.agenda_lines import agenda_of
from kaz_bot.commands import Answer, Family, Outcome, Role, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import readable
from kaz_bot.domain.committee.meetings import ItemResult, Meeting
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.meeting_answers import one_meeting, shown_here

# So many changes are listed.
LISTED = 30


@verb("zeige", "show", allow=Role.MEMBER, family=Family.MEETINGS, about=Series.MEETING)
async def show_meeting(ctx: Context, meeting: Meeting) -> Outcome:
    """A meeting with its agenda, how it stands and who is there."""
    return await one_meeting(ctx, meeting)


@verb("verlauf", "history", allow=Role.MEMBER, family=Family.MEETINGS, about=Series.MEETING)
async def history_of_meeting(ctx: Context, meeting: Meeting) -> Outcome:
    """What has happened to a meeting."""
    entries = await ctx.work.committee_trail.of(meeting.subject, LISTED)
    shown = shown_here(ctx, meeting)
    said = {
        str(line.item.id): line.item.result_text
        for line in readable(await agenda_of(ctx.work, meeting), encrypted=ctx.state.encrypted)
        if line.item.result is ItemResult.TEXT
    }
    return Answer(
        template="info/meeting_history",
        facts={"meeting": shown, "entries": _told(ctx, entries, said)},
        topic="history",
        data={"id": meeting.subject},
        sealed=meeting.sealed and ctx.state.encrypted,
        subjects=(meeting.subject,),
    )


def _told(
    ctx: Context, entries: Sequence[CommitteeEntry], said: Mapping[str, str]
) -> list[tuple[CommitteeEntry, str, str]]:
    """Each change with who made it, and the latest with the words that are the result now."""
    left = dict(said)
    told = []
    for entry in reversed(entries):
        words = left.pop(entry.details.get("item", ""), "") if entry.event == "result" else ""
        told.append((entry, ctx.name_of(entry.actor) if entry.actor else "", words))
    return told[::-1]


MEETING_READING = (show_meeting, history_of_meeting)
