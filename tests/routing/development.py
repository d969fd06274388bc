"""Reads examples that are for measuring only: the development ones beside the repository, if they
are there, and the blind ones that were written apart from the corpus and are never read by it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.not_run import not_run

FOLDER = Path(__file__).parents[3] / "shared" / "data"
BLIND = Path(__file__).with_name("blind")
# Two texts that share more of their words than this say the same thing.
ALIKE = 0.6


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with the areas that are right for it."""

    text: str
    right: tuple[str | None, ...]
    urgent: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message, and whether it is a question to the desk."""

    text: str
    is_question: bool


@dataclass(frozen=True, kw_only=True)
class Examples:
    """Questions and messages of one hand."""

    asked: Sequence[Asked]
    said: Sequence[Said]


def sets() -> Iterator[tuple[str, Examples]]:
    """Whatever there is to measure on."""
    if FOLDER.exists():
        yield "development", Examples(asked=asked(), said=said())
    yield "blind", blind()


def alike(
    learned: Iterable[set[str]], measured: Iterable[set[str]]
) -> list[tuple[set[str], set[str]]]:
    """The pairs that share so many of their words that they say the same."""
    by_word: dict[str, list[set[str]]] = {}
    for other in measured:
        for word in other:
            by_word.setdefault(word, []).append(other)
    found = []
    for one in learned:
        near = {id(other): other for word in one for other in by_word.get(word, ())}
        found += [
            (one, other)
            for other in near.values()
            if min(len(one), len(other)) > 2 and len(one & other) > ALIKE * len(one | other)
        ]
    return found


def asked() -> tuple[Asked, ...]:
    return _asked(_lines(FOLDER / "routing_dev.jsonl"))


def said() -> tuple[Said, ...]:
    return _said(_lines(FOLDER / "intent_dev.jsonl"))


def blind() -> Examples:
    return Examples(
        asked=_asked((BLIND / "questions.jsonl").read_text(encoding="utf-8").splitlines()),
        said=_said((BLIND / "messages.jsonl").read_text(encoding="utf-8").splitlines()),
    )


def _asked(lines: Sequence[str]) -> tuple[Asked, ...]:
    return tuple(
        Asked(text=row["text"], right=(row["area"], row["also"]), urgent=row["urgent"])
        for row in map(json.loads, lines)
    )


def _said(lines: Sequence[str]) -> tuple[Said, ...]:
    return tuple(
        Said(text=row["text"], is_question=row["is_question"]) for row in map(json.loads, lines)
    )


def _lines(path: Path) -> Sequence[str]:
    if not path.exists():
        not_run("routing on the development examples", f"{path.name} is not beside the repository")
    return path.read_text(encoding="utf-8").splitlines()
