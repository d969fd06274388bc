"""Reads an entry of the catalogue as people type it: its kind and name, then lines with labels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from kaz_bot.domain.knowledge.catalogue_parts import LABELS, EntryPart
from kaz_bot.domain.words import bare, folded
from kaz_bot.errors import ErrorCode, Refusal

_BY_LABEL: Mapping[str, EntryPart] = {
    spelled: part
    for part, names in LABELS.items()
    for name in names
    for spelled in (folded(name), bare(name))
}
# A label begins a line, perhaps in a list or in bold letters, as some clients send them.
_LABELLED = re.compile(
    r"(?:[-–•*]\s+)?(?P<marks>[*_]*)(?P<label>[^\s:*_][^:*_]{1,39})[*_]*\s*:"
    r"(?:(?P=marks)(?=\s|$))?(?P<text>.*)"
)
# Whoever cannot break a line in their client writes all of it in one.
_WITHIN = re.compile(
    rf"\s+(?=(?:{'|'.join(re.escape(name) for names in LABELS.values() for name in names)})\s*:\s)",
    re.IGNORECASE,
)


# One word that names no part; the scheme of an address is none.
_UNKNOWN = re.compile(r"(?P<label>[^\W\d_]{2,39}):(?!//)\s*\S")


class LabelUnknown(Refusal):
    """A line begins with a word that names no part of an entry; told which there are."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/entry_label_unknown"


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """What was typed: `head` stood before the first label. A part that is empty was named so."""

    head: str
    parts: Mapping[EntryPart, str]

    @classmethod
    def read(cls, text: str) -> Self:
        """Only the description has several lines; in the first one labels may follow each other.

        Raises LabelUnknown."""
        head: list[str] = []
        lines: dict[EntryPart, list[str]] = {}
        current: EntryPart | None = None
        first, *others = text.strip().splitlines() or [""]
        for position, line in enumerate([*_WITHIN.split(first), *others]):
            named, rest = _label_of(line)
            unknown = _UNKNOWN.match(line.strip()) if named is None else None
            # A description may have headings of its own.
            if unknown and position and current is not EntryPart.DESCRIPTION:
                raise LabelUnknown(typed=unknown["label"])
            current = named or current
            (head if current is None else lines.setdefault(current, [])).append(rest.rstrip())
        return cls(
            head=" ".join(" ".join(head).split()),
            parts={part: _joined(part, said) for part, said in lines.items()},
        )


def _label_of(line: str) -> tuple[EntryPart | None, str]:
    """The part that the line begins, and what it says of it; of any other line all of it."""
    match = _LABELLED.match(line.strip())
    label = " ".join(match["label"].split()) if match else ""
    part = _BY_LABEL.get(folded(label)) or _BY_LABEL.get(bare(label))
    return (part, match["text"].strip()) if match and part else (None, line)


def _joined(part: EntryPart, lines: list[str]) -> str:
    if part is EntryPart.DESCRIPTION:
        return "\n".join(lines).strip()
    return " ".join(" ".join(lines).split())
