"""Exchanges keys through the homeserver: ours for others, theirs for us, a room's for all in it."""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from uuid import uuid4

from nio.crypto import OutboundGroupSession

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.matrix.shapes import Json, integer, mapping
from kaz_bot.messages import RoomId, UserId

log = logging.getLogger(__name__)

# Somebody's homeserver that does not answer is not asked again before each message.
_PAUSE_AFTER_SILENCE = 60.0
_MOST_USERS_PER_QUERY = 250
_MOST_DEVICES_PER_CLAIM = 100


class Keys:
    """What must go to and fro so that the machine can do its work."""

    def __init__(self, api: Api, machine: Machine, rooms: RoomBook) -> None:
        self._api = api
        self._machine = machine
        self._rooms = rooms
        self._asking = asyncio.Lock()
        self._asked: set[UserId] = set()
        self._silent: dict[UserId, float] = {}

    async def publish(self) -> None:
        """Bring the homeserver our device, one-time keys and fallback key, as far as it lacks them.

        The private halves are stored before the public ones leave the house.
        """
        while body := self._machine.own_keys.unpublished():
            try:
                answer = await self._api.post("keys", "upload", body=body)
            except HomeserverRefused as refused:
                if "device_keys" in body or "already exists" not in str(refused):
                    raise
                # A backup was restored: under these names others were published after it was made.
                log.warning("One-time keys of before the backup are passed over: %s", refused)
                self._machine.own_keys.pass_over()
                continue
            counts = mapping(answer.get("one_time_key_counts"))
            self._machine.own_keys.mark_published(integer(counts.get("signed_curve25519")) or 0)
            return

    def follow(self, sync: Json) -> None:
        """Keep up with who is in encrypted rooms with us, and whose devices changed."""
        olm = self._machine.olm
        for room in mapping(mapping(sync.get("rooms")).get("join")):
            readers = self._rooms.readers(RoomId(room)) if self._is_encrypted(room) else set()
            olm.users_for_key_query.update(readers - olm.tracked_users)
        for person in self._machine.changed_devices(sync):
            self._silent.pop(person, None)
            if any(map(self._is_encrypted, self._rooms.with_member(person))):
                olm.users_for_key_query.add(person)
            else:
                # We hear of changes only while we share a room.
                olm.tracked_users.discard(person)

    def _is_encrypted(self, room: str) -> bool:
        return self._rooms.is_encrypted(RoomId(room))

    async def ask(self, *, silent_too: bool = False) -> None:
        """Learn the devices of everybody about whom we do not know.

        Those whose homeserver was silent are asked about between the syncs (`silent_too`), so that
        no letter waits for it a second time.
        """
        async with self._asking:
            while wanted := self._unknown(silent_too=silent_too):
                await self._ask_for(wanted)

    def knows(self) -> bool:
        """Nobody's devices must be asked for before speaking, and no answer is under way."""
        return not self._asked and not self._unknown()

    def _unknown(self, *, silent_too: bool = False) -> list[UserId]:
        now = time.monotonic() if silent_too else 0
        wanted = (UserId(user) for user in self._machine.olm.users_for_key_query)
        known_silent = self._silent
        return [user for user in wanted if known_silent.get(user, 0) <= now][:_MOST_USERS_PER_QUERY]

    async def _ask_for(self, people: list[UserId]) -> None:
        waiting = self._machine.olm.users_for_key_query
        # Who changes while the answer is under way is asked about again.
        waiting.difference_update(people)
        self._asked = set(people) - set(self._silent)
        try:
            answer = await self._api.post(
                "keys", "query", body={"device_keys": {user: [] for user in people}}
            )
            changed = self._machine.receive_devices(answer)
        except BaseException:
            self._machine.olm.users_for_key_query.update(people)
            raise
        finally:
            self._asked = set()
        for person in changed:
            for room in self._rooms.with_member(person):
                self._machine.renew(room)
        self._note_silence(set(people), set(mapping(answer.get("device_keys"))))

    def _note_silence(self, people: set[UserId], answered: set[str]) -> None:
        again_at = time.monotonic() + _PAUSE_AFTER_SILENCE
        for person in people:
            self._silent.pop(person, None)
            if person not in answered:
                self._silent[person] = again_at
                self._machine.olm.users_for_key_query.add(person)

    async def share(self, room: RoomId) -> None:
        """Return when everybody in the room has the key of its next message."""
        while self._machine.must_share(room):
            missing = self._machine.without_session(self._rooms.readers(room))
            if missing:
                await self._claim(missing)
            shares = self._machine.room_keys_for(room, self._rooms.readers(room))
            session = self._machine.outbound(room)
            assert session is not None
            rotation = self._rooms.rotation(room)
            session.max_messages, session.max_age = rotation.messages, rotation.age
            handed_out = await asyncio.gather(
                *(self._hand_out(session, devices, messages) for devices, messages in shares),
                return_exceptions=True,
            )
            for problem in filter(None, handed_out):
                raise problem
            self._finish(room, session)

    async def _hand_out(
        self, session: OutboundGroupSession, devices: set[tuple[str, str]], messages: Json
    ) -> None:
        await self._send_to_devices(messages)
        session.users_shared_with.update(devices)

    def _finish(self, room: RoomId, session: OutboundGroupSession) -> None:
        # Somebody left or came meanwhile: the key was dropped, and another must be shared.
        if self._machine.outbound(room) is session:
            session.shared = True

    async def _claim(self, devices: Mapping[str, Iterable[str]]) -> None:
        """In portions, each of them kept: a room of hundreds is not begun anew at a fault."""
        wanted = [(user, device) for user, of in devices.items() for device in of]
        for start in range(0, len(wanted), _MOST_DEVICES_PER_CLAIM):
            keys: dict[str, dict[str, str]] = {}
            for user, device in wanted[start:][:_MOST_DEVICES_PER_CLAIM]:
                keys.setdefault(user, {})[device] = "signed_curve25519"
            body = {"one_time_keys": keys, "timeout": 10_000}
            self._machine.receive_claimed(await self._api.post("keys", "claim", body=body))

    async def _send_to_devices(self, messages: Json) -> None:
        await self._api.put("sendToDevice", "m.room.encrypted", str(uuid4()), body=messages)

    async def unwedge(self) -> None:
        """Begin anew with devices whose messages to us have become unreadable."""
        olm = self._machine.olm
        wedged, olm.wedged_devices[:] = list(olm.wedged_devices), []
        if not wedged:
            return
        olm.wedged_devices.extend(wedged)
        devices: dict[str, list[str]] = {}
        for device in wedged:
            devices.setdefault(device.user_id, []).append(device.device_id)
        try:
            await self._claim(devices)
            for message in list(olm.outgoing_to_device_messages):
                await self._send_to_devices(message.as_dict())
        except (HomeserverUnavailable, HomeserverRefused) as problem:
            log.warning("Cannot renew %d broken encrypted channels: %s", len(wedged), problem)
        # Once is enough: a device without one-time keys would be asked for ever.
        olm.wedged_devices.clear()
        olm.outgoing_to_device_messages.clear()
