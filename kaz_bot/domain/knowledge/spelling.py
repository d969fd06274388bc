"""Finds the words that somebody probably meant, by what is left of them.

Of a word with at most one letter wrong, one of its halves is right; with two, one of its thirds.
So a known word is kept by its pieces, and a mistyped one looked up by its own, a little shifted.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

# A shorter word is another word with any letter changed; a longer one bears two mistakes.
_SHORTEST, _LONG = 4, 8


def mistakes_in(length: int) -> int:
    """How many letters of a word of this length may be wrong, left out, added or swapped."""
    if length < _SHORTEST:
        return 0
    return 1 if length < _LONG else 2


def pieces(word: str) -> list[str]:
    """The keys by which a known word is found; none for one that is too short."""
    if not mistakes_in(len(word)):
        return []
    spans = enumerate(_spans(len(word)))
    return [_key(len(word), place, word[start:end]) for place, (start, end) in spans]


def sought_pieces(word: str) -> list[str]:
    """The keys of all words from which this one may differ by mistake."""
    most = mistakes_in(len(word))
    lengths = range(len(word) - most, len(word) + most + 1) if most else ()
    return list(dict.fromkeys(key for length in lengths for key in _shifted(word, length)))


def swapped(word: str) -> list[str]:
    """The word with two neighbouring letters swapped, which may hit both halves at once."""
    if mistakes_in(len(word)) != 1:
        return []
    return [
        f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
        for at in range(len(word) - 1)
        if word[at] != word[at + 1]
    ]


def distance(one: str, other: str) -> int:
    """How many letters are wrong, left out, added, or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            cost = min(
                above[column] + 1,
                current[column - 1] + 1,
                above[column - 1] + (letter != against),
            )
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]


def nearest(word: str, known: Mapping[str, int], limit: int) -> list[str]:
    """Those of the known words that are near enough: the nearest first, of equals the more
    frequent. `known` says how often each occurs."""
    most = mistakes_in(len(word))
    near = [
        (distance(word, other), -often, other)
        for other, often in known.items()
        if abs(len(other) - len(word)) <= min(most, mistakes_in(len(other)))
    ]
    good = [one for one in near if one[0] <= min(most, mistakes_in(len(one[2])))]
    # A word that is nearer than all others is the one that was meant.
    return [other for apart, _, other in sorted(good) if apart == min(good)[0]][:limit]


def _shifted(word: str, length: int) -> Iterator[str]:
    most = mistakes_in(length)
    if not most:
        return
    for place, (start, end) in enumerate(_spans(length)):
        for shift in range(-most, most + 1):
            if start + shift >= 0 and end + shift <= len(word):
                yield _key(length, place, word[start + shift : end + shift])


def _spans(length: int) -> list[tuple[int, int]]:
    """Where the pieces of a word of this length begin and end: one more than there are mistakes."""
    count = mistakes_in(length) + 1
    edges = [length * place // count for place in range(count + 1)]
    return list(pairwise(edges))


def _key(length: int, place: int, piece: str) -> str:
    return f"{length}.{place}.{piece}"
