"""An account on a fake homeserver, and somebody who listens to what its session tells."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.messages import Batch, Incoming, Invitation, UserId
from tests.matrix.fake_homeserver import BOT, TOKEN, FakeHomeserver

_PATIENCE = 10


class Listener:
    """Runs a session and keeps what it brings."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.rooms = session.rooms
        self._came = asyncio.Condition()
        self.batches: list[Batch] = []
        self.running: asyncio.Task[None] | None = None

    @property
    def events(self) -> list[Incoming]:
        return [event for batch in self.batches for event in batch.events]

    @property
    def invitations(self) -> list[Invitation]:
        return [invitation for batch in self.batches for invitation in batch.invitations]

    async def handle(self, batch: Batch) -> None:
        async with self._came:
            self.batches.append(batch)
            self._came.notify_all()

    def follow(self, since: str | None = None) -> None:
        self.running = asyncio.create_task(self._session.run(since, self.handle))

    async def until(self, next_batch: str) -> None:
        """Return when the sync that ends there has been handled."""
        async with asyncio.timeout(_PATIENCE), self._came:
            await self._came.wait_for(
                lambda: any(batch.next_batch == next_batch for batch in self.batches)
            )

    async def stop(self) -> None:
        if self.running is not None:
            self.running.cancel()
            await asyncio.wait([self.running])


Open = Callable[..., Awaitable[Session]]


@pytest.fixture
async def server() -> AsyncIterator[FakeHomeserver]:
    fake = FakeHomeserver()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
def settings(server: FakeHomeserver, tmp_path: Path) -> SessionSettings:
    return SessionSettings(
        homeserver=server.url,
        user_id=UserId(BOT),
        data_dir=tmp_path / "data",
        access_token=TOKEN,
    )


@pytest.fixture
async def session(settings: SessionSettings) -> AsyncIterator[Session]:
    """A session that is open."""
    opened = Session(settings)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def listener(session: Session) -> AsyncIterator[Listener]:
    listening = Listener(session)
    yield listening
    await listening.stop()
