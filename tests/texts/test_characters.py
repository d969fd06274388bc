"""What people type cannot steer the text around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.texts.characters import inline, shortened, tame


def test_control_characters_go_and_line_ends_become_one() -> None:
    assert tame("a\x00b\x1b[31mc\x7f\x9bd\te\r\nf\rg\u2028h\x85i") == "ab[31mcd\te\nf\ng\nh\ni"


def test_directional_overrides_and_isolates_go() -> None:
    assert tame("a\u202eb\u202ac\u2066d\u2069e") == "abcde"


def test_what_is_left_can_be_encoded() -> None:
    assert tame("a\ud800b\udfff\uffff").encode() == b"ab"


def test_ordinary_text_of_any_script_stays() -> None:
    text = "Schöße – “x” 東京 हिन्दी 👩‍💻 é\n\tשלום"
    assert tame(text) == text


def test_a_right_to_left_name_is_isolated_from_our_sentence() -> None:
    assert inline("שלום\u202e 12") == "\u2068שלום 12\u2069"


def test_a_name_stands_on_one_line_and_is_bounded() -> None:
    assert inline("Ann\n\n  Beck") == "Ann Beck"
    assert len(inline("x" * 65536)) == 1000


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Wie geht das", 12, "Wie geht das"),
        ("Wie geht das denn", 12, "Wie geht …"),
        ("Wie geht das denn", 14, "Wie geht das …"),
        ("Wie geht das denn", 13, "Wie geht …"),
        ("Wie geht das, bitte", 15, "Wie geht das …"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("  zwei \n Zeilen ", 20, "zwei Zeilen"),
        ("", 5, ""),
    ],
)
def test_a_text_is_shortened_between_words(text: str, length: int, expected: str) -> None:
    assert shortened(text, length) == expected


@given(st.text(), st.integers(min_value=5, max_value=80))
def test_a_shortened_text_keeps_its_length(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length
