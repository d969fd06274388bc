"""Decisions that are right in everything a test does not replace."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from kaz_bot.domain.committee.papers import Edition, Paper, PaperState
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store import Work

NOON = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
KIM = UserId("@kim:kaz.test")
COMMITTEE = RoomId("!committee:kaz.test")

VOTES = (
    CastVote(body="Landkreistag", choice=Choice.YES, seat=Seat.MEMBER),
    CastVote(body="Städte- und Gemeindebund", choice=Choice.YES, seat=Seat.DEPUTY),
    CastVote(
        body="MIK",
        choice=Choice.ABSTAIN,
        reason="Die Finanzierung ab 2028 ist offen.",
        seat=Seat.MEMBER,
    ),
    CastVote(body="ZIT-BB", choice=None),
)


def new_decision(**changes: object) -> Decision:
    """What the committee might decide; its place and number are given when it is entered."""
    decision = Decision(
        place=0,
        number=DecisionNumber(2026, 0),
        room_id=COMMITTEE,
        paper_id=PaperId(0),
        edition=2,
        title="Gemeinsame Ausschreibung",
        wording="Die Ausschreibung beginnt im März.\nDas ZIT-BB führt sie durch.",
        reasons="Einzeln wäre es teurer.",
        lead="ZIT-BB",
        mode=Mode.CONSENSUS,
        manner=Manner.CIRCULATION,
        quorum="majority",
        votes=VOTES,
        opened_at=NOON - timedelta(days=14),
        decided_at=NOON,
        events={"filed": EventId("$filed"), "opened": EventId("$opened")},
    )
    return replace(decision, **changes)  # type: ignore[arg-type]  # the fields of a decision, by name


async def enter(work: Work, *, year: int = 2026, **changes: object) -> Decision:
    """A decision of the register, with the paper that was decided."""
    decision = new_decision(number=DecisionNumber(year, 0), **changes)
    paper = await work.papers.add(
        Paper(
            id=PaperId(0),
            room_id=decision.room_id,
            state=PaperState.PASSED,
            author=KIM,
            edition=decision.edition,
            title=decision.title,
            event_id=EventId("$filed"),
            sealed=decision.sealed,
            filed_at=decision.opened_at,
            changed_at=decision.decided_at,
        )
    )
    await work.papers.add_edition(
        Edition(
            paper_id=paper.id,
            number=decision.edition,
            title=decision.title,
            wording=decision.wording,
            reasons=decision.reasons,
            money=decision.money,
            lead=decision.lead,
            involved=decision.involved,
            annexes=decision.annexes,
            author=KIM,
            event_id=EventId("$filed"),
            filed_at=decision.opened_at,
        )
    )
    entered = await work.decisions.enter(replace(decision, paper_id=paper.id))
    await work.papers.save(replace(paper, decision=entered.number))
    return entered
