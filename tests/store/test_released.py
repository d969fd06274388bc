"""A database of any released schema becomes the present one, with every record in it."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from kaz_bot.domain.threads import ThreadId
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.messages import LetterId
from kaz_bot.store import Store, Work
from kaz_bot.store.engine import address_of, connect
from kaz_bot.store.schema import head
from tests.store.comparing import differences, indexes
from tests.store.records import ENTRY, PROJECT, ROOM, THREAD, TICKET, UNDECRYPTABLE, after

RELEASED = Path(__file__).parent / "released"
SCHEMAS = ["0001", "0002", "0003", "0004"]


def restore(url: str, dump: str) -> None:
    """Runs the dump as the database's own tool would."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.partition("///")[2])
        connection.executescript(dump)
        connection.close()
        return
    with psycopg.connect(url.replace("+psycopg", "")) as session:
        session.execute(dump.encode())


@pytest.fixture(params=SCHEMAS)
def released_url(request: pytest.FixtureRequest, database_url: str) -> str:
    kind = address_of(database_url).get_backend_name()
    restore(database_url, (RELEASED / f"{request.param}.{kind}.sql").read_text())
    return database_url


async def test_a_released_schema_becomes_the_present_one(
    released_url: str, migrated_sqlite: str, migrated_postgresql: str
) -> None:
    store = Store(released_url)
    assert (await store.migrate())[1] == head()
    await store.close()
    upgraded = connect(address_of(released_url))
    assert await differences(upgraded) == []
    made = {"sqlite": migrated_sqlite, "postgresql": migrated_postgresql}
    migrated = connect(address_of(made[upgraded.dialect.name]))
    assert await indexes(upgraded) == await indexes(migrated)
    await migrated.dispose()
    await upgraded.dispose()


async def test_the_records_of_a_released_schema_are_all_there(released_url: str) -> None:
    store = Store(released_url)
    await store.migrate()
    async with store.work() as work:
        await find_everything(work)
        assert (await work.tickets.add(TICKET)).id == TicketId(3)
    await store.close()


async def find_everything(work: Work) -> None:
    """What `fill` in the tests of backups puts in."""
    second = replace(TICKET, id=TicketId(2), claimed_at=after(1), confidence=0.1)
    assert await work.tickets.get(TicketId(2)) == second
    assert (await work.tickets.get(TicketId(1))).merged_into == TicketId(2)
    assert [post.attachment is None for post in await work.posts.of(TicketId(1))] == [False]
    assert await work.threads.of(TicketId(1)) == [
        replace(THREAD, id=ThreadId(1), root_letter=LetterId(1))
    ]
    assert await work.trail.of(TicketId(1)) == [replace(ENTRY, details={"to": "standards"})]
    first = await work.tickets.get(TicketId(1))
    solved = await work.tickets.save(replace(first, state=TicketState.CLOSED, solution="Ja."))
    assert await work.search.find(["schlüssel"], limit=9) == [solved]
    assert await work.letters.lanes() == [PROJECT]
    assert await work.letters.editing(LetterId(1)) == []
    assert await work.rooms.all() == [ROOM]
    assert await work.checkpoint.get("KAZ") == "s1"
    assert await work.undecrypted.all() == [UNDECRYPTABLE]
    assert len(await work.erasures.all()) == 1
