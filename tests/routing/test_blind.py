"""What the router reaches on examples that nobody who made it has read: the goals, or near them."""

import pytest

from kaz_bot.routing import Classification, Router, corpus, words
from kaz_bot.routing.figures import calibration_error, share
from kaz_bot.routing.learning import everyday
from tests.routing import development
from tests.routing.development import Asked, Examples


@pytest.fixture(scope="module")
def blind() -> Examples:
    return development.blind()


@pytest.fixture(scope="module")
def calls(router: Router, blind: Examples) -> list[tuple[Classification, Asked]]:
    return [(router.classify(asked.text), asked) for asked in blind.asked]


Calls = list[tuple[Classification, Asked]]


def test_of_a_hundred_questions_92_find_their_area(calls: Calls) -> None:
    assert share([found.area in asked.right for found, asked in calls]).value >= 0.92


def test_who_is_called_with_a_confidence_is_right_as_often(calls: Calls) -> None:
    called = [(found.confidence, found.area in asked.right) for found, asked in calls]
    assert calibration_error(called) <= 0.05


def test_what_cannot_wait_is_seen_and_seldom_imagined(calls: Calls) -> None:
    assert share([found.urgent for found, asked in calls if asked.urgent]).value >= 0.93
    assert share([found.urgent for found, asked in calls if not asked.urgent]).value <= 0.01


def test_questions_are_told_from_chatter(router: Router, blind: Examples) -> None:
    found = [(router.classify(said.text).is_question, said) for said in blind.said]
    assert share([one == said.is_question for one, said in found]).value >= 0.9
    assert share([one for one, said in found if not said.is_question]).value <= 0.02


def test_nothing_in_the_corpus_says_what_is_measured() -> None:
    measured = [set(words(asked.text)) for asked in development.blind().asked]
    measured += [set(words(said.text)) for said in development.blind().said]
    measured += [set(words(one.text)) for one in (*everyday.questions(), *everyday.messages())]
    learned = (*corpus.questions(), *corpus.asked(), *corpus.chatter(), *corpus.nowhere())
    assert development.alike([set(words(one.text)) for one in learned], measured) == []
