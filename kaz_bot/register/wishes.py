"""Understands which part of the register somebody wants to see, and as which files."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.words import folded
from kaz_bot.messages import RoomId
from kaz_bot.store import Work

_YEAR = re.compile(r"(?:19|20|21)\d\d")
_OPEN = frozenset({"offen", "offene", "open"})
_ALL = frozenset({"alle", "all", "alles", "everything"})
# Whoever looks for more words has pasted a text: the first ones find it.
_MOST_WORDS = 20
_AS_FILES = frozenset({"datei", "dateien", "file", "files"})


class Part(StrEnum):
    """What is shown of the register."""

    ALL = "all"
    YEAR = "year"
    OPEN = "open"
    WORDS = "words"


class Form(StrEnum):
    """The kinds of files, in the order they are posted."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """`forms` are empty when it is to be told and not handed out."""

    part: Part = Part.ALL
    year: int = 0
    words: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """What follows the verb: a year, `offen` or words to look for, then the kind of file."""
        words = text.split()
        forms: set[Form] = set()
        while words and (named := _forms(words[-1])):
            forms.update(named)
            words.pop()
        ordered = tuple(form for form in Form if form in forms)
        first = folded(words[0]) if len(words) == 1 else ""
        if not words or first in _ALL:
            return cls(forms=ordered)
        if first in _OPEN:
            return cls(part=Part.OPEN, forms=ordered)
        if _YEAR.fullmatch(first):
            return cls(part=Part.YEAR, year=int(first), forms=ordered)
        return cls(part=Part.WORDS, words=tuple(words[:_MOST_WORDS]), forms=ordered)

    async def found(self, work: Work, room_id: RoomId | None, *, published: bool) -> list[Entry]:
        """What the register of one committee, or of all, has of it, in the order of its places."""
        register = work.decisions
        match self.part:
            case Part.YEAR:
                found = await register.of_year(self.year, room_id=room_id, published=published)
            case Part.OPEN:
                found = await register.undone(room_id, published=published)
            case Part.WORDS:
                found = await register.found(self.words, room_id=room_id, published=published)
            case Part.ALL:
                found = await register.all(room_id, published=published)
        return sorted(found, key=lambda entry: entry.decision.place)


def _forms(word: str) -> tuple[Form, ...]:
    named = folded(word.strip(".,;"))
    if named in _AS_FILES:
        return tuple(Form)
    return tuple(form for form in Form if form.value == named)
