"""A report for the files: whole or not at all, the same figures for the same period."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaz_bot.cli import main
from kaz_bot.config import Settings
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.errors import ConfigError, DatabaseError
from kaz_bot.operations.progress import unwatched
from kaz_bot.operations.reporting import write_report
from kaz_bot.reporting.wishes import ReportWish
from kaz_bot.store import Store
from kaz_bot.texts import Texts
from tests.operations.conftest import NewSettings
from tests.reporting.reports import BERLIN
from tests.simulation.year import write_year

TEXTS = Texts()
AFTER = datetime(2027, 1, 8, 9, tzinfo=UTC)
YEAR = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=BERLIN)
WISH = ReportWish(period=YEAR, kind=ReportKind.IT_RAT)


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    """A bot that has served for a year."""
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    await write_year(store, 2026, tickets=60, municipalities=20)
    await store.close()
    return settings


async def reports(
    settings: Settings,
    folder: Path,
    wish: ReportWish = WISH,
    *,
    language: str = "de",
    force: bool = False,
) -> list[Path]:
    return await write_report(
        settings,
        TEXTS,
        folder,
        wish,
        language=language,
        now=AFTER,
        force=force,
        progress=unwatched,
    )


def content(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


async def test_it_is_written_in_print_as_a_page_as_a_list_and_in_pictures(
    settings: Settings, tmp_path: Path
) -> None:
    written = await reports(settings, tmp_path / "out")
    names = [str(file.relative_to(tmp_path / "out")) for file in written]
    assert names[:5] == [
        "bericht.pdf",
        "bericht.html",
        "bericht.csv",
        "pictures/01-anfragen-je-monat.png",
        "pictures/01-anfragen-je-monat.svg",
    ]
    assert sorted(names) == sorted(content(tmp_path / "out"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in written} == {0o600}


async def test_the_same_period_gives_the_same_files(settings: Settings, tmp_path: Path) -> None:
    await reports(settings, tmp_path / "first")
    await reports(settings, tmp_path / "second")
    assert content(tmp_path / "first") == content(tmp_path / "second")


async def test_what_is_there_already_stays(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "bericht.csv").write_text("mine")
    with pytest.raises(ConfigError, match=r"bericht\.csv exists already.*--force"):
        await reports(settings, out)
    assert content(out) == {"bericht.csv": b"mine"}


async def test_pictures_that_are_there_already_stay_as_well(
    settings: Settings, tmp_path: Path
) -> None:
    pictures = tmp_path / "out" / "pictures"
    pictures.mkdir(parents=True)
    (pictures / "01-anfragen-je-monat.svg").write_text("mine")
    with pytest.raises(ConfigError, match="exists already"):
        await reports(settings, tmp_path / "out")
    assert content(tmp_path / "out") == {"pictures/01-anfragen-je-monat.svg": b"mine"}


async def test_it_is_replaced_if_that_is_wanted(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "bericht.csv").write_text("mine")
    await reports(settings, tmp_path, force=True)
    assert (tmp_path / "bericht.csv").read_bytes() != b"mine"


async def test_it_says_of_which_area_and_in_which_language(
    settings: Settings, tmp_path: Path
) -> None:
    wish = ReportWish(period=YEAR, kind=ReportKind.AREA, area=AreaKey("security"))
    await reports(settings, tmp_path, wish, language="en")
    page = (tmp_path / "report.html").read_text()
    assert '<html lang="en">' in page
    assert "Area Information Security" in page


async def test_a_database_of_another_release_is_named(
    new_settings: NewSettings, tmp_path: Path
) -> None:
    settings = new_settings()
    settings.data_dir.mkdir()
    with pytest.raises(DatabaseError, match="kaz-bot migrate"):
        await reports(settings, tmp_path)


def says(*words: str, settings: Settings) -> Result:
    environment = {
        "KAZ_HOMESERVER": settings.homeserver,
        "KAZ_USER_ID": settings.user_id,
        "KAZ_PASSWORD": "secret",
        "KAZ_DATA_DIR": str(settings.data_dir),
        "KAZ_DATABASE_URL": settings.database_url,
    }
    return CliRunner(env=environment).invoke(main, ["report", *words])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "2026-01-01"), "Missing option '--to'"),
        (("--from", "1.1.2026", "--to", "2026-12-31"), "does not match the format"),
        (("--from", "2026-03-01", "--to", "2026-01-01"), "--to is before --from."),
        (("--from", "2199-01-01", "--to", "2199-02-01"), "The period has not begun yet."),
        (("--from", "2010-01-01", "--to", "2020-01-01"), "A report covers 5 years at most."),
        (
            ("--from", "2026-01-01", "--to", "2026-01-31", "--kind", "fachgebiet"),
            "--area goes with --kind fachgebiet",
        ),
        (
            ("--from", "2026-01-01", "--to", "2026-01-31", "--area", "security"),
            "--area goes with --kind fachgebiet",
        ),
        (
            (
                *("--from", "2026-01-01", "--to", "2026-01-31"),
                *("--kind", "fachgebiet", "--area", "garden"),
            ),
            "There is no area garden; there are standards",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_read(
    new_settings: NewSettings, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    told = says(*words, "--out", str(tmp_path / "out"), settings=new_settings())
    assert (told.exit_code, why in told.output) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_operator_writes_it_with_one_command(settings: Settings, tmp_path: Path) -> None:
    days = ("--from", "2020-01-01", "--to", "2020-01-31")
    told = says(*days, "--out", str(tmp_path / "out"), settings=settings)
    assert (told.exit_code, told.output) == (0, f"17 files written to {tmp_path / 'out'}.\n")
    again = says(*days, "--out", str(tmp_path / "out"), settings=settings)
    assert (again.exit_code, "exists already" in again.output) == (1, True)
