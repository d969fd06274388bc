"""Reads what somebody types to put a solution right: lines behind labels, in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from kaz_bot.domain.words import bare, folded
from kaz_bot.errors import ErrorCode, Refusal


class SolutionPart(StrEnum):
    """What a solution consists of."""

    TITLE = "title"
    QUESTION = "question"
    ANSWER = "answer"
    AS_OF = "as_of"
    VALID_UNTIL = "valid_until"
    AREA = "area"
    FILES = "files"


class SolutionOrder(StrEnum):
    """What is to be done to a solution."""

    RELEASE = "release"
    CHANGE = "change"
    WITHDRAW = "withdraw"


_NAMES: Mapping[SolutionPart, tuple[str, ...]] = {
    SolutionPart.TITLE: ("titel", "betreff", "title", "subject"),
    SolutionPart.QUESTION: ("frage", "question"),
    SolutionPart.ANSWER: ("antwort", "lösung", "answer", "solution"),
    SolutionPart.AS_OF: ("stand", "as of"),
    SolutionPart.VALID_UNTIL: ("gültig bis", "gültig", "valid until", "valid"),
    SolutionPart.AREA: ("fachgebiet", "area"),
    SolutionPart.FILES: ("dateien", "datei", "anlagen", "anlage", "files", "attachments"),
}
_LABELS: Mapping[str, SolutionPart] = {
    spelled: part
    for part, names in _NAMES.items()
    for name in names
    for spelled in (folded(name), bare(name))
}
_ORDERS: Mapping[str, SolutionOrder] = {
    **dict.fromkeys(("freigeben", "freigabe", "release", "approve"), SolutionOrder.RELEASE),
    **dict.fromkeys(("aendern", "andern", "bearbeiten", "change", "edit"), SolutionOrder.CHANGE),
    **dict.fromkeys(("zurueckziehen", "zuruckziehen", "withdraw"), SolutionOrder.WITHDRAW),
    **dict.fromkeys(("loeschen", "loschen", "delete", "remove"), SolutionOrder.WITHDRAW),
}
# A label begins a line, perhaps in a list or in bold letters, as some clients send them.
_LABELLED = re.compile(
    r"(?:[-–•*]\s+)?(?P<marks>[*_]*)(?P<label>[^\s:*_][^:*_]{1,19})[*_]*\s*:(?P=marks)?(?P<text>.*)"
)
# With its question it fits into one message, whatever it is made of.
LONGEST: Mapping[SolutionPart, int] = {
    SolutionPart.TITLE: 150,
    SolutionPart.QUESTION: 1500,
    SolutionPart.ANSWER: 8000,
}


class SolutionTooLong(Refusal):
    """A part of a solution is longer than fits into a message with the others; told which."""

    code = ErrorCode.TOO_LONG
    template = "refusal/solution_too_long"


@dataclass(frozen=True, kw_only=True)
class SolutionLines:
    """The parts that somebody named. `head` is what stood before the first label."""

    parts: Mapping[SolutionPart, str]
    head: str = ""

    @property
    def unknown(self) -> str:
        """The label of a part that there is not, if one stands before all others."""
        match = _LABELLED.match(self.head)
        return " ".join(match["label"].split()) if match else ""


def order_in(text: str) -> tuple[SolutionOrder | None, str]:
    """What the first word asks for, and what follows it."""
    word, _, rest = text.strip().partition(" ")
    first = word.splitlines()[0] if word else ""
    order = _ORDERS.get(folded(first).strip(".:,"))
    return (order, (word[len(first) :] + " " + rest).strip()) if order else (None, text.strip())


def order_like(text: str) -> SolutionOrder | None:
    """What the first word probably should have been."""
    word = folded((text.split() or [""])[0][:40]).strip(".:,")
    like = get_close_matches(word, _ORDERS, n=1, cutoff=0.7)
    return _ORDERS[like[0]] if like else None


def read_lines(text: str) -> SolutionLines:
    """What was typed, in parts. Raises SolutionTooLong."""
    lines: dict[SolutionPart, list[str]] = {}
    head: list[str] = []
    current: SolutionPart | None = None
    for line in text.splitlines():
        named, rest = _label_of(line)
        current = named or current
        if current is None:
            head.append(line)
        else:
            lines.setdefault(current, []).append(rest.rstrip())
    parts = {part: "\n".join(said).strip() for part, said in lines.items()}
    if SolutionPart.TITLE in parts:
        parts[SolutionPart.TITLE] = " ".join(parts[SolutionPart.TITLE].split())
    for part, said in parts.items():
        check_length(part, said)
    return SolutionLines(parts=parts, head=" ".join(" ".join(head).split()))


def check_length(part: SolutionPart, text: str) -> None:
    """Raises SolutionTooLong."""
    if len(text) > LONGEST.get(part, len(text)):
        raise SolutionTooLong(part=part, length=len(text), limit=LONGEST[part])


def _label_of(line: str) -> tuple[SolutionPart | None, str]:
    match = _LABELLED.match(line.strip())
    label = " ".join(match["label"].split()) if match else ""
    part = _LABELS.get(folded(label)) or _LABELS.get(bare(label))
    return (part, match["text"].strip()) if match and part else (None, line)
