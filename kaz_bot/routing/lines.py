"""Answers the operator's JSON Lines, one line for each, in order."""

import json
import math
from collections.abc import Iterable, Iterator

from kaz_bot.routing.router import Classification, Router

JsonId = str | int | float | None


def classify_lines(lines: Iterable[str], router: Router) -> Iterator[str]:
    """`{"id", "text"}` in, what the router makes of it out; a line that cannot be read says why."""
    for line in lines:
        yield _written(_answer(line, router))


def _written(answer: dict[str, object]) -> str:
    line = json.dumps(answer, ensure_ascii=False)
    # Half a surrogate pair in an id is valid JSON, but no terminal and no file takes it.
    return line if line.isprintable() else json.dumps(answer)


def _answer(line: str, router: Router) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "not a line of JSON"}
    if not isinstance(asked, dict):
        return {"id": None, "error": 'not an object with "id" and "text"'}
    line_id = _line_id(asked.get("id"))
    text = asked.get("text")
    if not isinstance(text, str):
        return {"id": line_id, "error": '"text" is missing or no string'}
    return {"id": line_id, **_shown(router.classify(text))}


def _line_id(given: object) -> JsonId:
    if isinstance(given, float) and not math.isfinite(given):
        return None
    return given if isinstance(given, str | int | float) else None


def _shown(found: Classification) -> dict[str, object]:
    return {
        "area": found.area,
        "confidence": round(found.confidence, 3),
        "is_question": found.is_question,
        "urgent": found.urgent,
        "because": list(found.because),
    }
