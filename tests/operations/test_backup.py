"""A backup is the whole bot in one file, and makes it anew where there is none."""

import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError
from kaz_bot.forgetting import Forgotten, forget_user, keep_register
from kaz_bot.forgetting.register import REGISTER
from kaz_bot.matrix.files import DataDirectoryInUse, lock
from kaz_bot.messages import UserId
from kaz_bot.operations.backup import back_up
from kaz_bot.operations.restore import restore
from kaz_bot.store import Store
from tests.forgetting.desk import new_ticket
from tests.operations.conftest import NewSettings, make_identity
from tests.store.records import ANN, BEK, NOON, after

Damage = Callable[[Path], None]


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot that has served: two tickets, and an identity."""
    settings = new_settings()
    make_identity(settings.data_dir)
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        await new_ticket(work, ANN)
        await new_ticket(work, BEK, "Wann ist die Sitzung?")
    await store.close()
    return settings


@pytest.fixture
async def backup(settings: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "kaz.tar.gz"
    await back_up(settings, file, NOON)
    return file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def questions(settings: Settings) -> list[str]:
    store = Store(settings.database_url)
    async with store.work() as work:
        tickets = await work.tickets.after(0, 10)  # type: ignore[arg-type]  # before the first
    await store.close()
    return [ticket.question for ticket in tickets]


async def forget(settings: Settings, user: UserId) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        await forget_user(work, user, after(5))
        await keep_register(work, settings.data_dir)
    await store.close()


async def test_a_backup_holds_everything_for_its_owner_alone(backup: Path) -> None:
    with tarfile.open(backup) as archive:
        names = sorted(archive.getnames())
    assert names == [
        "database.jsonl",
        "identity/crypto.db",
        "identity/marker.json",
        "identity/pickle_key",
        "identity/session.json",
        "identity/signing_seeds.json",
        "manifest.json",
    ]
    assert mode(backup) == 0o600


async def test_a_backup_leaves_nothing_else_behind(settings: Settings, backup: Path) -> None:
    assert not list(settings.data_dir.glob("backup-*"))
    assert not list(backup.parent.glob("*.new"))


async def test_a_file_that_is_there_is_not_overwritten(settings: Settings, backup: Path) -> None:
    with pytest.raises(ConfigError, match="exists already"):
        await back_up(settings, backup, NOON)


async def test_the_bot_may_run_while_it_is_backed_up(settings: Settings, tmp_path: Path) -> None:
    with (
        lock(settings.data_dir),
        closing(sqlite3.connect(settings.data_dir / "identity" / "crypto.db")) as writing,
    ):
        writing.execute("INSERT INTO accounts VALUES ('not committed yet')")
        manifest = await back_up(settings, tmp_path / "kaz.tar.gz", NOON)
    assert manifest.made_at == NOON


async def test_a_restored_bot_is_as_it_was(
    settings: Settings, backup: Path, new_settings: NewSettings
) -> None:
    elsewhere = new_settings("elsewhere")
    done = await restore(elsewhere, backup)
    before, now = settings.data_dir / "identity", elsewhere.data_dir / "identity"
    with closing(sqlite3.connect(now / "crypto.db")) as store:
        accounts = store.execute("SELECT account FROM accounts").fetchall()
    assert (done.made_at, done.identity, done.forgotten) == (NOON, True, Forgotten())
    assert await questions(elsewhere) == ["Wo ist der Schlüssel?", "Wann ist die Sitzung?"]
    assert accounts == [("pickled",)]
    assert (now / "session.json").read_text() == (before / "session.json").read_text()


async def test_a_restored_identity_is_readable_for_its_owner_alone(
    backup: Path, new_settings: NewSettings
) -> None:
    elsewhere = new_settings("elsewhere")
    await restore(elsewhere, backup)
    identity = elsewhere.data_dir / "identity"
    modes = {mode(file) for file in identity.iterdir()}
    assert (mode(identity), modes) == (0o700, {0o600})


async def test_a_bot_moves_from_sqlite_to_postgresql(
    backup: Path, new_settings: NewSettings, postgresql_url: str
) -> None:
    elsewhere = new_settings("elsewhere", database_url=postgresql_url)
    await restore(elsewhere, backup)
    assert await questions(elsewhere) == ["Wo ist der Schlüssel?", "Wann ist die Sitzung?"]


async def test_a_bot_that_never_ran_has_only_records(
    new_settings: NewSettings, tmp_path: Path
) -> None:
    fresh = new_settings("fresh")
    fresh.data_dir.mkdir()
    store = Store(fresh.database_url)
    await store.migrate()
    await store.close()
    await back_up(fresh, tmp_path / "fresh.tar.gz", NOON)
    done = await restore(new_settings("elsewhere"), tmp_path / "fresh.tar.gz")
    assert done.identity is False


async def test_nothing_is_restored_over_an_identity(settings: Settings, backup: Path) -> None:
    with pytest.raises(ConfigError, match="identity is not empty"):
        await restore(settings, backup)


async def test_nothing_is_restored_over_records(
    settings: Settings, backup: Path, new_settings: NewSettings
) -> None:
    elsewhere = new_settings("elsewhere", database_url=settings.database_url)
    with pytest.raises(ConfigError, match="not empty"):
        await restore(elsewhere, backup)
    assert not (elsewhere.data_dir / "identity").exists()


async def test_nothing_is_restored_under_a_running_bot(
    backup: Path, new_settings: NewSettings
) -> None:
    elsewhere = new_settings("elsewhere")
    with lock(elsewhere.data_dir), pytest.raises(DataDirectoryInUse):
        await restore(elsewhere, backup)


async def test_the_backup_of_another_bot_is_refused(
    backup: Path, new_settings: NewSettings
) -> None:
    with pytest.raises(ConfigError, match=r"belongs to @kaz:kaz\.test"):
        await restore(new_settings("elsewhere", user_id=UserId("@other:kaz.test")), backup)


async def test_what_was_erased_since_is_erased_again(settings: Settings, backup: Path) -> None:
    await forget(settings, ANN)
    (settings.data_dir / "identity").rename(settings.data_dir / "old")
    (settings.data_dir / "kaz.sqlite3").unlink()
    (settings.data_dir / "kaz.sqlite3-wal").unlink(missing_ok=True)
    done = await restore(settings, backup)
    assert done.forgotten.tickets == 1
    assert await questions(settings) == ["", "Wann ist die Sitzung?"]


async def test_what_was_erased_before_is_not_erased_again(
    settings: Settings, tmp_path: Path, new_settings: NewSettings
) -> None:
    await forget(settings, ANN)
    store = Store(settings.database_url)
    async with store.work() as work:
        await new_ticket(work, ANN, "Ich bin zurück?")
    await store.close()
    await back_up(settings, tmp_path / "later.tar.gz", NOON)
    elsewhere = new_settings("elsewhere")
    await restore(elsewhere, tmp_path / "later.tar.gz")
    assert await questions(elsewhere) == ["", "Wann ist die Sitzung?", "Ich bin zurück?"]


async def test_the_register_names_nobody(settings: Settings) -> None:
    await forget(settings, ANN)
    register = settings.data_dir / REGISTER
    lines = [json.loads(line) for line in register.read_text().splitlines()]
    assert [line["what"] for line in lines] == ["user"]
    assert ANN not in register.read_text()
    assert mode(register) == 0o600


async def test_the_register_grows_only_by_what_is_new(settings: Settings) -> None:
    await forget(settings, ANN)
    before = (settings.data_dir / REGISTER).read_text()
    await forget(settings, BEK)
    now = (settings.data_dir / REGISTER).read_text()
    assert now.startswith(before)
    assert len(now.splitlines()) == 2


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def garble(file: Path) -> None:
    file.write_text("no archive at all")


def rewritten(file: Path, name: str, content: bytes) -> None:
    """The same archive with one file replaced or added."""
    folder = file.parent / "unpacked"
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    with tarfile.open(file, "w:gz") as archive:
        for path in filter(Path.is_file, folder.rglob("*")):
            archive.add(path, arcname=path.relative_to(folder))


def change_a_record(file: Path) -> None:
    rewritten(file, "database.jsonl", b'{"rows": 0}\n')


def add_a_stranger(file: Path) -> None:
    rewritten(file, "deep/er/file", b"")


def spoil_the_manifest(file: Path) -> None:
    rewritten(file, "manifest.json", b"{}")


@pytest.mark.parametrize(
    "damage", [cut, garble, change_a_record, add_a_stranger, spoil_the_manifest, Path.unlink]
)
async def test_a_damaged_file_changes_nothing(
    backup: Path, new_settings: NewSettings, damage: Damage
) -> None:
    damage(backup)
    elsewhere = new_settings("elsewhere")
    with pytest.raises(ConfigError, match="cannot be restored"):
        await restore(elsewhere, backup)
    assert [path.name for path in elsewhere.data_dir.iterdir()] == ["lock"]
