"""Learns both models from the shipped corpus, and writes them where the router finds them."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from kaz_bot.routing import corpus
from kaz_bot.routing.corpus import NOWHERE, Example
from kaz_bot.routing.features import AREAS, content, features, knowledge
from kaz_bot.routing.figures import calibration_error, share
from kaz_bot.routing.intent import CHATTER, QUESTION, intent_features
from kaz_bot.routing.learning import Course, Lesson, calibrated, learn, pruned
from kaz_bot.routing.model import LinearModel

FOLDS = 5
AREA_LABELS = (*AREAS, NOWHERE)
AREA_COURSE = Course(passes=12, pull=0.02, rarest={"w": 1, "l": 2, "p": 2, "f": 3})
INTENT_LABELS = (QUESTION, CHATTER)
INTENT_COURSE = Course(passes=12, pull=0.02, rarest={"w": 2, "p": 2, "1": 2})
LEAST_DIFFERENCE = 0.02
# How much a phrase of the knowledge base says before any example was seen.
STRONG, WEAK, SUBJECT = 1.0, 0.6, 0.7

Held = Sequence[tuple[Lesson, LinearModel]]


def area_lessons() -> list[tuple[Lesson, int]]:
    """Questions, and what belongs nowhere: chatter without any word of the field is as good as foreign."""
    strange = [example for example in corpus.chatter() if not _known(example.text)]
    return [
        *(_area_lesson(example, example.label) for example in corpus.questions()),
        *(_area_lesson(example, NOWHERE) for example in (*corpus.nowhere(), *strange)),
    ]


def intent_lessons() -> list[tuple[Lesson, int]]:
    return [
        *(_intent_lesson(example, QUESTION) for example in corpus.questions()),
        *(_intent_lesson(example, CHATTER) for example in corpus.chatter()),
    ]


def area_prior() -> dict[str, tuple[float, ...]]:
    prior: dict[str, tuple[float, ...]] = {}
    for means in knowledge().meanings():
        area, _, subject = means.partition("/")
        weight = STRONG if subject.endswith("strong") else WEAK
        prior[f"k:{means}"] = tuple(weight if label == area else 0.0 for label in AREA_LABELS)
        prior[f"a:{area}"] = tuple(SUBJECT if label == area else 0.0 for label in AREA_LABELS)
    return prior


def held_out(
    lessons: Sequence[tuple[Lesson, int]],
    labels: Sequence[str],
    course: Course,
    prior: Mapping[str, tuple[float, ...]],
) -> list[tuple[Lesson, LinearModel]]:
    """Each lesson with a model that saw nothing of its subject, as with questions from real life."""
    found = []
    for fold in range(FOLDS):
        known = [lesson for lesson, block in lessons if block % FOLDS != fold]
        model = learn(known, labels, course, prior)
        found += [(lesson, model) for lesson, block in lessons if block % FOLDS == fold]
    return found


def trained(
    lessons: Sequence[tuple[Lesson, int]],
    labels: Sequence[str],
    course: Course,
    prior: Mapping[str, tuple[float, ...]],
    tell: Callable[[str], None],
) -> LinearModel:
    held = held_out(lessons, labels, course, prior)
    model = learn([lesson for lesson, _ in lessons], labels, course, prior)
    best = calibrated(pruned(model, LEAST_DIFFERENCE), held)
    called = [_call(lesson, guess, best.temperature) for lesson, guess in held]
    tell(f"  held-out accuracy {share([right for _, right in called])}")
    tell(f"  temperature {best.temperature}, calibration error {calibration_error(called):.3f}")
    tell(f"  {len(best.weights)} features")
    return best


def _call(lesson: Lesson, model: LinearModel, temperature: float) -> tuple[float, bool]:
    chances = model.at(temperature).probabilities(lesson.features)
    label = max(chances, key=lambda name: chances[name])
    return chances[label], label == lesson.label


def _known(text: str) -> bool:
    return any(True for _ in knowledge().hits(content(text)))


def _area_lesson(example: Example, label: str) -> tuple[Lesson, int]:
    return Lesson(features=tuple(features(content(example.text))), label=label), example.block


def _intent_lesson(example: Example, label: str) -> tuple[Lesson, int]:
    return Lesson(features=tuple(intent_features(example.text)), label=label), example.block


def main() -> None:
    start = time.monotonic()
    folder = Path(str(files("kaz_bot.routing").joinpath("data")))
    print("areas")
    areas = trained(area_lessons(), AREA_LABELS, AREA_COURSE, area_prior(), print)
    (folder / "areas.json").write_text(areas.to_json() + "\n", encoding="utf-8")
    print("intent")
    intent = trained(intent_lessons(), INTENT_LABELS, INTENT_COURSE, {}, print)
    (folder / "intent.json").write_text(intent.to_json() + "\n", encoding="utf-8")
    print(f"written to {folder} after {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
