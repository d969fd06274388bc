"""What the operator's JSON Lines are answered with."""

import json

import pytest

from kaz_bot.routing import Router, classify_lines

ROUTER = Router.shipped()


def answers(*lines: str) -> list[dict[str, object]]:
    return [json.loads(answer) for answer in classify_lines(lines, ROUTER)]


def test_a_line_is_answered_with_everything_the_contract_names() -> None:
    (answer,) = answers('{"id": "a1", "text": "Wann endet unser Rahmenvertrag für Notebooks?"}')
    assert list(answer) == ["id", "area", "confidence", "is_question", "urgent", "because"]
    assert (answer["id"], answer["area"]) == ("a1", "procurement")


def test_answers_keep_the_order_and_a_bad_line_ends_nothing() -> None:
    found = answers('{"id": 1, "text": "x"}', "no json", '{"id": 3, "text": "y"}')
    assert [answer["id"] for answer in found] == [1, None, 3]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("", {"id": None, "error": "not a line of JSON"}),
        ("[" * 100_000, {"id": None, "error": "not a line of JSON"}),
        ("[]", {"id": None, "error": 'not an object with "id" and "text"'}),
        ('{"id": "b"}', {"id": "b", "error": '"text" is missing or no string'}),
        ('{"id": "c", "text": 5}', {"id": "c", "error": '"text" is missing or no string'}),
        ('{"id": {}, "text": null}', {"id": None, "error": '"text" is missing or no string'}),
    ],
)
def test_a_malformed_line_says_what_is_wrong(line: str, answer: dict[str, object]) -> None:
    assert answers(line) == [answer]


@pytest.mark.parametrize(
    "line", ['{"id": "\\ud800", "text": "\\udfff Trojaner"}', '{"id": NaN, "text": "\\u0000"}']
)
def test_an_answer_can_always_be_written_to_a_terminal(line: str) -> None:
    (answer,) = classify_lines([line], ROUTER)
    assert json.loads(answer.encode().decode(), parse_constant=pytest.fail)


def test_lines_are_answered_one_by_one() -> None:
    stream = classify_lines(iter(['{"id": 1, "text": "x"}', *[""] * 3]), ROUTER)
    assert json.loads(next(stream))["id"] == 1
