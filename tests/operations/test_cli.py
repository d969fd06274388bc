"""The operator's commands explain themselves and end with a status that says how it went."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result

from kaz_bot.cli import main
from kaz_bot.config import load
from kaz_bot.operations.records import migrate
from kaz_bot.store import Store
from tests.forgetting.desk import new_ticket
from tests.store.records import ANN

SETTINGS = """
KAZ_HOMESERVER=http://127.0.0.1:9
KAZ_USER_ID=@kaz:kaz.test
KAZ_PASSWORD=secret
KAZ_LANGUAGE=en
"""
COMMANDS = main.list_commands(Context(main))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with settings, and none in the environment."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(SETTINGS)
    return tmp_path


@pytest.fixture
def served(elsewhere: Path) -> None:
    """A database with one ticket of Ann's."""

    async def fill() -> None:
        await migrate(load(), lambda _step: None)
        store = Store(load().database_url)
        async with store.work() as work:
            await new_ticket(work, ANN)
        await store.close()

    asyncio.run(fill())


def kaz_bot(*words: str, typed: str | bytes = "") -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(main, list(words), input=typed, catch_exceptions=False)


def test_these_commands_exist() -> None:
    assert COMMANDS == [
        "backup",
        "check",
        "classify",
        "demo",
        "erase-user",
        "export",
        "import",
        "learn",
        "migrate",
        "reindex",
        "report",
        "reset-identity",
        "restore",
        "run",
        "versions",
        "when",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    shown = kaz_bot(command, "--help")
    assert shown.exit_code == 0
    assert f"Usage: main {command}" in shown.output


@pytest.mark.parametrize("command", ["when", "classify"])
def test_what_is_tried_out_loads_neither_matrix_nor_store(command: str) -> None:
    tried = (
        "import sys; from kaz_bot.cli import main; "
        f"main(['{command}', '--jsonl'], standalone_mode=False); "
        "heavy = {'nio', 'sqlalchemy', 'aiohttp', 'apscheduler', 'numpy', 'sklearn'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", tried], input="", capture_output=True, text=True, check=True
    )
    assert ended.stdout == "[]\n"


def test_the_version_is_told() -> None:
    assert kaz_bot("--version").output.startswith("kaz-bot, version ")


@pytest.mark.parametrize("words", [["dance"], ["backup"], ["export"], ["erase-user", "ann"]])
def test_a_command_that_is_not_understood_ends_with_2(words: list[str]) -> None:
    assert kaz_bot(*words).exit_code == 2


def test_wrong_settings_are_sentences_and_no_traceback(elsewhere: Path) -> None:
    (elsewhere / ".env").write_text("KAZ_USER_ID=kaz\n")
    ended = kaz_bot("migrate")
    assert ended.exit_code == 1
    assert ended.stderr.splitlines() == [
        'kaz-bot: KAZ_USER_ID: "kaz" is no Matrix id; write it as @name:example.org',
        "kaz-bot: KAZ_HOMESERVER: is missing; set it in the environment or in the .env file",
        (
            "kaz-bot: KAZ_PASSWORD: is missing; set it, or KAZ_ACCESS_TOKEN, or one of them as a "
            "file (KAZ_PASSWORD_FILE, KAZ_ACCESS_TOKEN_FILE)"
        ),
    ]


@pytest.mark.parametrize(
    "words", [["--env-file", "own.env", "migrate"], ["migrate", "--env-file", "own.env"]]
)
def test_the_file_of_settings_is_named_before_or_behind_the_command(
    elsewhere: Path, words: list[str]
) -> None:
    (elsewhere / ".env").rename(elsewhere / "own.env")
    assert kaz_bot(*words).exit_code == 0


def test_migrating_tells_from_where_to_where() -> None:
    first, second = kaz_bot("migrate"), kaz_bot("migrate")
    assert "The schema went from nothing to " in first.output
    assert "The schema is up to date: " in second.output


def test_check_before_everything_is_there_ends_with_1() -> None:
    ended = kaz_bot("check")
    assert ended.exit_code == 1
    assert "problem: Homeserver: http://127.0.0.1:9 does not answer" in ended.output


@pytest.mark.usefixtures("served")
def test_a_backup_can_be_restored(elsewhere: Path) -> None:
    assert "records, no identity yet" in kaz_bot("backup", "kaz.tar.gz").output
    (elsewhere / "data").rename(elsewhere / "before")
    restored = kaz_bot("restore", "kaz.tar.gz")
    assert restored.exit_code == 0
    assert "The backup held no identity: the bot logs in as a new device." in restored.output


@pytest.mark.usefixtures("served")
def test_a_backup_that_cannot_be_made_ends_with_1() -> None:
    ended = kaz_bot("backup", "nowhere/kaz.tar.gz")
    assert ended.exit_code == 1
    assert "is no folder: create it first" in ended.stderr


@pytest.mark.parametrize("words", [["export", "--all", "--to", "out"], ["erase-user", ANN]])
def test_a_database_that_is_not_set_up_is_a_sentence(elsewhere: Path, words: list[str]) -> None:
    (elsewhere / "data").mkdir()
    ended = kaz_bot(*words)
    assert ended.exit_code == 1
    assert ended.stderr.endswith("run kaz-bot migrate first\n")


@pytest.mark.usefixtures("served")
def test_tickets_are_exported_by_number(elsewhere: Path) -> None:
    assert kaz_bot("export", "KAZ-1", "--to", "out").output == "1 written to out.\n"
    assert (elsewhere / "out" / "KAZ-1" / "ticket.json").exists()


@pytest.mark.usefixtures("served")
def test_what_is_stored_about_a_person_is_exported(elsewhere: Path) -> None:
    ended = kaz_bot("export", "--person", ANN, "--to", "out")
    assert ended.output == "Written to out/@ann_kaz.test.\n"
    assert (elsewhere / "out" / "@ann_kaz.test" / "person.json").exists()


@pytest.mark.parametrize("words", [["--person", ANN, "--all"], ["KAZ-1", "--person", ANN]])
def test_of_tickets_and_a_person_one_is_exported(words: list[str]) -> None:
    assert kaz_bot("export", *words, "--to", "out").exit_code == 2


@pytest.mark.usefixtures("served")
def test_a_person_is_erased_only_after_a_yes() -> None:
    refused = kaz_bot("erase-user", ANN, typed="n\n")
    agreed = kaz_bot("erase-user", ANN, typed="y\n")
    assert refused.exit_code == 1
    assert "@ann:kaz.test: 1 tickets and 1 messages are stored." in agreed.output
    assert "Erased: 1 tickets, 1 messages, 0 relayed copies." in agreed.output


@pytest.mark.usefixtures("served")
def test_an_erased_person_is_in_the_register(elsewhere: Path) -> None:
    kaz_bot("erase-user", ANN, "--yes")
    assert '"what": "user"' in (elsewhere / "data" / "erasures.jsonl").read_text()


def test_classify_answers_line_by_line_without_settings(elsewhere: Path) -> None:
    (elsewhere / ".env").unlink()
    asked = '{"id": 7, "text": "Wie schreiben wir eine Leistung aus?"}\nnonsense\n'
    answers = [
        json.loads(line) for line in kaz_bot("classify", "--jsonl", typed=asked).output.splitlines()
    ]
    assert [answer["id"] for answer in answers] == [7, None]
    assert set(answers[0]) == {"id", "area", "confidence", "is_question", "urgent", "because"}


def test_classify_takes_input_that_is_no_utf_8() -> None:
    ended = kaz_bot("classify", "--jsonl", typed=b'{"id": 1, "text": "Gr\xfc\xdfe"}\n')
    assert json.loads(ended.output)["id"] == 1


def test_resetting_the_identity_needs_a_yes() -> None:
    assert kaz_bot("reset-identity", typed="n\n").exit_code == 1
