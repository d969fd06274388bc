"""Of several bots on one database one works, and the next takes over when it ends."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kaz_bot.errors import StoreUnavailable
from kaz_bot.store import Store
from tests.store.sessions import end_every_session


async def work_once(store: Store) -> None:
    async with store.work() as work:
        await work.tickets.counts()


async def lead(store: Store, leads: asyncio.Event, end: asyncio.Event) -> None:
    async with store.lead():
        leads.set()
        await end.wait()


@pytest.fixture
async def one(migrated_postgresql: str) -> AsyncIterator[Store]:
    store = Store(migrated_postgresql)
    yield store
    await store.close()


@pytest.fixture
async def other(migrated_postgresql: str) -> AsyncIterator[Store]:
    store = Store(migrated_postgresql)
    yield store
    await store.close()


async def test_a_second_bot_stands_by_until_the_first_ends(
    one: Store, other: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "kaz_bot.store")
    leads, end = asyncio.Event(), asyncio.Event()
    end.set()
    async with one.lead():
        await work_once(one)
        standing_by = asyncio.create_task(lead(other, leads, end))
        await asyncio.wait([standing_by], timeout=0.3)
        assert not leads.is_set()
    await standing_by
    assert leads.is_set()
    assert caplog.messages == [
        "Another bot works on this database: standing by",
        "Taking over",
    ]


async def test_a_bot_that_stands_by_can_be_ended(one: Store, other: Store) -> None:
    async with one.lead():
        standing_by = asyncio.create_task(lead(other, asyncio.Event(), asyncio.Event()))
        await asyncio.wait([standing_by], timeout=0.3)
        standing_by.cancel()
        await asyncio.wait([standing_by])
    async with other.lead():
        await work_once(other)


async def test_a_bot_that_lost_its_place_does_nothing_until_it_is_free(
    one: Store, other: Store, migrated_postgresql: str
) -> None:
    async with one.lead():
        await work_once(one)
        end_every_session(migrated_postgresql)
        async with other.lead():
            with pytest.raises(StoreUnavailable, match="terminating connection"):
                await work_once(one)
            with pytest.raises(StoreUnavailable, match="Another bot works on this database now"):
                await work_once(one)
            await work_once(other)
        await work_once(one)


async def test_a_bot_alone_goes_on_after_the_server_was_away(
    one: Store, migrated_postgresql: str
) -> None:
    async with one.lead():
        await work_once(one)
        end_every_session(migrated_postgresql)
        with pytest.raises(StoreUnavailable):
            await work_once(one)
        await work_once(one)


async def test_a_file_has_no_second_bot_to_wait_for(migrated_sqlite: str) -> None:
    store = Store(migrated_sqlite)
    async with store.lead():
        await work_once(store)
    await store.close()
