"""Operators see what the routing has learned, choose a version, and try questions on it."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaz_bot.cli import main
from kaz_bot.config import load
from kaz_bot.operations.records import migrate
from kaz_bot.routing.versions import FOLDER, Versions

SETTINGS = """
KAZ_HOMESERVER=http://127.0.0.1:9
KAZ_USER_ID=@kaz:kaz.test
KAZ_PASSWORD=secret
KAZ_DATA_DIR=./kept
"""
QUESTION = json.dumps({"id": 1, "text": "Unser Rahmenvertrag läuft aus"})


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with settings, and none in the environment."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(SETTINGS)
    return tmp_path


@pytest.fixture
def versions(elsewhere: Path) -> Versions:
    """Two versions; the second finds projects in everything, and is in use."""
    versions = Versions(folder=elsewhere / "kept" / FOLDER)
    shipped = versions.load(0)
    first = replace(shipped, taught={"7": "digest"})
    second = replace(first, areas=shipped.areas.shifted(projects=100.0))
    versions.keep(first.to_bytes())
    versions.use(versions.keep(second.to_bytes()))
    return versions


def kaz_bot(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(words), input=typed, catch_exceptions=False)


def area_by(*options: str) -> str:
    shown = kaz_bot("classify", "--jsonl", *options, typed=QUESTION)
    assert shown.exit_code == 0, shown.output
    found: str = json.loads(shown.output)["area"]
    return found


@pytest.mark.usefixtures("versions")
def test_the_versions_are_listed_with_the_one_in_use() -> None:
    shipped, first, second = kaz_bot("versions").output.splitlines()
    assert shipped.startswith("shipped  0 lessons, right in ")
    assert first.startswith("      1  1 lessons, right in ")
    assert ["in use" in line for line in (shipped, first, second)] == [False, False, True]


def test_another_version_can_be_chosen(versions: Versions) -> None:
    assert kaz_bot("versions", "--use", "1").exit_code == 0
    assert versions.in_use() == 1
    assert kaz_bot("versions", "--use", "shipped").exit_code == 0
    assert (versions.in_use(), versions.pinned) == (0, True)


def test_who_has_chosen_can_let_new_ones_be_taken_again(versions: Versions) -> None:
    kaz_bot("versions", "--use", "1")
    assert "is taken" in kaz_bot("versions", "--use", "newest").output
    assert (versions.in_use(), versions.pinned) == (1, False)


@pytest.mark.parametrize(
    ("typed", "why"), [("9", "there is no version 9"), ("best", "is no version")]
)
def test_a_version_that_is_not_there_is_not_chosen(
    versions: Versions, typed: str, why: str
) -> None:
    shown = kaz_bot("versions", "--use", typed)
    assert (shown.exit_code, why in shown.output) == (2, True)
    assert versions.in_use() == 2


def test_a_broken_version_is_listed_as_such(versions: Versions) -> None:
    versions.path(1).write_bytes(b"rubbish")
    assert "1  cannot be used: version 1 is broken" in kaz_bot("versions").output


@pytest.mark.usefixtures("versions")
def test_questions_are_tried_on_the_version_that_is_named() -> None:
    assert area_by() == "procurement"
    assert area_by("--version", "1") == "procurement"
    assert area_by("--version", "2") == "projects"
    assert area_by("--version", "current") == "projects"
    assert area_by("--version", "shipped") == "procurement"


@pytest.mark.usefixtures("versions")
def test_the_versions_may_lie_elsewhere(elsewhere: Path) -> None:
    (elsewhere / ".env").unlink()
    assert area_by("--version", "2", "--data-dir", "kept") == "projects"


@pytest.mark.usefixtures("versions")
def test_an_unknown_version_is_refused_before_anything_is_read() -> None:
    shown = kaz_bot("classify", "--jsonl", "--version", "9", typed=QUESTION)
    assert (shown.exit_code, "there is no version 9" in shown.output) == (2, True)


def test_where_nobody_moved_a_ticket_there_is_nothing_to_learn() -> None:
    asyncio.run(migrate(load(), lambda _step: None))
    shown = kaz_bot("learn")
    assert (shown.exit_code, "nothing to learn" in shown.output) == (0, True)


def test_without_a_database_learning_says_what_to_do(elsewhere: Path) -> None:
    (elsewhere / "kept").mkdir()
    shown = kaz_bot("learn")
    assert shown.exit_code == 1
    assert "kaz-bot migrate" in shown.output
