"""Sees to it that of several bots on one PostgreSQL database only one works."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.errors import StoreUnavailable
from kaz_bot.store.engine import connect_apart
from kaz_bot.store.faults import told_apart

log = logging.getLogger(__name__)

# The lock belongs to a session and ends with it. Any number will do that nobody else uses.
LEADING = 0x4B617A02
# How long a session is believed to live after it was last seen alive.
TRUST_SECONDS = 5.0


class Leadership:
    """The right to work on the database. Who has lost it cannot, until it is free again."""

    def __init__(self, url: URL) -> None:
        self._engine = connect_apart(url)
        self._session: AsyncConnection | None = None
        self._asking = asyncio.Lock()
        self._seen_alive = float("-inf")

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Waits until no other bot works, and keeps the others waiting until the end."""
        try:
            with told_apart():
                await self._take()
            yield
        finally:
            await self._end_session()

    async def sure(self) -> None:
        """Returns while this bot leads; `StoreUnavailable` when another has taken over."""
        async with self._asking:
            now = asyncio.get_running_loop().time()
            if now < self._seen_alive + TRUST_SECONDS:
                return
            with told_apart():
                if not await self._alive() and not await self._taken():
                    raise StoreUnavailable("Another bot works on this database now")
            self._seen_alive = now

    def doubt(self) -> None:
        """The database was away: the session may have ended."""
        self._seen_alive = float("-inf")

    async def _take(self) -> None:
        if not await self._taken():
            log.info("Another bot works on this database: standing by")
            self._session = await self._engine.connect()
            await self._session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LEADING})
            log.info("Taking over")
        self._seen_alive = asyncio.get_running_loop().time()

    async def _taken(self) -> bool:
        self._session = await self._engine.connect()
        taken = await self._session.scalar(
            text("SELECT pg_try_advisory_lock(:key)"), {"key": LEADING}
        )
        if not taken:
            await self._end_session()
        return bool(taken)

    async def _alive(self) -> bool:
        if self._session is None:
            return False
        try:
            await self._session.execute(text("SELECT 1"))
        except DBAPIError:
            await self._end_session()
            return False
        return True

    async def _end_session(self) -> None:
        if self._session is not None:
            with suppress(DBAPIError):
                await self._session.close()
            self._session = None
