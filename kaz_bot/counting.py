"""Closes a ballot: counts it, enters the decision, and lets go on what waited for it."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.agendas import meeting_of, note_outcome
from kaz_bot.context import Desk
from kaz_bot.domain.committee.ballot_events import BallotCounted, BallotVoided
from kaz_bot.domain.committee.ballot_refusals import BallotOver
from kaz_bot.domain.committee.ballots import (
    GRACE,
    Ballot,
    BallotState,
    Choice,
    Result,
)
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.meetings import ItemResult
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.committee.papers import Edition, Paper
from kaz_bot.domain.committee.tally import BodyVote, Tally, last_of_each, tally
from kaz_bot.domain.events import DeskEvent
from kaz_bot.indexing import index_decision
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Work
from kaz_bot.waking import wake

_OUTCOMES = {
    Result.PASSED: ItemResult.DECIDED,
    Result.REJECTED: ItemResult.REJECTED,
    Result.NO_QUORUM: ItemResult.ADJOURNED,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A ballot with the paper and the edition it is about."""

    paper: Paper
    edition: Edition
    ballot: Ballot


async def case_of(work: Work, ballot: Ballot) -> Case:
    """What the ballot is about, as it is kept at this moment."""
    paper = await work.papers.get(ballot.paper_id)
    edition = await work.papers.edition_of(paper.id, ballot.edition)
    return Case(paper=paper, edition=edition, ballot=ballot)


async def tally_of(work: Work, ballot: Ballot, *, final: bool = False) -> Tally:
    """How it stands."""
    electors = await work.ballots.electors(ballot.id)
    return tally(ballot, electors, await work.ballots.votes(ballot.id), final=final)


async def count(
    work: Work,
    desk: Desk,
    ballot: Ballot,
    *,
    by: UserId | None,
    now: datetime,
    cause: EventId | None = None,
    sent_at: datetime | None = None,
) -> list[DeskEvent]:
    """Count it for good, by its deadline if that has passed.

    `cause` is the event that closed it, if one did: the last missing vote, or what the chair
    sent at `sent_at`. To be called on a ballot that is held; StaleRecord when another decision
    was entered meanwhile.
    """
    case, counted = await case_of(work, ballot), await tally_of(work, ballot, final=True)
    last = last_of_each(ballot, await work.ballots.votes(ballot.id)).values()
    # Nothing is decided before the last vote that counts in it.
    times = [*(vote.cast_at for vote in last if cause), *([sent_at] if sent_at else [])]
    at = ballot.decided_at(max(times, default=now), now)
    closed = await work.ballots.save(ballot.counted(counted.result, at))
    decision = None
    if counted.result is Result.PASSED:
        year = at.astimezone(desk.settings.timezone).year
        blank = await _decision(work, case, counted, at, year=year, cause=cause)
        decision = await work.decisions.enter(blank)
        await index_decision(work, await work.decisions.get(decision.number))
    paper = await work.papers.save(_decided(case.paper, counted.result, decision, now))
    meeting = await meeting_of(work, paper, ballot)
    await note_outcome(work, paper, _OUTCOMES[counted.result], voted_in=meeting)
    late = now - at > GRACE
    told = BallotCounted(paper, case.edition, closed, counted, decision, late, by=by, at=now)
    return [told, *await wake(work, paper, by=by, now=now)]


async def end(
    work: Work, ballot: Ballot, state: BallotState, now: datetime
) -> tuple[Ballot, Tally]:
    """Ended without a count; how it stood."""
    stood = await tally_of(work, ballot)
    return await work.ballots.save(ballot.ended(state, now)), stood


def check_runs(paper: Paper, ballot: Ballot, sent_at: datetime) -> None:
    """Refuse to end what is over: those who voted were promised that it is counted."""
    if ballot.is_over(sent_at):
        raise BallotOver(paper=paper, ballot=ballot)


async def void(
    work: Work, paper: Paper, *, by: UserId | None, now: datetime, sent_at: datetime
) -> BallotVoided | None:
    """End the ballot that is open on the paper, if one is: nobody's vote in it counts any more.

    What it gives back closes the ballot's message; it is to be said with what ended it, and with
    the paper as it is then. Raises BallotOver when what ends it was sent after its end.
    """
    ballot = await work.ballots.open_on(paper.id)
    if ballot is None:
        return None
    check_runs(paper, ballot, sent_at)
    case = await case_of(work, ballot)
    last = last_of_each(ballot, await work.ballots.votes(ballot.id)).values()
    ended, stood = await end(work, ballot, BallotState.VOID, now)
    voters = tuple(vote.person for vote in last if vote.choice is not Choice.NONE)
    return BallotVoided(paper, case.edition, ended, stood, voters, by=by, at=now)


def _decided(paper: Paper, result: Result, decision: Decision | None, now: datetime) -> Paper:
    if decision is not None:
        return paper.passed(decision.number, now)
    return paper.rejected(now) if result is Result.REJECTED else paper.deferred(now)


async def _decision(
    work: Work,
    case: Case,
    counted: Tally,
    at: datetime,
    *,
    year: int,
    cause: EventId | None,
) -> Decision:
    """What the register shall say; its number and its place are given when it is entered."""
    paper, edition, ballot = case.paper, case.edition, case.ballot
    meeting = await meeting_of(work, paper, ballot)
    closed = {"closed": cause} if cause else {}
    return Decision(
        place=0,
        number=DecisionNumber(year, 0),
        room_id=paper.room_id,
        paper_id=paper.id,
        edition=edition.number,
        title=edition.title,
        wording=edition.decides,
        reasons=edition.reasons,
        money=edition.money,
        lead=edition.lead,
        involved=edition.involved,
        annexes=edition.annexes,
        mode=ballot.mode,
        manner=ballot.manner,
        quorum=ballot.quorum,
        votes=tuple(map(_cast_vote, counted.bodies)),
        opened_at=ballot.opened_at,
        decided_at=at,
        meeting=meeting.subject if meeting else "",
        sealed=paper.sealed or ballot.sealed,
        events={"filed": edition.event_id, "opened": ballot.event_id, **closed},
    )


def _cast_vote(body: BodyVote) -> CastVote:
    return CastVote(
        body=body.body,
        choice=body.choice,
        reason=body.reason,
        seat=body.seat,
        silent=body.silent,
        unexplained=body.unexplained,
    )
