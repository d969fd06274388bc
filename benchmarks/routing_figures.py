"""Measures how well routing was learned, and draws it: `python -m benchmarks.routing_figures`.

Takes some ten minutes. Writes docs/routing/figures.md and the pictures beside it. Nothing of it is
learned from: hands and situations are held out, development and blind examples are only measured.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import routing_pictures as pictures
from kaz_bot.routing import Router
from kaz_bot.routing.features import AREAS, Feature
from kaz_bot.routing.figures import Share, calibration_error, reliability, share
from kaz_bot.routing.learning import making, subjects
from kaz_bot.routing.learning.fitting import Matter
from kaz_bot.routing.learning.judging import Call
from kaz_bot.routing.learning.subjects import Seeing, Shelf, area_features
from tests.routing import development
from tests.routing.development import Asked, Said

FOLDER = Path(__file__).parents[1] / "docs" / "routing"
SEED = 20261127
WORST = 20
# Each part is left out alone: the letters are the kinds of features it brings.
PARTS: Mapping[str, str] = {
    "runs of letters": "l",
    "knowledge base": "ka",
    "pairs of words": "ph",
    "compounds taken apart": "c",
    "what is wanted": "q",
    "all but words": "lkaphcq",
}
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
SIZES = (0.05, 0.1, 0.25, 0.5, 1.0)

tell = partial(print, file=sys.stderr, flush=True)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The calls of one way to measure."""

    name: str
    calls: Sequence[tuple[float, bool]]

    @property
    def right(self) -> Share:
        """How many were right."""
        return share([right for _, right in self.calls])

    @property
    def error(self) -> float:
        """How far confidence and being right lie apart."""
        return calibration_error(self.calls)


def measured(name: str, calls: Sequence[Call]) -> Measured:
    """Calls of held-out lessons."""
    return Measured(name=name, calls=[(call.confidence, call.right) for call in calls])


def of_asked(name: str, router: Router, questions: Sequence[Asked]) -> Measured:
    """Questions nobody learned from, by the shipped version."""
    found = [(router.classify(asked.text), asked.right) for asked in questions]
    return Measured(name=name, calls=[(one.confidence, one.area in right) for one, right in found])


def without(kinds: str) -> Seeing:
    """Eyes that do not see these kinds of features."""

    def see(text: str) -> Sequence[Feature]:
        return [feature for feature in area_features(text) if feature.name[0] not in kinds]

    return see


def right_by_hand(matter: Matter) -> Share:
    """Whole hands held out: the hardest measure, subjects and manner are both new."""
    judgement = making.judge_areas(matter, by_hand=True)
    return share(
        [
            call.right
            for call in judgement.judged.calls(AREAS, judgement.temperature, judgement.shift)
        ]
    )


def parts(shelf: Shelf, whole: Share) -> Iterator[tuple[str, Share]]:
    """What is reached without each part."""
    yield "nothing", whole
    for name, kinds in PARTS.items():
        tell(f"without {name}")
        yield name, right_by_hand(subjects.areas(shelf, without(kinds)))
    tell("without the second opinion")
    alone = subjects.areas(shelf)
    alone.course = replace(alone.course, counted=0.0)
    yield "the second opinion", right_by_hand(alone)


def curve(shelf: Shelf, judged: Sequence[Asked]) -> Iterator[tuple[int, Share]]:
    """What is reached with a part of the corpus: whole situations, drawn by lot."""
    situations = sorted({example.situation for example in shelf.questions})
    Random(SEED).shuffle(situations)
    for size in SIZES:
        kept = set(situations[: round(len(situations) * size)])
        questions = [example for example in shelf.questions if example.situation in kept]
        tell(f"with {len(questions)} questions")
        model = subjects.areas(replace(shelf, questions=questions)).learned()
        outcomes = []
        for asked in judged:
            chances = model.probabilities(area_features(asked.text))
            outcomes.append(max(AREAS, key=lambda area: chances[area]) in asked.right)
        yield len(questions), share(outcomes)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def percent(found: Share) -> str:
    """87.6 % (87.1 to 88.1)"""
    low, high = found.interval
    return f"{found.value:.1%} ({low:.1%} to {high:.1%}, n {found.of})".replace("%", " %")


def reached(router: Router, asked: Sequence[Asked], said: Sequence[Said]) -> dict[str, Share]:
    """All that the goals name, of questions and messages nobody learned from."""
    found = [(router.classify(one.text), one) for one in asked]
    offered = [(router.classify(one.text).is_question, one) for one in said]
    return {
        "area right": share([one.area in asked.right for one, asked in found]),
        "question or chatter right": share([one == said.is_question for one, said in offered]),
        "questions offered a ticket": share([one for one, said in offered if said.is_question]),
        "false offers": share([one for one, said in offered if not said.is_question]),
        "urgent, recall": share([one.urgent for one, asked in found if asked.urgent]),
        "urgent, false alarms": share([one.urgent for one, asked in found if not asked.urgent]),
    }


def asking_back(way: Measured, threshold: float) -> str:
    """How many are asked, and how many of the others are right."""
    sure = [right for confidence, right in way.calls if confidence >= threshold]
    asked = 1 - len(sure) / len(way.calls)
    return f"{asked:.0%}, {share(sure).value:.1%}".replace("%", " %")


def worst(calls: Sequence[Call]) -> Sequence[Call]:
    """The wrong calls that were surest."""
    wrong = [call for call in calls if not call.right]
    return sorted(wrong, key=lambda call: -call.confidence)[:WORST]


def main() -> int:
    """Measure, draw, write."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shelf, router = Shelf.shipped(), Router.shipped()
    tell("by situation and by hand")
    matter = subjects.areas(shelf)
    by_situation, by_hand = (making.judge_areas(matter, by_hand=hand) for hand in (False, True))
    calls = [one.judged.calls(AREAS, one.temperature, one.shift) for one in (by_situation, by_hand)]
    ways = [measured("situations held out", calls[0]), measured("hands held out", calls[1])]
    sets = dict(development.sets())
    ways += [of_asked(name, router, found.asked) for name, found in sets.items()]
    named = {name: reached(router, found.asked, found.said) for name, found in sets.items()}
    left_out = list(parts(shelf, ways[1].right))
    sizes = list(curve(shelf, [asked for found in sets.values() for asked in found.asked]))
    pictures.confusion(FOLDER / "confusion.svg", calls[1])
    pictures.reliability(FOLDER / "reliability.svg", {way.name: way.calls for way in ways})
    pictures.curve(FOLDER / "learning_curve.svg", sizes)
    page = sections(ways=ways, named=named, left_out=left_out, sizes=sizes, calls=calls[1])
    (FOLDER / "figures.md").write_text("\n\n".join(page) + "\n", encoding="utf-8")
    texts = {
        id(lesson): example.text
        for lesson, example in zip(matter.lessons, shelf.questions, strict=False)
    }
    for call in worst(calls[1]):
        print(f"{call.lesson.label} called {call.label} with {call.confidence:.2f}:")
        print(f"    {texts[id(call.lesson)]}")
    return 0


def sections(
    *,
    ways: Sequence[Measured],
    named: Mapping[str, Mapping[str, Share]],
    left_out: Sequence[tuple[str, Share]],
    sizes: Sequence[tuple[int, Share]],
    calls: Sequence[Call],
) -> Iterator[str]:
    """The page, part by part."""
    yield "# Routing: figures\n\nWritten by `python -m benchmarks.routing_figures`; not by hand."
    yield "## Area\n\n" + table(
        ("measured on", "right", "calibration error"),
        [(way.name, percent(way.right), f"{way.error:.3f}") for way in ways],
    )
    goals = list(next(iter(named.values())))
    yield "## All goals, on examples nobody learned from\n\n" + table(
        ("", *named),
        [(goal, *(percent(found[goal]) for found in named.values())) for goal in goals],
    )
    yield "## How honest the confidence is\n\n![reliability](reliability.svg)"
    for way in ways:
        yield f"{way.name}:\n\n" + table(
            ("called with about", "right"),
            [(f"{one.confidence:.2f}", percent(one.right)) for one in reliability(way.calls)],
        )
    yield "## From which confidence on the asker is not asked (KAZ_ROUTING_THRESHOLD)\n\n" + table(
        ("threshold", *(f"{way.name}: asked, right among the rest" for way in ways)),
        [(f"{at:.2f}", *(asking_back(way, at) for way in ways)) for at in THRESHOLDS],
    )
    yield "## Which area is taken for which (hands held out)\n\n![confusion](confusion.svg)"
    yield table(("asked / called", *AREAS), list(pictures.confusion_rows(calls)))
    yield "## What each part contributes (hands held out)\n\n" + table(
        ("without", "right"), [(name, percent(found)) for name, found in left_out]
    )
    yield "## What the size of the corpus contributes\n\n![learning curve](learning_curve.svg)"
    yield table(("questions", "right"), [(size, percent(found)) for size, found in sizes])


if __name__ == "__main__":
    sys.exit(main())
