"""Decrypts what was said in rooms, and sees through ciphertexts that are not their sender's."""

import json
from collections import OrderedDict

import vodozemac
from nio.crypto import InboundGroupSession, Olm

from kaz_bot.matrix.shapes import Json, event_id, mapping, user_id
from kaz_bot.messages import EventId, RoomId, UserId

MEGOLM = "m.megolm.v1.aes-sha2"
# So many decrypted messages are remembered to see through a ciphertext that is sent again.
_REMEMBERED_MESSAGES = 20_000


class NotDecryptable(Exception):
    """The key is not here (yet), or the message is not what it says to be."""


class RoomKeys:
    """The Megolm keys we were given."""

    def __init__(self, olm: Olm) -> None:
        self._olm = olm
        self._decrypted: OrderedDict[tuple[str, int], EventId] = OrderedDict()

    def decrypt(self, room: RoomId, event: Json) -> Json:
        """The content that was sent: `type` and `content`. Raise NotDecryptable."""
        content = mapping(event.get("content"))
        ciphertext, session_id = content.get("ciphertext"), content.get("session_id")
        sender, identifier = user_id(event.get("sender")), event_id(event.get("event_id"))
        if content.get("algorithm") != MEGOLM or sender is None or identifier is None:
            raise NotDecryptable("not a Megolm event")
        if not isinstance(ciphertext, str) or not isinstance(session_id, str):
            raise NotDecryptable("not a Megolm event")
        session = self._session(room, session_id, content.get("sender_key"))
        plaintext = self._plaintext(session, ciphertext, identifier)
        self._check_sender(session, sender)
        return plaintext

    def _session(self, room: RoomId, session_id: str, sender_key: object) -> InboundGroupSession:
        """Found by its id: the sender's key beside it is deprecated and may be missing."""
        by_sender = self._olm.inbound_group_store[room]
        if isinstance(sender_key, str) and session_id in by_sender.get(sender_key, {}):
            return by_sender[sender_key][session_id]
        for sessions in by_sender.values():
            if session_id in sessions:
                return sessions[session_id]
        raise NotDecryptable("the key is not here")

    def _plaintext(
        self, session: InboundGroupSession, ciphertext: str, identifier: EventId
    ) -> Json:
        try:
            decrypted, index = session.decrypt(ciphertext)
            payload = json.loads(decrypted)
        except (
            vodozemac.MegolmDecryptionException,
            vodozemac.DecodeException,
            ValueError,
            RecursionError,
        ) as problem:
            raise NotDecryptable(type(problem).__name__) from problem
        if not isinstance(payload, dict):
            raise NotDecryptable("not an event")
        if self._decrypted.setdefault((session.id, index), identifier) != identifier:
            raise NotDecryptable("the same ciphertext was sent again")
        if len(self._decrypted) > _REMEMBERED_MESSAGES:
            self._decrypted.popitem(last=False)
        return payload

    def _check_sender(self, session: InboundGroupSession, sender: UserId) -> None:
        """Nobody passes the words of another off as their own."""
        devices = self._olm.device_store
        if devices.device_from_sender_key(sender, session.sender_key) is not None:
            return
        if sender == self._olm.user_id:
            return
        # The device may be new, or gone; it must only not be somebody else's.
        self._olm.users_for_key_query.add(sender)
        if any(device.curve25519 == session.sender_key for device in devices):
            raise NotDecryptable("the key belongs to somebody else")
