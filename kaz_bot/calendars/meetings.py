"""Writes a meeting as an event of RFC 5545."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import icalendar

from kaz_bot.calendars.cleaning import clean
from kaz_bot.calendars.records import MeetingEntry
from kaz_bot.domain.committee.meetings import Meeting, MeetingState

_LINK = re.compile(r"https?://[^\s,<>\"]+")


def meeting_event(entry: MeetingEntry, server: str, words: Mapping[str, str]) -> icalendar.Event:
    """The event; `words` are the table `calendar` of the reader's language."""
    meeting = entry.meeting
    cancelled = meeting.state is MeetingState.CANCELLED
    event = icalendar.Event()
    event.add("uid", f"meeting-{meeting.id}@{server}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("created", meeting.set_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", _start(meeting))
    event.add("duration", meeting.length)
    event.add("summary", _summary(meeting, words))
    if description := _description(entry, words):
        event.add("description", description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # At a session of another body few are there.
    event.add("transp", "TRANSPARENT" if meeting.outside or cancelled else "OPAQUE")
    if place := clean(meeting.place):
        event.add("location", place)
    if link := _LINK.search(meeting.place):
        event.add("url", link[0])
    return event


def _start(meeting: Meeting) -> datetime:
    """On the wall of its zone; of an hour that the clocks show twice, only UTC can say that the
    second is meant."""
    starts = meeting.starts
    second = starts.fold == 1 and starts.utcoffset() != starts.replace(fold=0).utcoffset()
    return starts.astimezone(UTC) if second else starts


def _summary(meeting: Meeting, words: Mapping[str, str]) -> str:
    title = clean(meeting.title)
    called = f"{words['meeting']}: {title}" if title else words["meeting"]
    whole = f"{called} ({meeting.subject})"
    # Not every client shows the status.
    return f"{words['called_off']}: {whole}" if meeting.state is MeetingState.CANCELLED else whole


def _description(entry: MeetingEntry, words: Mapping[str, str]) -> str:
    lines = [f"{number}. {clean(item)}" for number, item in enumerate(entry.agenda, start=1)]
    if lines:
        lines.insert(0, f"{words['agenda']}:")
    if place := clean(entry.place):
        lines.append(f"{words['place']}: {place}")
    return "\n".join(lines)
