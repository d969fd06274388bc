"""Weighs features into probabilities, and tells which of them decided."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from kaz_bot.routing.features import Feature

SCALE = 1000


@dataclass(frozen=True, kw_only=True)
class LinearModel:
    """Multinomial logistic regression, its confidence made honest by a temperature."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    temperature: float = 1.0

    def probabilities(self, features: Sequence[Feature]) -> dict[str, float]:
        scores = list(self.bias)
        for feature in features:
            for at, weight in enumerate(self.weights.get(feature.name, ())):
                scores[at] += weight * feature.value
        return dict(zip(self.labels, softmax(scores, self.temperature), strict=True))

    def reasons(self, features: Sequence[Feature], label: str) -> dict[int, float]:
        """How much each word spoke for `label` against the average of the others."""
        chosen = self.labels.index(label)
        reasons: dict[int, float] = {}
        for feature in features:
            weights = self.weights.get(feature.name)
            if weights is None:
                continue
            against = (sum(weights) - weights[chosen]) / (len(weights) - 1)
            share = (weights[chosen] - against) * feature.value / len(feature.words)
            for word in feature.words:
                reasons[word] = reasons.get(word, 0.0) + share
        return reasons

    def at(self, temperature: float) -> Self:
        return replace(self, temperature=temperature)

    @classmethod
    def from_json(cls, source: str) -> Self:
        stored = json.loads(source)
        return cls(
            labels=tuple(stored["labels"]),
            bias=tuple(value / SCALE for value in stored["bias"]),
            weights={
                name: tuple(value / SCALE for value in values)
                for name, values in stored["weights"].items()
            },
            temperature=stored["temperature"],
        )

    def to_json(self) -> str:
        """The same model with weights in thousandths; the next reader gets equal figures."""
        stored = {
            "labels": self.labels,
            "temperature": round(self.temperature, 3),
            "bias": [round(value * SCALE) for value in self.bias],
            "weights": {
                name: [round(value * SCALE) for value in values]
                for name, values in sorted(self.weights.items())
            },
        }
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    highest = max(scores)
    parts = [math.exp((score - highest) / temperature) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]
