"""The bot's Matrix session alone, without desk or database: it hears, joins and answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.errors import SendDelayed
from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.messages import Batch, EventId, Incoming, Parcel, RoomId, Said, UserId
from tests.homeserver.nio_person import PASSWORD

_PATIENCE = 30
_LOOK_AGAIN = 0.05
Kind = TypeVar("Kind", bound=Incoming)


class SessionBot:
    """An account that follows its rooms; stopped and started again it goes on where it was."""

    def __init__(self, homeserver: Homeserver, folder: Path, name: str, **more: Any) -> None:
        self.id = UserId(f"@{name}:{homeserver.server_name}")
        self.settings = SessionSettings(
            homeserver=homeserver.url,
            user_id=self.id,
            data_dir=folder,
            **{"password": PASSWORD, **more},
        )
        self.session = Session(self.settings)
        self.since: str | None = None
        self.batches: list[Batch] = []
        self._came = asyncio.Condition()
        self._running: asyncio.Task[None] | None = None

    @classmethod
    async def arrive(cls, homeserver: Homeserver, folder: Path, name: str) -> Self:
        await homeserver.register(name, PASSWORD)
        bot = cls(homeserver, folder, name)
        await bot.start()
        return bot

    async def start(self) -> None:
        """Return when the first sync is done."""
        self.session = Session(self.settings)
        await self.session.open()
        before = len(self.batches)
        self._running = asyncio.create_task(self.session.run(self.since, self._handle))
        await self.until(lambda: len(self.batches) > before, "the first sync")

    async def stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        await self.session.close()

    async def _handle(self, batch: Batch) -> None:
        for invitation in batch.invitations:
            await self.session.join(invitation.room_id)
        async with self._came:
            self.batches.append(batch)
            self.since = batch.next_batch
            self._came.notify_all()

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE), self._came:
                await self._came.wait_for(is_so)
        except TimeoutError:
            seen = "\n".join(str(event)[:200] for event in self.events[-10:])
            raise AssertionError(f"the bot never saw: {what}; the last were\n{seen}") from None

    async def until_in_touch(self, is_so: bool) -> None:
        """Return when the session says that it hears everything, or that it does not."""
        async with asyncio.timeout(_PATIENCE):
            # Nothing here could set an event: it is a matter of time.
            while self.session.in_touch is not is_so:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_AGAIN)

    @property
    def events(self) -> list[Incoming]:
        return [event for batch in self.batches for event in batch.events]

    def seen(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def texts(self) -> list[str]:
        return [said.text for said in self.seen(Said)]

    async def hears(self, body: str) -> Said:
        await self.until(lambda: body in self.texts, body)
        return next(said for said in self.seen(Said) if said.text == body)

    async def enters(self, room: str) -> None:
        rooms = self.session.rooms
        await self.until(lambda: rooms.get(RoomId(room)) is not None, f"the room {room}")

    async def says(self, room: str, body: str, txn_id: str = "") -> EventId:
        return await self.sends(
            Parcel(
                room_id=RoomId(room),
                txn_id=txn_id or f"letter-{body}",
                event_type="m.room.message",
                content={"msgtype": "m.text", "body": body},
            )
        )

    async def sends(self, parcel: Parcel) -> EventId:
        """As the postman does: delayed letters are tried again."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    return await self.session.deliver(parcel)
                except SendDelayed as delayed:
                    await asyncio.sleep(min(delayed.seconds, 0.2))


@asynccontextmanager
async def at_work(*bots: SessionBot) -> AsyncIterator[None]:
    """Stop them at the end."""
    try:
        yield
    finally:
        for bot in bots:
            await bot.stop()
