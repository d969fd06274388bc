"""Questions that were asked before are found again, however they are worded; others seldom."""

import pytest

from kaz_bot.finding import DOUBLE_ENOUGH, LIKE_ENOUGH
from kaz_bot.routing import Router
from tests.routing.likeness import Found, found, natural


@pytest.fixture(scope="module")
def again(router: Router) -> Found:
    # Every third: to compare all with all takes a minute.
    solved = natural()[::3]
    asked = [(number, text) for number, one in enumerate(solved) for text in one.again]
    return found(router, asked, [one.told for one in solved], LIKE_ENOUGH)


def test_the_right_answer_is_among_the_three_most_alike(again: Found) -> None:
    assert again.first.value >= 0.75


def test_a_fifth_of_those_who_ask_again_are_offered_it(again: Found) -> None:
    assert again.offered.value >= 0.2


def test_who_asks_something_new_is_seldom_offered_anything(again: Found) -> None:
    assert again.wrong.value <= 0.1


def test_the_same_question_is_entirely_alike(router: Router) -> None:
    same, other = router.alike("Wer zahlt?", ["Wer zahlt?", "Wo ist das Formular?"])
    assert same == pytest.approx(1.0)
    assert other < DOUBLE_ENOUGH


def test_spelling_and_inflection_hardly_matter(router: Router) -> None:
    asked = "Wann müssen Bewerbungen gelöscht werden?"
    (alike,) = router.alike(asked, ["Wann muessen wir eine Bewerbung loeschen"])
    assert alike > LIKE_ENOUGH


def test_nothing_is_like_nothing(router: Router) -> None:
    assert router.alike("", ["", "Wer zahlt?"]) == [0.0, 0.0]
    assert router.alike("Wer zahlt?", []) == []
