"""Finds the word somebody meant who mistyped it."""

from collections.abc import Iterable, Iterator

_SHORTEST = 4
_LONG = 8


def nearest(typed: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words one slip away from `typed`, from eight letters on also those two away.

    Only the nearest are given. Four letters are too few to tell one word from another: there a
    letter may have been left out or two exchanged, nothing else.
    """
    if len(typed) < _SHORTEST:
        return ()
    most = 2 if len(typed) >= _LONG else 1
    near = dict(_near(typed, words, most))
    least = min(near.values(), default=0)
    return tuple(word for word, slips in near.items() if slips == least)


def _near(typed: str, words: Iterable[str], most: int) -> Iterator[tuple[str, int]]:
    letters = set(typed)
    for word in words:
        if abs(len(word) - len(typed)) > most or len(word) <= _SHORTEST - 1:
            continue
        # Each slip brings at most two letters that the other word lacks.
        if len(letters.symmetric_difference(word)) > 2 * most:
            continue
        if len(typed) == _SHORTEST and not _left_out_or_exchanged(typed, word):
            continue
        slips = distance(typed, word)
        if slips <= most:
            yield word, slips


def _left_out_or_exchanged(typed: str, word: str) -> bool:
    return len(word) > len(typed) or sorted(word) == sorted(typed)


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter more, less, another, or two exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            slips = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                slips = min(slips, last[j - 2] + 1)
            row.append(slips)
    return row[-1]
