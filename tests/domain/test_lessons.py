"""A question in nearly the words of a moved one is remembered; one less alike is not."""

import pytest

from kaz_bot.domain.lessons import Remembered, Saying, remembered
from kaz_bot.domain.tickets import AreaKey

SECURITY, PROJECTS = AreaKey("security"), AreaKey("projects")


def lesson(words: str, area: AreaKey = SECURITY) -> Saying:
    return Saying(area, tuple(words.split()))


def test_the_same_words_in_another_order_are_the_same_question() -> None:
    found = remembered([lesson("kamera rathaus hof")], ["hof", "kamera", "rathaus"])
    shared = frozenset({"kamera", "rathaus", "hof"})
    assert found == Remembered(area=SECURITY, shared=shared, likeness=1.0)


def test_three_words_of_five_in_common_are_enough() -> None:
    found = remembered([lesson("kamera rathaus hof neu")], ["kamera", "rathaus", "hof", "alt"])
    assert found is not None
    assert found.likeness == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("taught", "asked"),
    [
        ("kamera rathaus hof neu vier", "kamera rathaus hof alt"),
        ("kamera rathaus", "kamera rathaus"),
        ("", ""),
        ("eins zwei drei", "vier fünf sechs"),
        ("kamera rathaus hof", "kamera rathaus"),
    ],
)
def test_what_is_less_alike_is_another_question(taught: str, asked: str) -> None:
    assert remembered([lesson(taught)], asked.split()) is None


def test_the_first_lesson_that_fits_counts_and_others_are_passed_over() -> None:
    taught = [
        lesson("ganz was anderes"),
        lesson("kamera rathaus hof neu", PROJECTS),
        lesson("kamera rathaus hof"),
    ]
    found = remembered(taught, ["kamera", "rathaus", "hof"])
    assert found is not None
    assert found.area == PROJECTS


def test_without_lessons_nothing_is_remembered() -> None:
    assert remembered([], ["kamera", "rathaus", "hof"]) is None
