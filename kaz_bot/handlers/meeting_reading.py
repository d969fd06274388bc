"""What people look up of a meeting: its agenda and how it stands, and what happened to it."""

from kaz_bot.commands import Answer, Family, Outcome, Role, verb
from kaz_bot.context import Context
from kaz_bot.domain.committee.meetings import Meeting
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
    return Answer(
        template="info/meeting_history",
        facts={"meeting": shown, "entries": [_named(ctx, entry) for entry in entries]},
        topic="history",
        data={"id": meeting.subject},
        sealed=meeting.sealed and ctx.state.encrypted,
        subjects=(meeting.subject,),
    )


def _named(ctx: Context, entry: CommitteeEntry) -> tuple[CommitteeEntry, str]:
    return entry, ctx.name_of(entry.actor) if entry.actor else ""


MEETING_READING = (show_meeting, history_of_meeting)
