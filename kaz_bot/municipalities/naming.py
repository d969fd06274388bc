"""Finds where a text names a municipality; rather too few places than wrong ones."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kaz_bot.domain.municipalities import Municipality, MunicipalityKind
from kaz_bot.municipalities.finding import Finder, of_kinds
from kaz_bot.municipalities.names import STATE
from kaz_bot.municipalities.words import KIND_WORDS, Word, words_of

Place = tuple[int, int, Municipality]

_LONGEST_NAME = 6
_ALL = frozenset(MunicipalityKind)
# Also ordinary words, or places elsewhere: they name a municipality only where that is said.
_ORDINARY = frozenset(
    "berge burg forst graeben halbe kotzen lanz neustadt rauen schwerin seeblick steinreich tauche "
    "tauer weisen werben".split()
)
_WHERE = frozenset({"in", "aus"})
# Written small, a shorter word is hardly a name.
_SMALL_FROM = 6
# PM is also a project manager, LOS a German word.
_PLATES_ALONE = frozenset("BRB LDS HVL MOL OHV OSL OPR SPN".split())
_GAP = re.compile(r"[ \t()/.–-]{1,3}|\n")
_ELSEWHERE = re.compile(r"\s+(?:am Main|a\.\s?M\.)", re.IGNORECASE)


def places_in(text: str, finder: Finder) -> list[Place]:
    """Where it begins, where it ends, which it is; the word for its kind belongs to it.

    Of those who share a name without such a word, any.
    """
    words = words_of(text)
    found: list[Place] = []
    position = 0
    while position < len(words):
        named = _named_at(text, words, position, finder)
        if named is None:
            position += 1
            continue
        length, municipality = named
        found.append((*_span(text, words, position, length), municipality))
        position += length
    return found


def _named_at(
    text: str, words: Sequence[Word], position: int, finder: Finder
) -> tuple[int, Municipality] | None:
    """How many words from here on name one, the longest name first."""
    kinds = _kinds_before(text, words, position)
    numbered = _by_sign(words[position], kinds, finder)
    if numbered is not None:
        return 1, numbered
    for length in range(min(_LONGEST_NAME, len(words) - position), 0, -1):
        part = words[position : position + length]
        if not _hangs_together(text, part) or _ELSEWHERE.match(text, part[-1].end):
            continue
        for name in _uninflected(part):
            fitting = of_kinds(finder.by_name(name), kinds or _ALL)
            if fitting and _is_meant(words, position, name, stated=kinds is not None):
                return length, fitting[0]
    return None


def _by_sign(
    word: Word, kinds: frozenset[MunicipalityKind] | None, finder: Finder
) -> Municipality | None:
    """By its key, or by the plate of a district: LK PM, OHV."""
    stated = kinds is not None and MunicipalityKind.DISTRICT in kinds
    if word.written.isupper() and (stated or word.written in _PLATES_ALONE):
        return finder.by_plate(word.written)
    return finder.by_key(word.written) if word.written.isdecimal() else None


def _uninflected(part: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """The words as they are, and without the endings of Potsdams, Potsdamer, Luckenwalder."""
    *before, last = (word.folded for word in part)
    yield (*before, last)
    for ending, rest in (("s", ""), ("er", ""), ("er", "e"), ("ers", "")):
        if last.endswith(ending) and len(last) > len(ending) + 2:
            yield (*before, last.removesuffix(ending) + rest)


def _is_meant(words: Sequence[Word], position: int, name: Sequence[str], *, stated: bool) -> bool:
    if stated:
        return True
    if tuple(name) == STATE:
        return False
    first = words[position]
    if name[0] in _ORDINARY and len(name) == 1:
        there = position > 0 and words[position - 1].folded in _WHERE
        return there and first.written[0].isupper()
    return first.written[0].isupper() or len(first.written) >= _SMALL_FROM


def _kinds_before(
    text: str, words: Sequence[Word], position: int
) -> frozenset[MunicipalityKind] | None:
    if position == 0 or not _hangs_together(text, words[position - 1 : position + 1]):
        return None
    return KIND_WORDS.get(words[position - 1].folded)


def _hangs_together(text: str, part: Sequence[Word]) -> bool:
    return all(_GAP.fullmatch(text, before.end, after.start) for before, after in pairwise(part))


def _span(text: str, words: Sequence[Word], position: int, length: int) -> tuple[int, int]:
    stated = _kinds_before(text, words, position) is not None
    start = words[position - 1 if stated else position].start
    end = words[position + length - 1].end
    bracket = text[end : end + 1] == ")" and "(" in text[start:end]
    return start, end + 1 if bracket else end
