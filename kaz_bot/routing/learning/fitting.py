"""Fits a linear model to lessons, with scikit-learn."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from kaz_bot.routing.features import Feature
from kaz_bot.routing.model import (
    MOST_PARTS,
    RARITY_PARTS,
    WEIGHT_PARTS,
    LinearModel,
    key_of,
)

SEED = 20260801
# What the second opinion takes as counted of every feature before it has seen an example.
COUNTED_BEFORE = 0.1


class Sighting:
    """The features of a text in little memory: key, value and kind of each."""

    __slots__ = ("keys", "kinds", "values")

    def __init__(self, features: Iterable[Feature]) -> None:
        found = list(features)
        self.keys = array("I", [key_of(feature.name) for feature in found])
        self.values = array("f", [feature.value for feature in found])
        # The kind is the letter before the colon of a feature's name.
        self.kinds = bytes(ord(feature.name[0]) for feature in found)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What was found in a text, and what it is an example of.

    `right` holds all labels that are as good as `label`. Lessons of one `hand` were written by
    the same author, lessons of one `situation` tell of the same matter.
    """

    features: Sighting
    label: str
    right: frozenset[str]
    hand: str
    situation: str
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Course:
    """How learning goes: how much the examples may bend the weights, and how often a feature
    must occur to be learned, for each kind of feature (the letter before the colon).

    `counted` is the say of a second opinion, which only counts how often a feature goes with a
    label. It errs elsewhere than the first, which looks for what tells the labels apart.
    """

    freedom: float
    rarest: Mapping[str, int]
    counted: float = 0.0
    # What a lesson counts for the label that is as good as its own.
    second: float = 0.4


class Matter:
    """Lessons as a matrix, so that many models can be learned from parts of them."""

    def __init__(self, lessons: Sequence[Lesson], labels: tuple[str, ...], course: Course) -> None:
        self.lessons = lessons
        self.labels = labels
        self.course = course
        counts: Counter[int] = Counter()
        kinds: dict[int, int] = {}
        for lesson in lessons:
            counts.update(lesson.features.keys)
            kinds.update(zip(lesson.features.keys, lesson.features.kinds, strict=True))
        rarest = {ord(kind): least for kind, least in course.rarest.items()}
        self._keys = sorted(
            key for key, count in counts.items() if count >= rarest.get(kinds[key], 1)
        )
        self._rarities = [
            min(
                MOST_PARTS * 2,
                round(RARITY_PARTS * (math.log((1 + len(lessons)) / (1 + counts[key])) + 1)),
            )
            for key in self._keys
        ]
        self._matrix = self._table(lessons)

    def _table(self, lessons: Sequence[Lesson]) -> csr_matrix:
        """A row of length 1 for each lesson."""
        columns = {key: at for at, key in enumerate(self._keys)}
        starts, places, values = [0], array("i"), array("d")
        for lesson in lessons:
            row: dict[int, float] = {}
            for key, value in zip(lesson.features.keys, lesson.features.values, strict=True):
                at = columns.get(key)
                if at is not None:
                    row[at] = row.get(at, 0.0) + value * self._rarities[at] / RARITY_PARTS
            length = math.sqrt(sum(value * value for value in row.values())) or 1.0
            places.extend(row)
            values.extend(value / length for value in row.values())
            starts.append(len(places))
        shape = (len(lessons), len(self._keys))
        return csr_matrix((np.array(values), np.array(places), np.array(starts)), shape=shape)

    def learned(self) -> LinearModel:
        """A model learned from all lessons."""
        weights, bias = self._fitted(range(len(self.lessons)))
        parts = np.clip(np.rint(weights * WEIGHT_PARTS), -MOST_PARTS, MOST_PARTS).astype("<i2")
        return LinearModel(
            labels=self.labels,
            bias=tuple(float(value) for value in bias),
            keys=array("I", self._keys),
            rarities=array("H", self._rarities),
            weights=array("h", parts.ravel().tolist()),
        )

    def scores(self, rows: Sequence[int], unseen: Sequence[int]) -> NDArray[np.float64]:
        """What a model learned from `rows` says of each of `unseen`, label by label."""
        weights, bias = self._fitted(rows)
        found: NDArray[np.float64] = self._matrix[list(unseen)] @ weights + bias
        return found

    def _fitted(self, rows: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """One column of weights for each label, and their biases."""
        taught: list[tuple[int, str, float]] = []
        for row in rows:
            lesson = self.lessons[row]
            taught.append((row, lesson.label, lesson.weight))
            taught += [
                (row, other, lesson.weight * self.course.second)
                for other in sorted(lesson.right - {lesson.label})
            ]
        places, labels, weights = zip(*taught, strict=True)
        seen, told, counts = self._matrix[list(places)], np.array(labels), np.array(weights)
        first = LinearSVC(C=self.course.freedom, random_state=SEED)
        first.fit(seen, told, sample_weight=counts)
        found, bias = self._by_label(first)
        if self.course.counted:
            second = ComplementNB(alpha=COUNTED_BEFORE).fit(seen, told, sample_weight=counts)
            order = [list(second.classes_).index(label) for label in self.labels]
            opinion = second.feature_log_prob_[order].T
            found = found + self.course.counted * (opinion - opinion.mean(axis=1, keepdims=True))
        return found, bias

    def _by_label(self, machine: LinearSVC) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        known = [str(label) for label in machine.classes_]
        found, offsets = machine.coef_, machine.intercept_
        if len(known) == 2:
            # Of two labels scikit-learn weighs one; the other is its opposite.
            found, offsets = np.vstack([-found, found]), np.concatenate([-offsets, offsets])
        order = [known.index(label) for label in self.labels]
        return found[order].T, offsets[order]
