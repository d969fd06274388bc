"""Puts the meetings of committees into a calendar."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from kaz_bot.agenda_lines import agenda_of, spoken
from kaz_bot.calendars import Calendar, MeetingEntry
from kaz_bot.domain.committee.agenda_items import readable
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.messages import RoomId
from kaz_bot.store import Work

# People look up when and where they met.
_KEPT = timedelta(days=366)


async def with_meetings(
    work: Work,
    calendar: Calendar,
    rooms: Iterable[tuple[RoomId, str]],
    *,
    sealed: bool,
    tabled: str,
) -> tuple[Calendar, int]:
    """The calendar with what was called or noted in these rooms, and how many are withheld.

    `rooms` come with their names; `tabled` is what a Tischvorlage is called.
    """
    found = [
        (meeting, name)
        for room_id, name in rooms
        for meeting in await work.meetings.since(room_id, calendar.at - _KEPT)
    ]
    shown = [(meeting, name) for meeting, name in found if sealed or not meeting.sealed]
    entries = [await _entry(work, one, name, tabled, sealed=sealed) for one, name in shown]
    return replace(calendar, meetings=tuple(entries)), len(found) - len(shown)


async def _entry(
    work: Work, meeting: Meeting, name: str, tabled: str, *, sealed: bool
) -> MeetingEntry:
    lines = readable(await agenda_of(work, meeting), encrypted=sealed)
    return MeetingEntry(meeting=meeting, agenda=spoken(lines, tabled), place=name)
