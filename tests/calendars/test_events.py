"""What a reminder or a deadline looks like in somebody's calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.calendars import Entry
from kaz_bot.calendars.cleaning import clean
from kaz_bot.domain.reminders import Reminder, ReminderKind
from kaz_bot.texts import Texts
from tests.calendars.reminders import NOON, REMINDER, event_of, file_of, read, wall

DEADLINE = replace(REMINDER, kind=ReminderKind.DEADLINE, due_at=wall("2026-10-15T14:00"))
DAY_LONG = replace(DEADLINE, timed=False, due_at=wall("2026-10-15T23:59"))


def lines_of(file: str) -> list[str]:
    """The content lines, unfolded."""
    return file.replace("\r\n ", "").split("\r\n")


def triggers(reminder: Reminder) -> list[object]:
    return [alarm.trigger for alarm in event_of(reminder).alarm]


def test_a_reminder_is_an_event_with_all_that_programs_need() -> None:
    event = event_of(replace(REMINDER, sequence=3, changed_at=NOON + timedelta(hours=1)))
    assert (event.uid, event.sequence) == ("reminder-5@kaz.test", 3)
    assert (event.summary, event.dtstart) == ("Vorlage für den IT-Rat", wall("2026-10-15T09:00"))
    assert (event.dtstamp, event.last_modified) == (NOON + timedelta(hours=1),) * 2
    assert (event.created, event.status) == (NOON, "CONFIRMED")
    assert event.transparency == "TRANSPARENT"


def test_the_description_names_number_and_room() -> None:
    [event] = read(file_of(Entry(reminder=REMINDER, place="Projekt"))).events
    assert event.description == "Erinnerung Nr. 5\nRaum: Projekt"


def test_a_reminder_rings_when_it_is_due() -> None:
    assert triggers(REMINDER) == [timedelta()]


def test_a_deadline_rings_the_day_before_and_when_it_is_due() -> None:
    assert triggers(DEADLINE) == [timedelta(days=-1), timedelta()]


@pytest.mark.parametrize(
    ("kind", "summary"),
    [
        (ReminderKind.DEADLINE, "Frist: Vorlage für den IT-Rat"),
        (ReminderKind.CUTOFF, "Ausschlussfrist: Vorlage für den IT-Rat"),
    ],
)
def test_a_deadline_says_that_it_is_one(kind: ReminderKind, summary: str) -> None:
    assert event_of(replace(DEADLINE, kind=kind)).summary == summary


def test_a_deadline_without_a_time_of_day_fills_its_day() -> None:
    event = event_of(DAY_LONG)
    assert (event.dtstart, event.dtend) == (date(2026, 10, 15), date(2026, 10, 16))


def test_it_rings_at_nine_on_the_day_before_and_on_the_day() -> None:
    assert triggers(DAY_LONG) == [timedelta(hours=-15), timedelta(hours=9)]


def test_what_was_taken_back_is_cancelled_and_silent() -> None:
    event = event_of(REMINDER.cancelled(NOON))
    assert (event.status, event.sequence, event.alarm) == ("CANCELLED", 1, [])
    assert event.summary == "Gelöscht: Vorlage für den IT-Rat"


def test_what_was_done_says_so_and_is_silent() -> None:
    event = event_of(DEADLINE.done(NOON))
    assert (event.status, event.alarm) == ("CONFIRMED", [])
    assert event.summary == "Erledigt: Frist: Vorlage für den IT-Rat"


def test_without_its_text_it_is_called_by_what_it_is() -> None:
    assert event_of(REMINDER.erased(NOON)).summary == "Erinnerung"


def test_a_calendar_speaks_the_language_of_its_reader() -> None:
    english = Texts().words("calendar", "en")
    [event] = read(file_of(DEADLINE, words=english)).events
    assert (event.summary, event.description) == (
        "Deadline: Vorlage für den IT-Rat",
        "Deadline No. 5",
    )


def test_a_calendar_tells_programs_its_name_and_how_often_to_ask() -> None:
    lines = lines_of(file_of(name="Räume, Ämter"))
    assert {
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Räume\\, Ämter",
        "X-WR-TIMEZONE:Europe/Berlin",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    } <= set(lines)


def test_a_hostile_name_stays_a_name() -> None:
    file = file_of(name="Räume\r\nEND:VCALENDAR\r\n\0")
    assert "X-WR-CALNAME:Räume\\nEND:VCALENDAR\\n" in lines_of(file)
    assert read(file).events == []


def test_a_calendar_without_a_name_is_its_readers_own() -> None:
    assert "X-WR-CALNAME:Meine Termine" in lines_of(file_of(name=""))


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read(file_of()).events == []


def test_no_line_is_longer_than_programs_read() -> None:
    file = file_of(replace(REMINDER, about="ä" * 10_000))
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75


def test_the_same_dates_are_the_same_file() -> None:
    assert file_of(REMINDER, DEADLINE) == file_of(REMINDER, DEADLINE)


@pytest.mark.parametrize(
    "text",
    [
        "Sitzung\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:gekapert",
        "Sitzung\r\nATTACH:https://evil.test/",
        "Sitzung\rEND:VCALENDAR",
        "a;b,c\\n:d\\,\\;\\\\",
        "x" * 10_000,
        "\u2028END:VEVENT\x85END:VEVENT\x0bEND:VEVENT",
    ],
)
def test_hostile_texts_stay_texts(text: str) -> None:
    calendar = read(file_of(replace(REMINDER, about=text)))
    assert [event.summary for event in calendar.events] == [clean(text)]


def test_controls_do_not_reach_the_calendar() -> None:
    assert (
        event_of(replace(REMINDER, about="a\0b\x1bc\x7fd\ud800e\r\nf")).summary == "abcd\ufffde\nf"
    )


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.just("\n")))
def test_any_text_comes_back_unchanged(text: str) -> None:
    assert event_of(replace(REMINDER, about=f"Text {text}.")).summary == f"Text {text}."


@given(st.datetimes(datetime(2026, 1, 1), datetime(2035, 12, 31)))  # noqa: DTZ001  made aware below
def test_any_time_comes_back_unchanged(due: datetime) -> None:
    at = due.replace(microsecond=0, second=0, tzinfo=UTC)
    assert event_of(replace(REMINDER, due_at=at)).dtstart == at
