"""Every schema that was ever released becomes the present one, and no other database is touched."""

import asyncio
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from kaz_bot.errors import DatabaseError
from kaz_bot.store import Store, migrations
from kaz_bot.store.engine import address_of, connect
from kaz_bot.store.tables import metadata
from tests.store.comparing import differences, indexes

FOLDER = Path(migrations.__file__).parent


def table_names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def execute(url: str, *statements: str) -> None:
    engine = connect(address_of(url))
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def test_migrating_tells_each_step_and_from_where_to_where(database_url: str) -> None:
    told: list[str] = []
    store = Store(database_url)
    assert await store.schema() == (None, "0006")
    assert await store.migrate(told.append) == (None, "0006")
    assert await store.migrate(told.append) == ("0006", "0006")
    assert await store.schema() == ("0006", "0006")
    steps = [step.partition(":")[0] for step in told]
    assert steps == ["0001", "0002", "0003", "0004", "0005", "0006"]
    await store.close()


async def test_the_migrations_make_the_tables_the_program_works_with(migrated_url: str) -> None:
    migrated = connect(address_of(migrated_url))
    assert await differences(migrated) == []
    await migrated.dispose()


async def test_the_migrations_make_the_indexes_the_program_counts_on(database_url: str) -> None:
    engine = connect(address_of(database_url))
    store = Store(database_url)
    await store.migrate()
    migrated = await indexes(engine)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
    assert await indexes(engine) == migrated
    await engine.dispose()
    await store.close()


async def test_of_two_who_migrate_at_once_one_finds_it_done(database_url: str) -> None:
    one, other = Store(database_url), Store(database_url)
    went = await asyncio.gather(one.migrate(), other.migrate())
    assert set(went) == {(None, "0006"), ("0006", "0006")}
    await one.close()
    await other.close()


async def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    await execute(database_url, "CREATE TABLE erasures (id INTEGER)")
    store = Store(database_url)
    with pytest.raises(DatabaseError, match="already exists"):
        await store.migrate()
    await store.close()
    engine = connect(address_of(database_url))
    async with engine.connect() as connection:
        assert await connection.run_sync(table_names) == ["erasures"]
    await engine.dispose()


async def test_a_database_of_a_newer_program_is_refused(migrated_url: str) -> None:
    await execute(migrated_url, "UPDATE alembic_version SET version_num = '9999'")
    store = Store(migrated_url)
    with pytest.raises(DatabaseError, match=r"has schema 9999.* use the newer program"):
        await store.open()
    with pytest.raises(DatabaseError, match="has schema 9999"):
        await store.migrate()
    await store.close()


async def test_a_database_of_another_program_is_refused(database_url: str) -> None:
    await execute(database_url, "CREATE TABLE tickets (id INTEGER)")
    store = Store(database_url)
    with pytest.raises(DatabaseError, match="tables of another program"):
        await store.open()
    await store.close()


def test_there_is_no_way_back_to_an_older_schema() -> None:
    revisions = list(ScriptDirectory(str(FOLDER)).walk_revisions())
    assert [step.revision for step in revisions] == ["0006", "0005", "0004", "0003", "0002", "0001"]
    assert [step for step in revisions if hasattr(step.module, "downgrade")] == []
