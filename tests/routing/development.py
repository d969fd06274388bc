"""Reads examples that are for measuring only: the development ones beside the repository, if they
are there, and the blind ones that were written apart from the corpus and are never read by it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.not_run import not_run

FOLDER = Path(__file__).parents[3] / "shared" / "data"
BLIND = Path(__file__).with_name("blind")


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
