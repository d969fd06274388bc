"""A paper: what the committee is asked to decide, in editions, until it is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId, Series, Subject, subject_of
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId, UserId


class PaperState(StrEnum):
    """The states of the contract. Done: passed, and all that had to be done for it is done."""

    DRAFT = "draft"
    VOTING = "voting"
    PASSED = "passed"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class PaperStep(StrEnum):
    """What can be done to a paper; also the word under which a refusal offers it."""

    CHANGE = "change"
    OPEN = "open"
    CLOSE = "close"
    ADJOURN = "adjourn"
    WITHDRAW = "withdraw"


OPEN_PAPERS = frozenset({PaperState.DRAFT, PaperState.VOTING, PaperState.DEFERRED})
ALLOWED_FROM: Mapping[PaperStep, frozenset[PaperState]] = {
    PaperStep.CHANGE: OPEN_PAPERS,
    PaperStep.OPEN: frozenset({PaperState.DRAFT, PaperState.DEFERRED}),
    PaperStep.CLOSE: frozenset({PaperState.VOTING}),
    PaperStep.ADJOURN: OPEN_PAPERS,
    PaperStep.WITHDRAW: OPEN_PAPERS,
}


class PaperNotFound(Refusal):
    """No paper has this number here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/paper_not_found"


class PaperWrongState(Refusal):
    """The paper's state does not allow the step; the answer names the steps that are possible."""

    code = ErrorCode.BAD_STATE
    template = "refusal/paper_wrong_state"

    def __init__(self, *, paper: "Paper", step: PaperStep) -> None:
        possible = tuple(one for one, states in ALLOWED_FROM.items() if paper.state in states)
        super().__init__(paper=paper, step=step, possible=possible)


class NotYourPaper(Refusal):
    """Only whoever filed it, and the chair, may change it or take it back; told who that is."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_your_paper"


class EditionNotFound(Refusal):
    """The paper has no edition of that number."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/edition_not_found"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One wording of a paper, with what belongs to it; kept for good.

    `wording` is what is voted on, `reasons` the Begründung, `money` what it costs, `lead` who is
    in charge, `involved` which ministries or bodies took part, `annexes` what is attached.
    """

    paper_id: PaperId
    number: int
    title: str
    wording: str = ""
    reasons: str = ""
    money: str = ""
    lead: str = ""
    involved: str = ""
    annexes: str = ""
    author: UserId
    event_id: EventId
    filed_at: datetime

    @property
    def decides(self) -> str:
        """What is voted on: the wording, or the title alone if there is no other."""
        return self.wording or self.title

    def without_words(self) -> Self:
        """Where they may not be shown, or not be kept."""
        return replace(
            self, title="", wording="", reasons="", money="", lead="", involved="", annexes=""
        )


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of the committee in `room_id`. `edition` is the latest, the one that counts.

    `decision` is its number in the register once it has passed.
    """

    id: PaperId
    version: int = 1
    room_id: RoomId
    state: PaperState = PaperState.DRAFT
    author: UserId
    edition: int = 1
    title: str
    event_id: EventId
    sealed: bool = False
    decision: DecisionNumber | None = None
    filed_at: datetime
    changed_at: datetime
    erased_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """`BV-7`."""
        return subject_of(Series.PAPER, self.id)

    @property
    def number(self) -> str:
        """What programs and people call it: `2026/3` once it has passed, before that `BV-7`."""
        return str(self.decision) if self.decision else self.subject

    @property
    def open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state in OPEN_PAPERS

    def changed(self, title: str, at: datetime) -> Self:
        """With another edition; a vote on the earlier one is void."""
        self.check(PaperStep.CHANGE)
        return replace(
            self,
            state=PaperState.DRAFT,
            edition=self.edition + 1,
            title=title,
            changed_at=at,
        )

    def voted_on(self, at: datetime) -> Self:
        """A ballot is open; the wording is frozen."""
        self.check(PaperStep.OPEN)
        return replace(self, state=PaperState.VOTING, changed_at=at)

    def drafted(self, at: datetime) -> Self:
        """A draft again, since its ballot was cancelled."""
        self.check(PaperStep.CLOSE)
        return replace(self, state=PaperState.DRAFT, changed_at=at)

    def passed(self, decision: DecisionNumber, at: datetime) -> Self:
        """Decided; from now on nothing in it changes."""
        self.check(PaperStep.CLOSE)
        return replace(self, state=PaperState.PASSED, decision=decision, changed_at=at)

    def rejected(self, at: datetime) -> Self:
        """Voted down."""
        self.check(PaperStep.CLOSE)
        return replace(self, state=PaperState.REJECTED, changed_at=at)

    def deferred(self, at: datetime) -> Self:
        """Left for a later meeting; it keeps its number."""
        self.check(PaperStep.ADJOURN)
        return replace(self, state=PaperState.DEFERRED, changed_at=at)

    def taken_up(self, at: datetime) -> Self:
        """A draft again, since it was not left for later after all."""
        self.check(PaperStep.OPEN)
        return replace(self, state=PaperState.DRAFT, changed_at=at)

    def withdrawn(self, at: datetime) -> Self:
        """Taken back by whoever filed it, or by the chair."""
        self.check(PaperStep.WITHDRAW)
        return replace(self, state=PaperState.WITHDRAWN, changed_at=at)

    def erased(self, at: datetime) -> Self:
        """Without its words, and so not to be decided any more."""
        return replace(self, state=PaperState.WITHDRAWN, title="", changed_at=at, erased_at=at)

    def done(self, at: datetime) -> Self:
        """Passed, and carried out."""
        return replace(self, state=PaperState.DONE, changed_at=at)

    def undone(self, at: datetime) -> Self:
        """Passed, with something still to be done after all."""
        return replace(self, state=PaperState.PASSED, changed_at=at)

    def check(self, step: PaperStep) -> None:
        """Raises PaperWrongState."""
        if self.state not in ALLOWED_FROM[step]:
            raise PaperWrongState(paper=self, step=step)


@dataclass(frozen=True, kw_only=True)
class CommitteeEntry:
    """One change of one record of the committee. `details` are short facts, never wordings."""

    subject: Subject
    at: datetime
    actor: UserId | None
    event: str
    cause: EventId | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Course:
    """What happened to a record, in its order: how it began and what came lately. So many entries
    between them are `left_out`, which stood after the first `beginning` ones."""

    entries: tuple[CommitteeEntry, ...]
    beginning: int = 0
    left_out: int = 0
