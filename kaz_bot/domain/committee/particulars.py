"""Reads a meeting as people call it: when, and in lines of their own where and what about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kaz_bot.domain.words import bare, folded

LONGEST_PLACE = 300
LONGEST_TITLE = 200
_LONGEST = timedelta(hours=12)

_PLACE, _LINK, _TITLE = "place", "link", "title"
_LABELS: Mapping[str, str] = {
    **dict.fromkeys(("ort", "raum", "wo", "place", "room", "where"), _PLACE),
    **dict.fromkeys(("link", "adresse", "videokonferenz", "video", "url"), _LINK),
    **dict.fromkeys(("titel", "thema", "betreff", "title", "topic", "subject"), _TITLE),
}
_LABELLED = re.compile(r"(?:[-–•*]\s+)?[*_]*(?P<label>[A-Za-z]{2,20})[*_]*\s*:[*_]*\s*(?P<text>.*)")
# The body above, for whose sessions papers are due long before.
_IT_RAT = re.compile(
    r"\s*(?:(?:des|der|vom|im|beim|of|the|of the)\s+)?IT[\s‐‑–-]?Rat(?:e?s)?\b[:,]?\s*"
    r"(?:Brandenburg\b[:,]?\s*)?(?:am\s+(?=\D))?",
    re.IGNORECASE,
)
IT_RAT = "IT-Rat"
# What people say between the verb and the date.
_LEAD = re.compile(r"(?:auf|zum|to|einberufen|call|neu|new)\s+(?:den\s+|the\s+)?", re.IGNORECASE)
_HOURS = re.compile(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?:-|–|bis|to|until)\s*"
    r"(?P<end_hour>\d{1,2})(?:[:.](?P<end_minute>\d\d))?(?![\d.:])",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """`head` holds the date and perhaps the place; `outside`: a session of the IT-Rat."""

    head: str
    place: str = ""
    title: str = ""
    outside: bool = False


def read(text: str) -> Particulars:
    """What was typed, without the lines that say what they are."""
    said: dict[str, str] = {}
    head: list[str] = []
    for line in text.splitlines():
        match = _LABELLED.match(line.strip())
        label = _label(match["label"]) if match else None
        if match and label:
            said[label] = match["text"].strip()
        else:
            head.append(line.strip())
    typed = _without_lead(" ".join(filter(None, head)))
    outside = _IT_RAT.match(typed)
    return Particulars(
        head=typed[outside.end() :] if outside else typed,
        place=joined(said.get(_PLACE, ""), said.get(_LINK, "")),
        title=said.get(_TITLE, "") or (IT_RAT if outside else ""),
        outside=outside is not None,
    )


def _without_lead(typed: str) -> str:
    lead = _LEAD.match(typed)
    return typed[lead.end() :] if lead else typed


def joined(*places: str) -> str:
    """Where it is, said in several parts."""
    return ", ".join(filter(None, (place.strip(" ,;–-") for place in places)))


def length_of(head: str, starts: datetime) -> timedelta | None:
    """How long it lasts, if somebody said from when until when: "10 bis 12 Uhr"."""
    for hours in _HOURS.finditer(head):
        begins = time(int(hours["hour"]) % 24, int(hours["minute"] or 0) % 60)
        ends = timedelta(hours=int(hours["end_hour"]), minutes=int(hours["end_minute"] or 0))
        lasts = ends - timedelta(hours=begins.hour, minutes=begins.minute)
        # Other numbers may look like hours; these are the ones of the date that was found.
        if begins == starts.time() and timedelta() < lasts <= _LONGEST:
            return lasts
    return None


def _label(typed: str) -> str | None:
    return _LABELS.get(folded(typed)) or _LABELS.get(bare(typed))
