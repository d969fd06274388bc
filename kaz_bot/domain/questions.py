"""What an asker fixes in the question itself: the area by a tag, urgency by a word."""

import re
from dataclasses import dataclass

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded

_TAG = re.compile(r"(?<!\S)#([\w-]{2,40})(?=[\s.,;:?]|$)")
_URGENT = re.compile(r"(?<!\S)!(dringend|urgent|eilt)(?=[\s.,;:?]|$)", re.IGNORECASE)
_GAPS = re.compile(r"[ \t]{2,}")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it was meant: its text without tags, the area and urgency the tags fix."""

    text: str
    area: AreaKey | None
    tag: str
    urgent: bool


def question_in(text: str, areas: Areas) -> Question:
    """Read the tags of a question; a tag that names no area stays part of the text."""
    found = [(match, areas.named(folded(match[1]))) for match in _TAG.finditer(text)]
    known = [(match, area) for match, area in found if area is not None]
    kept = text
    for match, _ in reversed(known):
        kept = kept[: match.start()] + kept[match.end() :]
    kept, urgent = _URGENT.subn("", kept)
    words = _GAPS.sub(" ", kept).strip()
    return Question(
        # Of invisible marks alone nothing is left to read.
        text=words if folded(words).strip() else "",
        area=known[0][1] if known else None,
        tag=known[0][0][0] if known else "",
        urgent=urgent > 0,
    )
