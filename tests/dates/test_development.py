"""The development examples that came with the conventions: all of them are right."""

from tests.dates.development import answer, asked
from tests.dates.examples import READER


def test_all_sixty_are_right() -> None:
    questions = asked()
    wrong = [
        (question.id, question.text, answer(READER, question))
        for question in questions
        if answer(READER, question) not in question.right
    ]
    assert (len(questions), wrong) == (60, [])
