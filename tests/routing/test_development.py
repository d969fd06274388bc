"""What the router reaches on the development examples; floors lie below the measured figures."""

from kaz_bot.routing import Router, corpus, words
from kaz_bot.routing.figures import calibration_error, share
from tests.routing import development


def test_the_area_is_right_and_the_confidence_honest(router: Router) -> None:
    calls = [(router.classify(asked.text), asked.right) for asked in development.asked()]
    called = [(found.confidence, found.area in right) for found, right in calls]
    assert share([right for _, right in called]).value >= 0.92
    # Of 240 calls even perfect honesty seems to err by some 0.03.
    assert calibration_error(called) <= 0.05


def test_few_questions_are_missed_and_fewer_offers_unwanted(router: Router) -> None:
    calls = [(router.classify(said.text).is_question, said) for said in development.said()]
    assert share([offered == said.is_question for offered, said in calls]).value >= 0.95
    assert share([offered for offered, said in calls if not said.is_question]).value <= 0.02


def test_urgency_is_seen_and_seldom_imagined(router: Router) -> None:
    calls = [(router.classify(asked.text).urgent, asked) for asked in development.asked()]
    # Seventeen are urgent: one more or less is six in a hundred.
    assert share([urgent for urgent, asked in calls if asked.urgent]).value >= 0.8
    assert share([urgent for urgent, asked in calls if not asked.urgent]).value <= 0.01


def test_nothing_in_the_corpus_was_taken_from_the_development_examples() -> None:
    measured = [set(words(asked.text)) for asked in development.asked()]
    measured += [set(words(said.text)) for said in development.said()]
    learned = (*corpus.questions(), *corpus.asked(), *corpus.chatter(), *corpus.nowhere())
    assert development.alike([set(words(one.text)) for one in learned], measured) == []
