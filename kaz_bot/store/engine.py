"""Connects to SQLite or PostgreSQL in the way the house relies on."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Connection, Dialect, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from kaz_bot.errors import DatabaseError
from kaz_bot.store.sqlite_driver import NearConnection

# The drivers behind the addresses operators write.
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
READS_ONLY = "kaz_reads_only"

_SQLITE_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16384",
    # What is erased is gone from the file too, also where SQLite was not built so.
    "PRAGMA secure_delete = ON",
    # From now on NearConnection waits for other writers, where nobody has to wait with it.
    "PRAGMA busy_timeout = 0",
)
_POSTGRESQL_SETTINGS = {
    "application_name": "kaz-bot",
    "connect_timeout": 10,
    # A host that vanished without a word is noticed after half a minute.
    "keepalives_idle": 30,
    "tcp_user_timeout": 30_000,
}


def address_of(written: str) -> URL:
    """The address with its driver; `DatabaseError` when it is none we can use."""
    try:
        url = make_url(written)
    except ArgumentError as problem:
        raise DatabaseError("KAZ_DATABASE_URL is not an address of a database") from problem
    if url.drivername not in DRIVERS:
        raise DatabaseError(
            f"KAZ_DATABASE_URL begins with {url.drivername}://; "
            "use sqlite:///path or postgresql://user@host/name"
        )
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise DatabaseError("KAZ_DATABASE_URL names no file: sqlite:///path")
    return url.set(drivername=DRIVERS[url.drivername])


def connect(url: URL) -> AsyncEngine:
    """The engine; it connects when it is first used.

    Parameters are hidden: what people wrote is in them, and errors get into the log.
    """
    if url.get_backend_name() == "sqlite":
        # SQLite has one writer anyway. With one connection those who wait stand in our own queue,
        # instead of asking again and again whether the file is free.
        engine = create_async_engine(
            url,
            pool_size=1,
            max_overflow=0,
            pool_timeout=60,
            hide_parameters=True,
            connect_args={"async_creator_fn": NearConnection},
        )
        event.listen(engine.sync_engine, "do_connect", _make_file)
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    return create_async_engine(
        url,
        pool_size=4,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        connect_args=_POSTGRESQL_SETTINGS,
    )


def connect_apart(url: URL) -> AsyncEngine:
    """An engine for one PostgreSQL session that ends when its connection is closed."""
    return create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args=_POSTGRESQL_SETTINGS,
    )


def _make_file(_dialect: Dialect, _record: object, where: list[str], _how: object) -> None:
    """An empty database that nobody else may read, unless there is one; SQLite's is for all."""
    path = Path(where[0])
    # A file that exists is not even opened: closing it would drop the locks SQLite has on it.
    if path.exists():
        return
    try:
        with TemporaryDirectory(dir=path.parent, prefix=path.name) as folder:
            new = Path(folder) / path.name
            os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
            # Two who find an empty file cannot both switch it to WAL, however long they wait.
            with closing(sqlite3.connect(new)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            with suppress(FileExistsError):
                path.hardlink_to(new)
    except OSError as problem:
        raise DatabaseError(f"The database {path} cannot be used: {problem.strerror}") from problem


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    # The driver's own BEGIN comes late and takes no lock; `_begin` says ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for setting in _SQLITE_SETTINGS:
            cursor.execute(setting)
    except sqlite3.DatabaseError:
        # A pool that has not got its connection yet does not close it, and a thread would stay.
        connection.close()
        raise
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and wants to write later fails when another wrote in between,
    # and no waiting helps. IMMEDIATE waits at the start, where nothing is lost.
    reads_only = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
