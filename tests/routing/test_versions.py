"""How learned versions are kept, numbered, chosen and deleted."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kaz_bot.routing.model import BrokenModel
from kaz_bot.routing.shipped import fingerprint
from kaz_bot.routing.version import Version
from kaz_bot.routing.versions import KEPT, NoSuchVersion, Versions, number_of

SHIPPED = Versions(folder=Path("/nowhere")).load(0)


def taught(*tickets: str) -> bytes:
    return replace(SHIPPED, taught=dict.fromkeys(tickets, "digest")).to_bytes()


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(folder=tmp_path / "routing")


def test_without_versions_of_its_own_a_desk_goes_by_the_shipped_one(versions: Versions) -> None:
    assert (versions.numbers(), versions.in_use()) == ([], 0)
    assert versions.load(versions.in_use()) == SHIPPED


def test_a_version_is_read_as_it_was_written() -> None:
    assert Version.from_bytes(SHIPPED.to_bytes()) == SHIPPED


def test_the_shipped_version_was_learned_from_the_shipped_lists_and_corpus() -> None:
    """If this fails: `python -m kaz_bot.routing.learning`, then commit the version."""
    assert SHIPPED.learned_from == fingerprint()


def test_a_kept_version_is_used_when_chosen(versions: Versions) -> None:
    number = versions.keep(taught("7"))
    assert versions.in_use() == 0
    versions.use(number)
    assert list(versions.load(versions.in_use()).taught) == ["7"]


def test_nobody_else_may_read_what_was_learned(versions: Versions) -> None:
    path = versions.path(versions.keep(taught("7")))
    rights = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)]
    assert rights == [0o600, 0o700]


def test_a_number_is_never_used_again(versions: Versions) -> None:
    assert [versions.keep(taught()), versions.keep(taught())] == [1, 2]
    versions.drop(2)
    assert versions.keep(taught()) == 3


def test_the_oldest_go_but_not_the_one_in_use(versions: Versions) -> None:
    versions.use(versions.keep(taught()))
    for _ in range(KEPT + 2):
        versions.keep(taught())
    assert versions.numbers() == [1, *range(4, KEPT + 4)]


def test_dropping_the_one_in_use_goes_back_to_the_shipped_one(versions: Versions) -> None:
    versions.use(versions.keep(taught()))
    versions.drop(1)
    assert (versions.numbers(), versions.in_use()) == ([], 0)


def test_versions_that_know_a_lesson_taken_back_are_forgotten(versions: Versions) -> None:
    versions.keep(taught("7"))
    versions.keep(taught("7", "8"))
    versions.use(2)
    assert versions.forget({"7": "digest", "9": "digest"}) == [2]
    assert (versions.numbers(), versions.in_use()) == ([1], 0)


def test_one_version_that_cannot_be_read_keeps_no_other_from_being_forgotten(
    versions: Versions,
) -> None:
    versions.keep(taught("7"))
    versions.keep(taught("8"))
    versions.path(1).write_bytes(b"rubbish")
    assert versions.forget({"9": "digest"}) == [1, 2]


def test_what_a_crash_left_half_written_is_swept_away(versions: Versions) -> None:
    versions.keep(taught("7"))
    (versions.folder / ".0002.version.new").write_bytes(taught("8"))
    (versions.folder / ".learning-abc").mkdir()
    (versions.folder / ".learning-abc" / "fresh.version").write_bytes(taught("8"))
    versions.forget({"7": "digest"})
    assert sorted(path.name for path in versions.folder.iterdir()) == ["0001.version", "highest"]


def test_a_version_an_operator_chose_is_kept_to(versions: Versions) -> None:
    versions.keep(taught("7"))
    versions.pin(1)
    assert (versions.in_use(), versions.pinned) == (1, True)
    versions.unpin()
    assert (versions.in_use(), versions.pinned) == (1, False)


def test_a_chosen_version_that_must_be_forgotten_is_kept_to_no_longer(versions: Versions) -> None:
    versions.keep(taught("7"))
    versions.pin(1)
    versions.forget({})
    assert (versions.in_use(), versions.pinned) == (0, False)


def test_a_lesson_in_other_words_is_another_lesson(versions: Versions) -> None:
    versions.keep(taught("7"))
    assert versions.forget({"7": "other words"}) == [1]


def test_a_version_of_another_release_is_not_used(versions: Versions) -> None:
    number = versions.keep(replace(SHIPPED, learned_from="another corpus").to_bytes())
    with pytest.raises(NoSuchVersion, match="another release"):
        versions.use(number)
    assert versions.forget({}) == [number]


def spoilt() -> bytes:
    """A version with a hole in one of its models."""
    source = bytearray(SHIPPED.to_bytes())
    middle = len(source) // 2
    source[middle : middle + 600] = bytes(600)
    return bytes(source)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"PK\x03\x04",
        b"rubbish" * 1000,
        spoilt(),
        replace(SHIPPED, areas=SHIPPED.intent).to_bytes(),
    ],
    ids=["nothing", "beginning", "rubbish", "hole", "models exchanged"],
)
def test_a_broken_version_is_named_as_such(versions: Versions, rubbish: bytes) -> None:
    number = versions.keep(taught())
    versions.path(number).write_bytes(rubbish)
    with pytest.raises(NoSuchVersion, match="is broken"):
        versions.load(number)
    with pytest.raises(BrokenModel):
        Version.from_bytes(rubbish)


@pytest.mark.parametrize(("typed", "number"), [("shipped", 0), ("current", 2), ("1", 1)])
def test_an_operator_names_a_version(versions: Versions, typed: str, number: int) -> None:
    versions.keep(taught())
    versions.use(versions.keep(taught()))
    assert number_of(typed, versions) == number


@pytest.mark.parametrize("typed", ["", "latest", "-1", "1.5", "²", "../1"])
def test_what_names_no_version_is_refused(versions: Versions, typed: str) -> None:
    with pytest.raises(NoSuchVersion, match="is no version"):
        number_of(typed, versions)


def test_a_version_that_is_not_there_is_refused(versions: Versions) -> None:
    with pytest.raises(NoSuchVersion, match="there is no version 4"):
        versions.use(4)
