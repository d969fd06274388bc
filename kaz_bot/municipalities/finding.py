"""Reads what somebody typed as a municipality: a key, a plate or a name, with a word before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey, MunicipalityKind
from kaz_bot.municipalities.names import STATE, known_as, without_fillers
from kaz_bot.municipalities.words import KIND_WORDS, reduced, spaced

# Likenesses by difflib: from the first on it is a slip of the finger, from the second on a guess.
_MISTYPED = 0.84
_RESEMBLING = 0.6
# Those that are as like as the likest are offered along with it.
_AS_LIKE = 0.06
_NEAREST = 3
# Oder and Spree alone begin names and are none.
_BEGINNING = 6
_AT_MOST = 8
_LONGEST = 100

# What may stand before the name and says nothing.
_BEFORE = frozenset(
    "wir sind ich bin vom von der die das den dem des aus im in fuer beim bei "
    "kreisfreie kreisfreien we are i am from for the of".split()
)
_ALL = frozenset(MunicipalityKind)


@dataclass(frozen=True)
class _Wish:
    """What was typed: the words of the name, and the kinds that the word beside it allows."""

    name: tuple[str, ...]
    kinds: frozenset[MunicipalityKind] = field(default=_ALL)


class Finder:
    """Finds municipalities by what people call them."""

    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        self._by_key: dict[str, Municipality] = {}
        self._by_plate: dict[str, Municipality] = {}
        self._by_name: dict[tuple[str, ...], list[Municipality]] = {}
        for one in municipalities:
            for key in _keys(one):
                self._by_key[key] = one
            if one.plate:
                self._by_plate[one.plate.casefold()] = one
            for name in known_as(one):
                self._by_name.setdefault(name, []).append(one)
        self._spaced = {spaced(name): found for name, found in self._by_name.items()}

    def by_key(self, key: str) -> Municipality | None:
        """By its Regionalschlüssel or its Gemeindeschlüssel."""
        return self._by_key.get(key)

    def by_plate(self, plate: str) -> Municipality | None:
        """The district with that plate."""
        return self._by_plate.get(plate.casefold())

    def by_name(self, name: Sequence[str]) -> list[Municipality]:
        """All that are called so, whatever they are."""
        return self._by_name.get(without_fillers(name), [])

    def find(self, text: str) -> list[Municipality]:
        """All that can be meant, the likeliest first; none if it is too unlike any name."""
        text = text[:_LONGEST]
        keyed = self.by_key("".join(text.split()))
        if keyed is not None:
            return [keyed]
        wish = _wish_in(text)
        if not wish.name or (wish.name == STATE and wish.kinds == _ALL):
            return []
        for kinds in (wish.kinds, _ALL):
            for found in (self._plated(wish), self.by_name(wish.name), self._begun(wish.name)):
                if fitting := of_kinds(found, kinds):
                    return fitting[:_AT_MOST]
            if fitting := of_kinds(self._mistyped(wish.name), kinds):
                return fitting[:_AT_MOST]
        return []

    def nearest(self, text: str) -> list[Municipality]:
        """What may have been meant by a name that is none; a guess."""
        like = get_close_matches(
            spaced(_wish_in(text[:_LONGEST]).name), self._spaced, _NEAREST, _RESEMBLING
        )
        found = {one.key: one for name in like for one in self._spaced[name]}
        return of_kinds(list(found.values()), _ALL)[:_NEAREST]

    def _plated(self, wish: _Wish) -> list[Municipality]:
        found = self.by_plate(wish.name[0]) if len(wish.name) == 1 else None
        return [found] if found else []

    def _begun(self, name: tuple[str, ...]) -> list[Municipality]:
        """Whose name begins with these words: Ostprignitz, Amt Putlitz."""
        if len(spaced(name)) < _BEGINNING:
            return []
        found = {
            one.key: one
            for known, several in self._by_name.items()
            if known[: len(name)] == name
            for one in several
        }
        return list(found.values())

    def _mistyped(self, name: tuple[str, ...]) -> list[Municipality]:
        typed = spaced(name)
        like = get_close_matches(typed, self._spaced, _AT_MOST, _MISTYPED)
        if not like:
            return []
        least = SequenceMatcher(None, like[0], typed).ratio() - _AS_LIKE
        close = [known for known in like if SequenceMatcher(None, known, typed).ratio() >= least]
        found = {one.key: one for known in close for one in self._spaced[known]}
        return list(found.values())


def of_kinds(
    found: Sequence[Municipality], kinds: frozenset[MunicipalityKind]
) -> list[Municipality]:
    """Those of the kinds. A Mitverwaltung is run by the town of its name, which is meant."""
    fitting = [one for one in found if one.kind in kinds]
    towns = {one.name for one in fitting if one.kind is MunicipalityKind.TOWN}
    return [
        one
        for one in fitting
        if one.kind is not MunicipalityKind.MITVERWALTUNG or one.name not in towns
    ]


def _keys(one: Municipality) -> set[str]:
    # An independent city has the key of a municipality too.
    as_town = f"{one.key}0000000" if one.kind is MunicipalityKind.INDEPENDENT_CITY else one.key
    return {one.key, MunicipalityKey(as_town), one.ags or one.key}


def _wish_in(text: str) -> _Wish:
    words = list(reduced(text))
    kinds = _ALL
    while words and (words[0] in _BEFORE or words[0] in KIND_WORDS):
        kinds = KIND_WORDS.get(words.pop(0), kinds)
    # As the register has it: Cottbus, Stadt.
    if len(words) > 1 and words[-1] in KIND_WORDS:
        kinds = KIND_WORDS[words.pop()]
    return _Wish(without_fillers(words), kinds)
