"""Reads the development examples beside the repository, which are for measuring only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kaz_bot.dates import BadDate, Moment, Reader, Use, occurrences
from tests.not_run import not_run

_FILE = Path(__file__).parents[3] / "shared" / "data" / "dates_dev.jsonl"
_FORM = "%Y-%m-%dT%H:%M"
REFUSED = "error"
Answer = str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed, and all answers that are right: a time, the first of many, or a refusal."""

    id: str
    text: str
    now: datetime
    use: Use
    right: tuple[Answer, ...]


def asked() -> list[Asked]:
    if not _FILE.exists():
        not_run("dates on the development examples", f"{_FILE.name} is not beside the repository")
    rows = map(json.loads, _FILE.read_text(encoding="utf-8").splitlines())
    return [
        Asked(
            id=row["id"],
            text=row["text"],
            now=datetime.fromisoformat(row["now"]),
            use=Use(row["kind"]),
            right=tuple(_right(row)),
        )
        for row in rows
    ]


def answer(reader: Reader, question: Asked) -> Answer:
    """What the reader says, in the form of the data."""
    try:
        when = reader.read(question.text, question.now, question.use)
    except BadDate:
        return REFUSED
    if isinstance(when, Moment):
        return f"{when.at:{_FORM}}"
    return tuple(f"{at:{_FORM}}" for at in [when.dtstart, *occurrences(when, when.dtstart, 3)])


def _right(row: dict[str, Any]) -> Iterator[Answer]:
    if row["error"]:
        yield REFUSED
    for given in filter(None, (row["expected"], *row["accept"])):
        yield tuple(given["occurrences"]) if isinstance(given, dict) else given
