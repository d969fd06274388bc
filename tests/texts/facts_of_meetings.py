"""Facts for the templates about meetings, their agendas and minutes."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from kaz_bot.announcements.view import Person
from kaz_bot.days_off import Holiday
from kaz_bot.domain.committee.item_events import ItemHappened
from kaz_bot.domain.committee.meeting_events import (
    MeetingHappened,
    MeetingWordsErased,
    PapersDue,
)
from kaz_bot.domain.committee.meetings import (
    ItemResult,
    Meeting,
    MeetingState,
    Presence,
)
from kaz_bot.domain.committee.numbers import MeetingId, PaperId
from kaz_bot.domain.committee.papers import CommitteeEntry, Paper, PaperState
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import Reminder, ReminderId, ReminderKind
from kaz_bot.domain.tickets import TicketState
from kaz_bot.menu import VERBS
from kaz_bot.messages import EventId, RoomId, UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=36)
ANN, ROOM = UserId("@ann:kaz.test"), RoomId("!a:kaz.test")
Words = Callable[[str], str]
MEETING_EVENTS = [
    *(kind.word for family in (MeetingHappened, ItemHappened) for kind in family.__subclasses__()),
    MeetingWordsErased.word,
    *Presence,
]
# Whatever a ticket's state is in a run, these show meetings in their states.
_STATES = {
    (TicketState.NEW, True): MeetingState.RUNNING,
    (TicketState.CLOSED, True): MeetingState.APPROVED,
    (TicketState.CLOSED, False): MeetingState.ENDED,
    (TicketState.WAITING, False): MeetingState.CANCELLED,
}
_OTHERS = frozenset(
    {
        "info/meeting",
        "info/meeting_history",
        "info/meetings",
        "info/minutes",
        "info/waiting_items",
        "refusal/agenda_full",
        "refusal/end_not_understood",
        "refusal/item_decided",
        "refusal/item_not_found",
        "refusal/item_not_voted_on",
        "refusal/item_number_missing",
        "refusal/item_voted_on",
        "refusal/meeting_far_away",
        "refusal/meeting_not_found",
        "refusal/meeting_number_missing",
        "refusal/meeting_recurs",
        "refusal/meeting_wrong_state",
        "refusal/minutes_sealed",
        "refusal/minutes_voted_on",
        "refusal/move_missing",
        "refusal/no_meeting",
        "refusal/on_agenda_already",
        "refusal/other_meeting_runs",
        "refusal/paper_settled",
        "refusal/session_elsewhere",
        "refusal/time_missing",
    }
)


def facts_of_meetings(
    template: str, words: Words, *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] != "meeting" and template not in _OTHERS:
        return {}
    # Whatever its state, its approval is told only of one that is approved.
    told = TicketState.CLOSED if template == "meeting/approved" else state
    meeting = _meeting(words, plenty=plenty or "approved" in template, state=told)
    person = Person(id=ANN, name=words("name"))
    rows = [_row(words, plenty=plenty, state=state)]
    return {
        "meeting": meeting if plenty or template != "meeting/item_added" else None,
        "rows": rows if plenty or template.startswith("meeting/item") else [],
        "row": rows[0],
        "by": person,
        "number": "S-4" if template != "refusal/meeting_not_found" else 4,
        **_of_dates(words, plenty=plenty),
        **_of_people(words, plenty=plenty),
        **_of_refusals(words, meeting, plenty=plenty),
        "entries": [
            (*_entry("called", {}), ""),
            (*_entry("result", {"result": "noted"}), ""),
            (*_entry("result", {"result": "text"}), words("text")),
        ],
        "meetings": [meeting] if plenty else [],
        "waiting": 2 if plenty else 1,
        "now": MORNING,
        "approver": words("name") if meeting.approved_at else "",
        "unsettled": [2, 3] if plenty else [],
        "carried": ("BV-7", "BV-9") if plenty else (),
        # Minutes are refused for an open vote alone.
        "voting": ("BV-8",) if plenty or template.endswith("voted_on") else (),
        "renumbered": plenty,
        "kept": plenty,
        "reason": words("text") if plenty else "",
        "deferred": _paper(words) if plenty else None,
        "taken_up": None if plenty else _paper(words),
        "result": ItemResult.DECIDED,
        # A cancelled session names the deadline that is gone, any other the one that stands.
        **({"papers": _reminder(words) if plenty else None} if "cancelled" in template else {}),
        "verb": next(verb for verb in VERBS.all if verb.english == "agenda"),
    }


def _of_dates(words: Words, *, plenty: bool) -> dict[str, object]:
    papers = PapersDue(
        day=date(2026, 10, 3),
        over=not plenty,
        reminder=_reminder(words) if plenty else None,
        dropped=None if plenty else _reminder(words),
        clash=_clash(),
        before=date(2026, 10, 2),
    )
    return {
        "before": MORNING,
        "place_before": words("text") if plenty else "",
        "due": MORNING,
        "late": plenty,
        "clash": _clash() if plenty else None,
        "short": 14 if plenty else 0,
        "remark": "next_week_meant" if plenty else "",
        "until": LATER + timedelta(hours=3) if plenty else None,
        "papers": papers,
    }


def _of_people(words: Words, *, plenty: bool) -> dict[str, object]:
    body = {"body": words("name"), "members": [], "deputies": [words("name")]}
    return {
        "people": [words("name")],
        "presence": Presence.PRESENT if plenty else Presence.EXCUSED,
        "own": not plenty,
        "bodies": [body, {**body, "deputies": []}] if plenty else [],
        "others": [words("name")] if plenty else [],
        "excused": [words("name")] if plenty else [],
    }


def _of_refusals(words: Words, meeting: Meeting, *, plenty: bool) -> dict[str, object]:
    return {
        "planned": meeting if plenty else None,
        "missed": None if plenty else meeting,
        "whereto": words("text") if plenty else "",
        "act": "move" if plenty else "cancel",
        "count": 3 if plenty else 0,
        "limit": 50,
        "place": 2,
        "at": LATER,
        "outside": plenty,
        "paper": _paper(words),
    }


def _meeting(words: Words, *, plenty: bool, state: TicketState) -> Meeting:
    stands = _STATES.get((state, plenty), MeetingState.PLANNED)
    approved = stands is MeetingState.APPROVED
    return Meeting(
        id=MeetingId(4),
        room_id=ROOM,
        state=stands,
        title=words("text") if plenty else "",
        # A session of another body in one run, the committee's own meeting in the others.
        outside=plenty and state is TicketState.RESOLVED,
        starts_at=LATER,
        zone="Europe/Berlin",
        place=words("text") if plenty else "",
        owner=ANN,
        event_id=EventId("$called"),
        set_at=MORNING,
        changed_at=MORNING,
        began_at=MORNING if stands is not MeetingState.PLANNED else None,
        approved_at=MORNING if approved or plenty else None,
        approved_by=ANN if approved else None,
    )


def _row(words: Words, *, plenty: bool, state: TicketState) -> dict[str, object]:
    results = {
        TicketState.NEW: ItemResult.TEXT,
        TicketState.CLOSED: ItemResult.ADJOURNED,
        TicketState.WAITING: ItemResult.ON_HOLD,
    }
    return {
        "place": 2,
        "number": "BV-7" if plenty else "",
        "what": words("text") if plenty else "",
        "lead": words("name") if plenty else "",
        "tabled": plenty,
        "result": results.get(state, ItemResult.NOTED),
        "text": words("text") if plenty else "",
        "state": PaperState.WITHDRAWN if plenty else None,
    }


def _paper(words: Words) -> Paper:
    return Paper(
        id=PaperId(7),
        room_id=ROOM,
        state=PaperState.DEFERRED,
        author=ANN,
        title=words("text"),
        event_id=EventId("$filed"),
        filed_at=MORNING,
        changed_at=MORNING,
    )


def _reminder(words: Words) -> Reminder:
    return Reminder(
        id=ReminderId(5),
        kind=ReminderKind.DEADLINE,
        room_id=ROOM,
        owner=ANN,
        about=words("text"),
        event_id=EventId("$called"),
        wall="2026-10-03T23:59",
        zone="Europe/Berlin",
        due_at=LATER,
        next_at=LATER,
        set_at=MORNING,
        changed_at=MORNING,
    )


def _clash() -> Clash:
    return Clash(
        due=LATER, holiday=Holiday.REFORMATION_DAY, next_working_day=LATER + timedelta(days=2)
    )


def _entry(event: str, details: Mapping[str, str]) -> tuple[CommitteeEntry, str]:
    entry = CommitteeEntry(
        subject=_meeting(lambda _: "", plenty=False, state=TicketState.NEW).subject,
        at=MORNING,
        actor=None,
        event=event,
        details=details,
    )
    return entry, ""
