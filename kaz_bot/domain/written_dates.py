"""Reads days and times as files and forms write them, without any words around them."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kaz_bot.domain.words import folded

# A day without a time of day stands for its middle.
NOON = time(12)

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_GERMAN = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[^\W\d]{3,9})\.?\s+(?P<year>\d{4})")
_MONTH = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})|(?P<year2>\d{4})-(?P<month2>\d{1,2})")
_CLOCK = re.compile(
    r"(?P<day>.*[^\s,])[\sT,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s*(?:Uhr|h))?",
    re.IGNORECASE,
)
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(Z|[+-].*)?")
# Folded, by their first letters in German and English.
_MONTHS = ("jan", "feb", "mae mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov")
_NAMES = {
    name: number
    for number, names in enumerate((*_MONTHS, "dez dec"), start=1)
    for name in names.split()
}


def written_day(text: str) -> date | None:
    """`2026-07-01`, `1.7.2026`, `1. Juli 2026`; of a month alone (`Juli 2026`, `07/2026`) its first
    day. Nothing if it is none of these."""
    said = " ".join(text.split())
    for form in (_ISO, _GERMAN, _NAMED, _MONTH):
        match = form.fullmatch(said)
        if match is not None:
            return _day(match)
    return None


def written_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """The same with a time of day behind it, in the zone unless another is said; noon if none is.
    Nothing if it cannot be read."""
    said = " ".join(text.split())
    if _ISO_MOMENT.fullmatch(said):
        try:
            read = datetime.fromisoformat(said)
        except ValueError:
            return None
        return read if read.tzinfo else read.replace(tzinfo=zone)
    match = _CLOCK.fullmatch(said)
    day = written_day(match["day"] if match else said)
    if day is None:
        return None
    try:
        at = _time(match) if match else NOON
    except ValueError:
        return None
    return datetime.combine(day, at, tzinfo=zone)


def _time(match: re.Match[str]) -> time:
    return time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))


def _day(match: re.Match[str]) -> date | None:
    said = match.groupdict()
    month = said.get("month") or said.get("month2") or ""
    year = int(said.get("year") or said.get("year2") or 0)
    number = int(month) if month.isdecimal() else _NAMES.get(folded(month)[:3], 0)
    try:
        return date(year + 2000 if year < 100 else year, number, int(said.get("day") or 1))
    except ValueError:
        return None
