"""Takes frozen records apart into rows; both databases know how to add one only once."""

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Column, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def row_of(record: "DataclassInstance") -> dict[str, object]:
    """The fields by name. Not `asdict`, which takes the records inside a record apart as well."""
    return dict(vars(record))


def columns_for(record: "type[DataclassInstance]", table: Table) -> list[Column[object]]:
    """The columns a record is made of, where its table has more."""
    return [table.c[field.name] for field in fields(record)]


def contents_of(record: "DataclassInstance") -> dict[str, object]:
    """The fields without the id: the database gives it, and setting it to what it is would make
    SQLite look for every row that refers to it."""
    row = row_of(record)
    del row["id"]
    return row


# A statement is made once: to make it anew takes longer than SQLite takes to run it.
@cache
def _adding(table: Table) -> Insert:
    return insert(table)


async def added_id(
    connection: AsyncConnection, table: Table, record: "DataclassInstance", **more: object
) -> int:
    """Adds a row for the record; the id that the database gave it."""
    added = await connection.execute(_adding(table), contents_of(record) | more)
    assert added.inserted_primary_key is not None
    return int(added.inserted_primary_key[0])


async def added_once(connection: AsyncConnection, table: Table, row: dict[str, object]) -> bool:
    """Whether the row is new; a second one with the same key is not added."""
    adding = insert_into(connection, table).on_conflict_do_nothing()
    added = await connection.execute(adding.returning(*table.primary_key), row)
    return added.one_or_none() is not None


def insert_into(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say `ON CONFLICT`, in the words of this database."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
