"""Writes out what people in town halls abbreviate."""

from collections.abc import Mapping
from functools import lru_cache

from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import folded, stem


def written_out(folded_word: str) -> tuple[str, ...]:
    """The stems of the words an abbreviation stands for; none for any other word."""
    return _abbreviations().get(folded_word, ())


@lru_cache(maxsize=1)
def _abbreviations() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in read("abbreviations.txt").splitlines():
        short, colon, meant = line.partition(":")
        if colon:
            found[folded(short.strip())] = tuple(stem(folded(word)) for word in meant.split())
    return found
