"""What the router reaches on the development examples; floors lie below the measured figures."""

from kaz_bot.routing import Router, corpus, words
from kaz_bot.routing.figures import calibration_error, share
from tests.routing import development

# Two texts that share more of their words than this say the same thing.
ALIKE = 0.6


def test_the_area_is_right_and_the_confidence_honest(router: Router) -> None:
    calls = [(router.classify(asked.text), asked.right) for asked in development.asked()]
    called = [(found.confidence, found.area in right) for found, right in calls]
    assert share([right for _, right in called]).value >= 0.85
    # Of 240 calls even perfect honesty seems to err by some 0.04.
    assert calibration_error(called) <= 0.06


def test_few_questions_are_missed_and_fewer_offers_unwanted(router: Router) -> None:
    calls = [(router.classify(said.text).is_question, said) for said in development.said()]
    assert share([offered == said.is_question for offered, said in calls]).value >= 0.95
    assert share([offered for offered, said in calls if not said.is_question]).value <= 0.03


def test_urgency_is_seen_and_seldom_imagined(router: Router) -> None:
    calls = [(router.classify(asked.text).urgent, asked) for asked in development.asked()]
    assert share([urgent for urgent, asked in calls if asked.urgent]).value >= 0.7
    assert share([urgent for urgent, asked in calls if not asked.urgent]).value <= 0.01


def test_nothing_in_the_corpus_was_taken_from_the_development_examples() -> None:
    measured = [set(words(asked.text)) for asked in development.asked()]
    measured += [set(words(said.text)) for said in development.said()]
    learned = [
        set(words(example.text))
        for example in (*corpus.questions(), *corpus.chatter(), *corpus.nowhere())
    ]
    alike = [
        (one, other)
        for one in learned
        for other in measured
        if len(one) > 2 and len(one & other) > ALIKE * len(one | other)
    ]
    assert alike == []


def test_no_text_of_the_corpus_is_a_development_example() -> None:
    learned = {
        example.text for example in (*corpus.questions(), *corpus.chatter(), *corpus.nowhere())
    }
    measured = {asked.text for asked in development.asked()}
    measured |= {said.text for said in development.said()}
    assert learned & measured == set()
