"""Runs SQLite's statements on the spot, and in a thread only what has to wait."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import aiosqlite


class NearConnection(aiosqlite.Connection):
    """A connection of aiosqlite with fewer detours.

    aiosqlite sends each call to a thread and waits for its answer, four times for one statement:
    with a busy processor that takes a hundred times as long as the statement, of which an event
    needs a dozen. Only to wait for other writers (at BEGIN) and for the disk (at COMMIT) can take
    long; only that is done in the thread.
    """

    def __init__(self, where: str, *, timeout: float = 5.0, **settings: Any) -> None:
        def connect() -> sqlite3.Connection:
            near: sqlite3.Connection = sqlite3.connect(where, timeout=timeout, **settings)
            self.near = near
            return near

        super().__init__(connect, iter_chunk_size=64)
        # Who forgets to close the connection can still end the program.
        self._thread.daemon = True
        self._patience = timeout
        self._changes = 0

    # SQLAlchemy asks for nothing but what NearCursor has.
    async def cursor(self) -> "NearCursor":  # type: ignore[override]
        return NearCursor(self)

    async def begin(self, statement: str) -> None:
        self._changes = self.total_changes
        try:
            self.near.execute(statement)
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await self._begin_patiently(statement)

    async def _begin_patiently(self, statement: str) -> None:
        await super().execute(f"PRAGMA busy_timeout = {self._patience * 1000:.0f}")
        try:
            await super().execute(statement)
        finally:
            await super().execute("PRAGMA busy_timeout = 0")

    async def commit(self) -> None:
        if self.total_changes == self._changes:
            self.near.commit()
        else:
            await super().commit()

    async def rollback(self) -> None:
        if self.in_transaction:
            self.near.rollback()


class NearCursor:
    """A cursor as SQLAlchemy knows it from aiosqlite, on the connection itself."""

    def __init__(self, connection: NearConnection) -> None:
        self._connection = connection
        self._cursor = connection.near.cursor()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> Any:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> Any:
        return self._cursor.lastrowid

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        if statement.startswith("BEGIN"):
            await self._connection.begin(statement)
        else:
            self._cursor.execute(statement, values)

    async def executemany(self, statement: str, several: Iterable[Sequence[Any]]) -> None:
        self._cursor.executemany(statement, several)

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int) -> Any:
        return self._cursor.fetchmany(size)

    async def fetchall(self) -> Any:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()
