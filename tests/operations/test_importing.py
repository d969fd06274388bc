"""Old tickets come in from a file: checked, once, without names, for search and reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaz_bot.cli import main
from kaz_bot.config import Settings
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.tickets import AreaKey, Priority, Rating, Ticket, TicketId, TicketState
from kaz_bot.errors import ConfigError
from kaz_bot.messages import ERASED, server_of
from kaz_bot.operations.importing import Imported, import_tickets
from kaz_bot.operations.importing_columns import COLUMNS, Field, example
from kaz_bot.store import Store
from tests.desk import ANN, EVA, PROCUREMENT, PROJECT, SETTINGS, DeskAtWork, on_both_databases
from tests.operations.conftest import NewSettings

NOW = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
HEAD = ";".join(called[0] for called in COLUMNS.values())
SOLVED = (
    "2026-017;04.03.2026 09:15;04.03.2026 14:00;06.03.2026 11:30;;gelöst;projekte;Cottbus;hoch;"
    "Wer leitet die Arbeitsgruppe?;Das Kaz leitet sie.;hilfreich;nein"
)

Write = Callable[..., Path]


@pytest.fixture
async def settings(new_settings: NewSettings) -> Settings:
    settings = new_settings()
    settings.data_dir.mkdir()
    store = Store(settings.database_url)
    await store.migrate()
    await store.close()
    return settings


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file with these lines under the usual columns."""

    def written(*lines: str, head: str = HEAD) -> Path:
        file = tmp_path / "old.csv"
        file.write_text("\n".join([head, *lines]), encoding="utf-8")
        return file

    return written


async def imports(
    settings: Settings, file: Path, *, skip_bad: bool = False, dry_run: bool = False
) -> Imported:
    return await import_tickets(settings, file, now=NOW, skip_bad=skip_bad, dry_run=dry_run)


async def ticket(settings: Settings, number: int = 1) -> Ticket:
    store = Store(settings.database_url)
    async with store.work() as work:
        found = await work.tickets.get(TicketId(number))
    await store.close()
    return found


async def course(settings: Settings, number: int = 1) -> list[tuple[str, str, str]]:
    """The trail of a ticket: what, when, and the details."""
    store = Store(settings.database_url)
    async with store.work() as work:
        trail = await work.trail.of(TicketId(number))
    await store.close()
    return [
        (
            f"{entry.event} {entry.state}",
            entry.at.astimezone(settings.timezone).strftime("%d.%m.%Y %H:%M"),
            ",".join(f"{name}={fact}" for name, fact in sorted(entry.details.items())),
        )
        for entry in trail
    ]


def line_of(**cells: str) -> str:
    """A good line but for these cells."""
    usual = dict(zip(COLUMNS, SOLVED.split(";"), strict=True)) | cells
    return ";".join(usual[column] for column in COLUMNS)


async def test_a_ticket_comes_in_as_one_that_has_ended(settings: Settings, write: Write) -> None:
    assert await imports(settings, write(SOLVED)) == Imported(added=1)
    found = await ticket(settings)
    assert (found.state, found.area, found.priority, found.rating) == (
        TicketState.CLOSED,
        AreaKey("projects"),
        Priority.HIGH,
        Rating.HELPFUL,
    )
    assert (found.question, found.solution) == (
        "Wer leitet die Arbeitsgruppe?",
        "Das Kaz leitet sie.",
    )
    assert found.municipality == MunicipalityKey("12052")
    assert found.opened_at == datetime(2026, 3, 4, 8, 15, tzinfo=UTC)
    assert found.ended_at == found.resolved_at == datetime(2026, 3, 6, 10, 30, tzinfo=UTC)
    assert await course(settings) == [
        (
            "opened new",
            "04.03.2026 09:15",
            "area=projects,municipality=12052,priority=high",
        ),
        ("relayed claimed", "04.03.2026 14:00", "post=answer"),
        ("resolved resolved", "06.03.2026 11:30", ""),
        ("rated resolved", "06.03.2026 11:30", "rating=helpful"),
        ("closed closed", "06.03.2026 11:30", ""),
    ]


async def test_nobody_asked_it_and_no_room_has_it(settings: Settings, write: Write) -> None:
    await imports(settings, write(SOLVED))
    found = await ticket(settings)
    assert (server_of(found.asker), found.room_id, found.assignee) == (
        ERASED,
        f"!imported:{ERASED}",
        None,
    )


async def test_what_was_withdrawn_or_closed_has_no_solution(
    settings: Settings, write: Write
) -> None:
    withdrawn = "A;2026-03-01;;;2026-03-02;withdrawn;security;;;Frage?;;;"
    closed = "B;2026-03-01;;;2026-03-02;geschlossen;security;;;Frage?;Doppelt.;hilfreich;"
    await imports(settings, write(withdrawn, closed))
    first, second = await ticket(settings), await ticket(settings, 2)
    assert (first.state, first.solution) == (TicketState.WITHDRAWN, "")
    assert (second.state, second.solution, second.rating) == (TicketState.CLOSED, "", None)
    assert [step for step, _, _ in await course(settings)] == [
        "opened new",
        "withdrawn withdrawn",
    ]


async def test_the_same_file_twice_brings_in_nothing_twice(
    settings: Settings, write: Write
) -> None:
    await imports(settings, write(SOLVED))
    again = write(SOLVED, line_of(reference="2026-018"))
    assert await imports(settings, again) == Imported(added=1, known=1)
    assert (await ticket(settings, 2)).question == "Wer leitet die Arbeitsgruppe?"


async def test_a_bad_line_keeps_all_of_them_out_and_every_problem_is_named(
    settings: Settings, write: Write
) -> None:
    bad = "X;gestern;;2026-03-01;;kaputt;garten;Xyz;sofortig;;;vielleicht;evtl"
    with pytest.raises(ConfigError) as problem:
        await imports(settings, write(SOLVED, bad, line_of(reference="")))
    assert str(problem.value).splitlines() == [
        'line 3: Fachgebiet: "garten" is no area: write one of security, projects',
        'line 3: Zustand: "kaputt" is not known: write one of geloest, geschlossen, zurueckgezogen',
        'line 3: Eingang: "gestern" is no day: write "04.03.2024 09:15" or "2024-03-04"',
        'line 3: Priorität: "sofortig" is not known: write one of niedrig, normal, hoch, kritisch',
        'line 3: Kommune: "Xyz" is no municipality of Brandenburg',
        'line 3: Bewertung: "vielleicht" is not known: write one of hilfreich, nicht hilfreich',
        'line 3: Vertraulich: "evtl" is not known: write ja or nein',
        "line 4: Referenz: is missing: write what the ticket was called, each once",
        "Nothing was imported. Mend the lines, or leave them out with --skip-bad.",
    ]
    assert await imports(settings, write(SOLVED)) == Imported(added=1)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"opened": ""}, 'Eingang: is missing: write "04.03.2024 09:15" or "2024-03-04"'),
        ({"opened": "2026-10-01"}, 'Eingang: "2026-10-01" is still to come: import what has ended'),
        ({"area": ""}, "Fachgebiet: is missing: write one of security, projects"),
        ({"answered": "2026-03-01"}, "Erste Antwort: is before Eingang"),
        ({"resolved": "2026-03-04 10:00"}, "Gelöst: is before Erste Antwort"),
        ({"closed": "2026-03-05"}, "Geschlossen: is before Gelöst"),
        (
            {"answered": "", "resolved": ""},
            (
                "Geschlossen: is missing, and so is every other end: "
                'write "04.03.2024 09:15" or "2024-03-04"'
            ),
        ),
        (
            {"state": "", "resolved": "", "answer": ""},
            "Zustand: is missing: write gelöst, geschlossen or zurückgezogen",
        ),
        ({"reference": "x" * 201}, "Referenz: has 201 characters, 200 are possible"),
        ({"question": "x" * 8001}, "Frage: has 8001 characters, 8000 are possible"),
        ({"confidential": "nein;x"}, "1 more cells than the first line has columns"),
    ],
)
async def test_each_mistake_says_what_to_write(
    settings: Settings, write: Write, cells: dict[str, str], problem: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        await imports(settings, write(line_of(**cells)))
    assert str(refused.value).splitlines()[:-1] == [f"line 2: {problem}"]


async def test_a_place_that_may_be_several_is_to_be_named_by_its_key(
    settings: Settings, write: Write
) -> None:
    with pytest.raises(ConfigError) as refused:
        await imports(settings, write(line_of(municipality="Peitz")))
    assert str(refused.value).splitlines()[0] == (
        'line 2: Kommune: "Peitz" may be several: write a key, '
        "120715107 (Amt Peitz), 120715107304 (Peitz/Picnjo, Stadt)"
    )
    await imports(settings, write(line_of(municipality="120715107")))
    assert (await ticket(settings)).municipality == MunicipalityKey("120715107")


async def test_the_same_reference_twice_in_a_file_is_a_mistake(
    settings: Settings, write: Write
) -> None:
    with pytest.raises(ConfigError, match='line 3: Referenz: "2026-017" stands in line 2 already'):
        await imports(settings, write(SOLVED, SOLVED))


async def test_bad_lines_can_be_left_out(settings: Settings, write: Write) -> None:
    done = await imports(settings, write(SOLVED, line_of(area="garten")), skip_bad=True)
    assert done == Imported(
        added=1,
        problems=('line 3: Fachgebiet: "garten" is no area: write one of security, projects',),
    )


async def test_a_dry_run_changes_nothing(settings: Settings, write: Write) -> None:
    assert await imports(settings, write(SOLVED), dry_run=True) == Imported(added=1)
    assert await imports(settings, write(SOLVED)) == Imported(added=1)


async def test_texts_older_than_may_be_kept_stay_outside(settings: Settings, write: Write) -> None:
    old = line_of(opened="2024-01-01", answered="2024-01-02", resolved="2024-01-03")
    assert await imports(settings, write(old)) == Imported(added=1, without_text=1)
    found = await ticket(settings)
    assert (found.question, found.solution, found.erased_at) == ("", "", NOW)
    assert found.rating is Rating.HELPFUL
    assert [step for step, _, _ in await course(settings)][-1] == "closed closed"
    store = Store(settings.database_url)
    async with store.work() as work:
        assert await work.posts.of(TicketId(1)) == []
    await store.close()


async def test_confidential_ones_are_kept_as_long_as_confidential_ones(
    settings: Settings, write: Write
) -> None:
    settings = replace(settings, retention_confidential=timedelta(days=30))
    confidential = line_of(reference="C", confidential="ja")
    assert (await imports(settings, write(SOLVED, confidential))).without_text == 1
    assert (await ticket(settings, 2)).question == ""


async def test_thousands_come_in_by_batches_and_say_how_far_they_are(
    settings: Settings, write: Write
) -> None:
    seen: list[tuple[int, int]] = []
    file = write(*(line_of(reference=f"R-{number}") for number in range(250)))
    done = await import_tickets(
        settings, file, now=NOW, progress=lambda done, total: seen.append((done, total))
    )
    assert done.added == 250
    assert seen == [(100, 250), (200, 250), (250, 250)]


@on_both_databases
async def test_old_answers_are_found_and_offered_and_confidential_ones_are_not(
    desk: DeskAtWork, write: Write
) -> None:
    question = "Wo beantragen wir eine neue Signaturkarte für das Vergabeportal?"
    known = line_of(reference="1", area="vergabe", question=question, answer="Beim Kaz bestellen.")
    secret = line_of(
        reference="2", area="vergabe", question=f"{question} Geheim.", answer="Psst.", rating=""
    )
    file = write(known, secret.removesuffix("nein") + "ja")
    await imports(replace(SETTINGS, database_url=desk._url), file)
    [found] = await desk.says(EVA, "!kaz suche Signaturkarte")
    assert "Beim Kaz bestellen." in found
    assert "Psst." not in found
    await desk.asks(EVA, f"{question} #vergabe")
    told = "\n".join([*desk.bodies(PROJECT), *desk.bodies(PROCUREMENT)])
    assert "Beim Kaz bestellen." in told
    assert "Psst." not in told


async def test_nothing_is_announced_and_specialists_may_look_at_it(
    desk: DeskAtWork, write: Write
) -> None:
    await imports(replace(SETTINGS, database_url=desk._url), write(line_of(area="vergabe")))
    assert await desk.delivers() == []
    [shown] = await desk.says(ANN, "!kaz zeige KAZ-1")
    assert "Das Kaz leitet sie." in shown
    assert "imported" not in shown


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


def test_the_example_can_be_imported(configured: Path) -> None:
    assert kaz_bot("import", "--template", "new.csv").output == "An example is in new.csv.\n"
    assert (configured / "new.csv").read_bytes() == example()
    checked = kaz_bot("import", "--dry-run", "new.csv")
    assert (checked.exit_code, checked.stdout) == (
        0,
        (
            "Tickets to be imported: 2. Here already: 0.\n"
            "Without their texts, since they ended longer ago than KAZ_RETENTION "
            "(confidential ones: KAZ_RETENTION_CONFIDENTIAL): 2.\n"
        ),
    )
    kaz_bot("import", "new.csv")
    assert kaz_bot("import", "new.csv").stdout == "Tickets imported: 0. Here already: 2.\n"


def test_no_file_is_overwritten_by_an_example(configured: Path) -> None:
    (configured / "new.csv").write_text("mine")
    done = kaz_bot("import", "--template", "new.csv")
    assert (done.exit_code, (configured / "new.csv").read_text()) == (1, "mine")


def test_a_bad_file_ends_with_status_1_and_names_the_lines(configured: Path) -> None:
    file = configured / "bad.csv"
    file.write_text(f"{HEAD}\n{line_of(area='garten')}\n")
    done = kaz_bot("import", "bad.csv")
    assert done.exit_code == 1
    assert 'kaz-bot: line 2: Fachgebiet: "garten" is no area' in done.stderr
    left_out = kaz_bot("import", "--skip-bad", "bad.csv")
    assert left_out.exit_code == 0
    assert 'Left out, line 2: Fachgebiet: "garten" is no area' in left_out.stderr


def test_the_columns_have_a_name_in_each_language() -> None:
    assert COLUMNS[Field.RESOLVED][:2] == ("Gelöst", "Resolved")
    assert min(len(called) for called in COLUMNS.values()) >= 2
