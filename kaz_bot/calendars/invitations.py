"""Writes one meeting as a file that people take into their calendars, by RFC 5546."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import icalendar

from kaz_bot.calendars.cleaning import clean
from kaz_bot.calendars.meetings import meeting_event
from kaz_bot.calendars.records import MeetingEntry
from kaz_bot.calendars.writing import PROGRAM
from kaz_bot.calendars.zones import timezone_of
from kaz_bot.domain.committee.meetings import MeetingState
from kaz_bot.messages import UserId, server_of


def invitation(entry: MeetingEntry, bot: UserId, words: Mapping[str, str], at: datetime) -> bytes:
    """The file. Who takes in a later one has the meeting where it is now, or no more.

    Nobody is asked to answer by mail, so it is published and not requested (RFC 5546, 3.2).
    """
    meeting = entry.meeting
    file = icalendar.Calendar()
    file.add("prodid", PROGRAM)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    cancelled = meeting.state is MeetingState.CANCELLED
    file.add("method", "CANCEL" if cancelled else "PUBLISH")
    file.add_component(timezone_of(ZoneInfo(meeting.zone), at.year))
    event = meeting_event(entry, server_of(bot), words)
    event.add("organizer", _organizer(bot, entry.place))
    file.add_component(event)
    text: bytes = file.to_ical()
    return text


def _organizer(bot: UserId, room: str) -> icalendar.vCalAddress:
    """Whoever publishes it has to be named; there is no mail address (Matrix spec, "URIs")."""
    address = icalendar.vCalAddress(f"matrix:u/{bot.removeprefix('@')}")
    if name := " ".join(clean(room).split()):
        address.params["CN"] = icalendar.vText(name)
    return address
