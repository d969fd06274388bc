"""Turns an event as the homeserver tells it into what the house understands."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from kaz_bot.matrix import content as read
from kaz_bot.matrix import polls
from kaz_bot.matrix.room_keys import MEGOLM, NotDecryptable
from kaz_bot.matrix.shapes import Json, event_id, instant, mapping, room_id, text, user_id
from kaz_bot.messages import (
    Echo,
    EventId,
    Incoming,
    Joined,
    Left,
    PollAnswered,
    Reacted,
    Redacted,
    RoomChanged,
    RoomId,
    Said,
    Undecryptable,
    Upgraded,
    UserId,
)

_CHANGES = {
    "m.room.encryption": "encryption",
    "m.room.join_rules": "join_rules",
    "m.room.history_visibility": "history_visibility",
}


class Heading(TypedDict):
    """Who sent an event, when and where: the part that all kinds of Incoming share."""

    event_id: EventId
    room_id: RoomId
    sender: UserId
    sent_at: datetime


Decrypt = Callable[[RoomId, Json], Json]


class Decoder:
    """Decodes events of rooms. What it does not understand, or is malformed, is nothing to it."""

    def __init__(self, own_id: UserId, decrypt: Decrypt) -> None:
        self._own_id = own_id
        self._decrypt = decrypt

    def decode(self, room: RoomId, event: Json) -> Incoming | None:
        heading = heading_of(room, event)
        if heading is None:
            return None
        if "state_key" in event:
            return self._state(heading, event)
        if event.get("type") == "m.room.redaction":
            return self._redaction(heading, event)
        if heading["sender"] == self._own_id:
            return _echo(heading, event)
        if "redacted_because" in mapping(event.get("unsigned")):
            return None
        if event.get("type") == "m.room.encrypted":
            return self._encrypted(heading, event)
        return _message(heading, event, encrypted=False)

    def latest(self, room: RoomId, event: Json) -> Incoming | None:
        """The same; a message in its author's latest words, which are told along with the first."""
        said = self.decode(room, event)
        relations = mapping(mapping(event.get("unsigned")).get("m.relations"))
        edit = self.decode(room, mapping(relations.get("m.replace")))
        if not isinstance(said, Said) or not isinstance(edit, Said):
            return said
        if (edit.sender, edit.edits) != (said.sender, said.event_id):
            return said
        return replace(said, text=edit.text, html=edit.html)

    def _encrypted(self, heading: Heading, event: Json) -> Incoming | None:
        outer = mapping(event.get("content"))
        if not outer:
            return None
        try:
            inner = self._decrypt(heading["room_id"], event)
        except NotDecryptable:
            return Undecryptable(
                **heading,
                session_id=_session_id(outer),
                source=json.dumps({**event, "room_id": heading["room_id"]}),
            )
        # Relations stand in clear, where homeservers check and count them; to what is hidden in the
        # ciphertext nobody can answer in its place.
        relation = outer.get("m.relates_to")
        content = {**mapping(inner.get("content")), "m.relates_to": relation}
        return _message(heading, {**inner, "content": content}, encrypted=True)

    def _redaction(self, heading: Heading, event: Json) -> Incoming | None:
        target = event_id(mapping(event.get("content")).get("redacts"))
        target = target or event_id(event.get("redacts"))
        if target is None or heading["sender"] == self._own_id:
            return None
        return Redacted(**heading, target=target)

    def _state(self, heading: Heading, event: Json) -> Incoming | None:
        kind, content = event.get("type"), mapping(event.get("content"))
        if kind == "m.room.member":
            return self._member(heading, event)
        if event.get("state_key") != "":
            return None
        if kind == "m.room.tombstone":
            replacement = room_id(content.get("replacement_room"))
            return Upgraded(**heading, replacement=replacement) if replacement else None
        if isinstance(kind, str) and kind in _CHANGES:
            return RoomChanged(**heading, what=_CHANGES[kind])
        return None

    def _member(self, heading: Heading, event: Json) -> Incoming | None:
        after = mapping(event.get("content")).get("membership")
        before = _membership_before(event)
        if after == before:
            return None
        if event.get("state_key") != self._own_id:
            return RoomChanged(**heading, what="member")
        if after == "join":
            return arrival(heading, event)
        if after in ("leave", "ban") and before != "invite":
            return Left(**heading)
        return None


def heading_of(room: RoomId, event: Json) -> Heading | None:
    """What every event tells; nothing when it does not even tell that."""
    sender, identifier = user_id(event.get("sender")), event_id(event.get("event_id"))
    if sender is None or identifier is None:
        return None
    sent_at = instant(event.get("origin_server_ts"))
    return Heading(event_id=identifier, room_id=room, sender=sender, sent_at=sent_at)


def is_arrival(event: Json, person: UserId) -> bool:
    """Whether with this event `person` came into the room, and did not just change their name."""
    if event.get("type") != "m.room.member" or event.get("state_key") != person:
        return False
    membership = mapping(event.get("content")).get("membership")
    return membership == "join" and _membership_before(event) != "join"


def _membership_before(event: Json) -> object:
    """What the member was before; who followed upon something that is not told was joined."""
    unsigned = mapping(event.get("unsigned"))
    before = mapping(unsigned.get("prev_content")).get("membership")
    return "join" if before is None and "replaces_state" in unsigned else before


def arrival(heading: Heading, event: Json) -> Joined:
    """The bot's own joining; the invitation before it tells who wanted it, and for what."""
    unsigned = mapping(event.get("unsigned"))
    invitation = mapping(unsigned.get("prev_content"))
    invited = invitation.get("membership") == "invite"
    direct = invitation.get("is_direct"), mapping(event.get("content")).get("is_direct")
    return Joined(
        **heading,
        invited_by=user_id(unsigned.get("prev_sender")) if invited else None,
        direct=True in direct,
    )


def _echo(heading: Heading, event: Json) -> Echo | None:
    """Our own message, if this device sent it. Reactions need no confirmation."""
    txn_id = text(mapping(event.get("unsigned")).get("transaction_id"))
    if txn_id is None or event.get("type") == "m.reaction":
        return None
    return Echo(**heading, txn_id=txn_id)


def _message(heading: Heading, event: Json, *, encrypted: bool) -> Incoming | None:
    content = mapping(event.get("content"))
    if event.get("type") == "m.reaction":
        return _reaction(heading, content)
    if text(event.get("type")) in polls.ANSWERS:
        return _poll_answer(heading, content)
    if event.get("type") != "m.room.message" or not read.is_message(content):
        return None
    found = read.relations(content)
    if read.is_edit(content):
        content = mapping(content.get("m.new_content"))
        if found.edits is None or not read.is_message(content):
            return None
    return Said(
        **heading,
        text=read.words(content, replies=found.reply_to is not None),
        html=read.html(content),
        thread=found.thread,
        reply_to=found.reply_to,
        edits=found.edits,
        mentions=read.mentions(content),
        attachment=read.attachment(content),
        encrypted=encrypted,
        notice=content.get("msgtype") == "m.notice",
    )


def _reaction(heading: Heading, content: Json) -> Reacted | None:
    relation = mapping(content.get("m.relates_to"))
    target, key = event_id(relation.get("event_id")), read.reaction_key(relation.get("key"))
    if relation.get("rel_type") != "m.annotation" or target is None or not key:
        return None
    return Reacted(**heading, target=target, key=key)


def _poll_answer(heading: Heading, content: Json) -> PollAnswered | None:
    target = polls.answered_poll(content)
    if target is None:
        return None
    return PollAnswered(**heading, target=target, answers=polls.picked(content))


def _session_id(content: Json) -> str:
    if content.get("algorithm") != MEGOLM:
        return ""
    return text(content.get("session_id")) or ""
