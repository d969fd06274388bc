"""Who votes for whom: bodies with their members and deputies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, Self

from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import RoomId, UserId

BodyId = NewType("BodyId", int)


class Seat(StrEnum):
    """What somebody is in a body; a deputy votes when no member does."""

    MEMBER = "member"
    DEPUTY = "deputy"


class SitsElsewhere(Refusal):
    """Somebody speaks for another body already; told who and for which."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/sits_elsewhere"


class BodyNotFound(Refusal):
    """No body of that name votes here; the names are listed."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/body_not_found"


class NoVoter(Refusal):
    """Bots have no vote, nor have people whom the desk does not serve; told who is meant."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/no_voter"


@dataclass(frozen=True, kw_only=True)
class Body:
    """One that has a vote in the committee's room, whoever casts it. `key` is its folded name."""

    id: BodyId
    version: int = 1
    room_id: RoomId
    name: str
    members: tuple[UserId, ...] = ()
    deputies: tuple[UserId, ...] = ()

    @property
    def key(self) -> str:
        """What makes it the same body, however it is typed."""
        return key_of(self.name)

    @property
    def people(self) -> tuple[UserId, ...]:
        """Everybody who may vote for it."""
        return (*self.members, *self.deputies)

    def seated(self, members: Iterable[UserId], deputies: Iterable[UserId]) -> Self:
        """With these people instead; who is a member is no deputy as well."""
        seated = tuple(dict.fromkeys(members))
        others = tuple(person for person in dict.fromkeys(deputies) if person not in seated)
        return replace(self, members=seated, deputies=others)


def key_of(name: str) -> str:
    """A body's name without case, umlauts and doubled spaces."""
    return " ".join(folded(name).split())


def check_seats(body: Body, others: Iterable[Body]) -> None:
    """Raises SitsElsewhere when somebody would speak for two bodies."""
    for other in others:
        for person in other.people:
            if other.key != body.key and person in body.people:
                raise SitsElsewhere(person=person, body=other)
