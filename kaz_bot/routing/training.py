"""Learns the models from the shipped corpus, and writes them where the router finds them."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kaz_bot.routing import corpus
from kaz_bot.routing.corpus import NOWHERE, Example
from kaz_bot.routing.features import AREAS, Feature, content, features, knowledge
from kaz_bot.routing.figures import calibration_error, reliability, share
from kaz_bot.routing.intent import CHATTER, QUESTION, intent_features
from kaz_bot.routing.learning import Course, Lesson, learn, pruned
from kaz_bot.routing.model import LinearModel
from kaz_bot.routing.shipped import fingerprint, folder
from kaz_bot.routing.urgency import CALM, INCIDENT, PRESSING, urgency_features

FOLDS = 5
# Lines written side by side are often variants of each other: they are held out together, or a
# model would be asked what it has as good as seen.
SIDE_BY_SIDE = 10
LEAST_DIFFERENCE = 0.02
TEMPERATURES = tuple(step / 20 for step in range(8, 61))
# How much a phrase of the knowledge base says before any example was seen.
STRONG, WEAK, SUBJECT = 1.5, 0.8, 1.0
# Of what people ask the desk about one in twenty belongs nowhere; in the corpus it is every fourth.
SHARE_OF_NOWHERE = 0.05

Prior = Mapping[str, tuple[float, ...]]

# What each rule says about (calm, pressing, incident) before any example was seen.
_RULES: Prior = {
    "r:happened": (-1.0, 0.0, 1.5),
    "r:gone": (-1.0, 0.0, 1.5),
    "r:threat now": (-1.0, 0.0, 1.5),
    "r:threat here": (-0.5, 0.0, 0.5),
    "r:deadline": (-1.0, 2.0, 0.0),
    "r:service down": (-1.0, 2.0, 0.0),
    "r:crowd": (-0.5, 1.0, 0.0),
    "g:distance": (1.0, -0.5, -0.5),
    "g:calm": (0.5, 0.0, -0.5),
    "g:own access": (1.0, 0.0, -1.0),
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is to be learned: from which lessons, and whose confidence must be honest."""

    lessons: Sequence[Lesson]
    labels: tuple[str, ...]
    course: Course
    prior: Prior
    shift: Mapping[str, float]
    answers: tuple[str, ...]

    def learned(self, lessons: Sequence[Lesson]) -> LinearModel:
        model = learn(lessons, self.labels, self.course, self.prior)
        moved = (
            bias + self.shift.get(label, 0.0)
            for label, bias in zip(self.labels, model.bias, strict=True)
        )
        return replace(model, bias=tuple(moved))

    def held_out(self) -> list[tuple[Lesson, LinearModel]]:
        """Each lesson with a model that never saw it."""
        found = []
        for fold in range(FOLDS):
            held: tuple[list[Lesson], list[Lesson]] = ([], [])
            for at, lesson in enumerate(self.lessons):
                held[at // SIDE_BY_SIDE % FOLDS == fold].append(lesson)
            rest, unseen = held
            model = self.learned(rest)
            found += [(lesson, model) for lesson in unseen]
        return found

    def calls(
        self, held_out: Sequence[tuple[Lesson, LinearModel]], temperature: float
    ) -> list[tuple[float, bool]]:
        """With what confidence each answer was called, and whether it was right."""
        found = []
        for lesson, model in held_out:
            if lesson.label in self.answers:
                chances = model.at(temperature).probabilities(lesson.features)
                called = max(self.answers, key=lambda label: chances[label])
                found.append((chances[called], called == lesson.label))
        return found


def areas() -> Subject:
    # Chatter without any word of the field is as good as a foreign language.
    strange = [said for said in corpus.chatter() if not _speaks_of_the_field(said.text)]
    asked, elsewhere = corpus.questions(), (*corpus.nowhere(), *strange)
    shift = math.log(SHARE_OF_NOWHERE / (1 - SHARE_OF_NOWHERE) * len(asked) / len(elsewhere))
    return Subject(
        lessons=[
            *(_lesson(example, example.label, _area_features) for example in asked),
            *(_lesson(example, NOWHERE, _area_features) for example in elsewhere),
        ],
        labels=(*AREAS, NOWHERE),
        course=Course(passes=8, rarest={"w": 2, "l": 3, "p": 2, "f": 3}),
        prior=_prior((*AREAS, NOWHERE)),
        shift={NOWHERE: shift},
        answers=AREAS,
    )


def intent() -> Subject:
    return Subject(
        lessons=[
            *(_lesson(example, QUESTION, intent_features) for example in corpus.questions()),
            *(_lesson(example, CHATTER, intent_features) for example in corpus.chatter()),
        ],
        labels=(QUESTION, CHATTER),
        course=Course(passes=12, rarest={"p": 2, "1": 2}),
        # Who cannot get in needs help, in however few words it is told.
        prior={"q:locked out": (4.5, 0.0)},
        shift={},
        answers=(QUESTION, CHATTER),
    )


def urgency() -> Subject:
    asked = [
        _lesson(example, _pressure(example), urgency_features) for example in corpus.questions()
    ]
    said = [_lesson(example, CALM, urgency_features) for example in corpus.chatter()]
    return Subject(
        lessons=[*asked, *said],
        labels=(CALM, PRESSING, INCIDENT),
        course=Course(passes=12, rarest={"w": 2, "p": 2, "2": 2}),
        prior=_RULES,
        shift={},
        answers=(CALM, PRESSING, INCIDENT),
    )


def trained(subject: Subject, tell: Callable[[str], object]) -> LinearModel:
    held_out = subject.held_out()
    error, temperature = min(
        (calibration_error(subject.calls(held_out, degrees)), degrees) for degrees in TEMPERATURES
    )
    calls = subject.calls(held_out, temperature)
    tell(f"  cross-validated accuracy {share([right for _, right in calls])}")
    tell(f"  expected calibration error {error:.3f} at temperature {temperature}")
    for found in reliability(calls):
        tell(f"    called with {found.confidence:.2f}: right in {found.right}")
    return pruned(subject.learned(subject.lessons), LEAST_DIFFERENCE).at(temperature)


def _prior(labels: Sequence[str]) -> Prior:
    prior: dict[str, tuple[float, ...]] = {}
    for means in knowledge().meanings():
        area, _, subject = means.partition("/")
        weight = STRONG if subject.endswith("strong") else WEAK
        prior[f"k:{means}"] = tuple(weight if label == area else 0.0 for label in labels)
        prior[f"a:{area}"] = tuple(SUBJECT if label == area else 0.0 for label in labels)
    return prior


def _speaks_of_the_field(text: str) -> bool:
    return any(True for _ in knowledge().hits(content(text)))


def _pressure(example: Example) -> str:
    if example.incident:
        return INCIDENT
    return PRESSING if example.urgent else CALM


def _area_features(text: str) -> list[Feature]:
    return features(content(text))


def _lesson(example: Example, label: str, found: Callable[[str], list[Feature]]) -> Lesson:
    return Lesson(features=tuple(found(example.text)), label=label)


def main() -> None:
    tell = partial(print, flush=True)
    for name, subject in (("areas", areas()), ("intent", intent()), ("urgency", urgency())):
        tell(name)
        model = trained(subject, tell)
        (folder() / f"{name}.json").write_text(model.to_json() + "\n", encoding="utf-8")
        tell(f"  {len(model.weights)} features written")
    stamp = {"learned_from": fingerprint()}
    (folder() / "training.json").write_text(json.dumps(stamp) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
