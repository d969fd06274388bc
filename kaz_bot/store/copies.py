"""Writes all records as JSON Lines, and reads them back into a database of either kind."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any, TextIO

from sqlalchemy import Connection, DateTime, MetaData, Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.errors import DatabaseError
from kaz_bot.store.schema import VERSION_TABLE, current, released, upgrade
from kaz_bot.store.tables_of_search import FULL_TEXT

# A line about the whole, a line for each row, and a line that says how many there were.
FORMAT = 1
ROWS_AT_ONCE = 500

Line = Mapping[str, Any]


async def write_copy(connection: AsyncConnection, stream: TextIO) -> int:
    """Writes what the transaction sees; how many rows that were."""
    schema = await connection.run_sync(current)
    if schema is None:
        raise DatabaseError("The database is empty: there is nothing to back up")
    tables = await connection.run_sync(_tables)
    counters = dict(sorted((await connection.run_sync(_counters, tables)).items()))
    _write(stream, {"kaz-bot": FORMAT, "schema": schema, "counters": counters})
    rows = 0
    for table in tables.values():
        async for row in _rows(connection, table):
            _write(stream, {"table": table.name, "row": row})
            rows += 1
    _write(stream, {"rows": rows})
    return rows


async def read_copy(connection: AsyncConnection, stream: TextIO) -> int:
    """Fills an empty database and brings it up to date; how many rows it got."""
    lines = _lines(stream)
    heading = next(lines, {})
    if heading.get("kaz-bot") != FORMAT or heading["schema"] not in released():
        raise DatabaseError("The file is no backup, or one of a newer program")
    await connection.run_sync(_prepare, heading["schema"])
    tables = await connection.run_sync(_tables)
    rows, promised = 0, None
    for name, several in groupby(lines, key=lambda line: line.get("table")):
        if name is None:
            promised = next(several).get("rows")
            continue
        while some := list(islice(several, ROWS_AT_ONCE)):
            await connection.execute(
                insert(_known(name, tables)), [_put(tables[name], line["row"]) for line in some]
            )
            rows += len(some)
    if rows != promised:
        raise DatabaseError("The backup is not complete: its end is missing")
    await connection.run_sync(_count_on, heading["counters"])
    await connection.run_sync(upgrade)
    return rows


def _prepare(connection: Connection, schema: str) -> None:
    """The rows go into the schema they were written from: what is newer is made of them later."""
    present = current(connection)
    if present not in {None, schema} or any(
        connection.scalar(select(table).exists().select()) for table in _tables(connection).values()
    ):
        raise DatabaseError("The database is not empty: name an empty one to restore into")
    upgrade(connection, to=schema)


def _tables(connection: Connection) -> dict[str, Table]:
    """The tables as they are, each after those it refers to. Older ones than ours may be there.

    What SQLite makes for its full text is none: it follows what is put into the tables.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(FULL_TEXT))
    return {table.name: table for table in found.sorted_tables if table.name != VERSION_TABLE}


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[Line]:
    # What PostgreSQL makes of other columns it makes anew.
    own = [column for column in table.c if column.computed is None]
    found = await connection.stream(select(*own).order_by(*table.primary_key))
    async for row in found:
        yield {name: _take(value) for name, value in row._mapping.items()}


def _take(value: object) -> object:
    if not isinstance(value, datetime):
        return value
    # SQLite has no zones: what it gives back is the UTC we put in.
    moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return moment.isoformat()


def _known(name: str, tables: Mapping[str, Table]) -> Table:
    if name not in tables:
        raise DatabaseError(f"The backup does not fit its schema: no table {name}")
    return tables[name]


def _put(table: Table, row: Line) -> dict[str, object]:
    for name in row.keys() - table.c.keys():
        raise DatabaseError(f"The backup does not fit its schema: no column {name}")
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, DateTime)
        else value
        for name, value in row.items()
    }


def _counters(connection: Connection, tables: Mapping[str, Table]) -> dict[str, int]:
    """The last number each table gave to a row, which it must never give again."""
    if connection.dialect.name == "sqlite":
        counted = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {name: last for name, last in counted if name in tables}
    last_numbers = {
        name: connection.scalar(
            text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass)"),
            {"name": name},
        )
        for name, table in tables.items()
        if "id" in table.c and table.c.id.identity is not None
    }
    return {name: last for name, last in last_numbers.items() if last is not None}


def _count_on(connection: Connection, counters: Mapping[str, int]) -> None:
    for name, last in counters.items():
        counter = {"name": name, "last": last}
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), counter
            )
            continue
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), counter)
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), counter
        )


def _write(stream: TextIO, line: Line) -> None:
    stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(stream: TextIO) -> Iterator[Line]:
    for number, line in enumerate(stream, start=1):
        try:
            yield dict(json.loads(line))
        except ValueError as problem:
            raise DatabaseError(f"The backup cannot be read from line {number} on") from problem
