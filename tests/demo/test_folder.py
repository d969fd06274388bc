"""A demo empties its own folder and nobody else's."""

from pathlib import Path

import pytest

from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.folder import DemoFolder


def test_a_second_demo_begins_with_an_empty_folder(tmp_path: Path) -> None:
    with DemoFolder(tmp_path / "demo") as folder:
        folder.data.mkdir()
        (folder.data / "kaz.sqlite3").write_text("the tickets of yesterday")
        folder.env_file.write_text("KAZ_PREFIX=!kaz")
    with DemoFolder(tmp_path / "demo") as folder:
        assert sorted(folder.path.iterdir()) == [folder.path / ".kaz-demo"]


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kaz.sqlite3").write_text("the tickets of a year")
    with pytest.raises(DemoError, match="other things than a demo"), DemoFolder(tmp_path):
        pass
    assert (tmp_path / "data" / "kaz.sqlite3").read_text() == "the tickets of a year"


def test_what_somebody_puts_beside_a_demo_stays(tmp_path: Path) -> None:
    with DemoFolder(tmp_path / "demo") as folder:
        (folder.path / "notes.txt").write_text("what I saw")
    with DemoFolder(tmp_path / "demo") as folder:
        assert (folder.path / "notes.txt").read_text() == "what I saw"


def test_a_link_is_removed_without_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "kept").touch()
    with DemoFolder(tmp_path / "demo") as folder:
        folder.data.symlink_to(tmp_path / "real")
    with DemoFolder(tmp_path / "demo") as folder:
        assert not folder.data.is_symlink()
    assert (tmp_path / "real" / "kept").exists()


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    second = DemoFolder(tmp_path / "demo")
    with (
        DemoFolder(tmp_path / "demo"),
        pytest.raises(DemoError, match="Another demo is running"),
        second,
    ):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").touch()
    with pytest.raises(DemoError, match="is a file"), DemoFolder(tmp_path / "demo"):
        pass


def test_nobody_else_can_look_into_the_folder(tmp_path: Path) -> None:
    with DemoFolder(tmp_path / "demo") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700
