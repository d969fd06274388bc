"""What is there is found after a migration, a restore, and at an operator's wish."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaz_bot.cli import main
from kaz_bot.config import Settings, load
from kaz_bot.domain.knowledge.finds import Viewer, Wish
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import Ticket, TicketState
from kaz_bot.messages import RoomId
from kaz_bot.operations.backup import back_up
from kaz_bot.operations.reindexing import reindex
from kaz_bot.operations.restore import restore
from kaz_bot.reindexing import complete_search
from kaz_bot.seeking import seek
from kaz_bot.store import Store, Work
from tests.forgetting.desk import new_post, new_ticket
from tests.operations.conftest import NewSettings
from tests.store.records import ANN, BEK, NOON
from tests.store.test_released import RELEASED
from tests.store.test_released import restore as put_back

ANSWER = "Im Keller, zweites Regal."
VIEWER = Viewer(
    person=BEK, room_id=RoomId("!other:kaz.test"), kind=RoomKind.PROJECT, encrypted=True
)
# As the bot of schema 0004 left a ticket that was answered.
SOLVED_THEN = """
UPDATE tickets SET state = 'closed', merged_into = NULL, solution = 'Im Keller, zweites Regal.',
    question = 'Wo ist der Schlüssel?' WHERE id = 2;
INSERT INTO posts (ticket_id, event_id, room_id, sender, author, kind, text, sealed, said_at)
    VALUES (2, '$answer', '!r', '@bek:kaz.test', 'Bek', 'resolution',
        'Im Keller, zweites Regal.', false, '2026-09-30 12:00:00');
"""


async def found(store: Store, words: str) -> list[str]:
    """What somebody finds who has nothing to do with it."""
    async with store.work() as work:
        seen = await seek(work, Wish(words=words), VIEWER, today=date(2026, 9, 30), limit=5)
    return [str(find.ticket.id if find.ticket else find.subject) for find in seen.finds]


async def solved(work: Work) -> Ticket:
    """A ticket with an answer, of which no index knows."""
    ticket = await new_ticket(work, ANN)
    await new_post(work, ticket, BEK, ANSWER, PostKind.RESOLUTION)
    return await work.tickets.save(replace(ticket, state=TicketState.CLOSED, solution=ANSWER))


def put_back_0004(url: str, kind: str) -> None:
    dump = (RELEASED / f"0004.{kind}.sql").read_text()
    put_back(url, f"{dump}\n{SOLVED_THEN}")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_what_was_solved_before_there_was_an_index_is_found_after_the_start(
    request: pytest.FixtureRequest, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    url: str = request.getfixturevalue(f"{kind}_url")
    await asyncio.to_thread(put_back_0004, url.replace("+aiosqlite", ""), kind)
    store = Store(url)
    await store.migrate()
    assert await found(store, "Keller") == []
    caplog.set_level("INFO")
    await complete_search(store)
    assert await found(store, "Keller") == ["2"]
    assert await found(store, "Kelller Regal") == ["2"]
    assert "The search is built from all records" in caplog.text
    caplog.clear()
    await complete_search(store)
    assert caplog.text == ""
    await store.close()


async def test_a_backup_of_an_older_bot_is_found_in_after_its_restore(
    new_settings: NewSettings, tmp_path: Path
) -> None:
    old, new = new_settings("old"), new_settings("new")
    old.data_dir.mkdir()
    await asyncio.to_thread(put_back_0004, old.database_url.replace("+aiosqlite", ""), "sqlite")
    await back_up(old, tmp_path / "kaz.tar.gz", NOON)
    seen: list[tuple[int, int]] = []
    await restore(new, tmp_path / "kaz.tar.gz", lambda done, total: seen.append((done, total)))
    store = Store(new.database_url)
    assert await found(store, "Keller") == ["2"]
    assert seen == [(2, 2)]
    await store.close()


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        await solved(work)
        await new_ticket(work, ANN, "Wer hat den Keller?")
    await store.close()
    return settings


async def test_an_operator_builds_the_search_anew(settings: Settings) -> None:
    seen: list[tuple[int, int]] = []
    assert await reindex(settings, lambda done, total: seen.append((done, total))) == 2
    assert seen == [(2, 2)]
    store = Store(settings.database_url)
    assert await found(store, "Keller") == ["1"]
    await store.close()


async def test_what_was_left_in_the_index_by_mistake_is_gone(settings: Settings) -> None:
    await reindex(settings)
    store = Store(settings.database_url)
    async with store.work() as work:
        ticket = (await work.tickets.after(0, 1))[0]  # type: ignore[arg-type]  # before the first
        await work.tickets.save(replace(ticket, solution="", question=""))
    await reindex(settings)
    assert await found(store, "Keller") == []
    async with store.work() as work:
        assert await work.index.vocabulary.known({"kell", "schlussel"}) == {}
    await store.close()


async def test_a_search_that_was_broken_off_is_built_at_the_next_start(settings: Settings) -> None:
    await reindex(settings)
    store = Store(settings.database_url)
    async with store.work() as work:
        await work.index.begin_anew()
    await complete_search(store)
    assert await found(store, "Keller") == ["1"]
    await store.close()


def test_the_command_says_how_much_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = ("KAZ_HOMESERVER=http://127.0.0.1:9", "KAZ_USER_ID=@kaz:kaz.test", "KAZ_PASSWORD=x")
    (tmp_path / ".env").write_text("\n".join(lines))
    runner = CliRunner()
    assert runner.invoke(main, ["migrate"]).exit_code == 0

    async def fill() -> None:
        store = Store(load().database_url)
        async with store.work() as work:
            await solved(work)
        await store.close()

    asyncio.run(fill())
    done = runner.invoke(main, ["reindex"], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, "Records looked through: 1.\n")
