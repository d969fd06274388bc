"""The catalogue goes into a file and comes back, and what is wrong with a file is told."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaz_bot.cli import main
from kaz_bot.config import Settings
from kaz_bot.domain.committee.numbers import EntryId
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.errors import ConfigError
from kaz_bot.operations.catalogue import (
    CatalogueImported,
    export_catalogue,
    import_catalogue,
)
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.operations.conftest import NewSettings

NOW = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
TEXTS = Texts()
FILE = CatalogueEntry(
    id=EntryId(1),
    kind=EntryKind.APPLICATION,
    name="=Onlineakte; die „gemeinsame“",
    status="im Einsatz",
    description="Zwei\nZeilen, mit Komma.",
    contact="Fachgebiet Standards",
    area=AreaKey("security"),
    link="https://akte.example.org/?a=1&b=2",
    as_of=date(2026, 7, 1),
    added_at=NOW,
    changed_at=NOW,
)
PLAN = replace(
    FILE, id=EntryId(2), kind=EntryKind.PLAN, name="E-Rechnung", area=None, link="", status=""
)

Write = Callable[..., Path]


async def made(settings: Settings, *entries: CatalogueEntry) -> Settings:
    """A bot with these entries."""
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    async with store.work() as work:
        for entry in entries:
            await work.catalogue.add(entry)
    await store.close()
    return settings


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    return await made(new_settings(), FILE, PLAN)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*lines: str) -> Path:
        file = tmp_path / "catalogue.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    return written


async def entries(settings: Settings) -> list[CatalogueEntry]:
    store = Store(settings.database_url)
    async with store.work() as work:
        found = await work.catalogue.all()
    await store.close()
    return found


async def imports(
    settings: Settings, file: Path, *, skip_bad: bool = False, dry_run: bool = False
) -> CatalogueImported:
    return await import_catalogue(settings, file, now=NOW, skip_bad=skip_bad, dry_run=dry_run)


def done(
    added: int = 0, changed: int = 0, unchanged: int = 0, problems: tuple[str, ...] = ()
) -> CatalogueImported:
    return CatalogueImported(added=added, changed=changed, unchanged=unchanged, problems=problems)


async def test_what_was_written_is_read_again_without_a_change(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    assert await export_catalogue(settings, TEXTS, file) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await imports(settings, file) == done(unchanged=2)


async def test_another_installation_gets_the_same_catalogue(
    settings: Settings, new_settings: NewSettings, tmp_path: Path
) -> None:
    await export_catalogue(settings, TEXTS, tmp_path / "out.csv")
    other = await made(new_settings("other"))
    assert await imports(other, tmp_path / "out.csv") == done(added=2)
    assert await entries(other) == await entries(settings)


async def test_no_file_is_overwritten(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(ConfigError, match=r"out\.csv exists already"):
        await export_catalogue(settings, TEXTS, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "mine"


async def test_columns_may_be_english_and_separated_by_commas(
    settings: Settings, write: Write
) -> None:
    file = write(
        "kind,name,state,as of,area,description",
        'project,Broadband,running,2026-08-01,projects,"One, two"',
    )
    assert await imports(settings, file) == done(added=1)
    [added] = [entry for entry in await entries(settings) if entry.name == "Broadband"]
    assert (added.kind, added.status, added.as_of, added.area, added.description) == (
        EntryKind.PROJECT,
        "running",
        date(2026, 8, 1),
        AreaKey("projects"),
        "One, two",
    )
    assert (added.sealed, added.author) == (False, None)


async def test_an_entry_is_known_by_its_number_or_by_kind_and_name(
    settings: Settings, write: Write
) -> None:
    file = write(
        "Nummer;Art;Name;Zustand",
        "K-1;Anwendung;Umbenannt;im Einsatz",
        ";Vorhaben;e-rechnung;geplant",
    )
    assert await imports(settings, file) == done(changed=2)
    first, second = await entries(settings)
    assert (first.id, first.name, first.contact) == (1, "Umbenannt", FILE.contact)
    assert (second.id, second.status, second.as_of) == (2, "geplant", PLAN.as_of)


async def test_what_came_from_an_encrypted_room_stays_sealed(
    new_settings: NewSettings, write: Write
) -> None:
    settings = await made(new_settings(), replace(FILE, sealed=True))
    await imports(settings, write("Art;Name;Zustand", f"Anwendung;{PLAN.name};x"))
    await imports(settings, write("Nummer;Art;Name;Zustand", "K-1;Anwendung;Neu;weg"))
    assert [(entry.name, entry.sealed) for entry in await entries(settings)] == [
        ("E-Rechnung", False),
        ("Neu", True),
    ]


async def test_every_bad_line_is_named_and_nothing_is_imported(
    settings: Settings, write: Write
) -> None:
    file = write(
        "Nummer;Art;Name;Fachgebiet;Link;Stand;Beschreibung",
        ";Projekt;Gut;;;;",
        ";Dings;X;;;;",
        ";Projekt;;;;;",
        ";Projekt;A;garten;;;",
        ";Projekt;B;;javascript:alert(1);;",
        ";Projekt;C;;;morgen;",
        f";Projekt;D;;;;{'x' * 2001}",
        "K-x;Projekt;E;;;;",
        ";Projekt;gut;;;;",
        "K-1;Vorhaben;E-Rechnung;;;;",
        ";Projekt;F;;;;;;",
    )
    with pytest.raises(ConfigError) as problem:
        await imports(settings, file)
    assert str(problem.value).splitlines() == [
        'line 3: Art: "Dings" is not known: write one of Anwendung, Projekt, Vorhaben',
        "line 4: Name: is missing",
        'line 5: Fachgebiet: "garten" is no area: write a key, or leave it empty',
        ('line 6: Link: "javascript:alert(1)" is no address: it begins with https:// or http://'),
        'line 7: Stand: "morgen" is no day up to today: write 01.07.2026',
        "line 8: Beschreibung: has 2001 characters, 2000 are possible",
        'line 9: "K-x" is no number of an entry: write K-4, or leave it empty',
        "line 10: it is the same entry as line 2",
        "line 11: K-1: K-2 has the same kind and name",
        "line 12: 2 more cells than the first line has columns",
        "Nothing was imported. Mend the lines, or leave them out with --skip-bad.",
    ]
    assert len(await entries(settings)) == 2
    left_out = await imports(settings, file, skip_bad=True)
    assert (left_out.added, len(left_out.problems)) == (1, 10)


async def test_a_dry_run_changes_nothing(settings: Settings, write: Write) -> None:
    file = write("Art;Name", "Projekt;Neu")
    assert await imports(settings, file, dry_run=True) == done(added=1)
    assert len(await entries(settings)) == 2


async def test_the_history_tells_of_it(settings: Settings, write: Write) -> None:
    await imports(settings, write("Nummer;Art;Name;Zustand", "K-1;Anwendung;Neu;weg"))
    store = Store(settings.database_url)
    async with store.work() as work:
        [note] = await work.committee_trail.of(FILE.subject, 10)
    await store.close()
    assert (note.event, note.actor, note.details) == ("changed", None, {"parts": "name status"})


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


def test_an_operator_takes_it_out_and_in_again(configured: Path) -> None:
    done = kaz_bot("export", "--catalogue", "out.csv")
    assert (done.exit_code, done.stdout) == (0, "2 entries written to out.csv.\n")
    done = kaz_bot("import", "--catalogue", "out.csv")
    assert (done.exit_code, done.stdout) == (
        0,
        "Entries imported: 0 new, 0 changed. As they were: 2.\n",
    )


def test_the_example_can_be_imported(configured: Path) -> None:
    kaz_bot("import", "--catalogue", "--template", "new.csv")
    done = kaz_bot("import", "--catalogue", "--dry-run", "new.csv")
    assert done.stdout == "Entries to be imported: 1 new, 0 changed. As they were: 0.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--catalogue", "out.csv", "--to", "out"),
        ("--catalogue", "out.csv", "--all"),
        ("--all",),
        (),
    ],
)
def test_an_export_is_of_one_thing(configured: Path, words: tuple[str, ...]) -> None:
    assert kaz_bot("export", *words).exit_code == 2
