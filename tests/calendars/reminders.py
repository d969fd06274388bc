"""Reminders as people set them, and calendars read back by a library of others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NewType
from zoneinfo import ZoneInfo

from ical.calendar import Calendar as ReadCalendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from kaz_bot.calendars import Calendar, Entry, written
from kaz_bot.domain.reminders import Reminder, ReminderId
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.texts import Texts

Wall = NewType("Wall", str)

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
GERMAN = Texts().words("calendar", "de")

REMINDER = Reminder(
    id=ReminderId(5),
    room_id=RoomId("!project:kaz.test"),
    owner=UserId("@eva:kaz.test"),
    about="Vorlage für den IT-Rat",
    event_id=EventId("$set"),
    wall="2026-10-15T09:00",
    zone="Europe/Berlin",
    due_at=datetime(2026, 10, 15, 7, 0, tzinfo=UTC),
    next_at=datetime(2026, 10, 15, 7, 0, tzinfo=UTC),
    set_at=NOON,
    changed_at=NOON,
)


def wall(text: str) -> datetime:
    """What the clock on the wall shows in Brandenburg."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def recurring(rrule: str, starts: str, **changes: object) -> Reminder:
    """A reminder that comes again and again."""
    due = wall(starts).astimezone(UTC)
    reminder = replace(REMINDER, rrule=rrule, starts=starts, wall=starts, due_at=due, next_at=due)
    return replace(reminder, **changes)  # type: ignore[arg-type]  # by name, each test knows them


def file_of(*entries: Entry | Reminder, words: Mapping[str, str] = GERMAN, name: str = "K") -> str:
    """The calendar file with these."""
    wrapped = (one if isinstance(one, Entry) else Entry(reminder=one) for one in entries)
    calendar = Calendar(name=name, zone=BERLIN, server="kaz.test", entries=tuple(wrapped), at=NOON)
    return written(calendar, words).decode()


def read(file: str) -> ReadCalendar:
    """The file as somebody else's library reads it."""
    return IcsCalendarStream.calendar_from_ics(file)


def event_of(reminder: Reminder) -> Event:
    """The one event that it becomes."""
    [event] = read(file_of(reminder)).events
    return event


def instants_in(file: str, count: int) -> list[datetime]:
    """The same as instants, which tell apart an hour that the clocks show twice."""
    starts = starts_in(file, count)
    return [start.astimezone(UTC) for start in starts if isinstance(start, datetime)]


def starts_in(file: str, count: int) -> list[object]:
    """When the first events begin, recurrences expanded."""
    timeline = iter(read(file).timeline)
    return [event.dtstart for event, _ in zip(timeline, range(count), strict=False)]
