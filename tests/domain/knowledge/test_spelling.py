"""A mistyped word leads to the word that was meant, and a short one to no other."""

import random

import pytest

from kaz_bot.domain.knowledge.spelling import (
    distance,
    mistakes_in,
    nearest,
    pieces,
    sought_pieces,
    swapped,
)


def found_by_pieces(sought: str, known: str) -> bool:
    """Whether the database would find the one by the other."""
    return known in swapped(sought) or bool(set(sought_pieces(sought)) & set(pieces(known)))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("frist", "frist", 0),
        ("frist", "first", 1),
        ("frist", "frit", 1),
        ("frist", "friist", 1),
        ("frist", "frast", 1),
        ("passwort", "pasworrt", 2),
        ("vergabe", "verlag", 3),
    ],
)
def test_how_far_two_words_are_apart(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


@pytest.mark.parametrize(("length", "mistakes"), [(3, 0), (4, 1), (7, 1), (8, 2), (40, 2)])
def test_longer_words_bear_more_mistakes(length: int, mistakes: int) -> None:
    assert mistakes_in(length) == mistakes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vegabe", "vergabe"),
        ("vergbae", "vergabe"),
        ("vergabee", "vergabe"),
        ("vertabe", "vergabe"),
        ("first", "frist"),
        ("pasworrtmanag", "passwortmanag"),
        ("rahmenvertag", "rahmenvertrag"),
        ("datneschuzt", "datenschutz"),
    ],
)
def test_what_was_meant_is_found_by_its_pieces(typed: str, meant: str) -> None:
    assert found_by_pieces(typed, meant)
    assert nearest(typed, {meant: 1, "ganzanders": 9}, 2) == [meant]


def mistyped(word: str, draw: random.Random) -> str:
    """With one letter left out, added, changed or swapped with its neighbour."""
    at = draw.randrange(len(word) - 1)
    letter = draw.choice("abcdefghijklmnopqrstuvwxyz")
    return draw.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def test_no_single_mistake_hides_a_word() -> None:
    draw = random.Random(6)
    words = ["".join(draw.choices("abcdefgh", k=draw.randint(5, 20))) for _ in range(3000)]
    typed = [(mistyped(word, draw), word) for word in words]
    assert [pair for pair in typed if not found_by_pieces(*pair)] == []


def test_the_nearest_words_are_meant_and_of_equals_the_more_frequent() -> None:
    known = {"vertrag": 3, "vortrag": 30, "betrag": 99, "antrag": 99}
    assert nearest("vertraag", known, 2) == ["vertrag"]
    assert nearest("vrtrag", known, 2) == ["vortrag", "vertrag"]
    assert nearest("vrtrag", known, 1) == ["vortrag"]


@pytest.mark.parametrize("word", ["", "ab", "isb"])
def test_a_short_word_is_meant_as_it_is(word: str) -> None:
    assert (pieces(word), sought_pieces(word), swapped(word)) == ([], [], [])
    assert nearest(word, {"abc": 1}, 2) == []
