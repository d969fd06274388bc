"""An operator's address leads to a database, or to a sentence about what is wrong with it."""

import stat
from pathlib import Path

import pytest

from kaz_bot.errors import DatabaseError
from kaz_bot.store import Store
from kaz_bot.store.engine import address_of

UNUSABLE = [
    ("", "not an address"),
    ("kaz.db", "not an address"),
    ("mysql://kaz@localhost/kaz", "begins with mysql://; use sqlite:///path or postgresql://"),
    ("sqlite://", "names no file"),
    ("sqlite:///:memory:", "names no file"),
]


@pytest.mark.parametrize(("written", "problem"), UNUSABLE)
def test_an_address_we_cannot_use_says_why(written: str, problem: str) -> None:
    with pytest.raises(DatabaseError, match=problem):
        Store(written)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///kaz.db", "sqlite+aiosqlite:///kaz.db"),
        ("sqlite:////var/lib/kaz.db", "sqlite+aiosqlite:////var/lib/kaz.db"),
        ("postgres://kaz@db/kaz", "postgresql+psycopg://kaz@db/kaz"),
        ("postgresql://kaz@/kaz?host=/run/pg", "postgresql+psycopg://kaz@/kaz?host=%2Frun%2Fpg"),
        ("postgresql+psycopg://kaz@db/kaz", "postgresql+psycopg://kaz@db/kaz"),
    ],
)
def test_an_ordinary_address_gets_its_driver(written: str, used: str) -> None:
    assert str(address_of(written)) == used


def test_an_address_is_shown_without_its_password() -> None:
    assert Store("postgresql://kaz:geheim@db/kaz").address == "postgresql+psycopg://kaz:***@db/kaz"


def rights_in(folder: Path) -> dict[str, str]:
    return {file.name: stat.filemode(file.stat().st_mode) for file in folder.iterdir()}


async def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/missing/kaz.db")
    with pytest.raises(DatabaseError, match=r"missing/kaz.db cannot be used: No such file"):
        await store.open()
    await store.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "kaz.db").write_text("Liebe Kolleginnen und Kollegen, " * 99)
    store = Store(f"sqlite:///{tmp_path}/kaz.db")
    with pytest.raises(DatabaseError, match=r"kaz.db cannot be used: file is not a database"):
        await store.open()
    await store.close()


async def test_a_server_that_does_not_answer_is_named() -> None:
    store = Store("postgresql://kaz:geheim@/kaz?host=/nowhere")
    with pytest.raises(DatabaseError, match=r"\*\*\*@/kaz.*cannot be used") as told:
        await store.open()
    assert "geheim" not in str(told.value)
    await store.close()


async def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/kaz.db")
    await store.migrate()
    async with store.work():
        assert rights_in(tmp_path) == {
            "kaz.db": "-rw-------",
            "kaz.db-shm": "-rw-------",
            "kaz.db-wal": "-rw-------",
        }
    await store.close()
