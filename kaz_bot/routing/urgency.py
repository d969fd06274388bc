"""Finds what tells that a message cannot wait, and whether an incident is running."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from kaz_bot.routing.features import Feature, content, knowledge
from kaz_bot.routing.intent import own_words
from kaz_bot.routing.patterns import Phrasebook, phrases
from kaz_bot.routing.shipped import read
from kaz_bot.routing.words import Word, stop_words

CALM, PRESSING, INCIDENT = "calm", "pressing", "incident"

GROUP, TWO_GROUPS, WORD, PAIR, SUBJECT, LETTERS = 1.0, 0.7, 1.0, 0.8, 0.5, 0.35


def urgency_features(text: str) -> list[Feature]:
    own = own_words(text)
    words = content(own)
    said = {hit.means for hit in _cues().hits(words)}
    found = {f"g:{group}": GROUP for group in sorted(said)}
    found |= {f"2:{one} + {other}": TWO_GROUPS for one, other in combinations(sorted(said), 2)}
    found |= {f"r:{rule}": GROUP for rule in _rules(said)}
    found |= {f"k:{hit.means}": SUBJECT for hit in knowledge().hits(words)}
    found |= dict(_wording(words))
    found[f"s:{'asks' if own.endswith('?') else 'tells'}"] = GROUP
    found[f"s:{min(own.count('!'), 2)} marks"] = WORD
    return [Feature(name, value, ()) for name, value in found.items()]


def _rules(said: set[str]) -> list[str]:
    """What a person would conclude; the model weighs it with the rest."""
    rules = {
        "happened": "happened" in said and "distance" not in said,
        # Who lost a laptop lost what is on it; who lost a password needs a new one.
        "gone": "gone" in said
        and bool(said & {"thing", "data"})
        and not said & {"distance", "own access"},
        "threat here": {"threat", "here"} <= said and not said & {"distance", "calm"},
        "threat now": {"threat", "now"} <= said and "distance" not in said,
        "deadline": "deadline" in said and not said & {"no deadline", "small talk"},
        "service down": {"service", "down", "still there"} <= said and "distance" not in said,
        "crowd": {"crowd", "down"} <= said and "calm" not in said,
    }
    return [name for name, holds in rules.items() if holds]


def _wording(words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    stems = [word.stem for word in words]
    for at, stem in enumerate(stems):
        yield f"w:{stem}", WORD
        yield f"p:{' '.join(stems[at : at + 2])}", PAIR
        yield f"t:{' '.join(stems[at : at + 3])}", PAIR
        if at + 2 < len(stems):
            yield f"h:{stem} {stems[at + 2]}", PAIR
    for word in words:
        if word.folded not in stop_words():
            padded = f"^{word.folded}$"
            for start in range(len(padded) - 3):
                yield f"l:{padded[start : start + 4]}", LETTERS


@lru_cache(maxsize=1)
def _cues() -> Phrasebook:
    return Phrasebook(phrases(read("cues", "urgency.txt")))
