"""What was backed up is all there after a restore, on either database."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, insert

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import DatabaseError
from kaz_bot.messages import Attachment, Enclosure, EventId, LetterId
from kaz_bot.store import Store
from kaz_bot.store.engine import address_of
from kaz_bot.store.tables import metadata
from tests.store.records import (
    BEK,
    CLOCK,
    ENTRY,
    LESSON,
    LETTER,
    NOON,
    POST,
    PROJECT,
    REMINDER,
    REMINDER_ENTRY,
    ROOM,
    THREAD,
    TICKET,
    UNDECRYPTABLE,
    after,
)
from tests.store.records_of_committee import fill_committee
from tests.store.records_of_knowledge import fill_knowledge

SYNCHRONOUS = {"sqlite+aiosqlite": "sqlite", "postgresql+psycopg": "postgresql+psycopg"}
HEADING = '{"kaz-bot": 1, "schema": "0001", "counters": {}}\n'


async def fill(store: Store) -> None:
    """One of everything; the first ticket is merged into the second, which comes after it."""
    async with store.work() as work:
        first = await work.tickets.add(replace(TICKET, question="Ä\0\ud800", because=("ä",)))
        second = await work.tickets.add(replace(TICKET, claimed_at=after(1), confidence=0.1))
        await work.tickets.save(first.merged(second, after(2)))
        file = Attachment(name="f", content={"url": "mxc://a/b"})
        post = await work.posts.add(replace(POST, attachment=file))
        letter = await work.letters.add(replace(LETTER, post_id=post.id))
        await work.threads.add(replace(THREAD, root_letter=letter.id))
        await work.trail.add(replace(ENTRY, details={"to": "standards"}))
        await work.search.index(first.id, ["schlüssel"])
        await work.rooms.save(ROOM)
        await work.seen.first_sight(EventId("$said"), PROJECT, NOON)
        await work.checkpoint.save("s1", "KAZ")
        await work.undecrypted.add(UNDECRYPTABLE, NOON)
        await work.lessons.keep(LESSON)
        await work.erasures.add("ticket", "KAZ-9", NOON)
        await work.feeds.add(Feed(token="secret", room_id=PROJECT, made_at=NOON))
        await work.enclosures.add(letter.id, Enclosure(name="k", media_type="m/t", content=b"\0"))
        reminder = await work.reminders.add(replace(REMINDER, ticket_id=second.id), [BEK])
        await work.reminders.note(replace(REMINDER_ENTRY, details={"reason": "ä"}))
        await work.reminders.tell(letter.id, [reminder.id])
        await work.clocks.save(replace(CLOCK, waited=timedelta(hours=1, microseconds=3)))
        await fill_committee(work)
        await fill_knowledge(work)
        await work.subjects.tell(letter.id, [Subject("BV-1")])


async def copy_of(store: Store) -> str:
    stream = io.StringIO()
    await store.dump(stream)
    return stream.getvalue()


@pytest.fixture
async def copy(store: Store) -> str:
    await fill(store)
    return await copy_of(store)


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Store]:
    """A database to restore into, of the same kind as the copied one or of the other."""
    empty = Store(database_url)
    yield empty
    await empty.close()


async def test_a_restored_database_has_every_record(copy: str, empty: Store) -> None:
    assert await empty.load(io.StringIO(copy)) == copy.count("\n") - 2
    assert await copy_of(empty) == copy
    assert await empty.schema() == ("0006", "0006")


async def test_every_table_is_in_the_copy(copy: str) -> None:
    lines = [json.loads(line) for line in copy.splitlines()]
    assert {line["table"] for line in lines[1:-1]} == set(metadata.tables)


async def test_a_restored_record_is_the_record(store: Store, copy: str, empty: Store) -> None:
    await empty.load(io.StringIO(copy))
    async with store.work() as before, empty.work() as after_it:
        assert await after_it.tickets.get(TicketId(1)) == await before.tickets.get(TicketId(1))
        assert await after_it.posts.of(TicketId(1)) == await before.posts.of(TicketId(1))
        assert await after_it.trail.of(TicketId(1)) == await before.trail.of(TicketId(1))


async def test_numbers_go_on_where_they_were(copy: str, empty: Store) -> None:
    # The last ticket of all is gone, its number is not.
    await empty.load(io.StringIO(copy.replace('"tickets":2', '"tickets":41', 1)))
    async with empty.work() as work:
        assert (await work.tickets.add(TICKET)).id == TicketId(42)
        assert (await work.letters.add(LETTER)).id == LetterId(2)


async def test_a_migrated_database_without_records_is_empty(store: Store, empty: Store) -> None:
    copy = await copy_of(store)
    await empty.migrate()
    assert await empty.load(io.StringIO(copy)) == 0


async def test_a_database_with_records_is_not_restored_into(store: Store, copy: str) -> None:
    with pytest.raises(DatabaseError, match="not empty"):
        await store.load(io.StringIO(copy))
    assert await copy_of(store) == copy


async def test_there_is_nothing_to_back_up_before_the_first_start(empty: Store) -> None:
    await empty.open()
    with pytest.raises(DatabaseError, match="nothing to back up"):
        await copy_of(empty)


async def test_half_a_backup_leaves_the_database_empty(copy: str, empty: Store) -> None:
    with pytest.raises(DatabaseError, match="its end is missing"):
        await empty.load(io.StringIO(copy[: copy.index('{"rows"')]))
    assert await empty.schema() == (None, "0006")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "no backup"),
        ("Liebe Grüße", "from line 1 on"),
        ('{"kaz-bot":2,"schema":"0001"}', "no backup, or one of a newer program"),
        ('{"kaz-bot":1,"schema":"9999"}', "no backup, or one of a newer program"),
        (f'{HEADING}{{"table":"tickets","row":', "from line 2 on"),
        (f'{HEADING}{{"table":"foreign","row":{{}}}}', "no table foreign"),
        (f'{HEADING}{{"table":"rooms","row":{{"colour":1}}}}', "no column colour"),
        (f'{HEADING}{{"table":"rooms","row":{{"room_id":"!r"}}}}', "cannot be used"),
        (f'{HEADING}{{"rows":1}}', "its end is missing"),
    ],
)
async def test_what_is_no_backup_is_told_apart(empty: Store, written: str, problem: str) -> None:
    with pytest.raises(DatabaseError, match=problem):
        await empty.load(io.StringIO(written))


class Meddling(io.StringIO):
    """While the copy is written, somebody adds to the table that comes last."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = address_of(url)

    def write(self, line: str) -> int:
        if not self.tell():
            engine = create_engine(self._url.set(drivername=SYNCHRONOUS[self._url.drivername]))
            with engine.begin() as connection:
                connection.execute(
                    insert(metadata.tables["words"]), {"word": "neu", "ticket_id": 1}
                )
            engine.dispose()
        return super().write(line)


async def test_a_copy_shows_one_moment_while_work_goes_on(
    store: Store, copy: str, migrated_url: str
) -> None:
    stream = Meddling(migrated_url)
    await store.dump(stream)
    assert stream.getvalue() == copy
    assert await copy_of(store) != copy
