"""Reads what somebody types to have a paper voted on, its parts in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kaz_bot.domain.committee.ballots import Manner, Mode
from kaz_bot.domain.committee.numbers import PaperId, Series, pattern_of

_Kind = TypeVar("_Kind", bound=StrEnum)


class Ask(StrEnum):
    """What is to be done about a ballot."""

    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    ADJOURN = "adjourn"


# Not "end" and "Ende": they begin dates.
_ASKS = {
    Ask.CLOSE: r"schlie(?:ß|ss)en|schlie(?:ß|ss)e|beenden|auszählen|auszaehlen|close|count",
    Ask.CANCEL: r"abbrechen|abbruch|cancel|abort",
    Ask.ADJOURN: r"vertagen|vertagt|adjourn|postpone",
    Ask.OPEN: r"eröffnen|eroeffnen|öffnen|oeffnen|starten|open|start",
}
_MODES = {
    Mode.CONSENSUS: (
        r"(?:im\s+)?(?:einvernehmen|konsens)|einvernehmlich|(?:by\s+)?(?:consensus|consent)"
    ),
    Mode.UNANIMOUS: r"einstimmig|unanimous(?:ly)?",
    Mode.MAJORITY: r"mehrheitlich|(?:mit\s+)?(?:einfacher\s+)?mehrheit|(?:by\s+)?majority",
}
_MANNERS = {
    Manner.CIRCULATION: (
        r"(?:(?:im|per)\s+)?(?:schriftlichen\s+)?umlauf(?:verfahren)?"
        r"|(?:im\s+)?schriftlichen\s+verfahren|schriftlich|(?:(?:by|in)\s+)?circulation"
    ),
    Manner.MEETING: r"in\s+(?:der|einer)\s+sitzung|(?:in|at)\s+(?:the|a)\s+meeting",
}
# What ties the parts together, at the ends of what is left; a date may end with a full stop.
_TIES = re.compile(
    r"^(?:[\s,;:.–—-]|(?:über|ueber|zu|zur|on|about|bitte|please|und|and)(?!\w))+"
    r"|(?:[\s,;:–—-]|(?<!\w)(?:über|ueber|zu|on|about|bitte|please|und|and))+$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"\s*(?:zu|zur|für|fuer|on|for|to|about)\s+(?=BV)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w-])(?=BV[\s‐‑–-]*\d)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Motion:
    """What is wanted. `rest` is what is left: a date, or words that mean nothing here."""

    ask: Ask = Ask.OPEN
    paper: PaperId | None = None
    manner: Manner | None = None
    mode: Mode | None = None
    rest: str = ""


def read(text: str) -> Motion:
    """Each part once; what is said twice, or contradicts itself, is left over."""
    paper, rest = _paper(text)
    ask, rest = _first(_ASKS, rest)
    mode, rest = _first(_MODES, rest)
    manner, rest = _first(_MANNERS, rest)
    return Motion(
        ask=ask or Ask.OPEN,
        paper=paper,
        manner=manner,
        mode=mode,
        rest=_TIES.sub("", rest),
    )


def rule_in(text: str) -> str:
    """The words about a manner or a mode, which only the opening of a ballot can have."""
    rules = "|".join([*_MODES.values(), *_MANNERS.values()])
    match = re.search(rf"(?<![\w-])(?:{rules})(?![\w-])", text, re.IGNORECASE)
    return match[0] if match else text


def paper_first(text: str) -> tuple[PaperId | None, str]:
    """The paper that a reason begins with, as in "ja zu BV-7, weil …", and what follows."""
    tie = _BEFORE_NUMBER.match(text)
    start = tie.end() if tie else 0
    match = pattern_of(Series.PAPER).match(text[start:])
    if match is None:
        return None, text
    return PaperId(int(match["number"])), text[start + match.end() :]


def papers_named(text: str) -> set[PaperId]:
    """The papers that a text names anywhere."""
    starts = (match.start() for match in _NUMBER.finditer(text))
    found = (pattern_of(Series.PAPER).match(text[start:]) for start in starts)
    return {PaperId(int(match["number"])) for match in found if match}


def _paper(text: str) -> tuple[PaperId | None, str]:
    place = _NUMBER.search(text)
    match = pattern_of(Series.PAPER).match(text[place.start() :]) if place else None
    if place is None or match is None:
        return None, text
    before, after = text[: place.start()], text[place.start() + match.end() :]
    return PaperId(int(match["number"])), f"{before} {after}"


def _first(kinds: Mapping[_Kind, str], text: str) -> tuple[_Kind | None, str]:
    """The kind whose word comes first, and the text without that word."""
    found = [
        (match.start(), kind, match)
        for kind, words in kinds.items()
        if (match := re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE))
    ]
    if not found:
        return None, text
    _, kind, match = min(found, key=lambda one: one[0])
    return kind, f"{text[: match.start()]} {text[match.end() :]}"
