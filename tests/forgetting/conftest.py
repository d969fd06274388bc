"""Gives each test an open store, on each of the databases."""

from collections.abc import AsyncIterator

import pytest

from kaz_bot.store import Store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    await store.migrate()
    yield store
    await store.close()
