"""Learns a linear model from examples, starting from what is known before any example."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kaz_bot.routing.features import Feature
from kaz_bot.routing.model import LinearModel, softmax

SEED = 20260801


@dataclass(frozen=True, kw_only=True)
class Lesson:
    features: tuple[Feature, ...]
    label: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """How learning goes. `rarest` tells for each kind of feature how often it must occur."""

    passes: int
    step: float = 0.05
    pull: float = 0.02
    rarest: Mapping[str, int]


def learn(
    lessons: Sequence[Lesson],
    labels: Sequence[str],
    course: Course,
    prior: Mapping[str, tuple[float, ...]],
) -> LinearModel:
    """Stochastic gradient descent with a step of its own for each weight (AdaGrad)."""
    known = _frequent(lessons, course.rarest)
    nothing = (0.0,) * len(labels)
    weights = {name: list(prior.get(name, nothing)) for name in known | prior.keys()}
    squares = {name: [1e-2] * len(labels) for name in weights}
    bias = [0.0] * len(labels)
    order = list(lessons)
    shuffle = random.Random(SEED)
    for _ in range(course.passes):
        shuffle.shuffle(order)
        for lesson in order:
            seen = [found for found in lesson.features if found.name in weights]
            errors = _errors(seen, lesson.label, labels, weights, bias)
            for at, error in enumerate(errors):
                bias[at] -= 0.01 * error
            for found in seen:
                row, steps = weights[found.name], squares[found.name]
                start = prior.get(found.name, nothing)
                for at, error in enumerate(errors):
                    slope = error * found.value + course.pull * (row[at] - start[at])
                    steps[at] += slope * slope
                    row[at] -= course.step * slope / math.sqrt(steps[at])
    return LinearModel(
        labels=tuple(labels),
        bias=tuple(bias),
        weights={name: tuple(row) for name, row in weights.items()},
    )


def _errors(
    seen: Sequence[Feature],
    label: str,
    labels: Sequence[str],
    weights: Mapping[str, Sequence[float]],
    bias: Sequence[float],
) -> list[float]:
    scores = list(bias)
    for found in seen:
        for at, weight in enumerate(weights[found.name]):
            scores[at] += weight * found.value
    return [
        chance - (1.0 if name == label else 0.0)
        for name, chance in zip(labels, softmax(scores), strict=True)
    ]


def _frequent(lessons: Sequence[Lesson], rarest: Mapping[str, int]) -> set[str]:
    counts = Counter(found.name for lesson in lessons for found in lesson.features)
    return {name for name, count in counts.items() if count >= rarest.get(name[:1], 1)}


def pruned(model: LinearModel, least: float) -> LinearModel:
    """Without the features whose weights hardly differ between the labels."""
    kept = {name: row for name, row in model.weights.items() if max(row) - min(row) >= least}
    return replace(model, weights=kept)
