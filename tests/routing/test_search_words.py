"""A search takes words in their basic form, compounds by their parts, abbreviations written out."""

import pytest

from kaz_bot.routing import SearchWord, search_words
from kaz_bot.routing.words import MOST_SEARCH_WORDS


def found_by(text: str) -> set[str]:
    words = search_words(text)
    return {word.stem for word in words} | {
        part for word in words for other in word.others for part in other
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ausschreibungen", "Ausschreibung"),
        ("Verträge", "Vertrag"),
        ("Vertraege", "Verträge"),
        ("SCHLÜSSEL", "Schluessel"),
        ("Rahmenvertrag", "Vertrag"),
        ("Datenschutz-Grundverordnung", "Datenschutzgrundverordnung"),
        ("Datenschutz-Grundverordnung", "Grundverordnung"),
    ],
)
def test_what_says_the_same_is_found_by_it(one: str, other: str) -> None:
    [sought] = search_words(other)
    assert sought.stem in found_by(one)


def test_words_that_say_nothing_are_left_out() -> None:
    assert search_words("und der die das a") == ()


def test_a_word_is_kept_as_it_was_typed_first() -> None:
    assert search_words("Vergaben, Vergabe") == (SearchWord(stem="vergab", typed="Vergaben"),)


def test_of_a_word_with_hyphens_each_part_is_one() -> None:
    assert [word.typed for word in search_words("Vergabe-Vorlage")] == ["Vergabe", "Vorlage"]


@pytest.mark.parametrize("text", ["O’Neill's", "a\0b", "\ud800\u202eabc", "x" * 9000, "ﬁnden²"])
def test_a_word_has_nothing_but_letters_and_digits(text: str) -> None:
    assert all(word.isalnum() for word in found_by(text))


def test_a_text_has_no_end_of_words() -> None:
    assert len(search_words(" ".join(map(str, range(100, 5000))))) == MOST_SEARCH_WORDS
