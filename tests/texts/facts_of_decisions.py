"""Facts for the templates about decisions and their register."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.decision_events import DecisionDone, DecisionPublished
from kaz_bot.domain.committee.decisions import CastVote, Decision, Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Subject, TaskId
from kaz_bot.domain.committee.papers import CommitteeEntry, Course, Paper, PaperState
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.tickets import TicketState
from kaz_bot.handlers.deciding import OpenPaper
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.register import Part

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
ANN, ROOM = UserId("@ann:kaz.test"), RoomId("!a:kaz.test")
# Whatever a ticket's state is in a run, these show every part of the register once.
PARTS = {
    TicketState.NEW: Part.ALL,
    TicketState.CLOSED: Part.YEAR,
    TicketState.WAITING: Part.WORDS,
}
OTHERS = frozenset(
    {
        "info/decision",
        "info/decision_history",
        "info/decisions",
        "info/decisions_files",
        "info/file",
        "info/published_before",
        "refusal/decision_not_found",
    }
)


def facts_of_decisions(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] != "decision" and template not in OTHERS:
        return {}
    entry = entry_of(words, plenty=plenty)
    if template == "info/published_before":
        entry = replace(entry, published_at=MORNING)
    paper = _paper(words, plenty=plenty)
    return {
        "entry": entry,
        "courses": [
            (
                Course(
                    entries=tuple(_trail(entry)),
                    beginning=1 if plenty else 0,
                    left_out=12 if plenty else 0,
                ),
                [(step, words("name") if plenty else "") for step in _trail(entry)],
            )
        ],
        "lines": [entry, replace(entry, done_at=None)] if plenty else [],
        "papers": [
            OpenPaper(paper=paper, due_at=MORNING, missing=2),
            OpenPaper(paper=replace(paper, state=PaperState.DRAFT)),
        ]
        if plenty
        else [],
        "tasks": [(_task(words), "overdue"), (_task(words), "done")] if plenty else [],
        "at_home": plenty,
        "withheld": plenty,
        "part": PARTS.get(state, Part.OPEN).value,
        "year": "2026",
        "words": words("text"),
        "count": 12 if plenty else 0,
        "total": 1234 if plenty else 0,
        "left_out": 2 if plenty else 0,
        "name": words("name"),
        "number": "2026/3",
    }


def entry_of(words: Callable[[str], str], *, plenty: bool) -> Entry:
    """A decision in the register; without `plenty` one that says no more than it must."""
    decision = Decision(
        place=3,
        number=DecisionNumber(2026, 3),
        room_id=ROOM,
        paper_id=PaperId(7),
        edition=2 if plenty else 1,
        title=words("title"),
        wording=words("text") if plenty else "",
        mode=Mode.CONSENSUS if plenty else Mode.MAJORITY,
        manner=Manner.MEETING if plenty else Manner.CIRCULATION,
        meeting="S-4" if plenty else "",
        quorum="majority",
        votes=tuple(_votes(words)) if plenty else (),
        opened_at=MORNING - timedelta(days=14),
        decided_at=MORNING,
        events={"filed": EventId("$1"), "opened": EventId("$2")},
        digest="0123456789abcdef" * 4,
    )
    if plenty:
        said = words("text")
        decision = replace(
            decision, reasons=said, money=said, lead=said, involved=said, annexes=said
        )
    at = MORNING + timedelta(days=30)
    return Entry(
        decision=decision,
        content="{}",
        room_id=ROOM,
        published_at=at if plenty else None,
        done_at=at if plenty else None,
    )


def _votes(words: Callable[[str], str]) -> list[CastVote]:
    body = words("name")
    return [
        CastVote(body=body, choice=Choice.YES, seat=Seat.DEPUTY),
        CastVote(body=body, choice=Choice.ABSTAIN, reason=words("text"), seat=Seat.MEMBER),
        CastVote(body=body, choice=Choice.BIASED),
        CastVote(body=body, choice=Choice.YES, silent=True),
        CastVote(body=body, choice=None, unexplained=True),
        CastVote(body=body, choice=None),
    ]


def _paper(words: Callable[[str], str], *, plenty: bool) -> Paper:
    return Paper(
        id=PaperId(8),
        room_id=ROOM,
        state=PaperState.VOTING,
        author=ANN,
        title=words("title") if plenty else "",
        event_id=EventId("$1"),
        filed_at=MORNING,
        changed_at=MORNING,
    )


def _task(words: Callable[[str], str]) -> Task:
    return Task(
        id=TaskId(31),
        room_id=ROOM,
        what=words("text"),
        owner=ANN,
        event_id=EventId("$1"),
        zone="Europe/Berlin",
        due_at=MORNING,
        next_at=None,
        set_at=MORNING,
        changed_at=MORNING,
    )


def _trail(entry: Entry) -> list[CommitteeEntry]:
    events = (
        (entry.decision.paper, "filed"),
        (entry.decision.subject, DecisionPublished.word),
        (entry.decision.subject, DecisionDone.word),
    )
    return [
        CommitteeEntry(subject=Subject(subject), at=MORNING, actor=ANN, event=event)
        for subject, event in events
    ]
