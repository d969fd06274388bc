"""What learning from examples yields: models that tell labels apart, the same every time."""

import pytest

from kaz_bot.routing.features import Feature
from kaz_bot.routing.learning.fitting import Course, Lesson, Matter, Sighting
from kaz_bot.routing.learning.judging import held_out, honest_temperature, threshold
from kaz_bot.routing.model import LinearModel

LABELS = ("left", "right")
COURSE = Course(freedom=1.0, rarest={})


def features(*names: str) -> tuple[Feature, ...]:
    return tuple(Feature(name, 1.0, (at,)) for at, name in enumerate(names))


def lesson(label: str, *names: str, as_good: str = "", situation: str = "one") -> Lesson:
    return Lesson(
        features=Sighting(features(*names)),
        label=label,
        right=frozenset({label, as_good} - {""}),
        hand="a hand",
        situation=situation,
    )


LESSONS = [lesson("left", "w:a", "w:c"), lesson("right", "w:b", "w:c")] * 10


def learned(lessons: list[Lesson], course: Course = COURSE) -> LinearModel:
    return Matter(lessons, LABELS, course).learned()


def test_a_model_learns_what_tells_the_labels_apart() -> None:
    model = learned(LESSONS)
    assert model.probabilities(features("w:a"))["left"] > 0.8
    assert model.probabilities(features("w:b"))["right"] > 0.8


def test_what_both_labels_have_decides_nothing() -> None:
    assert learned(LESSONS).probabilities(features("w:c"))["left"] == pytest.approx(0.5, abs=0.05)


def test_a_second_opinion_agrees_where_there_is_no_doubt() -> None:
    course = Course(freedom=1.0, rarest={}, counted=0.2)
    assert learned(LESSONS, course).probabilities(features("w:a"))["left"] > 0.8


def test_a_feature_too_rare_is_not_learned() -> None:
    once = [*LESSONS, lesson("left", "w:once", "l:once")]
    assert len(learned(once).keys) == 5
    assert len(learned(once, Course(freedom=1.0, rarest={"l": 2})).keys) == 4


def test_of_what_is_as_good_for_both_neither_is_sure() -> None:
    lessons = [*LESSONS, *[lesson("left", "w:d", as_good="right")] * 10]
    alone = [*LESSONS, *[lesson("left", "w:d")] * 10]
    found = [
        learned(several).probabilities(features("w:d"))["left"] for several in (lessons, alone)
    ]
    assert 0.5 < found[0] < found[1]


def test_learning_again_gives_the_same_model() -> None:
    assert learned(LESSONS).to_bytes() == learned(LESSONS).to_bytes()


def test_a_situation_is_judged_by_a_model_that_never_saw_it() -> None:
    """Each situation contradicts the others: who had seen it would be right."""
    lessons = [
        lesson(label, "w:a", situation=f"{number}")
        for number, label in enumerate(("left", "right") * 5)
    ]
    calls = held_out(Matter(lessons, LABELS, COURSE)).calls(LABELS)
    assert len(calls) == 10
    known = [lesson("left", "w:a", situation="x"), *lessons]
    assert [call.right for call in held_out(Matter(known, LABELS, COURSE)).calls(LABELS)] != [
        True
    ] * 11


def test_who_is_right_half_the_time_is_told_to_doubt() -> None:
    lessons = [
        lesson(label, f"w:{number % 7}", situation=f"{number}")
        for number, label in enumerate(("left", "right", "right", "left") * 10)
    ]
    doubtful = honest_temperature(held_out(Matter(lessons, LABELS, COURSE)), LABELS)
    sure = honest_temperature(
        held_out(
            Matter(
                [
                    lesson(one.label, f"w:{one.label}", situation=f"{at}")
                    for at, one in enumerate(lessons)
                ],
                LABELS,
                COURSE,
            )
        ),
        LABELS,
    )
    assert sure < doubtful


@pytest.mark.parametrize(("share", "at_most"), [(0.0, 0), (0.2, 2), (0.25, 2), (1.0, 10)])
def test_a_threshold_is_reached_by_no_more_than_its_share(share: float, at_most: int) -> None:
    unwanted = [number / 10 for number in range(10)]
    found = threshold(unwanted, share)
    assert sum(value >= found for value in unwanted) == at_most
