"""What happened to a ballot: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from kaz_bot.domain.committee.ballots import Ballot, Choice, Elector, Vote
from kaz_bot.domain.committee.decisions import Decision
from kaz_bot.domain.committee.effects import Effect
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import Edition, Paper
from kaz_bot.domain.committee.tally import Tally
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.messages import UserId

_COUNTED = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BIASED)


@dataclass(frozen=True)
class BallotHappened(CommitteeHappened):
    """Something happened to `ballot`, over this edition of `paper`, which stands at `tally`."""

    paper: Paper
    edition: Edition
    ballot: Ballot
    tally: Tally

    @property
    def subject(self) -> Subject:
        return self.paper.subject


@dataclass(frozen=True)
class BallotOpened(BallotHappened):
    """It can be voted. `clash`: it ends on a day off, `remark`: what its date may also mean.

    `asked_at` is when the word that opened it was sent, which may have been heard later.
    """

    word: ClassVar[str] = "opened"

    clash: Clash | None = None
    remark: str = ""
    asked_at: datetime | None = None

    @property
    def details(self) -> Mapping[str, str]:
        asked = {"asked": self.asked_at.isoformat()} if self.asked_at else {}
        due = {"due": self.ballot.due_at.isoformat()} if self.ballot.due_at else {}
        known = {"edition": str(self.ballot.edition), "mode": self.ballot.mode.value}
        return {**known, "manner": self.ballot.manner.value, **due, **asked}


@dataclass(frozen=True)
class VoteCast(BallotHappened):
    """Somebody voted, or took their vote back, for their body.

    `quiet`: they said the same before in another way, and have been answered. `moved`: other
    bodies are missing now than before.
    """

    word: ClassVar[str] = "voted"

    vote: Vote
    elector: Elector
    effect: Effect
    quiet: bool = False
    moved: bool = True

    @property
    def details(self) -> Mapping[str, str]:
        return {
            "choice": self.vote.choice.value,
            "way": self.vote.way.value,
            "body": self.elector.body,
            "effect": self.effect.value,
        }


class Unheard(StrEnum):
    """Why a vote was not taken down."""

    LATE = "late"
    NOT_ENTITLED = "not_entitled"


@dataclass(frozen=True)
class VoteRefused(BallotHappened):
    """Somebody pressed a sign or picked an answer that counts for nothing, and is told once.

    `unread`: it was sent in time, and could not be read before the count.
    """

    word: ClassVar[str] = "refused"

    why: Unheard
    unread: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        return {"why": self.why.value, "ballot": str(self.ballot.id)}


@dataclass(frozen=True)
class VotersReminded(BallotHappened):
    """Those who have not voted are called; on the `last` occasion their deputies as well."""

    word: ClassVar[str] = "reminded"

    called: tuple[UserId, ...] = ()
    last: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        return {"missing": str(len(self.tally.missing))}


@dataclass(frozen=True)
class BallotCounted(BallotHappened):
    """It is over, and this came of it. `late`: later than was promised."""

    word: ClassVar[str] = "closed"

    decision: Decision | None = None
    late: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        counted = {choice.value: self.tally.count(choice) for choice in _COUNTED}
        numbers = {name: str(count) for name, count in counted.items()}
        decided = {"decision": str(self.decision.number)} if self.decision else {}
        result = {"result": self.ballot.result.value} if self.ballot.result else {}
        return {**result, **decided, **numbers}


@dataclass(frozen=True)
class BallotVoided(BallotHappened):
    """It ended without a count, because the wording changed or the paper was taken away.

    What did that is told by itself; `voters` are those whose votes count no more.
    """

    word: ClassVar[str] = "voided"

    voters: tuple[UserId, ...] = ()


@dataclass(frozen=True)
class BallotCancelled(BallotHappened):
    """The chair ended it without a count; the paper is a draft again."""

    word: ClassVar[str] = "cancelled"


@dataclass(frozen=True)
class BallotAdjourned(BallotHappened):
    """The chair ended it without a count; the paper is left for `meeting`, or for a later one."""

    word: ClassVar[str] = "adjourned"

    meeting: Meeting | None = None


@dataclass(frozen=True)
class OralAsked(BallotHappened):
    """Somebody entitled wants it to be talked about, at `meeting` if one is planned."""

    word: ClassVar[str] = "oral"

    reason: str = ""
    body: str = ""
    meeting: Meeting | None = None

    @property
    def details(self) -> Mapping[str, str]:
        return {"body": self.body}
