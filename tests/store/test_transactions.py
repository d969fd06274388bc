"""A piece of work happens as a whole or not at all, whatever becomes of the database."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.errors import StaleRecord, StoreUnavailable
from kaz_bot.messages import EventId
from kaz_bot.store import Store
from tests.store.records import BEK, NOON, PROJECT, SECURITY, THREAD, TICKET, after
from tests.store.sessions import end_every_session

SAID = EventId("$said")


class Stumble(Exception):
    """What goes wrong in the middle of the work."""


async def stumbling(store: Store) -> None:
    async with store.work() as work:
        await work.seen.first_sight(SAID, PROJECT, NOON)
        await work.tickets.add(TICKET)
        raise Stumble


async def test_what_ends_well_is_kept(store: Store) -> None:
    async with store.work() as work:
        added = await work.tickets.add(TICKET)
    async with store.work() as work:
        assert await work.tickets.get(added.id) == added


async def test_what_goes_wrong_leaves_nothing(store: Store) -> None:
    with pytest.raises(Stumble):
        await stumbling(store)
    async with store.work() as work:
        assert await work.seen.first_sight(SAID, PROJECT, NOON)
        assert await work.tickets.counts() == {}


async def test_what_is_broken_off_leaves_nothing(store: Store) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with store.work() as work:
            await work.tickets.add(TICKET)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    async with store.work() as work:
        assert await work.tickets.counts() == {}


async def test_the_same_event_at_the_same_time_takes_effect_once(store: Store) -> None:
    async def see() -> bool:
        async with store.work() as work:
            return await work.seen.first_sight(SAID, PROJECT, NOON)

    assert sorted(await asyncio.gather(*(see() for _ in range(5)))) == [False] * 4 + [True]


async def test_ten_claims_in_the_same_instant_leave_one_claimed(store: Store) -> None:
    async with store.work() as work:
        ticket = await work.tickets.add(TICKET)

    async def claim() -> None:
        async with store.work() as work:
            await work.tickets.save(ticket.claimed_by(BEK, after(1)))

    outcomes = await asyncio.gather(*(claim() for _ in range(10)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(StaleRecord) == 9
    async with store.work() as work:
        assert await work.tickets.counts() == {(SECURITY, TicketState.CLAIMED): 1}


async def test_a_record_without_its_ticket_is_our_own_mistake(store: Store) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        async with store.work() as work:
            await work.threads.add(replace(THREAD, ticket_id=TicketId(99)))


async def test_a_locked_file_is_a_database_that_does_not_answer(migrated_sqlite: str) -> None:
    store = Store(migrated_sqlite + "?timeout=0.1")
    other = sqlite3.connect(migrated_sqlite.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="database is locked"):
        async with store.work():
            pass
    other.execute("ROLLBACK")
    other.close()
    async with store.work() as work:
        assert await work.tickets.counts() == {}
    await store.close()


async def test_two_programs_that_read_before_they_write_both_succeed(migrated_url: str) -> None:
    one, other = Store(migrated_url), Store(migrated_url)

    async def read_and_write(store: Store, event_id: str) -> bool:
        async with store.work() as work:
            await work.tickets.counts()
            await asyncio.sleep(0)
            return await work.seen.first_sight(EventId(event_id), PROJECT, NOON)

    written = await asyncio.gather(
        *(read_and_write(one, f"$one{turn}") for turn in range(10)),
        *(read_and_write(other, f"$other{turn}") for turn in range(10)),
    )
    assert written == [True] * 20
    await one.close()
    await other.close()


async def test_waiting_for_another_writer_holds_up_nobody_else(migrated_sqlite: str) -> None:
    store = Store(migrated_sqlite)
    other = sqlite3.connect(migrated_sqlite.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def see() -> bool:
        async with store.work() as work:
            return await work.seen.first_sight(SAID, PROJECT, NOON)

    waiting = asyncio.create_task(see())
    await asyncio.wait([waiting], timeout=0.1)
    other.execute("ROLLBACK")
    other.close()
    assert await waiting
    await store.close()


async def test_work_goes_on_after_the_server_ended_every_session(migrated_postgresql: str) -> None:
    store = Store(migrated_postgresql)

    async def interrupted() -> None:
        async with store.work() as work:
            await work.tickets.add(TICKET)
            end_every_session(migrated_postgresql)
            await work.tickets.add(TICKET)

    with pytest.raises(StoreUnavailable):
        await interrupted()
    async with store.work() as work:
        assert await work.tickets.counts() == {}
    await store.close()


async def test_a_server_that_is_away_is_a_database_that_does_not_answer() -> None:
    store = Store("postgresql://nobody@/nothing?host=/nowhere")
    with pytest.raises(StoreUnavailable):
        async with store.work():
            pass
    await store.close()


async def test_two_who_wait_for_each_other_are_told_to_try_again(
    migrated_postgresql: str,
) -> None:
    store = Store(migrated_postgresql)
    async with store.work() as work:
        one = await work.tickets.add(TICKET)
        other = await work.tickets.add(TICKET)
    meeting = asyncio.Barrier(2)

    async def save(first: TicketId, second: TicketId) -> None:
        async with store.work() as work:
            await work.tickets.save(await work.tickets.get(first))
            await meeting.wait()
            await work.tickets.save(await work.tickets.get(second))

    outcomes = await asyncio.gather(
        save(one.id, other.id), save(other.id, one.id), return_exceptions=True
    )
    assert sum(isinstance(outcome, StaleRecord) for outcome in outcomes) >= 1
    await store.close()
