"""Makes the file by which people take a meeting into their calendars."""

from collections.abc import Sequence

from kaz_bot.agenda_lines import spoken
from kaz_bot.calendars import MeetingEntry, invitation
from kaz_bot.context import Context
from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.messages import Enclosure

_MEDIA_TYPE = "text/calendar"


def invitation_to(ctx: Context, meeting: Meeting, agenda: Sequence[AgendaLine]) -> Enclosure:
    """The meeting as it is from now on, in the language of the room."""
    words = ctx.desk.words("calendar", ctx.room.language)
    entry = MeetingEntry(
        meeting=meeting,
        agenda=spoken(agenda, words["tabled"]),
        place=ctx.state.name,
    )
    return Enclosure(
        name=f"{meeting.subject}.ics",
        media_type=_MEDIA_TYPE,
        content=invitation(entry, ctx.desk.bot, words, ctx.now),
    )
