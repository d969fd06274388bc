"""A meeting as a file that people take into their calendars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from kaz_bot.calendars import Calendar, MeetingEntry, invitation, written
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.texts import Texts
from tests.calendars.reminders import BERLIN, NOON, read, wall

BOT = UserId("@kaz:kaz.test")
GERMAN = Texts().words("calendar", "de")
MEETING = Meeting(
    id=MeetingId(4),
    room_id=RoomId("!committee:kaz.test"),
    starts_at=datetime(2026, 10, 20, 8, 0, tzinfo=UTC),
    zone="Europe/Berlin",
    place="Rathaus, https://meet.kaz.test/a",
    owner=UserId("@kim:kaz.test"),
    event_id=EventId("$called"),
    set_at=NOON,
    changed_at=NOON,
)
ENTRY = MeetingEntry(meeting=MEETING, agenda=("BV-7: Haushalt", "Bericht"), place="Gremium")


def file_of(entry: MeetingEntry = ENTRY) -> str:
    return invitation(entry, BOT, GERMAN, NOON).decode()


def lines_of(file: str) -> list[str]:
    """The content lines, unfolded."""
    return file.replace("\r\n ", "").split("\r\n")


def event_of(meeting: Meeting) -> Event:
    [event] = IcsCalendarStream.calendar_from_ics(file_of(replace(ENTRY, meeting=meeting))).events
    return event


def test_an_invitation_has_all_that_calendars_need() -> None:
    event = event_of(replace(MEETING, sequence=2, changed_at=NOON + timedelta(hours=1)))
    assert (event.uid, event.sequence, event.status) == ("meeting-4@kaz.test", 2, "CONFIRMED")
    assert (event.summary, event.location) == ("Sitzung (S-4)", MEETING.place)
    assert (event.dtstart, event.duration) == (wall("2026-10-20T10:00"), timedelta(hours=2))
    assert event.dtstamp == NOON + timedelta(hours=1)
    assert event.description == "Tagesordnung:\n1. BV-7: Haushalt\n2. Bericht\nRaum: Gremium"


def test_its_time_is_that_of_the_wall_in_its_zone() -> None:
    lines = lines_of(file_of())
    assert "DTSTART;TZID=Europe/Berlin:20261020T100000" in lines
    assert "TZID:Europe/Berlin" in lines


def test_it_is_published_by_somebody_who_is_named() -> None:
    lines = lines_of(file_of())
    assert "METHOD:PUBLISH" in lines
    assert "ORGANIZER;CN=Gremium:matrix:u/kaz:kaz.test" in lines


def test_its_link_can_be_followed() -> None:
    assert "URL:https://meet.kaz.test/a" in lines_of(file_of())


def test_a_cancelled_one_takes_the_date_away() -> None:
    cancelled = MEETING.cancelled(NOON)
    lines = lines_of(file_of(replace(ENTRY, meeting=cancelled)))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", "UID:meeting-4@kaz.test"} <= {*lines}
    assert event_of(cancelled).summary == "Abgesagt: Sitzung (S-4)"


def test_a_session_of_another_body_keeps_nobody_busy() -> None:
    event = event_of(replace(MEETING, title="IT-Rat", outside=True))
    assert (event.summary, event.transparency) == ("Sitzung: IT-Rat (S-4)", "TRANSPARENT")


def test_of_an_hour_that_comes_twice_the_second_can_be_meant() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "DTSTART:20261025T013000Z" in lines_of(
        file_of(replace(ENTRY, meeting=replace(MEETING, starts_at=second)))
    )


def test_hostile_words_stay_words() -> None:
    hostile = "Rathaus\r\nEND:VCALENDAR\r\nATTENDEE:mailto:a@b\0"
    entry = replace(
        ENTRY,
        meeting=replace(MEETING, place=hostile, title=hostile),
        agenda=(hostile,),
        place=hostile,
    )
    lines = lines_of(file_of(entry))
    assert lines.count("END:VCALENDAR") == 1
    assert [line for line in lines if line.startswith("ATTENDEE")] == []


def test_the_calendar_of_a_room_has_it_under_the_same_number() -> None:
    calendar = Calendar(
        name="Gremium",
        zone=BERLIN,
        server="kaz.test",
        entries=(),
        meetings=(ENTRY,),
        at=NOON,
    )
    [event] = read(written(calendar, GERMAN).decode()).events
    assert event.uid == event_of(MEETING).uid
    assert calendar.count == 1


def test_a_meeting_in_another_zone_brings_its_zone() -> None:
    entry = replace(ENTRY, meeting=replace(MEETING, zone="Europe/Lisbon"))
    calendar = Calendar(
        name="", zone=ZoneInfo("Europe/Berlin"), server="a", entries=(), meetings=(entry,), at=NOON
    )
    assert "TZID:Europe/Lisbon" in lines_of(written(calendar, GERMAN).decode())
