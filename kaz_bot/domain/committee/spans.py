"""Reads from when until when a meeting lasts, as people write it, and leaves its beginning."""

import re
from datetime import datetime, time, timedelta

_LONGEST = timedelta(hours=12)
_HALF_A_DAY = timedelta(hours=12)
_CLOCK = r"(?P<{0}hour>\d{{1,2}})(?:[:.](?P<{0}minute>\d\d))?"
_UNIT = r"(?:uhr|h|(?:a|p)\.?m\.?)(?!\w)"
_SPAN = re.compile(
    r"(?:\b(?:von|from|um|at|zwischen|between)\s+)?(?<![\d.:–-])"
    + _CLOCK.format("")
    + rf"\s*(?P<unit>{_UNIT})?\s*(?:-|–|bis|to|until|till)\s*"
    + _CLOCK.format("end_")
    + rf"(?:\s*(?P<end_unit>{_UNIT})|(?<=:\d\d)(?![\d.:]))",
    re.IGNORECASE,
)
# In German "10 am Freitag" is no time before noon.
_HALF = re.compile(
    r"(?<![\d.:])"
    + _CLOCK.format("")
    + r"(?P<apart>\s*)(?P<unit>(?:a|p)\.?m\.?)(?!\w)"
    + r"(?P<behind>\s+(?:\d|on\b|today|tomorrow|heute|morgen|(?:komm|n(?:ä|ae)chst)enden\b|"
    r"(?:mon|tues|diens|wednes|thurs|donners|fri|frei|satur|sams|sun|sonn)(?:day|tag)|mittwoch))?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:um|gegen|bis|at|until)?\s*" + _CLOCK.format("") + rf"\s*(?P<unit>{_UNIT})?", re.IGNORECASE
)
_BARE_HOUR = re.compile(r"\d{1,2}")


def without_end(head: str) -> tuple[str, time | None]:
    """What was typed with its beginning alone, and the time of day when it ends."""
    span = _SPAN.search(head)
    if span is None:
        return _HALF.sub(_on_the_clock, head), None
    until = _clock(span["end_hour"], span["end_minute"], span["end_unit"])
    if until is None:
        return head, None
    unit = span["unit"] or span["end_unit"] or ""
    typed = span["hour"] + (f":{span['minute']}" if span["minute"] else "")
    begins = f"{typed} {unit}".strip()
    if _in_halves(unit):
        from_ = _clock(span["hour"], span["minute"], unit)
        begins = from_.strftime("%H:%M") if from_ else begins
    return f"{head[: span.start()]}{begins}{head[span.end() :]}", until


def as_clock(typed: str) -> str:
    """A time in a line of its own, where a number alone is an hour."""
    return f"{typed}:00" if _BARE_HOUR.fullmatch(typed) else typed


def end_of(typed: str) -> time | None:
    """The time of day that such a line says."""
    said = _ALONE.fullmatch(typed.strip())
    return _clock(said["hour"], said["minute"], said["unit"]) if said else None


def length_until(starts: datetime, until: time) -> timedelta | None:
    """How long it lasts; what would end before it begins is meant for the afternoon."""
    lasts = datetime.combine(starts.date(), until) - starts.replace(tzinfo=None)
    if lasts <= timedelta() and until.hour < _HALF_A_DAY // timedelta(hours=1):
        lasts += _HALF_A_DAY
    return lasts if timedelta() < lasts <= _LONGEST else None


def _on_the_clock(half: re.Match[str]) -> str:
    """`10 am` as `10:00`, unless the words behind it show that "am" is German."""
    german = half["apart"] and half["behind"] and half["unit"].casefold() == "am"
    said = None if german else _clock(half["hour"], half["minute"], half["unit"])
    return half[0] if said is None else said.strftime("%H:%M") + (half["behind"] or "")


def _clock(hour: str, minute: str | None, unit: str | None) -> time | None:
    """The time of day, if there is one of these numbers."""
    hours, minutes = int(hour), int(minute or 0)
    if _in_halves(unit) and 1 <= hours <= _HALF_A_DAY // timedelta(hours=1):
        hours = hours % 12 + (12 if (unit or "")[0] in "pP" else 0)
    if (hours, minutes) == (24, 0):
        return time(23, 59)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _in_halves(unit: str | None) -> bool:
    return unit is not None and unit[:1].casefold() in ("a", "p")
