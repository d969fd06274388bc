"""Reads the questions and the chatter that the models learn from.

One folder for each hand that wrote, one file for each label in it. A line `# …` names the
situation that the lines below it tell of; a `\\n` in a line is a line break of the message.
Marks stand before the text: `!! ` a running incident, `! ` otherwise urgent, `+area ` an area
that is as good as the file's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kaz_bot.routing.features import AREAS, NOWHERE
from kaz_bot.routing.shipped import folder

CHATTER, ASKED = "chatter", "asked"
INCIDENT_MARK, URGENT_MARK = "!! ", "! "
# Lines side by side are often variants of each other: without a named situation so many are one.
SIDE_BY_SIDE = 10

_MARK = re.compile(rf"(!! |! |\+(?:{'|'.join(AREAS)}) )")


@dataclass(frozen=True, kw_only=True)
class Example:
    """One line of the corpus. `right` holds every label that is as good as `label`."""

    text: str
    label: str
    right: frozenset[str]
    hand: str
    situation: str
    urgent: bool = False
    incident: bool = False


def questions() -> tuple[Example, ...]:
    """What people asked, by area."""
    return tuple(example for area in AREAS for example in _examples(area))


def asked() -> tuple[Example, ...]:
    """Questions of any area that are hard to tell from chatter."""
    return tuple(_examples(ASKED))


def chatter() -> tuple[Example, ...]:
    """What people say to each other."""
    return tuple(_examples(CHATTER))


def nowhere() -> tuple[Example, ...]:
    """What belongs to no area."""
    return tuple(_examples(NOWHERE))


@lru_cache(maxsize=8)
def _examples(label: str) -> tuple[Example, ...]:
    files = sorted((folder() / "corpus").glob(f"*/{label}.txt"))
    return tuple(example for file in files for example in _lines(file, label))


def _lines(file: Path, label: str) -> Iterator[Example]:
    hand, situation = file.parent.name, ""
    for at, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            situation = line.removeprefix("# ")
        elif line.strip():
            marks, text = _parted(line)
            seconds = {mark[1:-1] for mark in marks if mark.startswith("+")}
            yield Example(
                text=text.replace("\\n", "\n"),
                label=label,
                right=frozenset({label} | seconds),
                hand=hand,
                situation=f"{hand}/{label}/{situation or at // SIDE_BY_SIDE}",
                urgent=bool({INCIDENT_MARK, URGENT_MARK} & marks),
                incident=INCIDENT_MARK in marks,
            )


def _parted(line: str) -> tuple[set[str], str]:
    marks: set[str] = set()
    while match := _MARK.match(line):
        marks.add(match[0])
        line = line[match.end() :]
    return marks, line.strip()
