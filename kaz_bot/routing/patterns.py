"""Finds the phrases of a word list in a text, at a cost that does not grow with the list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kaz_bot.routing.words import Word, folded

WIDEST_GAP = 5
GAP = ".."

_PART = re.compile(r"\.\.|\*?[^\W_]+(?:['’][^\W_]+)*\*?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One word of a phrase: `wort`, `wort*`, `*wort`, `*wort*`, or `..` for up to five words."""

    letters: str
    open_before: bool = False
    open_after: bool = False

    @classmethod
    def read(cls, typed: str) -> "Step":
        return cls(
            letters=folded(typed.strip("*")),
            open_before=typed.startswith("*"),
            open_after=typed.endswith("*"),
        )

    def fits(self, word: str) -> bool:
        if self.open_before and self.open_after:
            return self.letters in word
        if self.open_before:
            return word.endswith(self.letters)
        if self.open_after:
            return word.startswith(self.letters)
        return word == self.letters


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    means: str
    steps: tuple[Step | None, ...]

    @classmethod
    def read(cls, typed: str, means: str) -> "Phrase":
        # Words are cut at hyphens, so phrases are too.
        parts = _PART.findall(typed)
        steps = tuple(None if part == GAP else Step.read(part) for part in parts)
        if not steps or steps[0] is None or steps[-1] is None:
            raise ValueError(f"A phrase begins and ends with a word: {typed!r}")
        return cls(means=means, steps=steps)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A phrase found: what it means, and the first and the last of its words."""

    means: str
    first: int
    last: int


def phrases(source: str, within: str = "") -> Iterator[Phrase]:
    """The phrases of a word list: groups headed `= name`, then phrases between commas."""
    group = ""
    for line in source.splitlines():
        if line.startswith("= "):
            group = within + line.removeprefix("= ").strip()
        elif line.strip() and not line.startswith("#"):
            yield from (Phrase.read(typed, group) for typed in line.split(",") if typed.strip())


class Phrasebook:
    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_letters: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            first = phrase.steps[0]
            if first is not None:
                self._by_letters.setdefault(first.letters, []).append(phrase)
        self._longest = max(map(len, self._by_letters), default=0)

    def meanings(self) -> frozenset[str]:
        return frozenset(phrase.means for found in self._by_letters.values() for phrase in found)

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Every phrase in the text, each place once."""
        for at, word in enumerate(words):
            for letters in _pieces(word.folded, self._longest):
                for phrase in self._by_letters.get(letters, ()):
                    last = _match(phrase.steps, words, at)
                    if last is not None:
                        yield Hit(means=phrase.means, first=at, last=last)


def _pieces(word: str, longest: int) -> dict[str, None]:
    """Every part of the word, each once and in order, so that learning can be repeated."""
    size = len(word)
    parts = (
        word[start:end]
        for start in range(size)
        for end in range(start + 2, min(size, start + longest) + 1)
    )
    return dict.fromkeys(parts) | {word: None}


def _match(steps: Sequence[Step | None], words: Sequence[Word], at: int) -> int | None:
    """The place of the last word, or nothing. The shortest gap that fits is taken."""
    step = steps[0]
    if at >= len(words):
        return None
    if step is None:
        ends = (_match(steps[1:], words, later) for later in range(at, at + WIDEST_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if not step.fits(words[at].folded):
        return None
    return at if len(steps) == 1 else _match(steps[1:], words, at + 1)
