"""Gives the tests of the store an open one, migrated, on each of the databases."""

from collections.abc import AsyncIterator

import pytest

from kaz_bot.store import Store, Work


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    await store.migrate()
    yield store
    await store.close()


@pytest.fixture
async def work(store: Store) -> AsyncIterator[Work]:
    """One transaction for the whole test."""
    async with store.work() as work:
        yield work
