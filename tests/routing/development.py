"""Reads the development examples beside the repository, which are for measuring only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.not_run import not_run

FOLDER = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with the areas that are right for it."""

    text: str
    right: tuple[str | None, ...]
    urgent: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    text: str
    is_question: bool


def asked() -> tuple[Asked, ...]:
    return tuple(
        Asked(text=row["text"], right=(row["area"], row["also"]), urgent=row["urgent"])
        for row in map(json.loads, _lines("routing_dev.jsonl"))
    )


def said() -> tuple[Said, ...]:
    return tuple(
        Said(text=row["text"], is_question=row["is_question"])
        for row in map(json.loads, _lines("intent_dev.jsonl"))
    )


def _lines(name: str) -> Sequence[str]:
    path = FOLDER / name
    if not path.exists():
        not_run("routing on the development examples", f"{name} is not beside the repository")
    return path.read_text(encoding="utf-8").splitlines()
