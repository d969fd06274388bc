"""Reads the table of examples, and tells what a reader made of each."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from kaz_bot.dates import BadDate, Moment, Reader, Use, occurrences

BERLIN = ZoneInfo("Europe/Berlin")
READER = Reader(BERLIN)

_FILE = Path(__file__).with_name("examples.txt")
_FORM = "%Y-%m-%dT%H:%M"
_AS_MANY = 4


@dataclass(frozen=True, kw_only=True)
class Example:
    """What was typed when and for what, and what it comes to: see the table's head."""

    text: str
    use: Use
    now: datetime
    result: str

    def __str__(self) -> str:
        return f"{self.use}, {self.now:%Y-%m-%d %H:%M}: {self.text}"


def examples() -> list[Example]:
    """All rows of the table, in order."""
    found = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            use, now, *_ = line.strip("[]").split()
        elif line and not line.startswith("#"):
            text, _, result = line.rpartition(" = ")
            typed = text.replace("\\u200b", "\u200b")
            found.append(
                Example(text=typed, use=Use(use), now=datetime.fromisoformat(now), result=result)
            )
    return found


def answer(text: str, now: datetime, use: Use, reader: Reader = READER) -> str:
    """What the reader says, in the words of the table."""
    try:
        when = reader.read(text, now, use)
    except BadDate as refusal:
        return refusal.reason.value
    if isinstance(when, Moment):
        return f"{when.at:{_FORM}}"
    times = [when.dtstart, *occurrences(when, when.dtstart, _AS_MANY - 1)]
    return " ".join(f"{at:{_FORM}}" for at in islice(times, _AS_MANY))
