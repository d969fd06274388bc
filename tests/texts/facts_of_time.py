"""Facts for the templates about reminders and deadlines."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.announcements.view import Person
from kaz_bot.days_off import Holiday
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import (
    HolidayRule,
    Reminder,
    ReminderEntry,
    ReminderId,
    ReminderKind,
    ReminderState,
    Told,
)
from kaz_bot.domain.tickets import Ticket, TicketId, TicketState
from kaz_bot.messages import EventId, RoomId, UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=21)
# Whatever a ticket's state is in a run, these show every kind of reminder once.
_KINDS = {
    TicketState.NEW: ReminderKind.REMINDER,
    TicketState.CLAIMED: ReminderKind.DEADLINE,
    TicketState.WAITING: ReminderKind.CUTOFF,
}
_TOLD = {
    TicketState.NEW: Told.AHEAD,
    TicketState.CLAIMED: Told.DUE,
    TicketState.WAITING: Told.OVERDUE,
}


def facts_of_time(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState, ticket: Ticket
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] != "reminder" and template not in _OTHERS:
        return {}
    person = Person(id=UserId("@ann:kaz.test"), name=words("name"))
    reminder = _reminder(words, plenty=plenty, kind=_KINDS.get(state, ReminderKind.REMINDER))
    fallen = {
        "reminder": reminder,
        "due": MORNING,
        "missed": 3 if plenty else 0,
        "upcoming": LATER if plenty else None,
        "holiday": Holiday.REFORMATION_DAY if plenty else None,
        "ticket": ticket if plenty else None,
        "owner": person if plenty else None,
        "absent": person if plenty else None,
    }
    line = {
        "reminder": reminder,
        "for": words("name") if plenty else "",
        "mine": not plenty,
        "missing": [words("name")] if plenty else [],
        "room": words("name") if plenty else "",
    }
    known: dict[str, object] = {
        "reminder": reminder,
        "owner": person,
        "target": person if plenty else None,
        "people": [person, person] if plenty else [],
        "missing": [person, person] if plenty else [],
        "upcoming": [MORNING, LATER],
        "remark": "next_week_meant" if plenty else "",
        "clash": _clash(holiday=plenty),
        "due": LATER,
        "before": MORNING,
        "fallen": [fallen, fallen] if plenty and template == "reminder/late" else [fallen],
        "own": plenty,
        "told": _TOLD.get(state, Told.ESCALATED),
        "level": 2 if plenty else 0,
        "late": plenty,
        "rung": MORNING,
        "days": 14 if plenty else 1,
        "hours": 0,
        "ticket": ticket if plenty else None,
        "lines": [line, line] if plenty else [],
        "line": line,
        "entries": _history(words, plenty=plenty),
        "word": words("name"),
    }
    return known | ({"owner": words("name")} if template in _OTHERS else {})


_OTHERS = frozenset(
    {
        "info/reminder",
        "info/reminders",
        "refusal/cannot_be_put_off",
        "refusal/counted_in_hours",
        "refusal/deadline_needs_date",
        "refusal/not_recurring",
        "refusal/not_your_reminder",
        "refusal/reminder_ended",
        "refusal/too_many_reminders",
        "refusal/unknown_holiday_rule",
    }
)


def _reminder(words: Callable[[str], str], *, plenty: bool, kind: ReminderKind) -> Reminder:
    once = Reminder(
        id=ReminderId(5),
        kind=kind,
        state=ReminderState.OPEN,
        room_id=RoomId("!a:kaz.test"),
        owner=UserId("@ann:kaz.test"),
        target=UserId("@ann:kaz.test"),
        about=words("text") if plenty else "",
        ticket_id=TicketId(12) if plenty else None,
        event_id=EventId("$e"),
        wall="2026-10-16T09:00",
        zone="Europe/Berlin",
        due_at=LATER,
        next_at=LATER if plenty else None,
        timed=plenty,
        holidays=HolidayRule.SKIP,
        set_at=MORNING,
        changed_at=MORNING,
    )
    recurs = plenty and kind is ReminderKind.REMINDER
    return replace(once, rrule="FREQ=WEEKLY", starts=once.wall) if recurs else once


def _clash(*, holiday: bool) -> Clash:
    return Clash(
        due=LATER,
        holiday=Holiday.REFORMATION_DAY if holiday else None,
        next_working_day=LATER + timedelta(days=2),
    )


def _history(words: Callable[[str], str], *, plenty: bool) -> list[tuple[object, str, object]]:
    entry = ReminderEntry(
        reminder_id=ReminderId(5), at=MORNING, actor=None, event="set", details={}
    )
    moved = replace(entry, event="snoozed", details={"reason": words("text")} if plenty else {})
    name = words("name") if plenty else ""
    return [(entry, name, None), (moved, name, (MORNING, LATER))]
