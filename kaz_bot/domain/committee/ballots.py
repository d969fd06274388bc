"""A ballot: one vote taken over one edition of a paper, by those who were entitled then."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, Self

from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.numbers import PaperId, Subject
from kaz_bot.messages import EventId, RoomId, UserId

BallotId = NewType("BallotId", int)
VoteId = NewType("VoteId", int)
# No reason is longer: the result quotes all of them.
LONGEST_REASON = 1000
# Counted later than this after it was decided, a ballot is late.
GRACE = timedelta(minutes=2)
# What was sent so long before a ballot was opened was meant for another; clocks differ by less.
_MEANT_BEFORE = timedelta(minutes=1)


class Manner(StrEnum):
    """Where it is voted: in a meeting, or by circulation until a time."""

    MEETING = "meeting"
    CIRCULATION = "circulation"


class Mode(StrEnum):
    """What it takes to pass: no objection, no vote against it, or more for it than against it."""

    CONSENSUS = "consensus"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class BallotState(StrEnum):
    """Open until it is counted. Void: cancelled, or the wording changed. Oral: somebody asked for
    a meeting."""

    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"
    ORAL = "oral"


class Result(StrEnum):
    """What came of a ballot that was counted."""

    PASSED = "passed"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"


class Choice(StrEnum):
    """What somebody voted. Biased: takes no part. None: taken back."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BIASED = "biased"
    NONE = "none"


# What is pressed under a message that asks for votes; a poll offers the same choices.
SIGNS = {"✅": Choice.YES, "❌": Choice.NO, "⚪": Choice.ABSTAIN}


class Way(StrEnum):
    """How somebody voted."""

    COMMAND = "command"
    REACTION = "reaction"
    POLL = "poll"


@dataclass(frozen=True, kw_only=True)
class Elector:
    """Somebody who may vote in a ballot, as it was when it opened. `place` orders the bodies."""

    ballot_id: BallotId
    place: int
    body: str
    person: UserId
    seat: Seat = Seat.MEMBER


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What somebody cast; the last one of a person counts, each is kept.

    `cast_at` is when the homeserver got it. `reason` is empty unless somebody gave one.
    """

    id: VoteId = VoteId(0)
    ballot_id: BallotId
    person: UserId
    choice: Choice
    reason: str = ""
    way: Way
    event_id: EventId
    cast_at: datetime


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """Open until `due_at` if by circulation, in a meeting until the chair closes it.

    `quorum` and `silence_consents` are the rules when it opened. `next_at` is when time must look
    at it again. `told_at` is up to when those who have not voted were reminded.
    """

    id: BallotId
    version: int = 1
    paper_id: PaperId
    edition: int
    room_id: RoomId
    manner: Manner
    mode: Mode
    quorum: str
    silence_consents: bool = False
    state: BallotState = BallotState.OPEN
    result: Result | None = None
    opened_by: UserId
    event_id: EventId
    opened_at: datetime
    due_at: datetime | None = None
    next_at: datetime | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None
    sealed: bool = False

    @property
    def subject(self) -> Subject:
        """What the letters about this ballot are found by, and not those about an earlier one."""
        return Subject(f"ballot-{self.id}")

    @property
    def open(self) -> bool:
        """Whether it can still be voted."""
        return self.state is BallotState.OPEN

    @property
    def brief(self) -> bool:
        """Whether it ends within a day, so that people are reminded by the hour."""
        return self.due_at is not None and self.due_at - self.opened_at <= timedelta(days=1)

    @property
    def ends_at(self) -> datetime | None:
        """When it ended, or will; in a meeting nobody knows before."""
        return self.due_at if self.open else self.closed_at

    def is_over(self, sent_at: datetime) -> bool:
        """Whether something was sent after its end, however soon it is heard."""
        return not self.open or (self.due_at is not None and sent_at > self.due_at)

    def was_unread(self, sent_at: datetime) -> bool:
        """Whether something was sent in time, but could not be read before the count."""
        return self.result is not None and self.closed_at is not None and sent_at <= self.closed_at

    def is_early(self, sent_at: datetime, asked_at: datetime) -> bool:
        """Whether something was sent when nobody could mean this ballot. `asked_at` is when the
        word that opened it was sent, which may have been heard later."""
        return sent_at < min(asked_at, self.opened_at) - _MEANT_BEFORE

    def decided_at(self, sent_at: datetime, now: datetime) -> datetime:
        """When it was decided by what was sent then: no later than its end, and not in advance."""
        ends = min(now, self.due_at) if self.due_at else now
        return max(min(sent_at, ends), self.opened_at)

    def counted(self, result: Result, at: datetime) -> Self:
        """Closed with its result. `at` is the time that counts, which of a deadline is that."""
        return replace(self, state=BallotState.CLOSED, result=result, closed_at=at, next_at=None)

    def ended(self, state: BallotState, at: datetime) -> Self:
        """Closed without a count."""
        return replace(self, state=state, closed_at=at, next_at=None)

    def looked_at_again(self, at: datetime) -> Self:
        """Time looks at it then."""
        return replace(self, next_at=at)

    def reminded(self, next_at: datetime, at: datetime) -> Self:
        """Those who have not voted were told so."""
        return replace(self, told_at=at, next_at=next_at)
