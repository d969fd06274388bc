"""Answers the operator's JSON Lines with what a date comes to, one line for each, in order."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.dates.moments import Moment, Recurrence, Use
from kaz_bot.dates.reader import Reader
from kaz_bot.dates.refusals import BadDate

JsonId = str | int | float | None
# How a refusal is worded; the sentences themselves are templates.
Worded = Callable[[BadDate], str]

_USES = frozenset(Use)


def when_lines(lines: Iterable[str], zone: ZoneInfo, worded: Worded) -> Iterator[str]:
    """`{"id", "now", "text", "kind"}` in, the moment or rule out; a bad line says what is bad."""
    reader = Reader(zone)
    for line in lines:
        yield _written(_answer(line, reader, worded))


def _written(answer: dict[str, object]) -> str:
    line = json.dumps(answer, ensure_ascii=False)
    # Half a surrogate pair in an id is valid JSON, but no terminal and no file takes it.
    return line if line.isprintable() else json.dumps(answer)


def _answer(line: str, reader: Reader, worded: Worded) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return _malformed(None, "not a line of JSON")
    if not isinstance(asked, dict):
        return _malformed(None, 'not an object with "id", "now", "text" and "kind"')
    line_id = _line_id(asked.get("id"))
    text, kind, now = asked.get("text"), asked.get("kind"), _moment(asked.get("now"), reader.zone)
    if not isinstance(text, str):
        return _malformed(line_id, '"text" is missing or no string')
    if not isinstance(kind, str) or kind not in _USES:
        return _malformed(line_id, '"kind" is neither "reminder" nor "deadline"')
    if now is None:
        return _malformed(line_id, '"now" is no time like 2026-09-25T09:00+02:00')
    try:
        return {"id": line_id, **_shown(reader.read(text, now, Use(kind)))}
    except BadDate as refusal:
        return {"id": line_id, "error": refusal.reason.value, "message": worded(refusal)}


def _malformed(line_id: JsonId, why: str) -> dict[str, object]:
    return {"id": line_id, "error": "eingabe", "message": why}


def _line_id(given: object) -> JsonId:
    if isinstance(given, float) and not math.isfinite(given):
        return None
    return given if isinstance(given, str | int | float) else None


def _moment(given: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(given, str):
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        return None
    # Years at the rim of what a datetime holds cannot be shifted into another zone.
    if not 1900 <= at.year <= 2200:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _shown(when: Moment | Recurrence) -> dict[str, object]:
    if isinstance(when, Moment):
        return {"at": when.at.isoformat()}
    return {"rrule": when.rrule, "dtstart": when.dtstart.isoformat()}
