"""Judges what was learned by texts it never saw, and sets from where on its word is taken."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from kaz_bot.routing.figures import calibration_error
from kaz_bot.routing.learning.fitting import Lesson, Matter
from kaz_bot.routing.model import softmax

FOLDS = 5
TEMPERATURES = tuple(step / 100 for step in range(5, 101))


class Call(NamedTuple):
    """What was said of a lesson unseen: with what confidence which label, and whether rightly."""

    lesson: Lesson
    label: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the label is the lesson's, or as good."""
        return self.label in self.lesson.right


@dataclass(frozen=True, kw_only=True)
class Heldout:
    """The scores of every lesson by a model that learned from none of its situation (or hand)."""

    matter: Matter
    scores: Sequence[Sequence[float]]

    def chances(
        self, temperature: float, shift: Mapping[str, float]
    ) -> Iterator[tuple[Lesson, dict[str, float]]]:
        """Each lesson with the probabilities of all labels."""
        moves = [shift.get(label, 0.0) for label in self.matter.labels]
        for lesson, row in zip(self.matter.lessons, self.scores, strict=True):
            moved = [score + move for score, move in zip(row, moves, strict=True)]
            yield lesson, dict(zip(self.matter.labels, softmax(moved, temperature), strict=True))

    def calls(
        self,
        answers: Sequence[str],
        temperature: float = 1.0,
        shift: Mapping[str, float] | None = None,
    ) -> list[Call]:
        """The likeliest of `answers` for each lesson that is an example of one of them."""
        found = []
        for lesson, chances in self.chances(temperature, shift or {}):
            if lesson.label in answers:
                label = max(answers, key=lambda answer: chances[answer])
                found.append(Call(lesson, label, chances[label]))
        return found


def held_out(matter: Matter, *, by_hand: bool = False) -> Heldout:
    """Whole situations are held out together: their lines are variants of one matter."""
    places = _by_hand(matter.lessons) if by_hand else _by_situation(matter.lessons)
    scores: list[Sequence[float]] = [()] * len(matter.lessons)
    for fold in sorted(set(places)):
        rest = [at for at, place in enumerate(places) if place != fold]
        unseen = [at for at, place in enumerate(places) if place == fold]
        for at, row in zip(unseen, matter.scores(rest, unseen).tolist(), strict=True):
            scores[at] = row
    return Heldout(matter=matter, scores=scores)


def _by_hand(lessons: Sequence[Lesson]) -> list[int]:
    hands = sorted({lesson.hand for lesson in lessons})
    return [hands.index(lesson.hand) for lesson in lessons]


def _by_situation(lessons: Sequence[Lesson]) -> list[int]:
    # By its name alone: a lesson more must not deal all others anew, or two versions were judged
    # by different folds, and their difference would be that of the deal.
    return [crc32(lesson.situation.encode()) % FOLDS for lesson in lessons]


def honest_temperature(
    judged: Heldout, answers: Sequence[str], shift: Mapping[str, float] | None = None
) -> float:
    """The temperature at which confidence and being right lie nearest."""
    return min(
        TEMPERATURES,
        key=lambda degrees: calibration_error(
            [(call.confidence, call.right) for call in judged.calls(answers, degrees, shift)]
        ),
    )


def threshold(unwanted: Sequence[float], share: float) -> float:
    """The lowest threshold that at most this share of the unwanted reaches."""
    highest = sorted(unwanted, reverse=True)
    allowed = math.floor(share * len(highest))
    return math.nextafter(highest[allowed], math.inf) if allowed < len(highest) else 0.0
