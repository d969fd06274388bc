"""Gives the tests of the store an open one, migrated, on each of the databases."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kaz_bot.store import Store, Work
from tests.postgresql import Postgresql


async def _migrate(url: str) -> None:
    store = Store(url)
    await store.migrate()
    await store.close()


# Migrating takes longer than most tests: it is done once, each test gets a copy.
@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "kaz.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_template(postgresql: Postgresql) -> str:
    name = postgresql.create_database()
    asyncio.run(_migrate(postgresql.url(name)))
    return name


@pytest.fixture
def migrated_sqlite(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'migrated.db')}"


@pytest.fixture
def migrated_postgresql(postgresql: Postgresql, migrated_template: str) -> Iterator[str]:
    name = postgresql.create_database(migrated_template)
    yield postgresql.url(name)
    postgresql.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own with the present schema, and nothing in it."""
    url: str = request.getfixturevalue(f"migrated_{request.param}")
    return url


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = Store(migrated_url)
    yield store
    await store.close()


@pytest.fixture
async def work(store: Store) -> AsyncIterator[Work]:
    """One transaction for the whole test."""
    async with store.work() as work:
        yield work
