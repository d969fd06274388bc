"""Ballots to be counted, with bodies and votes named in short."""

from datetime import UTC, datetime, timedelta

from kaz_bot.domain.committee.ballots import (
    Ballot,
    BallotId,
    Choice,
    Elector,
    Manner,
    Mode,
    Vote,
    VoteId,
    Way,
)
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.messages import EventId, RoomId, UserId

OPENED = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
DUE = OPENED + timedelta(days=2)
KIM, LEA, MAX, NIA = (UserId(f"@{name}:kaz.test") for name in ("kim", "lea", "max", "nia"))


def ballot(mode: Mode = Mode.CONSENSUS, *, quorum: str = "none", **changes: object) -> Ballot:
    """One by circulation, open until DUE."""
    known: dict[str, object] = {
        "id": BallotId(1),
        "paper_id": PaperId(7),
        "edition": 1,
        "room_id": RoomId("!committee:kaz.test"),
        "manner": Manner.CIRCULATION,
        "mode": mode,
        "quorum": quorum,
        "opened_by": KIM,
        "event_id": EventId("$opened"),
        "opened_at": OPENED,
        "due_at": DUE,
    }
    return Ballot(**{**known, **changes})  # type: ignore[arg-type]  # the fields, by name


def member(body: str, person: UserId) -> Elector:
    return Elector(ballot_id=BallotId(1), place=ord(body[0]), body=body, person=person)


def deputy(body: str, person: UserId) -> Elector:
    place = ord(body[0])
    return Elector(ballot_id=BallotId(1), place=place, body=body, person=person, seat=Seat.DEPUTY)


def vote(
    person: UserId,
    choice: Choice,
    reason: str = "",
    *,
    minute: float = 1,
    way: Way = Way.COMMAND,
    number: int = 0,
) -> Vote:
    """Cast so many minutes after the opening."""
    return Vote(
        id=VoteId(number),
        ballot_id=BallotId(1),
        person=person,
        choice=choice,
        reason=reason,
        way=way,
        event_id=EventId(f"${person}{minute}{number}"),
        cast_at=OPENED + timedelta(minutes=minute),
    )
