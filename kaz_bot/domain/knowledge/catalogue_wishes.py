"""Understands what somebody wants to see of the catalogue, and finds it among its entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind
from kaz_bot.domain.knowledge.catalogue_parts import kind_of
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded

# Whoever looks for more words has pasted a text: the first ones find it.
_MOST_WORDS = 20
_AS_FILE = frozenset({"datei", "file", "csv"})
_AROUND = ".,;:!?\"'()„“”"
# So much more a word counts in the name than anywhere else.
_IN_NAME = 3


@dataclass(frozen=True, kw_only=True)
class CatalogueWish:
    """Of one kind, of one area, with all of these words; each may be missing."""

    kind: EntryKind | None = None
    area: AreaKey | None = None
    words: tuple[str, ...] = ()
    as_file: bool = False

    @classmethod
    def read(cls, text: str, areas: Areas) -> Self:
        """What follows the verb: `vorhaben #vergabe`, words to look for, `datei`.

        An area alone needs no mark; among other words its name is one of them.
        """
        if areas.named(folded(text.strip(_AROUND + " "))) is not None:
            return cls(area=areas.named(folded(text.strip(_AROUND + " "))))
        kind: EntryKind | None = None
        area: AreaKey | None = None
        as_file = False
        words: list[str] = []
        for word in text.split():
            plain = word.strip(_AROUND)
            tagged = areas.named(folded(word[1:].strip(_AROUND))) if word.startswith("#") else None
            if folded(plain) in _AS_FILE:
                as_file = True
            elif tagged is not None:
                area = tagged
            elif kind is None and kind_of(plain) is not None:
                kind = kind_of(plain)
            elif plain:
                words.append(plain)
        return cls(kind=kind, area=area, words=tuple(words[:_MOST_WORDS]), as_file=as_file)

    @property
    def everything(self) -> bool:
        """Whether nothing in particular is wanted."""
        return self.kind is None and self.area is None and not self.words

    def found(self, entries: Iterable[CatalogueEntry]) -> list[CatalogueEntry]:
        """Those that have it all; with words the best first."""
        here = [entry for entry in entries if self._is_here(entry)]
        if not self.words:
            return here
        scored = [(self._score(entry), entry) for entry in here]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
        return [entry for _, entry in best]

    def _is_here(self, entry: CatalogueEntry) -> bool:
        return self.kind in {None, entry.kind} and self.area in {None, entry.area}

    def _score(self, entry: CatalogueEntry) -> int:
        """How well the words fit; nothing if one of them does not stand in it at all."""
        name = folded(entry.name)
        whole = folded(" ".join((entry.description, entry.status, entry.contact, entry.link)))
        scores = [
            _IN_NAME if word in name else int(word in whole) for word in map(folded, self.words)
        ]
        return sum(scores) if all(scores) else 0
