"""Takes German compounds apart into words that people also write by themselves."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import stem

PARTS = "parts.txt"
SHORTEST_COMPOUND, SHORTEST_PART = 8, 4
# What German puts between the parts: Vertrags-ende, Daten-schutz, Kinder-garten.
_JOINTS = ("", "s", "es", "n", "en", "er", "e")


@lru_cache(maxsize=4096)
def parts(folded_word: str) -> tuple[str, ...]:
    """The stems of the parts of a compound, from the left; nothing for a word that is none."""
    if len(folded_word) < SHORTEST_COMPOUND:
        return ()
    # The longest last part is the least likely to stand there by chance.
    for at in range(SHORTEST_PART, len(folded_word) - SHORTEST_PART + 1):
        tail = _without_joint(folded_word[at:])
        head = _head(folded_word[:at]) if stem(tail) in _known() else None
        if head is not None:
            return (*(parts(head) or (stem(head),)), *(parts(tail) or (stem(tail),)))
    return ()


def worth_knowing(words: Iterable[str], least: int = 2) -> list[str]:
    """The stems of folded words that occur often enough to be looked for in compounds."""
    counts = Counter(stem(word) for word in words if len(word) >= SHORTEST_PART and word.isalpha())
    return sorted(word for word, count in counts.items() if count >= least)


def _without_joint(tail: str) -> str:
    """Vertrags-ende, not Vertrag-sende: an s between two parts is a joint where it can be one."""
    rest = tail.removeprefix("s")
    return rest if len(rest) >= SHORTEST_PART and stem(rest) in _known() else tail


def _head(letters: str) -> str | None:
    """The first part without its joint, if it is a known word."""
    for joint in _JOINTS:
        head = letters.removesuffix(joint) if joint else letters
        long_enough = len(head) >= SHORTEST_PART and (not joint or head != letters)
        if long_enough and stem(head) in _known():
            return head
    return None


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(read(PARTS).split())
