"""Facts for the templates about ballots."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kaz_bot.announcements.view import Person
from kaz_bot.days_off import Holiday
from kaz_bot.domain.committee.ballots import (
    Ballot,
    BallotId,
    BallotState,
    Choice,
    Manner,
    Mode,
    Result,
    Way,
)
from kaz_bot.domain.committee.effects import Effect
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import MeetingId, PaperId
from kaz_bot.domain.committee.papers import Paper, PaperState
from kaz_bot.domain.committee.tally import BodyVote
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.tickets import TicketState
from kaz_bot.messages import EventId, RoomId, UserId
from tests.texts.facts_of_papers import edition_of, paper_of

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)
LATER = MORNING + timedelta(days=7)
ANN = UserId("@ann:kaz.test")

_OTHERS = frozenset(
    {
        "refusal/ballot_over",
        "refusal/ballot_runs",
        "refusal/late_vote",
        "refusal/needs_end",
        "refusal/no_electors",
        "refusal/no_open_ballot",
        "refusal/not_by_circulation",
        "refusal/not_entitled",
        "refusal/reason_missing",
        "refusal/voted_before",
        "refusal/which_ballot",
    }
)
# These speak of ballots in a meeting as well.
_ANYWHERE = frozenset({"ballot/opened", "ballot/passed", "refusal/no_open_ballot"})
_RESULTS = frozenset({"ballot/passed", "ballot/rejected", "ballot/no_quorum"})
# Whatever a ticket's state is in a run, these show ballots in all their states and modes.
_STATES = {
    TicketState.CLOSED: (BallotState.CLOSED, Mode.MAJORITY, Result.PASSED, "all"),
    TicketState.WAITING: (BallotState.VOID, Mode.UNANIMOUS, None, "5"),
    TicketState.RESOLVED: (BallotState.ORAL, Mode.CONSENSUS, Result.NO_QUORUM, "none"),
}
_EFFECTS = {
    TicketState.NEW: Effect.UNEXPLAINED,
    TicketState.CLOSED: Effect.DEPUTY,
    TicketState.WAITING: Effect.OVERTAKEN,
}


def facts_of_ballots(
    template: str, words: Callable[[str], str], *, plenty: bool, state: TicketState
) -> Mapping[str, object]:
    """The facts that these templates name, and no others."""
    if not template.startswith("ballot/") and template not in _OTHERS:
        return {}
    paper = _paper(words, state, plenty=plenty)
    person = Person(id=ANN, name=words("name"))
    several = [words("name"), words("name")]
    objection = BodyVote(body=words("name"), choice=Choice.NO, reason=words("text"))
    return {
        "paper": paper,
        "edition": edition_of(words, plenty=plenty),
        "withheld": not plenty,
        "ballot": _ballot_in(template, state, plenty=plenty),
        **_standing(several, plenty=plenty),
        "clash": _clash() if plenty else None,
        "remark": "next_week_meant" if plenty else "",
        "person": person,
        "by": person,
        "deputy": plenty,
        "body": words("name"),
        "choice": Choice.BIASED if plenty else Choice.NONE,
        "effect": _EFFECTS.get(state, Effect.REPLACES),
        "others": plenty,
        "last": plenty,
        "dissent": [objection, objection] if plenty else [],
        "more_dissent": 4 if plenty else 0,
        "late": plenty and state is not TicketState.NEW,
        "digest": "0123456789abcdef",
        "reason": words("text") if plenty else "",
        "meeting": _meeting() if plenty else None,
        "papers": (paper, paper) if plenty else (),
        "recurs": plenty,
        "unread": plenty,
        "oral": plenty,
        "way": Way.REACTION,
        "speaks": person if plenty else None,
        "needed": 13 if plenty else 1,
        "biased": plenty and state is TicketState.NEW,
    }


def _standing(several: list[str], *, plenty: bool) -> dict[str, object]:
    """How it stands, and how it was counted."""
    line = {"choice": Choice.YES, "count": 6, "bodies": several, "more": 4}
    return {
        "bodies": several,
        "more_bodies": 10 if plenty else 0,
        "entitled": 12 if plenty else 2,
        "voted": 1,
        "left": 11 if plenty else 1,
        "missing": several if plenty else several[:1],
        "more_missing": 9 if plenty else 0,
        "unexplained": several if plenty else [],
        "voters": several if plenty else [],
        "votes": [line, {**line, "choice": Choice.NO}] if plenty else [],
        "present": 11 if plenty else 0,
        "silent": several if plenty else [],
        "more_silent": 3 if plenty else 0,
    }


def _paper(words: Callable[[str], str], state: TicketState, *, plenty: bool) -> Paper:
    known = PaperState.PASSED if state is TicketState.CLOSED else PaperState.VOTING
    return paper_of(words, plenty=plenty, state=known)


def _ballot_in(template: str, state: TicketState, *, plenty: bool) -> Ballot:
    """One that the template may be about."""
    ballot = _ballot(state, plenty=plenty)
    if template in _RESULTS:
        ballot = ballot.counted(Result.PASSED, LATER)
    circulating = plenty or template not in _ANYWHERE
    return ballot if circulating else replace(ballot, manner=Manner.MEETING, due_at=None)


def _ballot(state: TicketState, *, plenty: bool) -> Ballot:
    usual = (BallotState.OPEN, Mode.CONSENSUS, None, "majority")
    stands, mode, result, quorum = _STATES.get(state, usual)
    over = stands is not BallotState.OPEN
    return Ballot(
        id=BallotId(1),
        paper_id=PaperId(7),
        edition=2,
        room_id=RoomId("!a:kaz.test"),
        manner=Manner.CIRCULATION,
        mode=mode,
        quorum=quorum,
        silence_consents=plenty,
        state=stands,
        result=result,
        opened_by=ANN,
        event_id=EventId("$opened"),
        opened_at=MORNING,
        due_at=LATER,
        closed_at=LATER if over else None,
    )


def _clash() -> Clash:
    return Clash(
        due=LATER, holiday=Holiday.REFORMATION_DAY, next_working_day=LATER + timedelta(days=3)
    )


def _meeting() -> Meeting:
    return Meeting(
        id=MeetingId(4),
        room_id=RoomId("!a:kaz.test"),
        starts_at=LATER,
        zone="Europe/Berlin",
        owner=ANN,
        event_id=EventId("$called"),
        set_at=MORNING,
        changed_at=MORNING,
    )
