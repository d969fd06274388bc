"""The command in front of a formatted text is cut off, its tags are not."""

import pytest

from kaz_bot.domain.formatted import without_beginning


@pytest.mark.parametrize(
    ("html", "beginning", "left"),
    [
        ("!kaz antwort <b>Ja</b>", "!kaz antwort ", "<b>Ja</b>"),
        ("<p>!kaz antwort <b>Ja</b></p>", "!kaz antwort ", "<p><b>Ja</b></p>"),
        ("<p>!kaz&nbsp;antwort Ja</p>", "!kaz antwort ", "<p>Ja</p>"),
        ("<b>!kaz</b> antwort Ja", "!kaz antwort", "<b></b>Ja"),
        ("!kaz r&uuml;ckfrage Wie?", "!kaz rückfrage", "Wie?"),
        ("a &lt; b", "a <", "b"),
        ("Ja", "", "Ja"),
    ],
)
def test_the_beginning_is_gone_and_the_rest_is_as_it_was(
    html: str, beginning: str, left: str
) -> None:
    assert without_beginning(html, beginning) == left


@pytest.mark.parametrize("html", ["", "Ja", "!kaz notiz Ja", "<b>!kaz", "!kaz ant"])
def test_html_that_begins_otherwise_is_not_used(html: str) -> None:
    assert without_beginning(html, "!kaz antwort") is None


def test_a_long_beginning_costs_no_more_than_its_length() -> None:
    assert without_beginning("x" * 16_000 + "Ja", "x" * 16_000) == "Ja"
