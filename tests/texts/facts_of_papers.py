"""Facts for the templates about papers, and about who votes for whom."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from kaz_bot.announcements.view import Person
from kaz_bot.domain.committee.ballots import Ballot, BallotId, Manner, Mode
from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.domain.committee.drafts import Part
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import DecisionNumber, MeetingId, PaperId, Subject
from kaz_bot.domain.committee.papers import (
    CommitteeEntry,
    Course,
    Edition,
    Paper,
    PaperState,
    PaperStep,
)
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.handlers.electorate import Sitting
from kaz_bot.messages import EventId, RoomId, UserId

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
ANN, ROOM = UserId("@ann:kaz.test"), RoomId("!a:kaz.test")
BV_7 = Subject("BV-7")
# Whatever a ticket's state is in a run, these show papers in their states.
STATES = {
    TicketState.NEW: PaperState.VOTING,
    TicketState.CLOSED: PaperState.PASSED,
    TicketState.WAITING: PaperState.WITHDRAWN,
}
FOLDERS = frozenset({"paper", "electorate"})
OTHERS = frozenset(
    {
        "info/electorate",
        "info/paper",
        "info/paper_history",
        "info/paper_unchanged",
        "refusal/body_not_found",
        "refusal/change_missing",
        "refusal/edition_not_found",
        "refusal/missing_record",
        "refusal/no_voter",
        "refusal/not_chair",
        "refusal/not_your_paper",
        "refusal/paper_not_found",
        "refusal/paper_wrong_state",
        "refusal/part_too_long",
        "refusal/sits_elsewhere",
        "refusal/title_missing",
        "refusal/title_unclear",
    }
)


def facts_of_papers(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if template.partition("/")[0] not in FOLDERS and template not in OTHERS:
        return {}
    paper = paper_of(words, plenty=plenty, state=STATES.get(state, PaperState.DRAFT))
    edition = edition_of(words, plenty=plenty)
    return {
        **_of_papers(words, paper, edition, plenty=plenty),
        **_of_seats(words, plenty=plenty),
        **_otherwise(template, words, edition, plenty=plenty),
    }


def paper_of(words: Callable[[str], str], *, plenty: bool, state: PaperState) -> Paper:
    """A paper in that state."""
    passed = state is PaperState.PASSED
    return Paper(
        id=PaperId(7),
        room_id=ROOM,
        state=state,
        author=ANN,
        edition=2,
        title=words("text"),
        event_id=EventId("$filed"),
        sealed=plenty,
        decision=DecisionNumber(2026, 3) if passed else None,
        filed_at=MORNING,
        changed_at=MORNING,
        erased_at=None if plenty else MORNING,
    )


def edition_of(words: Callable[[str], str], *, plenty: bool) -> Edition:
    """All that a paper can say, or its title alone."""
    optional = words if plenty else lambda _: ""
    return Edition(
        paper_id=PaperId(7),
        number=2,
        title=words("text") if plenty else "",
        wording=optional("text"),
        reasons=optional("text"),
        money=optional("name"),
        lead=optional("name"),
        involved=optional("name"),
        annexes=optional("name"),
        author=ANN,
        event_id=EventId("$filed"),
        filed_at=MORNING,
    )


def _of_papers(
    words: Callable[[str], str], paper: Paper, edition: Edition, *, plenty: bool
) -> dict[str, object]:
    person = Person(id=ANN, name=words("name"))
    return {
        "paper": paper,
        "edition": edition,
        "withheld": not plenty,
        "absent": [Part.MONEY, Part.LEAD] if plenty else [],
        "parts": tuple(Part) if plenty else (Part.MONEY,),
        "label": words("name") if plenty else "",
        "typed": words("text"),
        "voting": plenty,
        "voided": plenty,
        "voters": [person, person] if plenty else [],
        "author": words("name"),
        "editor": words("name"),
        "chairs": [person, person] if plenty else [person],
        "waiting": (TicketId(3), TicketId(5)) if plenty else (),
        "meetings": [_meeting()] if plenty else [],
        "unscheduled": plenty,
        "ballot": _ballot(circulating=plenty),
        "missing": [words("name"), words("name")] if plenty else [],
        "entitled": 5,
        "step": PaperStep.CHANGE,
        "possible": tuple(PaperStep) if plenty else (),
        "part": Part.TITLE if plenty else Part.MONEY,
        "series": "paper" if plenty else "decision",
        "number": 77,
    }


def _of_seats(words: Callable[[str], str], *, plenty: bool) -> dict[str, object]:
    several = [words("name"), words("name")]
    sitting = [Sitting(name=words("name"), away=True), Sitting(name=words("name"), away=False)]
    line = {"name": words("name"), "members": sitting, "deputies": sitting if plenty else []}
    return {
        "name": words("name"),
        "members": several,
        "deputies": several if plenty else [],
        "before": {"members": several, "deputies": several} if plenty else None,
        "bodies": 2 if plenty else 0,
        "unseated": several if plenty else [],
        "running": (BV_7, BV_7) if plenty else (),
        "lines": [line, line] if plenty else [],
        "everybody": several,
        "bot": plenty,
    }


def _otherwise(
    template: str, words: Callable[[str], str], edition: Edition, *, plenty: bool
) -> dict[str, object]:
    """The same name means something else in a few templates."""
    several = (words("name"), words("name"))
    body = Body(id=BodyId(1), room_id=ROOM, name=words("name"), members=(ANN,))
    meant: dict[str, dict[str, object]] = {
        "info/paper_history": {
            "entries": _history(words, plenty=plenty),
            "course": Course(
                entries=(), beginning=2 if plenty else 0, left_out=12 if plenty else 0
            ),
            "editions": [(edition, words("name")), (edition, words("name"))],
            "earlier": 3 if plenty else 0,
        },
        "refusal/body_not_found": {"bodies": several if plenty else ()},
        "refusal/sits_elsewhere": {"body": body},
    }
    return meant.get(template, {})


def _history(words: Callable[[str], str], *, plenty: bool) -> list[tuple[CommitteeEntry, str]]:
    details = {"edition": "2", "decision": "2026/3"} if plenty else {}
    voted = {"body": words("name"), "choice": "yes", "way": "poll", "effect": "deputy"}
    back = {"body": words("name"), "choice": "none", "way": "reaction", "effect": "taken_back"}
    counted = {"result": "no_quorum", "yes": "1", "no": "0", "abstain": "0", "biased": "0"}
    return [
        (CommitteeEntry(subject=BV_7, at=MORNING, actor=None, event=event, details=known), name)
        for event, known, name in (
            ("filed", {}, words("name") if plenty else ""),
            ("changed", details, words("name")),
            ("voted", voted if plenty else {}, words("name")),
            ("voted", back, words("name")),
            ("closed", counted if plenty else {}, ""),
        )
    ]


def _ballot(*, circulating: bool) -> Ballot:
    return Ballot(
        id=BallotId(1),
        paper_id=PaperId(7),
        edition=2,
        room_id=ROOM,
        manner=Manner.CIRCULATION if circulating else Manner.MEETING,
        mode=Mode.CONSENSUS,
        quorum="majority",
        opened_by=ANN,
        event_id=EventId("$opened"),
        opened_at=MORNING,
        due_at=MORNING + timedelta(days=7) if circulating else None,
    )


def _meeting() -> Meeting:
    return Meeting(
        id=MeetingId(4),
        room_id=ROOM,
        starts_at=MORNING,
        zone="Europe/Berlin",
        owner=ANN,
        event_id=EventId("$called"),
        set_at=MORNING,
        changed_at=MORNING,
    )
