"""Measures how often a classifier is right, and how well it knows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
Z_95 = 1.96


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, with its 95 % interval (Wilson)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return (0.0, 1.0)
        spread = Z_95**2 / self.of
        middle = (self.value + spread / 2) / (1 + spread)
        width = math.sqrt(spread * (self.value * (1 - self.value) + spread / 4)) / (1 + spread)
        return (middle - width, middle + width)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:6.1%}  ({self.hits}/{self.of}, 95 % {low:.1%} to {high:.1%})"


def share(outcomes: Sequence[bool]) -> Share:
    return Share(hits=sum(outcomes), of=len(outcomes))


@dataclass(frozen=True, kw_only=True)
class Bin:
    """The questions called with about the same confidence, and how many of them were right."""

    low: float
    high: float
    confidence: float
    right: Share


def reliability(called: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    bins: list[Bin] = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [call for call in called if low <= call[0] < high or call[0] == high == 1.0]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = share([outcome for _, outcome in inside])
            bins.append(Bin(low=low, high=high, confidence=mean, right=right))
    return tuple(bins)


def calibration_error(called: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error: how far confidence and accuracy lie apart, on average."""
    bins = reliability(called)
    total = sum(found.right.of for found in bins)
    if not total:
        return 0.0
    return sum(abs(found.confidence - found.right.value) * found.right.of for found in bins) / total
