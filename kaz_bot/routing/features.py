"""Turns a message into what the area model weighs: words, their parts, and known phrases."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kaz_bot.routing.abbreviations import written_out
from kaz_bot.routing.compounds import parts
from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import Word, cut, neutral_words, sentences, stop_words, weighed

AREAS = ("standards", "procurement", "security", "projects")
# What belongs to no area.
NOWHERE = "nowhere"

STEM, PAIR, APART, PART, LETTERS, KNOWN, SUBJECT = 1.0, 0.7, 0.5, 0.6, 0.5, 1.0, 1.0
WRITTEN_OUT, WANTED = 0.8, 0.7
LETTER_RUNS = (3, 4, 5)
MOST_WORDS = 200


class Feature(NamedTuple):
    """Something found in the text, how much it counts, and the words it was found in."""

    name: str
    value: float
    words: tuple[int, ...]


def content(text: str) -> tuple[Word, ...]:
    """The words of the message that are weighed, at most so many that the cost is bounded."""
    return tuple(word for word, _ in zip(cut(weighed(text)), range(MOST_WORDS), strict=False))


def features(text: str, words: Sequence[Word]) -> list[Feature]:
    """What is found in a message and its `content`.

    Each feature once: saying a thing twice makes it no truer, but every place is a reason. Its
    kind is the letter before the colon.
    """
    found: dict[str, Feature] = {}
    for feature in (*_spelled(words), *_paired(words), *_known(words), *_wanted(text, words)):
        before = found.get(feature.name)
        if before is None:
            found[feature.name] = feature
        else:
            places = dict.fromkeys((*before.words, *feature.words))
            found[feature.name] = Feature(
                feature.name, max(before.value, feature.value), tuple(places)
            )
    return list(found.values())


def _spelled(words: Sequence[Word]) -> Iterator[Feature]:
    for at, word in enumerate(words):
        place = (at,)
        if word.folded.isdigit():
            yield Feature(f"w:#{min(len(word.folded), 5)}", STEM, place)
            continue
        yield Feature(f"w:{word.stem}", STEM, place)
        for meant in written_out(word.folded):
            yield Feature(f"w:{meant}", WRITTEN_OUT, place)
        if word.folded in stop_words():
            continue
        for part in parts(word.folded):
            yield Feature(f"c:{part}", PART, place)
        padded = f"^{word.folded}$"
        for run in LETTER_RUNS:
            for start in range(len(padded) - run + 1):
                yield Feature(f"l:{padded[start : start + run]}", LETTERS, place)


def _paired(words: Sequence[Word]) -> Iterator[Feature]:
    for at in range(len(words) - 1):
        yield Feature(f"p:{words[at].stem} {words[at + 1].stem}", PAIR, (at, at + 1))
    for at in range(len(words) - 2):
        yield Feature(f"h:{words[at].stem} {words[at + 2].stem}", APART, (at, at + 2))


def _wanted(text: str, words: Sequence[Word]) -> Iterator[Feature]:
    """The words of the sentences that ask, or of the last one: there stands what is to be done."""
    said = sentences(weighed(text))
    if len(said) < 2:
        return
    asking = [one for one in said if one.rstrip().endswith("?")] or said[-1:]
    wanted = {word.stem for sentence in asking for word in cut(sentence)}
    for at, word in enumerate(words):
        if word.stem in wanted and word.folded not in neutral_words():
            yield Feature(f"q:{word.stem}", WANTED, (at,))


def _known(words: Sequence[Word]) -> Iterator[Feature]:
    for hit in knowledge().hits(words):
        places = tuple(range(hit.first, hit.last + 1))
        yield Feature(f"k:{hit.means}", KNOWN, places)
        yield Feature(f"a:{hit.means.partition('/')[0]}", SUBJECT, places)


@lru_cache(maxsize=1)
def knowledge() -> Phrasebook:
    """What somebody who knows the field would recognise, each phrase as `area/subject`."""
    return Phrasebook(
        phrase
        for area in AREAS
        for phrase in phrases(read("knowledge", f"{area}.txt"), within=f"{area}/")
    )
