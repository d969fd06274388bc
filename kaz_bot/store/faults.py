"""Sorts the errors of SQLAlchemy and its drivers by who has to act."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from kaz_bot.errors import DatabaseError, StaleRecord, StoreUnavailable

# serialization_failure, deadlock_detected: PostgreSQL asks to run the transaction again.
RUN_AGAIN = frozenset({"40001", "40P01"})
# Connection, resources, operator intervention, system error: it will answer again some day.
UNAVAILABLE = frozenset({"08", "53", "57", "58"})
# A server that has become a read-only replica, before the operator's address follows the new one.
READ_ONLY_SERVER = "25006"


@contextmanager
def told_apart() -> Iterator[None]:
    """Inside, a database that does not answer just now is `StoreUnavailable`, a transaction to be
    run again is `StaleRecord`; what is left is our bug and passes."""
    try:
        yield
    except NoConnectionFree as problem:
        raise StoreUnavailable(f"No connection to the database is free: {problem}") from problem
    except DBAPIError as problem:
        _leave_out_details(problem)
        if isinstance(problem.orig, psycopg.Error) and problem.orig.sqlstate in RUN_AGAIN:
            raise StaleRecord(in_plain_words(problem)) from problem
        if _unavailable(problem):
            raise StoreUnavailable(in_plain_words(problem)) from problem
        raise


@contextmanager
def at_start(address: str) -> Iterator[None]:
    """Inside, whatever the database says is for the operator."""
    try:
        yield
    except (DBAPIError, NoConnectionFree) as problem:
        raise DatabaseError(
            f"The database {address} cannot be used: {in_plain_words(problem)}"
        ) from problem


def in_plain_words(problem: Exception) -> str:
    """The first line of what the driver says, without the statement and its values."""
    said = problem.orig if isinstance(problem, DBAPIError) else problem
    return next(iter(str(said).strip().splitlines()), type(said).__name__)


def _leave_out_details(problem: DBAPIError) -> None:
    """Below its first line PostgreSQL quotes the row it refuses, with what people wrote."""
    said = in_plain_words(problem)
    if problem.orig is not None:
        problem.orig.args = (said,)
    problem.args = (said,)


def _unavailable(problem: DBAPIError) -> bool:
    match problem.orig:
        case psycopg.Error(sqlstate=str(state)):
            return state[:2] in UNAVAILABLE or state == READ_ONLY_SERVER
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return True
        case sqlite3.OperationalError() as said:
            # Locked, full, not readable; but SQLITE_ERROR is a statement that makes no sense.
            return said.sqlite_errorcode != sqlite3.SQLITE_ERROR
    return False
