"""Makes of a text the words by which a search finds it, and of what is sought what to look for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kaz_bot.routing.abbreviations import written_out
from kaz_bot.routing.compounds import parts
from kaz_bot.routing.words import MOST_SEARCH_WORDS, Word, cut, folded, stem, stop_words, weighed


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchWord:
    """A word in its basic form, and as it was typed.

    `others` are what says the same, each several words that have to be there together: the parts
    of a compound, what an abbreviation stands for, two parts without the hyphen between them.
    """

    stem: str
    typed: str
    others: tuple[tuple[str, ...], ...] = ()


def search_words(text: str) -> tuple[SearchWord, ...]:
    """The words worth searching for, each once, in the order of the text."""
    found: dict[str, SearchWord] = {}
    for word in _found(text):
        found.setdefault(word.stem, word)
    return tuple(islice(found.values(), MOST_SEARCH_WORDS))


def _found(text: str) -> Iterator[SearchWord]:
    for word in cut(weighed(text)):
        if len(word.folded) > 1 and word.folded not in stop_words():
            yield SearchWord(stem=_plain(word.stem), typed=_part(word), others=tuple(_others(word)))


def _part(word: Word) -> str:
    """Of words between hyphens the one that is meant."""
    return next((part for part in word.typed.split("-") if folded(part) == word.folded), word.typed)


def _others(word: Word) -> Iterator[tuple[str, ...]]:
    for other in (parts(word.folded), written_out(word.folded)):
        if other:
            yield tuple(map(_plain, other))
    if "-" in word.typed:
        yield (_plain(stem(folded(word.typed.replace("-", "")))),)


def _plain(word: str) -> str:
    """Letters and digits only: what an index of either database takes for one word."""
    return word.replace("'", "")
