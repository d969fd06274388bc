"""Which words of a text are searched for, and how they are spelled there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.routing import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verträge", "vertraege"),
        ("Verträge", "Vertrag"),
        ("Straße", "STRASSE"),
        ("Lizenzen", "lizenz"),
        ("Beschlüsse", "Beschluss"),
        ("Häuser", "Haus"),
        ("Dienstes", "Dienst"),
        ("Bescheiden", "Bescheid"),
        ("Schulungen", "Schulung"),
        ("Soft\u00adware", "Software"),
    ],
)
def test_spelling_and_inflection_do_not_matter(one: str, other: str) -> None:
    assert words(one) == words(other) != ()


def test_words_without_meaning_of_their_own_are_dropped() -> None:
    assert words("Wo ist denn bitte der Vertrag, und wie ist er?") == words("Vertrag")


def test_each_word_stands_once_in_the_order_of_the_text() -> None:
    assert words("Lizenz Vertrag Lizenzen") == (*words("Lizenz"), *words("Vertrag"))


def test_a_compound_with_a_hyphen_is_found_by_its_parts() -> None:
    assert words("Grundschutz-Profil") == (*words("Grundschutz"), *words("Profil"))


def test_a_huge_text_has_a_bounded_number_of_words() -> None:
    assert len(words(" ".join(f"wort{number}" for number in range(5000)))) <= 200


# A busy machine is slow now and then; speed is measured in benchmarks/routing.py.
@settings(deadline=None)
@given(st.text(max_size=300))
def test_words_of_any_text_are_lower_case_and_without_umlauts(text: str) -> None:
    found = " ".join(words(text))
    assert (found == found.lower(), set(found) & set("äöüß")) == (True, set())
