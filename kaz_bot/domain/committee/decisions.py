"""A decision as the register keeps it: who decided what, when, on which wording."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Series, Subject, subject_of
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId


class DecisionNotFound(Refusal):
    """The register has no decision of this number, or none that may be read here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/decision_not_found"


@dataclass(frozen=True, kw_only=True)
class CastVote:
    """How a body voted, for the register: never who sat there, but whether as a deputy.

    `choice` is empty for a body that did not vote. `silent`: silence counted as consent.
    `unexplained`: an objection without a reason, which did not count.
    """

    body: str
    choice: Choice | None
    reason: str = ""
    seat: Seat | None = None
    silent: bool = False
    unexplained: bool = False

    @property
    def how(self) -> str:
        """The word by which it is called: the choice, or why there is another or none."""
        if self.unexplained:
            return "unexplained"
        if self.silent:
            return "silent"
        return self.choice.value if self.choice else "missing"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the register says for good. `place` counts through all years.

    `events` are the Matrix events by which it can be traced: `filed`, `opened`, and `closed` when
    a person closed it. `digest` is its link in the chain, made of `previous` and all the rest.
    """

    place: int
    number: DecisionNumber
    room_id: RoomId
    paper_id: PaperId
    edition: int
    title: str
    wording: str
    reasons: str = ""
    money: str = ""
    lead: str = ""
    involved: str = ""
    annexes: str = ""
    mode: Mode
    manner: Manner
    quorum: str
    votes: tuple[CastVote, ...]
    opened_at: datetime
    decided_at: datetime
    meeting: str = ""
    sealed: bool = False
    events: Mapping[str, EventId]
    previous: str = ""
    digest: str = ""

    @property
    def subject(self) -> Subject:
        """`2026/3`."""
        return Subject(str(self.number))

    @property
    def paper(self) -> Subject:
        """`BV-7`, the paper that was decided."""
        return subject_of(Series.PAPER, self.paper_id)

    @property
    def decides(self) -> str:
        """What was decided: the wording, or the title alone if there is no other."""
        return self.wording or self.title

    @property
    def explained(self) -> tuple[CastVote, ...]:
        """Those who said something with their vote, dissent above all; in the order of bodies."""
        return tuple(vote for vote in self.votes if vote.reason)

    def without_words(self) -> Self:
        """Only who decided how, for where the words may not be shown."""
        return replace(
            self,
            title="",
            wording="",
            reasons="",
            money="",
            lead="",
            involved="",
            annexes="",
            votes=tuple(replace(vote, reason="") for vote in self.votes),
        )

    def count(self, choice: Choice) -> int:
        """How many bodies voted so."""
        return sum(1 for vote in self.votes if vote.choice is choice)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A decision in the register, with what may still become of it outside of the chain.

    `content` is the very text that its digest was made of. `room_id` is the committee's room as it
    is now, which may have followed the one where it was decided.
    """

    decision: Decision
    content: str
    room_id: RoomId
    published_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def state(self) -> PaperState:
        """The state of the contract."""
        return PaperState.DONE if self.done_at else PaperState.PASSED

    @property
    def sealed(self) -> bool:
        """Whether it may be shown in encrypted rooms only."""
        return self.decision.sealed and self.published_at is None

    def without_words(self) -> Self:
        """As it may be shown in a room that is not encrypted, if it was decided in one that is."""
        return replace(self, decision=self.decision.without_words(), content="")
