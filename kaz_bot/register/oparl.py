"""Writes the register for programs, in the words of OParl 1.1 where it has any.

The lists are named as in an OParl body. What OParl does not know begins with `kaz:`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from kaz_bot.domain.committee.ballots import Manner
from kaz_bot.domain.committee.chain import ALGORITHM
from kaz_bot.domain.committee.decisions import CastVote, Decision, Entry
from kaz_bot.register.extracts import Extract
from kaz_bot.texts import Speech

REGISTER, CHAIN = "kaz:register", "kaz:chain"
PUBLISHED, DONE = "kaz:publishedAt", "kaz:doneAt"
# What a later release would have to call otherwise, if it wrote the files otherwise.
FORM = 1
# The words that the OParl specification proposes.
_GERMAN = {"type": "Gremium", "paper": "Beschlussvorlage", "role": "Entscheidung"}
_PASSED = "beschlossen"

Json = Mapping[str, object]


def oparl_of(extract: Extract, speech: Speech) -> Json:
    """The file. It has no server, so its ids are names and no addresses."""
    end = extract.end
    return {
        REGISTER: {
            "form": FORM,
            "title": extract.title(speech),
            "createdAt": _moment(extract.at),
            "whole": extract.whole,
            "count": len(extract.entries),
            "algorithm": ALGORITHM,
            "howToVerify": speech.word("register", "howto"),
            "end": _end(end.decision) if end else None,
        },
        **lists_of(extract.entries, committee=extract.committee),
    }


def lists_of(entries: Iterable[Entry], *, committee: str = "") -> Json:
    """The decisions as OParl takes them apart: what was consulted, where, with what result."""
    kept = tuple(entries)
    rooms = dict.fromkeys(entry.decision.room_id for entry in kept)
    return {
        "organization": [_organization(room, committee) for room in rooms],
        "meeting": _meetings(entry.decision for entry in kept),
        "agendaItem": [_agenda_item(entry.decision) for entry in kept],
        "paper": [_paper(entry) for entry in kept],
    }


def _end(decision: Decision) -> Json:
    return {
        "number": str(decision.number),
        "place": decision.place,
        "digest": decision.digest,
    }


def _organization(room_id: str, committee: str) -> Json:
    named = {"name": committee} if committee else {}
    return {
        **_object("Organization", room_id),
        **named,
        "organizationType": _GERMAN["type"],
    }


def _meetings(decisions: Iterable[Decision]) -> list[Json]:
    held = {
        decision.meeting: decision
        for decision in decisions
        if decision.manner is Manner.MEETING and decision.meeting
    }
    return [
        {
            **_object("Meeting", number),
            "name": number,
            "organization": [_id("Organization", decision.room_id)],
        }
        for number, decision in held.items()
    ]


def _agenda_item(decision: Decision) -> Json:
    """Under which a decision was taken; one by circulation belongs to no meeting."""
    number = str(decision.number)
    in_meeting = decision.manner is Manner.MEETING and decision.meeting
    where = {"meeting": _id("Meeting", decision.meeting)} if in_meeting else {}
    return {
        **_object("AgendaItem", number),
        **where,
        "name": decision.title,
        "consultation": _id("Consultation", number),
        "result": _PASSED,
        "resolutionText": decision.decides,
        "start": _moment(decision.opened_at),
        "end": _moment(decision.decided_at),
    }


def _paper(entry: Entry) -> Json:
    decision = entry.decision
    number = str(decision.number)
    changes = (decision.decided_at, entry.published_at, entry.done_at)
    return {
        **_object("Paper", decision.paper),
        "name": decision.title,
        "reference": decision.paper,
        "paperType": _GERMAN["paper"],
        "created": _moment(decision.decided_at),
        "modified": _moment(max(at for at in changes if at is not None)),
        "consultation": [
            {
                **_object("Consultation", number),
                "paper": _id("Paper", decision.paper),
                "agendaItem": _id("AgendaItem", number),
                "organization": [_id("Organization", decision.room_id)],
                "authoritative": True,
                "role": _GERMAN["role"],
            }
        ],
        "kaz:decision": _decision(decision),
        PUBLISHED: _moment(entry.published_at) if entry.published_at else None,
        DONE: _moment(entry.done_at) if entry.done_at else None,
        CHAIN: {
            "place": decision.place,
            "previous": decision.previous,
            "content": entry.content,
            "digest": decision.digest,
        },
    }


def _decision(decision: Decision) -> Json:
    return {
        "number": str(decision.number),
        "decidedAt": _moment(decision.decided_at),
        "edition": decision.edition,
        "reasons": decision.reasons,
        "money": decision.money,
        "lead": decision.lead,
        "involved": decision.involved,
        "annexes": decision.annexes,
        "mode": decision.mode.value,
        "manner": decision.manner.value,
        "quorum": decision.quorum,
        "votes": [_vote(vote) for vote in decision.votes],
        "events": dict(decision.events),
    }


def _vote(vote: CastVote) -> Json:
    return {
        "body": vote.body,
        "choice": vote.choice.value if vote.choice else None,
        "reason": vote.reason,
        "seat": vote.seat.value if vote.seat else None,
        "silent": vote.silent,
        "unexplained": vote.unexplained,
    }


def _object(kind: str, name: str) -> Json:
    return {"id": _id(kind, name), "type": f"https://schema.oparl.org/1.1/{kind}"}


def _id(kind: str, name: str) -> str:
    return f"urn:kaz:{kind.lower()}:{name}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
