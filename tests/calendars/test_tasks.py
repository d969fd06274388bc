"""Tasks in a calendar, read back by a library of others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from ical.event import Event, EventStatus

from kaz_bot.calendars import Calendar, TaskEntry, written
from kaz_bot.domain.committee.tasks import Task
from tests.calendars.reminders import BERLIN, GERMAN, NOON, read, wall
from tests.domain.committee.tasks import new_task


def event_of(task: Task, place: str = "") -> Event:
    """The one event that it becomes."""
    calendar = Calendar(
        name="K",
        zone=BERLIN,
        server="kaz.test",
        entries=(),
        tasks=(TaskEntry(task=task, place=place),),
        at=NOON,
    )
    [event] = read(written(calendar, GERMAN).decode()).events
    return event


def test_it_takes_the_whole_day_when_no_time_was_said() -> None:
    event = event_of(new_task())
    assert (event.dtstart, event.dtend) == (date(2026, 10, 8), date(2026, 10, 9))
    assert event.uid == "task-31@kaz.test"


def test_and_otherwise_stands_at_its_time() -> None:
    noon = wall("2026-10-08T12:00")
    assert event_of(new_task(due_at=noon, timed=True)).dtstart == noon


def test_the_second_of_two_hours_alike_is_meant() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert event_of(new_task(due_at=second, timed=True)).dtstart == second


def test_it_says_who_is_in_charge_and_in_which_room() -> None:
    event = event_of(new_task(lead="IT-Rat", worker="Kaz"), place="Gremium")
    assert event.description == "Federführung: IT-Rat\nBearbeitung: Kaz\nRaum: Gremium"


@pytest.mark.parametrize(
    ("task", "summary", "status"),
    [
        (new_task(), "Auftrag A-31: Konzept schreiben", EventStatus.CONFIRMED),
        (new_task(asked=True), "Bitte A-31: Konzept schreiben", EventStatus.CONFIRMED),
        (
            new_task().done("", NOON),
            "Erledigt: Auftrag A-31: Konzept schreiben",
            EventStatus.CONFIRMED,
        ),
        (
            new_task().withdrawn(NOON),
            "Zurückgezogen: Auftrag A-31: Konzept schreiben",
            EventStatus.CANCELLED,
        ),
    ],
)
def test_it_says_how_it_stands(task: Task, summary: str, status: EventStatus) -> None:
    event = event_of(task)
    assert (event.summary, event.status) == (summary, status)


def test_it_rings_the_day_before_and_that_morning_and_not_when_it_is_done() -> None:
    rings = [alarm.trigger for alarm in event_of(new_task()).alarm]
    assert rings == [timedelta(hours=9) - timedelta(days=1), timedelta(hours=9)]
    assert event_of(new_task().done("", NOON)).alarm == []


@pytest.mark.parametrize("text", ["a\nb", "a\r\nEND:VCALENDAR", "x\x00y", "\ud800"])
def test_whatever_was_typed_the_file_can_be_read(text: str) -> None:
    assert event_of(new_task(what=text, lead=text)).uid == "task-31@kaz.test"
