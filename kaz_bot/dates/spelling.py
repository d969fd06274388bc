"""Finds the word somebody meant who mistyped it."""

from collections.abc import Iterable, Iterator

_FIRST_LETTERS = 4
_LONG = 8
_LONGEST = 24


class Speller:
    """Knows words, and which of them is nearest to one that was mistyped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[int, list[tuple[str, frozenset[str]]]] = {}
        for word in words:
            if len(word) >= _FIRST_LETTERS:
                self._words.setdefault(len(word), []).append((word, frozenset(word)))

    def nearest(self, typed: str) -> tuple[str, ...]:
        """The words one slip away from `typed`, from eight letters on also those two away.

        Only the nearest are given. Four letters are too few to tell one word from another: there
        two may have been exchanged, or a fifth left out, nothing else.
        """
        if not _FIRST_LETTERS <= len(typed) <= _LONGEST:
            return ()
        near = dict(self._near(typed, 2 if len(typed) >= _LONG else 1))
        least = min(near.values(), default=0)
        nearest = tuple(word for word, slips in near.items() if slips == least)
        # "monatg" has all the letters of "montag", and one more than "monat".
        exchanged = tuple(word for word in nearest if sorted(word) == sorted(typed))
        return exchanged or nearest

    def _near(self, typed: str, most: int) -> Iterator[tuple[str, int]]:
        typed_letters = frozenset(typed)
        for length in range(len(typed) - most, len(typed) + most + 1):
            for word, letters in self._words.get(length, ()):
                if not _begins_alike(typed, word):
                    continue
                # Each slip brings at most two letters that the other word lacks.
                if len(typed_letters ^ letters) > 2 * most:
                    continue
                if min(len(word), len(typed)) == _FIRST_LETTERS and not _careful(typed, word):
                    continue
                slips = distance(typed, word, most)
                if slips <= most:
                    yield word, slips


def _careful(typed: str, word: str) -> bool:
    return len(word) > len(typed) or sorted(word) == sorted(typed)


def _begins_alike(typed: str, word: str) -> bool:
    """Hardly anybody errs in the first letter; "möglich", "Leute" and "Kreistag" are words."""
    return typed[0] == word[0] or typed[1::-1] == word[:2]


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words: a letter more, less, another, or two exchanged.

    Beyond `most` it is not counted on.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            slips = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                slips = min(slips, last[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            break
    return max(min(row), row[-1])
