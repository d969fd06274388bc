"""Cuts a message into words, each as it was typed and in a form that spelling does not change."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from kaz_bot.routing.shipped import read

WEIGHED_CHARACTERS = 4000
LONGEST_WORD = 40
MOST_SEARCH_WORDS = 200
SHORTEST_STEM = 4

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# People write ä as ae, and the plural of Vertrag with an umlaut: without it all three are one word.
# After a, e and q an "ue" is no umlaut (bauen, neue, Quelle).
_UMLAUT = re.compile(r"ae|oe|(?<![aeq])ue")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ENDINGS = ("ern", "ens", "em", "en", "er", "es", "e", "s", "n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    typed: str
    folded: str

    @property
    def stem(self) -> str:
        return stem(self.folded)


def weighed(text: str) -> str:
    """The part of a message that is looked at, without control and direction characters."""
    head = unicodedata.normalize("NFKC", text[:WEIGHED_CHARACTERS])[:WEIGHED_CHARACTERS]
    return "".join(
        char if char == "\n" or unicodedata.category(char)[0] != "C" else _instead_of(char)
        for char in head
    )


def _instead_of(char: str) -> str:
    # Soft hyphens, joiners and direction marks (Cf) stand inside words; other controls part them.
    return "" if unicodedata.category(char) == "Cf" else " "


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Lower case, without umlauts, however they were typed."""
    lower = word.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return _UMLAUT.sub(lambda match: match[0][0], lower).replace("’", "'")


@lru_cache(maxsize=4096)
def stem(folded_word: str) -> str:
    """The word without its inflection, never shorter than four letters."""
    return _without(_without(folded_word, *_ENDINGS), "t")


def _without(word: str, *endings: str) -> str:
    for ending in endings:
        rest = word.removesuffix(ending)
        # The s of Beschluss is no ending.
        if SHORTEST_STEM <= len(rest) < len(word) and not word.endswith("ss"):
            return rest
    return word


def cut(text: str) -> Iterator[Word]:
    """The words of an already `weighed` text, in order; parts between hyphens are words too."""
    for match in _WORD.finditer(text):
        typed = match[0][:LONGEST_WORD]
        for part in typed.split("-"):
            yield Word(typed=typed, folded=folded(part))


def sentences(text: str) -> list[str]:
    """The sentences and lines of an already `weighed` text."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]


def words(text: str) -> tuple[str, ...]:
    """Stems worth searching for, each once, in the order of the text."""
    return tuple(as_typed(text))


def as_typed(text: str) -> dict[str, str]:
    """The same `words`, each with the first word of the text that has this stem."""
    found: dict[str, str] = {}
    for word in cut(weighed(text)):
        if len(word.folded) > 1 and word.folded not in stop_words():
            found.setdefault(word.stem, word.typed)
    return dict(islice(found.items(), MOST_SEARCH_WORDS))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words so common that they say nothing about a subject."""
    return frozenset(folded(word) for word in read("stop_words.txt").split())


@lru_cache(maxsize=1)
def neutral_words() -> frozenset[str]:
    """Words that every area's questions are full of; a search may still ask for them."""
    return stop_words() | frozenset(folded(word) for word in read("neutral_words.txt").split())
