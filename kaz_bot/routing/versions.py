"""Keeps the versions that were learned from the desk's own lessons, as files in a folder."""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kaz_bot.routing.model import BrokenModel
from kaz_bot.routing.shipped import SHIPPED, read_bytes
from kaz_bot.routing.shipped import folder as shipped_folder
from kaz_bot.routing.version import Version, lessons_in

# The version that the package carries has no number of the desk's.
SHIPPED_NUMBER = 0
# So many are kept to go back to.
KEPT = 5
# Below the data directory.
FOLDER = "routing"
SHIPPED_NAME, CURRENT_NAME, NEWEST_NAME = "shipped", "current", "newest"
# Where a new version is written before it is judged; what a crash left there is swept away.
WORKSHOP = ".learning"

_FILE = re.compile(r"(\d{4,})\.version")
_IN_USE, _HIGHEST, _PINNED = "in_use", "highest", "pinned"


class NoSuchVersion(Exception):
    """There is no usable version of that number."""


@dataclass(frozen=True, kw_only=True)
class Versions:
    """The folder; nothing need be in it. Whoever may read it may read what was learned.

    Any OSError but that a file is missing is the operator's to mend, and is raised as it is.
    """

    folder: Path

    def numbers(self) -> list[int]:
        """The desk's own versions, the oldest first."""
        if not self.folder.exists():
            return []
        found = (_FILE.fullmatch(file.name) for file in self.folder.iterdir())
        return sorted(int(match[1]) for match in found if match)

    def load(self, number: int) -> Version:
        """That version; 0 is the one that the package carries. Raises NoSuchVersion."""
        if number == SHIPPED_NUMBER:
            return shipped_version()
        try:
            version = Version.from_bytes(self._file(number).read_bytes())
        except FileNotFoundError as problem:
            raise NoSuchVersion(f"there is no version {number}") from problem
        except BrokenModel as problem:
            raise NoSuchVersion(f"version {number} is broken: {problem}") from problem
        if version.learned_from != shipped_version().learned_from:
            raise NoSuchVersion(f"version {number} was made for another release of Kaz-Bot")
        return version

    def path(self, number: int) -> Path:
        """Where that version lies."""
        return shipped_folder() / SHIPPED if number == SHIPPED_NUMBER else self._file(number)

    def in_use(self) -> int:
        """The number of the version to go by; the shipped one when none was ever taken."""
        return self._noted(_IN_USE)

    def keep(self, source: bytes) -> int:
        """Keep a new version under the next number."""
        self.make()
        number = max((*self.numbers(), self.in_use(), self._noted(_HIGHEST))) + 1
        write_whole(self.folder / _HIGHEST, str(number).encode())
        write_whole(self._file(number), source)
        for old in self.numbers()[:-KEPT]:
            if old != self.in_use():
                self.drop(old)
        return number

    def use(self, number: int) -> None:
        """Go by this version from now on. Raises NoSuchVersion."""
        self.load(number)
        self.make()
        write_whole(self.folder / _IN_USE, str(number).encode())

    @property
    def pinned(self) -> bool:
        """Whether an operator chose the version in use: then no new one takes its place."""
        return (self.folder / _PINNED).exists()

    def pin(self, number: int) -> None:
        """Go by this version until `unpin`. Raises NoSuchVersion."""
        self.use(number)
        write_whole(self.folder / _PINNED, b"")

    def unpin(self) -> None:
        """Let the next version that is no worse be taken again; until then all stays as it is."""
        (self.folder / _PINNED).unlink(missing_ok=True)

    def drop(self, number: int) -> None:
        """Delete a version; if it was in use, the shipped one is."""
        if self.in_use() == number and number != SHIPPED_NUMBER:
            self.unpin()
            self.use(SHIPPED_NUMBER)
        self._file(number).unlink(missing_ok=True)

    def forget(self, taught: Mapping[str, str]) -> Sequence[int]:
        """Delete every version that knows a lesson which is no longer `taught` in these words.

        Weights cannot be made to forget one question; so the whole version goes. So do broken
        ones, those of another release, and what a crash has left half written.
        """
        self._sweep()
        gone = [number for number in self.numbers() if not self._knows_only(number, taught)]
        for number in gone:
            self.drop(number)
        return gone

    def make(self) -> None:
        """See to it that the folder is there, for the bot alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _sweep(self) -> None:
        if self.folder.exists():
            for left in self.folder.glob(".*.new"):
                left.unlink(missing_ok=True)
            for left in self.folder.glob(f"{WORKSHOP}-*"):
                shutil.rmtree(left, ignore_errors=True)

    def _knows_only(self, number: int, taught: Mapping[str, str]) -> bool:
        try:
            learned_from, known = lessons_in(self._file(number).read_bytes())
        except BrokenModel:
            return False
        of_this_release = learned_from == shipped_version().learned_from
        return of_this_release and known.items() <= taught.items()

    def _noted(self, what: str) -> int:
        try:
            return int((self.folder / what).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return SHIPPED_NUMBER

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:04}.version"


@lru_cache(maxsize=1)
def shipped_version() -> Version:
    """The version that the package carries, read once."""
    return Version.from_bytes(read_bytes(SHIPPED))


def number_of(typed: str, versions: Versions) -> int:
    """The number of a version as an operator names it. Raises NoSuchVersion."""
    if typed == SHIPPED_NAME:
        return SHIPPED_NUMBER
    if typed == CURRENT_NAME:
        return versions.in_use()
    if not re.fullmatch(r"[0-9]{1,9}", typed):
        raise NoSuchVersion(
            f'"{typed}" is no version: give a number, {SHIPPED_NAME} or {CURRENT_NAME}'
        )
    return int(typed)


def write_whole(path: Path, content: bytes) -> None:
    """As a whole or not at all, readable for the bot alone."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)
