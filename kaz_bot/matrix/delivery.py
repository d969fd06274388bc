"""Delivers one parcel, or its file: encrypted where the room is, a parcel once."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from nio.crypto import encrypt_attachment

from kaz_bot.errors import HomeserverUnavailable, LoggedOut, SendDelayed, SendRejected
from kaz_bot.matrix.api import Api, HomeserverRefused, RateLimited
from kaz_bot.matrix.keys import Keys
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.matrix.shapes import Json, event_id, text
from kaz_bot.messages import Enclosure, EventId, Parcel, RoomId

_PAUSE_AFTER_TROUBLE = 2.0
_PAUSE_UNTIL_SYNC = 0.5
_PAUSE_LOGGED_OUT = 60.0
_PATIENCE_WITH_SYNC = 60.0


class Delivery:
    """Sends what it is given. It repeats nothing by itself: that is the postman's business."""

    def __init__(self, api: Api, machine: Machine, keys: Keys, rooms: RoomBook) -> None:
        self._api = api
        self._machine = machine
        self._keys = keys
        self._rooms = rooms
        self._locks: defaultdict[RoomId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[asyncio.Task[EventId]] = set()
        self._expected: dict[RoomId, float] = {}
        self.has_synced = False

    def expect(self, room: RoomId) -> None:
        """The bot has just joined this room; the next sync will tell about it."""
        self._expected[room] = time.monotonic() + _PATIENCE_WITH_SYNC

    async def deliver(self, parcel: Parcel) -> EventId:
        """The id of the event. Raise SendDelayed or SendRejected.

        Whoever stops waiting does not stop the sending: half-shared keys would mute the room.
        """
        task = asyncio.create_task(self._in_turn(parcel))
        self._under_way.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    def _finished(self, task: asyncio.Task[EventId]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # Nobody may be waiting any more; the outbox will try again.

    async def close(self) -> None:
        """Return when all that was begun has ended."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _in_turn(self, parcel: Parcel) -> EventId:
        async with self._locks[parcel.room_id]:
            with _told_apart():
                answer = await self._send(parcel)
        identifier = event_id(answer.get("event_id"))
        if identifier is None:
            raise SendDelayed("an answer without an event id", seconds=_PAUSE_AFTER_TROUBLE)
        return identifier

    async def upload(self, room: RoomId, enclosure: Enclosure) -> Json:
        """What an event in the room has to say to find the file. Raise as `deliver` does.

        What goes into an encrypted room is encrypted for it; the homeserver learns not even the
        name (client-server spec, "Sending encrypted attachments").
        """
        self._check_membership(room)
        if not self._rooms.is_encrypted(room):
            return {"url": await self._stored(enclosure.content, enclosure)}
        ciphertext, keys = encrypt_attachment(enclosure.content)
        return {"file": {**keys, "url": await self._stored(ciphertext)}}

    async def _stored(self, content: bytes, plain: Enclosure | None = None) -> str:
        media_type = plain.media_type if plain else "application/octet-stream"
        with _told_apart():
            answer = await self._api.upload(content, media_type, plain.name if plain else None)
        address = text(answer.get("content_uri"))
        if address is None:
            raise SendDelayed("an answer without an address", seconds=_PAUSE_AFTER_TROUBLE)
        return address

    async def _send(self, parcel: Parcel) -> Json:
        self._check_membership(parcel.room_id)
        room, txn_id = ("rooms", parcel.room_id), parcel.txn_id
        if parcel.redacts is not None:
            return await self._api.put(*room, "redact", parcel.redacts, txn_id, body=parcel.content)
        event_type, content = parcel.event_type, parcel.content
        # Reactions are never encrypted: homeservers count them.
        if self._rooms.is_encrypted(parcel.room_id) and event_type != "m.reaction":
            content = await self._encrypted(parcel)
            event_type = "m.room.encrypted"
        return await self._api.put(*room, "send", event_type, txn_id, body=content)

    async def _encrypted(self, parcel: Parcel) -> Json:
        while not self._keys.knows() or self._machine.must_share(parcel.room_id):
            await self._keys.ask()
            await self._keys.share(parcel.room_id)
        return self._machine.encrypt(parcel.room_id, parcel.event_type, parcel.content)

    def _check_membership(self, room: RoomId) -> None:
        """Whether a room is encrypted must be known before anything is said in it."""
        if self._rooms.knows(room):
            self._expected.pop(room, None)
        elif not self.has_synced or self._expected.get(room, 0) > time.monotonic():
            raise SendDelayed("the sync has not told about the room yet", seconds=_PAUSE_UNTIL_SYNC)
        else:
            raise SendRejected(f"the bot is not in the room {room}")


@contextmanager
def _told_apart() -> Iterator[None]:
    """Inside, what passes is SendDelayed, and what the homeserver will never take SendRejected."""
    try:
        yield
    except RateLimited as limited:
        raise SendDelayed(str(limited), seconds=limited.seconds) from limited
    except HomeserverUnavailable as problem:
        raise SendDelayed(str(problem), seconds=_PAUSE_AFTER_TROUBLE) from problem
    except LoggedOut as problem:
        raise SendDelayed(str(problem), seconds=_PAUSE_LOGGED_OUT) from problem
    except HomeserverRefused as refused:
        raise SendRejected(str(refused)) from refused
