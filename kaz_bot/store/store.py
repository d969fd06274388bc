"""The database: opened once, worked on in transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TextIO

from kaz_bot.errors import StoreUnavailable
from kaz_bot.store.copies import read_copy, write_copy
from kaz_bot.store.engine import READS_ONLY, address_of, connect
from kaz_bot.store.faults import at_start, told_apart
from kaz_bot.store.leadership import Leadership
from kaz_bot.store.schema import Progress, current, head, tell_nobody, upgrade
from kaz_bot.store.work import Work


class Store:
    """SQLite or PostgreSQL, as the address says; nothing above this floor can tell which."""

    def __init__(self, url: str) -> None:
        self._url = address_of(url)
        self._engine = connect(self._url)
        self._leadership: Leadership | None = None

    @property
    def address(self) -> str:
        """Where the database is, without the password."""
        return self._url.render_as_string(hide_password=True)

    async def open(self) -> None:
        """Connects once; `DatabaseError` when that fails, or the schema is not one of ours."""
        await self.schema()

    async def close(self) -> None:
        await self._engine.dispose()

    async def schema(self) -> tuple[str | None, str]:
        """The schema the database has (none: it is empty), and the one the program needs."""
        with at_start(self.address):
            async with self._engine.connect() as connection:
                return await connection.run_sync(current), head()

    async def migrate(
        self, progress: Progress = tell_nobody, to: str = "head"
    ) -> tuple[str | None, str]:
        """Brings the schema up to date, wholly or not at all; from where to where it went."""
        with at_start(self.address):
            async with self._engine.begin() as connection:
                return await connection.run_sync(upgrade, progress, to)

    async def dump(self, stream: TextIO) -> int:
        """Writes all records as they are at one moment, also while the bot works; how many."""
        with at_start(self.address):
            async with self._engine.connect() as connection:
                await connection.execution_options(**self._one_moment())
                async with connection.begin():
                    return await write_copy(connection, stream)

    async def load(self, stream: TextIO) -> int:
        """Fills an empty database from what `dump` wrote, wholly or not at all; how many."""
        with at_start(self.address):
            async with self._engine.begin() as connection:
                return await read_copy(connection, stream)

    def _one_moment(self) -> dict[str, object]:
        if self._engine.dialect.name == "sqlite":
            return {READS_ONLY: True}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """One transaction: kept when the block ends, undone when it raises.

        `StoreUnavailable`: try again later; `StaleRecord`: try again now. A block must not open
        another, and must not wait for the network.
        """
        if self._leadership is not None:
            await self._leadership.sure()
        try:
            with told_apart():
                async with self._engine.begin() as connection:
                    work = Work(connection)
                    yield work
                    await work.index.settle()
        except StoreUnavailable:
            if self._leadership is not None:
                self._leadership.doubt()
            raise

    @asynccontextmanager
    async def lead(self) -> AsyncIterator[None]:
        """Waits until this bot is the only one that works here; logs once that it stands by.

        A bot that loses its place finds `StoreUnavailable` at each piece of work, until the place
        is free again. SQLite needs nothing: there the lock is on the data directory.
        """
        if self._engine.dialect.name == "sqlite":
            yield
            return
        self._leadership = Leadership(self._url)
        try:
            async with self._leadership.held():
                yield
        finally:
            self._leadership = None
