"""Turns a message into what the area model weighs: words, their parts, and known phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import Word, cut, neutral_words, weighed

AREAS = ("standards", "procurement", "security", "projects")

STEM, PAIR, PART, LETTERS, KNOWN, SUBJECT, COMMON = 1.0, 0.7, 0.5, 0.12, 1.0, 0.8, 0.25
SHORTEST_PART = 4
LETTER_RUNS = (4, 5)
MOST_WORDS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """Something found in the text, how much it counts, and the words it was found in."""

    name: str
    value: float
    words: tuple[int, ...]


def content(text: str) -> tuple[Word, ...]:
    """The words of the message that are weighed, at most so many that the cost is bounded."""
    return tuple(word for word, _ in zip(cut(weighed(text)), range(MOST_WORDS), strict=False))


def features(words: Sequence[Word]) -> list[Feature]:
    """Each feature once: saying a thing twice makes it no truer, but every place is a reason."""
    values: dict[str, float] = {}
    places: dict[str, dict[int, None]] = {}
    for feature in (*_spelled(words), *_paired(words), *_known(words)):
        values[feature.name] = max(values.get(feature.name, 0.0), feature.value)
        places.setdefault(feature.name, {}).update(dict.fromkeys(feature.words))
    return [
        Feature(name=name, value=value, words=tuple(places[name])) for name, value in values.items()
    ]


def _spelled(words: Sequence[Word]) -> Iterator[Feature]:
    for at, word in enumerate(words):
        if word.folded in neutral_words() or word.folded.isdigit():
            yield Feature(name=f"f:{word.folded}", value=COMMON, words=(at,))
            continue
        stem = word.stem
        yield Feature(name=f"w:{stem}", value=STEM, words=(at,))
        for cut_at in range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1):
            yield Feature(name=f"w:{stem[:cut_at]}", value=PART, words=(at,))
            yield Feature(name=f"w:{stem[cut_at:]}", value=PART, words=(at,))
        padded = f"^{stem}$"
        for run in LETTER_RUNS:
            for start in range(len(padded) - run + 1):
                yield Feature(name=f"l:{padded[start : start + run]}", value=LETTERS, words=(at,))


def _paired(words: Sequence[Word]) -> Iterator[Feature]:
    for at in range(len(words) - 1):
        name = f"p:{words[at].stem} {words[at + 1].stem}"
        yield Feature(name=name, value=PAIR, words=(at, at + 1))


def _known(words: Sequence[Word]) -> Iterator[Feature]:
    for hit in knowledge().hits(words):
        places = tuple(range(hit.first, hit.last + 1))
        yield Feature(name=f"k:{hit.means}", value=KNOWN, words=places)
        yield Feature(name=f"a:{hit.means.partition('/')[0]}", value=SUBJECT, words=places)


@lru_cache(maxsize=1)
def knowledge() -> Phrasebook:
    """What somebody who knows the field would recognise, each phrase as `area/subject`."""
    return Phrasebook(
        phrase
        for area in AREAS
        for phrase in phrases(read("knowledge", f"{area}.txt"), within=f"{area}/")
    )
