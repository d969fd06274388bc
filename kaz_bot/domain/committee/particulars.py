"""Reads a meeting as people call it: when, and in lines of their own where and what about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from kaz_bot.domain.committee.spans import as_clock, end_of, without_end
from kaz_bot.domain.words import bare, folded

LONGEST_PLACE = 300
LONGEST_TITLE = 200

_PLACE, _LINK, _TITLE = "place", "link", "title"
_DAY, _BEGINS, _ENDS = "day", "begins", "ends"
_LABELS: Mapping[str, str] = {
    **dict.fromkeys(("ort", "raum", "wo", "place", "room", "where"), _PLACE),
    **dict.fromkeys(("link", "adresse", "videokonferenz", "video", "url"), _LINK),
    **dict.fromkeys(("wann", "datum", "tag", "termin", "when", "date", "day"), _DAY),
    **dict.fromkeys(
        ("beginn", "uhrzeit", "zeit", "von", "begin", "start", "time", "from"), _BEGINS
    ),
    **dict.fromkeys(("ende", "bis", "end", "until"), _ENDS),
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

_WHERE = re.compile(
    r"(?:(?:nach|in|im|ins|den|to|the)\s+)*"
    r"(?:https?://|(?:\w*raum|\w*saal|\w*haus|online|room|hall|video\w*|ort|place)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """`head` holds the date and perhaps the place; `outside`: a session of the IT-Rat.

    `until` is the time of day when it ends, `unread` the line about that which says no time.
    """

    head: str
    until: time | None = None
    unread: str = ""
    place: str = ""
    title: str = ""
    outside: bool = False


def read(text: str) -> Particulars:
    """What was typed, without the lines that say what they are."""
    said: dict[str, str] = {}
    lines: list[str] = []
    for line in text.splitlines():
        match = _LABELLED.match(line.strip())
        label = _label(match["label"]) if match else None
        if match and label:
            said[label] = match["text"].strip()
        else:
            lines.append(line.strip())
    timed = (said.get(_DAY, ""), as_clock(said.get(_BEGINS, "")))
    typed = _without_lead(" ".join(filter(None, (*lines, *timed))))
    outside = _IT_RAT.match(typed)
    head, until = without_end(typed[outside.end() :] if outside else typed)
    ends = said.get(_ENDS, "")
    if ends:
        until = end_of(ends)
    return Particulars(
        head=head,
        until=until,
        unread=ends if until is None else "",
        place=joined(said.get(_PLACE, ""), said.get(_LINK, "")),
        title=said.get(_TITLE, "") or (IT_RAT if outside else ""),
        outside=outside is not None,
    )


def _without_lead(typed: str) -> str:
    lead = _LEAD.match(typed)
    return typed[lead.end() :] if lead else typed


def names_place(typed: str) -> bool:
    """Whether it says where: a room, a building, an address of the web."""
    return _WHERE.match(typed) is not None


def joined(*places: str) -> str:
    """Where it is, said in several parts."""
    return ", ".join(filter(None, (place.strip(" ,;–-") for place in places)))


def _label(typed: str) -> str | None:
    return _LABELS.get(folded(typed)) or _LABELS.get(bare(typed))
