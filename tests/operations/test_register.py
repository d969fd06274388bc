"""The register for the files, and whether anybody changed it: in the database, or in a file."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from kaz_bot.cli import main
from kaz_bot.config import Settings
from kaz_bot.errors import ConfigError, DatabaseError
from kaz_bot.messages import RoomId
from kaz_bot.operations.check import Finding, Level, examine_copy, lines
from kaz_bot.operations.check.installation import check_database
from kaz_bot.operations.register import Exported, export_register
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.operations.conftest import NewSettings
from tests.register.records import NOON, enter

TEXTS = Texts()


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot whose committees have decided three times."""
    settings = new_settings(language="en")
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        await enter(work, year=2025, title="Tender")
        await enter(work, title="Licences")
        await enter(work, title="Levy", room_id=RoomId("!other:kaz.test"))
    await store.close()
    return settings


async def changes(settings: Settings, statement: str) -> None:
    """What somebody does who gets at the database."""
    store = Store(settings.database_url)
    async with store.work() as work:
        await work.decisions._connection.execute(text(statement))
    await store.close()


async def exports(
    settings: Settings, folder: Path, *, year: int | None = None, language: str = "en"
) -> Exported:
    return await export_register(settings, TEXTS, folder, year=year, language=language, now=NOON)


def said(findings: list[Finding]) -> list[str]:
    return list(lines(findings, TEXTS, "en"))


async def checked(settings: Settings) -> list[Finding]:
    """What `check` finds in the register."""
    found, _ = await check_database(settings)
    return [one for one in found if one.topic.startswith("register_")]


async def test_the_whole_register_is_written_as_three_files(
    settings: Settings, tmp_path: Path
) -> None:
    assert await exports(settings, tmp_path / "out") == Exported(count=3, broken=False)
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == ["register.csv", "register.json", "register.pdf"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert files[0].read_text(encoding="utf-8-sig").startswith('"Number";"Decided on";"Title"')
    register = json.loads(files[1].read_text())
    assert register["kaz:register"]["whole"]
    assert [paper["name"] for paper in register["paper"]] == ["Tender", "Licences", "Levy"]
    assert files[2].read_bytes().startswith(b"%PDF")


async def test_a_year_is_written_in_another_language(settings: Settings, tmp_path: Path) -> None:
    assert (await exports(settings, tmp_path, year=2026, language="de")).count == 2
    register = json.loads((tmp_path / "register.json").read_text())
    assert register["kaz:register"]["title"] == "Beschlüsse des Jahres 2026"
    assert not register["kaz:register"]["whole"]


async def test_no_file_is_overwritten(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text("mine")
    with pytest.raises(ConfigError, match=r"register\.csv exists already"):
        await exports(settings, tmp_path)
    assert (tmp_path / "register.csv").read_text() == "mine"
    assert not (tmp_path / "register.json").exists()


async def test_an_export_of_a_changed_register_says_so(settings: Settings, tmp_path: Path) -> None:
    await changes(settings, "UPDATE decisions SET content = replace(content, 'Lic', 'Sci')")
    assert (await exports(settings, tmp_path)).broken


async def test_an_export_of_a_damaged_register_names_what_is_damaged(
    settings: Settings, tmp_path: Path
) -> None:
    await changes(settings, "UPDATE decisions SET content = '' WHERE place = 2")
    with pytest.raises(DatabaseError, match="2026/1 in the register is damaged"):
        await exports(settings, tmp_path / "out")
    assert not (tmp_path / "out").exists()


async def test_check_tells_that_the_chain_is_whole_and_where_it_ends(settings: Settings) -> None:
    [line] = said(await checked(settings))
    store = Store(settings.database_url)
    async with store.work() as work:
        [last] = await work.decisions.latest(1)
    await store.close()
    assert line == (
        "ok: Register of decisions: decisions: 3, the chain is whole. The last one is 2026/2 with "
        f"the checksum {last.decision.digest}."
    )


async def test_check_says_nothing_of_a_register_without_decisions(settings: Settings) -> None:
    await changes(settings, "DELETE FROM decisions")
    await changes(settings, "UPDATE papers SET decision = NULL")
    assert await checked(settings) == []


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            "UPDATE decisions SET content = replace(content, 'Licences', 'Nothing')",
            "problem: Decision 2026/1: the content was changed, the checksum no longer fits.",
        ),
        (
            "UPDATE decisions SET content = '{' WHERE place = 2",
            "problem: Decision 2026/1: the entry is damaged and cannot be read.",
        ),
        (
            "UPDATE decisions SET decided_at = '2020-01-01 00:00:00.000000' WHERE place = 2",
            "problem: Decision 2026/1: what stands beside the content differs from it.",
        ),
        (
            "UPDATE decisions SET decided_at = 'gestern' WHERE place = 2",
            "problem: Decision 2026/1: the entry is damaged and cannot be read.",
        ),
        (
            "UPDATE decisions SET decided_at = 1 WHERE place = 2",
            "problem: Decision 2026/1: the entry is damaged and cannot be read.",
        ),
        (
            "UPDATE decisions SET digest = 'f' WHERE place = 2",
            (
                "problem: Decision 2026/2: it is not linked to the one before. "
                "One of the two was replaced."
            ),
        ),
        (
            "DELETE FROM decisions WHERE place = 2",
            (
                "problem: Decision 2026/2: at least one before it is missing, "
                "or the order was changed."
            ),
        ),
        (
            "UPDATE decisions SET number = 9 WHERE place = 2",
            "problem: Decision 2026/9: the number does not follow the one before.",
        ),
        (
            "DELETE FROM decisions WHERE place = 3",
            "problem: Decision 2026/2: it was taken, but the register does not have it.",
        ),
    ],
)
async def test_check_tells_what_somebody_changed(
    settings: Settings, statement: str, line: str
) -> None:
    await changes(settings, statement)
    told = said(await checked(settings))
    assert told[0].startswith("problem: Register of decisions: the chain is broken, faults: ")
    assert line in told


@pytest.mark.parametrize(
    "change", ["wording = 'Das Gegenteil.'", "title = 'Anders'", "reasons = ''", "number = 9"]
)
async def test_check_tells_which_paper_says_something_else_than_was_decided(
    settings: Settings, change: str
) -> None:
    await changes(settings, f"UPDATE editions SET {change} WHERE paper_id = 2")  # noqa: S608  ours
    chain, paper = said(await checked(settings))
    assert chain.startswith("ok: Register of decisions: decisions: 3, the chain is whole.")
    assert paper == (
        "problem: Decision 2026/1: the paper no longer says what was decided. The register counts."
    )


async def test_a_paper_decided_on_by_its_title_is_no_difference(settings: Settings) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        await enter(work, title="Only a title", wording="Only a title")
    await store.close()
    await changes(settings, "UPDATE editions SET wording = '' WHERE title = wording")
    assert [one.level for one in await checked(settings)] == [Level.OK]


async def test_check_names_only_so_many_decisions(settings: Settings) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        await enter(work, title="More")
        for _ in range(30):
            await enter(work)
    await store.close()
    await changes(settings, "UPDATE decisions SET digest = 'f' || place")
    told = said(await checked(settings))
    assert len(told) == 22
    assert told[-1] == "problem: More faults in the register of decisions: 47."


@pytest.fixture
async def copy(settings: Settings, tmp_path: Path) -> Path:
    """The register, as it was handed out."""
    await exports(settings, tmp_path / "out")
    return tmp_path / "out" / "register.json"


async def test_a_copy_is_verified_and_compared(settings: Settings, copy: Path) -> None:
    first, second = said(await examine_copy(copy, settings))
    assert first.startswith(f"ok: File {copy}: the whole register, decisions: 3, the chain is ")
    assert second == "ok: Database: it holds all decisions of the file, unchanged: 3."


async def test_a_register_that_went_on_still_has_the_copy_as_its_beginning(
    settings: Settings, copy: Path
) -> None:
    store = Store(settings.database_url)
    async with store.work() as work:
        await enter(work, title="More")
    await store.close()
    assert said(await examine_copy(copy, settings))[1].startswith("ok: Database: it holds all")


async def test_a_copy_shows_a_last_decision_that_is_gone_without_a_trace(
    settings: Settings, copy: Path
) -> None:
    await changes(settings, "DELETE FROM decisions WHERE place = 3")
    await changes(settings, "UPDATE papers SET decision = NULL WHERE id = 3")
    assert [one.level for one in await checked(settings)] == [Level.OK]
    assert said(await examine_copy(copy, settings))[1:] == [
        "problem: Database: it does not agree with the file, differences: 1.",
        (
            "problem: Decision 2026/2: the database says something else than the file, "
            "or does not have it."
        ),
    ]


async def test_a_copy_is_verified_without_settings_and_without_a_database(
    settings: Settings, copy: Path, new_settings: NewSettings
) -> None:
    assert said(await examine_copy(copy, None))[1] == (
        "ok: Database: not compared, for there is none here."
    )
    unmade = new_settings("nowhere", language="en")
    assert said(await examine_copy(copy, unmade))[1] == (
        "ok: Database: not compared, for there is none here."
    )
    assert not unmade.data_dir.exists()


async def test_a_database_that_cannot_be_asked_is_told(settings: Settings, copy: Path) -> None:
    away = replace(settings, database_url="postgresql+psycopg://kaz@127.0.0.1:9/kaz")
    _, second = said(await examine_copy(copy, away))
    assert second.startswith("warning: Database: not compared: ")


def tampers(copy: Path) -> None:
    register = json.loads(copy.read_text())
    register["paper"][1]["name"] = "Nothing"
    copy.write_text(json.dumps(register))


async def test_a_tampered_copy_is_told(copy: Path) -> None:
    tampers(copy)
    assert said(await examine_copy(copy, None))[:2] == [
        f"problem: File {copy}: it was changed, faults: 1.",
        "problem: Decision 2026/1: what stands beside the content differs from it.",
    ]


async def test_an_extract_and_an_empty_register_are_called_so(
    settings: Settings, tmp_path: Path
) -> None:
    await exports(settings, tmp_path / "year", year=2026)
    extract = said(await examine_copy(tmp_path / "year" / "register.json", settings))
    assert "an extract from the register, decisions: 2" in extract[0]
    await exports(settings, tmp_path / "none", year=1999)
    empty = said(await examine_copy(tmp_path / "none" / "register.json", settings))
    assert empty[0].startswith("warning: File ")


async def test_another_file_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    [line] = said(await examine_copy(tmp_path / "other.json", None))
    assert line.startswith("problem: File ")
    with pytest.raises(ConfigError, match="cannot be read"):
        await examine_copy(tmp_path / "missing.json", None)


@pytest.fixture
def configured(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the settings of that bot."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "KAZ_HOMESERVER=http://127.0.0.1:9\nKAZ_USER_ID=@kaz:kaz.test\nKAZ_PASSWORD=secret\n"
        f"KAZ_LANGUAGE=en\nKAZ_DATA_DIR={settings.data_dir}\n"
        f"KAZ_DATABASE_URL=sqlite:///{settings.data_dir}/kaz.sqlite3\n"
    )
    return tmp_path


def kaz_bot(*words: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_an_operator_exports_and_checks_the_register(configured: Path) -> None:
    done = kaz_bot("export", "--register", "--year", "2026", "--to", "out")
    assert (done.exit_code, done.output) == (0, "2 decisions written to out.\n")
    checked = kaz_bot("check", "--register", "out/register.json")
    assert checked.exit_code == 0
    assert "ok: Database: it holds all decisions of the file, unchanged: 2." in checked.output


def test_a_tampered_copy_ends_with_status_1_also_without_settings(configured: Path) -> None:
    kaz_bot("export", "--register", "--to", "out")
    (configured / ".env").unlink()
    copy = configured / "out" / "register.json"
    assert kaz_bot("check", "--register", str(copy)).exit_code == 0
    tampers(copy)
    checked = kaz_bot("check", "--register", str(copy))
    assert checked.exit_code == 1
    assert "Problem: Beschluss 2026/1" in checked.output


@pytest.mark.parametrize(
    "words",
    [
        ("--register", "--all", "--to", "out"),
        ("--register", "KAZ-1", "--to", "out"),
        ("--all", "--year", "2026", "--to", "out"),
        ("--all", "--language", "en", "--to", "out"),
        ("--register", "--language", "fr", "--to", "out"),
    ],
)
def test_an_export_is_of_one_thing(configured: Path, words: tuple[str, ...]) -> None:
    assert kaz_bot("export", *words).exit_code == 2
