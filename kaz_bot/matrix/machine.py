"""Encrypts and decrypts with the Olm machine of nio, which no stranger's event can stop."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from nio.crypto import Olm, OutboundGroupSession
from nio.events.to_device import OlmEvent, RoomKeyEvent, ToDeviceEvent
from nio.responses import KeysClaimResponse, KeysQueryResponse

from kaz_bot.matrix.devices import wellformed_devices
from kaz_bot.matrix.own_keys import OwnKeys
from kaz_bot.matrix.room_keys import RoomKeys
from kaz_bot.matrix.shapes import Json, items, mapping, objects, text, user_id
from kaz_bot.matrix.store import BROKEN, CryptoStore
from kaz_bot.messages import RoomId, UserId

log = logging.getLogger(__name__)


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
        # nio tells each step, and quotes what it cannot read: keys, and what people wrote.
        logging.getLogger("nio").setLevel(logging.CRITICAL)
        self.user_id = user_id
        self.device_id = device_id
        self.store = CryptoStore(file, user_id, device_id, pickle_key)
        self.olm: Olm = _Olm(user_id, device_id, self.store)
        self.own_keys = OwnKeys(self.olm)
        self.room_keys = RoomKeys(self.olm)

    @property
    def ed25519(self) -> str:
        """The fingerprint of this device."""
        return self.olm.account.identity_keys["ed25519"]

    def close(self) -> None:
        self.store.close()

    def receive(self, sync: Json) -> frozenset[str]:
        """Take in what a sync says about keys; the ids of the room keys that arrived."""
        sessions: set[str] = set()
        with self.store.transaction():
            for event in objects(mapping(sync.get("to_device")).get("events")):
                session = self._receive_to_device(event)
                if session is not None:
                    sessions.add(session)
        self.own_keys.count(sync)
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
        except BROKEN:
            raise
        except Exception as problem:  # noqa: BLE001
            # nio lets errors of five libraries through, and anybody may send us anything.
            log.warning(
                "To-device event from %s cannot be read: %s",
                text(source.get("sender")),
                type(problem).__name__,
            )
            return None
        return received.session_id if isinstance(received, RoomKeyEvent) else None

    def changed_devices(self, sync: Json) -> set[UserId]:
        """Whose devices changed since the sync before."""
        lists = mapping(sync.get("device_lists"))
        named = (*items(lists.get("changed")), *items(lists.get("left")))
        return {user for user in map(user_id, named) if user is not None}

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
        response = KeysQueryResponse(wellformed_devices(answer), {})
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
                except BROKEN:
                    raise
                except Exception as problem:  # noqa: BLE001
                    # What a stranger's device publishes must not keep the others from reading.
                    log.warning(
                        "One-time key of %s %s is unusable: %s",
                        user,
                        device,
                        type(problem).__name__,
                    )
