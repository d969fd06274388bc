"""Somebody with an encrypting client of another make: plain matrix-nio."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig, RoomMessageText

from kaz_bot.demo.homeserver import Homeserver

PASSWORD = "a password for tests"
_PATIENCE = 30
_AT_ONCE = 20


class NioPerson:
    """One account on one device."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.id = client.user_id
        self.heard: list[RoomMessageText] = []
        client.add_event_callback(self._hear, RoomMessageText)

    @classmethod
    async def arrive(cls, homeserver: Homeserver, folder: Path, name: str) -> Self:
        """Somebody new with an account of their own."""
        await homeserver.register(name, PASSWORD)
        return await cls.log_in(homeserver, folder, name)

    @classmethod
    async def log_in(cls, homeserver: Homeserver, folder: Path, name: str) -> Self:
        """A new device of an account that is there."""
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        client = AsyncClient(
            homeserver.url,
            f"@{name}:{homeserver.server_name}",
            store_path=str(folder),
            config=AsyncClientConfig(store_sync_tokens=False),
        )
        await client.login(PASSWORD)
        person = cls(client)
        await person.sync(full_state=True)
        return person

    async def _hear(self, _room: Any, event: Any) -> None:
        self.heard.append(event)

    async def sync(self, *, full_state: bool | None = None) -> None:
        await self.client.sync(timeout=0, full_state=full_state)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Sync until it is so."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not is_so():
                    await self.sync()
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{self.id} never saw: {what}") from None

    async def make_room(self, *invited: str, encrypted: bool = True, **more: Any) -> str:
        encryption = {"type": "m.room.encryption", "state_key": ""}
        algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
        state = [encryption | {"content": algorithm}] if encrypted else []
        made = await self.client.room_create(invite=list(invited), initial_state=state, **more)
        room = str(made.room_id)
        await self.until(lambda: room in self.client.rooms, "their own room")
        return room

    async def sees_join(self, room: str, person: str) -> None:
        users = self.client.rooms[room].users
        await self.until(lambda: person in users and not users[person].invited, f"{person} joining")

    async def join(self, room: str) -> None:
        await self.client.join(room)
        await self.until(lambda: room in self.client.rooms, "the room they joined")

    async def say(self, room: str, body: str) -> str:
        if self.client.should_query_keys:
            await self.client.keys_query()
        content = {"msgtype": "m.text", "body": body}
        sent = await self.client.room_send(
            room, "m.room.message", content, ignore_unverified_devices=True
        )
        return str(sent.event_id)

    async def say_all(self, room: str, bodies: Sequence[str]) -> None:
        """Nearly at once. nio cannot renew its key, each 100 messages, while others are sent."""
        for start in range(0, len(bodies), _AT_ONCE):
            await asyncio.gather(*(self.say(room, body) for body in bodies[start:][:_AT_ONCE]))

    async def hears(self, body: str) -> RoomMessageText:
        """The message, once it has come and could be decrypted."""
        await self.until(lambda: any(e.body == body for e in self.heard), body)
        return next(event for event in self.heard if event.body == body)


@asynccontextmanager
async def present(*persons: NioPerson) -> AsyncIterator[None]:
    """Close their clients at the end."""
    try:
        yield
    finally:
        for person in persons:
            await person.client.close()
