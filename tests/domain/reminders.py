"""Reminders as tests need them: what is not said is ordinary."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.reminders import Reminder, ReminderId, ReminderKind, wall_of
from kaz_bot.messages import EventId, RoomId, UserId

BERLIN = ZoneInfo("Europe/Berlin")
EVA = UserId("@eva:kaz.test")
PROJECT = RoomId("!project:kaz.test")


def berlin(text: str) -> datetime:
    """`2026-10-15 09:00` on a wall in Brandenburg."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def reminder(due: str, *, set_at: str, **particulars: object) -> Reminder:
    """One that Eva set in the project's room."""
    at = berlin(due)
    ordinary = Reminder(
        id=ReminderId(1),
        about="die Vorlage",
        target=EVA,
        room_id=PROJECT,
        owner=EVA,
        event_id=EventId("$command"),
        wall=wall_of(at, BERLIN),
        zone="Europe/Berlin",
        due_at=at,
        next_at=at,
        set_at=berlin(set_at),
        changed_at=berlin(set_at),
    )
    return replace(ordinary, **particulars)  # type: ignore[arg-type]  # the fields, by name


def deadline(due: str, *, set_at: str, **particulars: object) -> Reminder:
    """One for the whole room."""
    ordinary = {"kind": ReminderKind.DEADLINE, "target": None, "timed": False}
    return reminder(due, set_at=set_at, **{**ordinary, **particulars})
