"""Encrypts and decrypts with the Olm machine of nio, which no stranger's event can stop."""

import json
import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import vodozemac
from nio.crypto import InboundGroupSession, Olm, OutboundGroupSession
from nio.events.to_device import OlmEvent, RoomKeyEvent, ToDeviceEvent
from nio.responses import KeysClaimResponse, KeysQueryResponse

from kaz_bot.matrix.shapes import Json, event_id, integer, items, mapping, objects, text, user_id
from kaz_bot.matrix.store import CryptoStore
from kaz_bot.messages import EventId, RoomId, UserId

log = logging.getLogger(__name__)

MEGOLM = "m.megolm.v1.aes-sha2"
# So many decrypted messages are remembered to see through a ciphertext that is sent again.
_REMEMBERED_MESSAGES = 20_000


class NotDecryptable(Exception):
    """The key is not here (yet), or the message is not what it says to be."""


class _Olm(Olm):
    def create_group_session(
        self, sender_key: str, sender_fp_key: str, room_id: str, session_id: str, session_key: str
    ) -> None:
        # nio replaces a key it has by one that came later and may begin later.
        if self.inbound_group_store.get(room_id, sender_key, session_id) is None:
            super().create_group_session(
                sender_key, sender_fp_key, room_id, session_id, session_key
            )


class Machine:
    """The keys of this device and of everybody it talks to. It opens no connection."""

    def __init__(self, file: Path, user_id: UserId, device_id: str, pickle_key: str) -> None:
        self.user_id = user_id
        self.device_id = device_id
        self.store = CryptoStore(file, user_id, device_id, pickle_key)
        self.olm: Olm = _Olm(user_id, device_id, self.store)
        self._decrypted: OrderedDict[tuple[str, int], EventId] = OrderedDict()

    @property
    def ed25519(self) -> str:
        """The fingerprint of this device."""
        return self.olm.account.identity_keys["ed25519"]

    @property
    def fallback_key_is_used(self) -> bool | None:
        """Nothing before the first sync has told."""
        return self._fallback_key_is_used

    _fallback_key_is_used: bool | None = None

    def close(self) -> None:
        self.store.close()

    def device_keys(self) -> Json:
        """This device as everybody sees it, signed by itself."""
        keys = self.olm.account.identity_keys
        device = {
            "algorithms": ["m.olm.v1.curve25519-aes-sha2", MEGOLM],
            "device_id": self.device_id,
            "user_id": self.user_id,
            "keys": {f"{kind}:{self.device_id}": keys[kind] for kind in ("curve25519", "ed25519")},
        }
        return {**device, "signatures": self._signature(device)}

    def unpublished_keys(self) -> Json:
        """The body of the upload that is due; empty when none is.

        Everything in it is stored: what is published and forgotten could never be answered.
        """
        account, body = self.olm.account, {}
        count = self.olm.uploaded_key_count if account.shared else 0
        if not account.shared:
            body["device_keys"] = self.device_keys()
        if count is not None and count < account.max_one_time_keys:
            waiting = len(account.one_time_keys["curve25519"])
            account.generate_one_time_keys(max(account.max_one_time_keys - count - waiting, 0))
            body["one_time_keys"] = self._signed(account.one_time_keys["curve25519"])
        if not account.shared or self._fallback_key_is_used:
            body["fallback_keys"] = self._signed(self._fallback_key(), fallback=True)
        if body:
            self.olm.save_account()
        return body

    def _fallback_key(self) -> Mapping[str, str]:
        """For who writes when all one-time keys are used up. One that waits is used first."""
        # Neither nio nor the type stubs of vodozemac have a word for fallback keys.
        account: Any = self.olm.account._account
        if not account.fallback_key:
            account.generate_fallback_key()
        return {id_: key.to_base64() for id_, key in account.fallback_key.items()}

    def mark_published(self, one_time_keys: int) -> None:
        """The homeserver has them now, so many in all."""
        self.olm.account.shared = True
        self.olm.account.mark_keys_as_published()
        self.olm.uploaded_key_count = one_time_keys
        if self._fallback_key_is_used:
            self._fallback_key_is_used = False
        self.olm.save_account()

    def pass_over_one_time_keys(self) -> None:
        """Make others the next time; the homeserver does not take these."""
        self.olm.account.mark_keys_as_published()
        self.olm.save_account()

    def _signed(self, keys: Mapping[str, str], **more: object) -> dict[str, Json]:
        unsigned = {f"signed_curve25519:{id_}": {"key": key, **more} for id_, key in keys.items()}
        return {id_: {**key, "signatures": self._signature(key)} for id_, key in unsigned.items()}

    def _signature(self, signed: Json) -> Json:
        signature = self.olm.sign_json(dict(signed))
        return {self.user_id: {f"ed25519:{self.device_id}": signature}}

    def receive(self, sync: Json) -> frozenset[str]:
        """Take in what a sync says about keys; the ids of the room keys that arrived."""
        sessions: set[str] = set()
        with self.store.transaction():
            for event in objects(mapping(sync.get("to_device")).get("events")):
                session = self._receive_to_device(event)
                if session is not None:
                    sessions.add(session)
        self._count_keys(sync)
        return frozenset(sessions)

    def _receive_to_device(self, source: Json) -> str | None:
        """The id of the room key in it. Requests and verifications of strangers are not for us."""
        if source.get("type") != "m.room.encrypted":
            return None
        try:
            event = ToDeviceEvent.parse_event(dict(source))
            if not isinstance(event, OlmEvent):
                return None
            received = self.olm.handle_to_device_event(event)
        except Exception as problem:  # noqa: BLE001
            # nio lets errors of five libraries through, and anybody may send us anything.
            log.warning(
                "To-device event from %s cannot be read: %s",
                text(source.get("sender")),
                type(problem).__name__,
            )
            return None
        return received.session_id if isinstance(received, RoomKeyEvent) else None

    def _count_keys(self, sync: Json) -> None:
        counts = sync.get("device_one_time_keys_count")
        # An account without one-time keys may be told so by a count that is not there.
        if isinstance(counts, dict):
            self.olm.uploaded_key_count = integer(counts.get("signed_curve25519")) or 0
        unused = sync.get("device_unused_fallback_key_types")
        if isinstance(unused, list):
            self._fallback_key_is_used = "signed_curve25519" not in unused

    def changed_devices(self, sync: Json) -> set[UserId]:
        """Whose devices changed since the sync before."""
        lists = mapping(sync.get("device_lists"))
        named = (*items(lists.get("changed")), *items(lists.get("left")))
        return {user for user in map(user_id, named) if user is not None}

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
        by_sender = self.olm.inbound_group_store[room]
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
        devices = self.olm.device_store
        if devices.device_from_sender_key(sender, session.sender_key) is not None:
            return
        if sender == self.user_id:
            return
        # The device may be new, or gone; it must only not be somebody else's.
        self.olm.users_for_key_query.add(sender)
        if any(device.curve25519 == session.sender_key for device in devices):
            raise NotDecryptable("the key belongs to somebody else")

    def encrypt(self, room: RoomId, event_type: str, content: Json) -> Json:
        """The content of an `m.room.encrypted` event. The room key must have been shared."""
        encrypted = self.olm.group_encrypt(room, {"type": event_type, "content": dict(content)})
        # Relations are read by homeservers, which cannot look inside.
        if "m.relates_to" in content:
            return {**encrypted, "m.relates_to": content["m.relates_to"]}
        return dict(encrypted)

    def must_share(self, room: RoomId) -> bool:
        """The room has no key, or an old one, or not everybody has it."""
        return self.olm.should_share_group_session(room)

    def without_session(self, people: Iterable[UserId]) -> dict[str, list[str]]:
        """The devices we have no way yet to send a key to."""
        return self.olm.get_missing_sessions(list(people))

    def room_keys_for(
        self, room: RoomId, people: Iterable[UserId]
    ) -> Iterator[tuple[set[tuple[str, str]], Json]]:
        """Messages that carry the room's key, and to whom; stored before the first is sent."""
        with self.store.transaction():
            shares = list(
                self.olm.share_group_session_parallel(
                    room, list(people), ignore_unverified_devices=True
                )
            )
        return iter(shares)

    def outbound(self, room: RoomId) -> OutboundGroupSession | None:
        """The key the room's next message will be encrypted with, shared or being shared."""
        return self.olm.outbound_group_sessions.get(room)

    def renew(self, room: RoomId) -> None:
        """Use a new key for what is said from now on."""
        self.olm.outbound_group_sessions.pop(room, None)

    def receive_devices(self, answer: Json) -> set[UserId]:
        """Take in the answer to a key query; whose devices are others than before."""
        asked_meanwhile = set(self.olm.users_for_key_query)
        response = KeysQueryResponse(_wellformed_devices(answer), {})
        with self.store.transaction():
            self.olm.handle_response(response)
        # nio strikes out everybody in the answer, also those who changed while it was under way.
        self.olm.users_for_key_query |= asked_meanwhile
        return {UserId(user) for user in response.changed}

    def receive_claimed(self, answer: Json) -> None:
        """Take in the answer to a claim of one-time keys, device by device."""
        for user, devices in mapping(answer.get("one_time_keys")).items():
            for device, keys in mapping(devices).items():
                try:
                    with self.store.transaction():
                        self.olm.handle_response(KeysClaimResponse({user: {device: keys}}, {}))
                except Exception as problem:  # noqa: BLE001
                    # What a stranger's device publishes must not keep the others from reading.
                    log.warning(
                        "One-time key of %s %s is unusable: %s",
                        user,
                        device,
                        type(problem).__name__,
                    )


def _wellformed_devices(answer: Json) -> dict[str, dict[str, object]]:
    """nio stops at the first device that lacks what every device has."""
    return {
        user: {
            device: keys
            for device, keys in mapping(devices).items()
            if _is_device(keys, user, device)
        }
        for user, devices in mapping(answer.get("device_keys")).items()
    }


def _is_device(keys: object, user: str, device: str) -> bool:
    published = mapping(keys)
    unsigned = published.get("unsigned", {})
    signature = mapping(mapping(published.get("signatures")).get(user)).get(f"ed25519:{device}")
    if published.get("user_id") != user or published.get("device_id") != device:
        return False
    if not isinstance(unsigned, dict) or not isinstance(signature, str):
        return False
    public = mapping(published.get("keys"))
    try:
        vodozemac.Ed25519PublicKey.from_base64(str(public.get(f"ed25519:{device}")))
        vodozemac.Ed25519Signature.from_base64(signature)
        vodozemac.Curve25519PublicKey.from_base64(str(public.get(f"curve25519:{device}")))
    except (vodozemac.KeyException, vodozemac.SignatureException, ValueError):
        return False
    return True
