"""Splits names and texts into words, and knows the words that say what kind of body is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaz_bot.domain.municipalities import MunicipalityKind
from kaz_bot.domain.words import folded

_WORD = re.compile(r"\w+")
_STROKED = str.maketrans({"ł": "l", "Ł": "L"})

_DISTRICTS = frozenset({MunicipalityKind.DISTRICT})
_CITIES = frozenset({MunicipalityKind.INDEPENDENT_CITY})
_TOWNS = _CITIES | {MunicipalityKind.TOWN}
_AEMTER = frozenset({MunicipalityKind.AMT})
_VERBAENDE = frozenset({MunicipalityKind.VERBANDSGEMEINDE})
# A town is a Gemeinde too.
_GEMEINDEN = frozenset({MunicipalityKind.MUNICIPALITY, MunicipalityKind.TOWN})

# Folded, in the forms in which they stand before a name.
KIND_WORDS: dict[str, frozenset[MunicipalityKind]] = {
    **dict.fromkeys(
        ("landkreis", "landkreises", "landkreise", "lk", "lkr", "kreis", "kreises"), _DISTRICTS
    ),
    **dict.fromkeys(("kreisverwaltung", "landratsamt", "district"), _DISTRICTS),
    **dict.fromkeys(("kfs", "landeshauptstadt"), _CITIES),
    **dict.fromkeys(("stadt", "stadtverwaltung", "town", "city"), _TOWNS),
    **dict.fromkeys(("amt", "amtes", "amts", "amtsverwaltung"), _AEMTER),
    **dict.fromkeys(("vg", "vbg", "verbandsgemeinde"), _VERBAENDE),
    "mitverwaltung": frozenset({MunicipalityKind.MITVERWALTUNG}),
    **dict.fromkeys(("gemeinde", "gemeindeverwaltung", "municipality"), _GEMEINDEN),
}


@dataclass(frozen=True)
class Word:
    """A word of a text as it was written, and as it is compared."""

    start: int
    end: int
    written: str
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; punctuation and hyphens only part them."""
    return [
        Word(match.start(), match.end(), match.group(), compared(match.group()))
        for match in _WORD.finditer(text)
    ]


def compared(text: str) -> str:
    """As words are compared: `Lübben` like `Luebben`, `Głinsk` like `Glinsk`."""
    return folded(text.translate(_STROKED))


def reduced(text: str) -> tuple[str, ...]:
    """The words of a name, as they are compared."""
    return tuple(word.folded for word in words_of(text))


def spaced(name: Sequence[str]) -> str:
    """The same as one line, whose likeness to others can be measured."""
    return " ".join(name)
