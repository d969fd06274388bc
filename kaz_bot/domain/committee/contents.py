"""Writes a decision down in the one way that its digest is made of, and reads it back."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum

from kaz_bot.domain.committee.ballots import Choice, Manner, Mode
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.decisions import CastVote, Decision
from kaz_bot.domain.committee.numbers import DecisionNumber, PaperId
from kaz_bot.domain.strict import list_of, moment_of, number_of, object_of, text_of
from kaz_bot.messages import EventId, RoomId

# The digest is made of the rest.
_APART = frozenset({"digest"})
_TEXTS = ("reasons", "money", "lead", "involved", "annexes", "meeting")
_NOT_READ = (KeyError, TypeError, ValueError, RecursionError)


class NoDecision(Exception):
    """What stands in the register is no decision: somebody has damaged it."""


def content_of(decision: Decision) -> Mapping[str, object]:
    """All that the digest is made of, as plain values; times in UTC, numbers as people write."""
    return {
        field.name: _plain(getattr(decision, field.name))
        for field in fields(decision)
        if field.name not in _APART
    }


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case StrEnum():
            return value.value
        case DecisionNumber():
            return str(value)
        case str():
            return _whole(value)
        case CastVote():
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
    return value


def _whole(text: str) -> str:
    # What no database and no file takes may be in no digest: NUL, and halves of surrogate pairs.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def canonical(decision: Decision) -> str:
    """The content as text: JSON, keys in order, without spaces, only ASCII (after RFC 8785)."""
    return json.dumps(content_of(decision), sort_keys=True, separators=(",", ":"))


def read(text: str, digest: str) -> Decision:
    """The decision that a content says; the digest is what it is said to be. Raises NoDecision."""
    try:
        return _decision(object_of(json.loads(text)), digest)
    except _NOT_READ as problem:
        raise NoDecision(f"{type(problem).__name__}: {problem}") from problem


def _decision(content: Mapping[str, object], digest: str) -> Decision:
    # A program of later days may know more fields than stand in an old content, or fewer.
    optional = {name: text_of(content[name]) for name in _TEXTS if name in content}
    return Decision(
        place=number_of(content["place"]),
        number=_decision_number(text_of(content["number"])),
        room_id=RoomId(text_of(content["room_id"])),
        paper_id=PaperId(number_of(content["paper_id"])),
        edition=number_of(content["edition"]),
        title=text_of(content["title"]),
        wording=text_of(content["wording"]),
        mode=Mode(text_of(content["mode"])),
        manner=Manner(text_of(content["manner"])),
        quorum=text_of(content["quorum"]),
        votes=tuple(_vote(object_of(vote)) for vote in list_of(content["votes"])),
        opened_at=moment_of(content["opened_at"]),
        decided_at=moment_of(content["decided_at"]),
        sealed=content["sealed"] is True,
        events={name: EventId(text_of(one)) for name, one in object_of(content["events"]).items()},
        previous=text_of(content["previous"]),
        digest=digest,
        **optional,
    )


def _vote(vote: Mapping[str, object]) -> CastVote:
    choice, seat = vote["choice"], vote["seat"]
    return CastVote(
        body=text_of(vote["body"]),
        choice=Choice(text_of(choice)) if choice is not None else None,
        reason=text_of(vote["reason"]),
        seat=Seat(text_of(seat)) if seat is not None else None,
        silent=vote["silent"] is True,
        unexplained=vote["unexplained"] is True,
    )


def _decision_number(text: str) -> DecisionNumber:
    number = DecisionNumber.read(text)
    if number is None or str(number) != text:
        raise ValueError(f"{text[:20]!r} is no number of a decision")
    return number
