"""Tells how alike two questions are, however differently they are worded."""

import math
from collections.abc import Mapping, Sequence

from kaz_bot.routing.features import Feature, content, features
from kaz_bot.routing.model import LinearModel

# A question is clear by then, and pasted letters must not hold up others.
MOST_WORDS = 60


def likeness(model: LinearModel, asked: str, others: Sequence[str]) -> list[float]:
    """How alike the question is to each of the others: 0 nothing in common, 1 the same.

    What both say counts by how rare it is (the cosine of their features, weighed by rarity), and
    a phrase of the knowledge base that both use in their own words counts like a word.
    """
    sought = _direction(model, asked)
    return [_cosine(sought, _direction(model, other)) for other in others]


def _direction(model: LinearModel, text: str) -> Mapping[int, float]:
    """What the text says, as a vector of length 1."""
    found: dict[int, float] = {}
    words = content(text)[:MOST_WORDS]
    # Which sentence asks does not matter here.
    for at, strength in model.strengths([one for one in features("", words) if _tells(one)]):
        found[at] = found.get(at, 0.0) + strength
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {at: value / length for at, value in found.items()}


def _tells(feature: Feature) -> bool:
    """Pairs of words are the wording of one person, and an area is all its questions have."""
    return feature.name[0] not in "phaq"


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * more.get(at, 0.0) for at, value in fewer.items())
