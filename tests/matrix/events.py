"""Builders of events as homeservers tell them; a test names what matters to it."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from tests.matrix.fake_homeserver import BOT

ROOM = "!room:kaz.test"
ANN = "@ann:kaz.test"
_numbers = count(1)

Event = dict[str, Any]


def event(kind: str, content: Mapping[str, Any], **more: Any) -> Event:
    return {
        "type": kind,
        "event_id": f"$e{next(_numbers)}",
        "sender": ANN,
        "origin_server_ts": 1_700_000_000_000,
        "content": dict(content),
        **more,
    }


def message(body: str, *, sender: str = ANN, **content: Any) -> Event:
    return event("m.room.message", {"msgtype": "m.text", "body": body, **content}, sender=sender)


def state(kind: str, content: Mapping[str, Any], key: str = "", **more: Any) -> Event:
    return event(kind, content, state_key=key, **more)


def member(person: str, membership: str = "join", before: str | None = None, **more: Any) -> Event:
    unsigned = {} if before is None else {"prev_content": {"membership": before}}
    content = {"membership": membership, "displayname": person[1:].partition(":")[0]}
    return state(
        "m.room.member", content, person, **{"sender": person, "unsigned": unsigned, **more}
    )


def arrival() -> Event:
    """The bot's own joining, upon an invitation of Ann."""
    unsigned = {"prev_content": {"membership": "invite"}, "prev_sender": ANN}
    return member(BOT, unsigned=unsigned)


def room_state(*more: Event) -> list[Event]:
    """An ordinary room with Ann and the bot in it."""
    return [
        state("m.room.create", {"room_version": "10"}),
        state("m.room.power_levels", {"users": {ANN: 100}}),
        state("m.room.join_rules", {"join_rule": "invite"}),
        member(ANN),
        member(BOT),
        *more,
    ]


def joined(
    timeline: Sequence[Event] = (),
    *,
    room_state: Sequence[Event] = (),
    prev_batch: str | None = None,
    room: str = ROOM,
) -> Mapping[str, Any]:
    """The part of a sync about one room; with `prev_batch` there is a gap before the timeline."""
    told: dict[str, Any] = {"events": list(timeline), "limited": prev_batch is not None}
    if prev_batch is not None:
        told["prev_batch"] = prev_batch
    return {"join": {room: {"timeline": told, "state": {"events": list(room_state)}}}}


def invited(room: str = ROOM, *, sender: str = ANN, **content: Any) -> Mapping[str, Any]:
    own = {
        "type": "m.room.member",
        "state_key": BOT,
        "sender": sender,
        "content": {"membership": "invite", **content},
    }
    return {"invite": {room: {"invite_state": {"events": [own]}}}}


def sync(next_batch: str, rooms: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
    return {"next_batch": next_batch, "rooms": rooms, **more}
