"""What happened to the electorate: a body was seated, or has no vote any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from kaz_bot.domain.committee.bodies import Body
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.messages import UserId

ELECTORATE = Subject("electorate")


@dataclass(frozen=True)
class ElectorateHappened(CommitteeHappened):
    """Something happened to `body`.

    `unseated`: who is in the room and speaks for no body. `running`: the papers that are being
    voted on, whose electors stay the same. `bodies`: how many vote from now on.
    """

    body: Body
    bodies: int = field(kw_only=True)
    unseated: tuple[UserId, ...] = field(default=(), kw_only=True)
    running: tuple[Subject, ...] = field(default=(), kw_only=True)

    @property
    def subject(self) -> Subject:
        return ELECTORATE

    @property
    def details(self) -> Mapping[str, str]:
        return {
            "body": self.body.name,
            "members": str(len(self.body.members)),
            "deputies": str(len(self.body.deputies)),
        }


@dataclass(frozen=True)
class BodySeated(ElectorateHappened):
    """These people speak for it from now on; `before`: who did, if it had a vote already."""

    word: ClassVar[str] = "seated"

    before: Body | None = field(kw_only=True)


@dataclass(frozen=True)
class BodyRemoved(ElectorateHappened):
    """It has no vote any more."""

    word: ClassVar[str] = "unseated"
