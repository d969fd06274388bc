"""Facts for the templates about tickets that wait for the committee, and about being forgotten."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from kaz_bot.announcements.view import Person
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Subject, TaskId
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.messages import EventId, RoomId, UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
ANN, ROOM = UserId("@ann:kaz.test"), RoomId("!a:kaz.test")
# Whatever a ticket's state is in a run, these show what may come of a paper.
_OUTCOMES = {
    TicketState.NEW: PaperState.PASSED,
    TicketState.CLOSED: PaperState.REJECTED,
    TicketState.WAITING: PaperState.WITHDRAWN,
}
_TEMPLATES = frozenset(
    {
        "info/blocked",
        "refusal/not_blocked",
        "refusal/paper_decided",
        "task/orphaned",
        "ticket/blocked",
        "ticket/blocked_for_asker",
        "ticket/still_blocked",
        "ticket/unblocked",
        "ticket/unblocked_for_asker",
        "ticket/woken",
        "ticket/woken_for_asker",
    }
)


def facts_of_blocks(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template not in _TEMPLATES:
        return _of_lookups(template, plenty=plenty)
    outcome = _OUTCOMES.get(state, PaperState.DONE)
    number = DecisionNumber(2026, 3) if outcome in {PaperState.PASSED, PaperState.DONE} else None
    paper = _paper(words, outcome, number)
    return {
        "paper": paper if template == "refusal/paper_decided" else paper.subject,
        "outcome": outcome,
        "decision": str(number) if number else "",
        "gone": Person(id=ANN, name=words("name")) if plenty else None,
        "owed": plenty,
        "ticket_id": TicketId(12),
        "task": orphan(words),
    }


def _of_lookups(template: str, *, plenty: bool) -> Mapping[str, object]:
    """What elsewhere says of tickets that wait, and of the committee's records."""
    if template == "info/status":
        return {"awaits": Subject("BV-7") if plenty else "", "owed": plenty}
    if template == "info/forget_me":
        return {"committee": plenty, "knowledge": plenty}
    if template == "info/my_data":
        kinds = ("papers", "editions", "seats", "entitlements", "votes", "ballots", "tasks")
        others = ("meetings", "attendance", "items", "blocks", "entries")
        knowledge = ("catalogue", "solutions")
        return {
            "committee": dict.fromkeys((*kinds, *others), 1234) if plenty else {},
            "knowledge": dict.fromkeys(knowledge, 1234) if plenty else {},
        }
    return {}


def _paper(
    words: Callable[[str], str], state: PaperState, decision: DecisionNumber | None
) -> Paper:
    return Paper(
        id=PaperId(7),
        room_id=ROOM,
        state=state,
        author=ANN,
        title=words("text"),
        event_id=EventId("$e"),
        decision=decision,
        filed_at=MORNING,
        changed_at=MORNING,
    )


def orphan(words: Callable[[str], str]) -> Task:
    """A task that nobody has any more."""
    return Task(
        id=TaskId(31),
        room_id=ROOM,
        what=words("text"),
        owner=ANN,
        event_id=EventId("$e"),
        zone="Europe/Berlin",
        due_at=MORNING,
        next_at=MORNING,
        set_at=MORNING,
        changed_at=MORNING,
    )
