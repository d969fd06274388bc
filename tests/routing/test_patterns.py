"""How phrases of a word list are found in a text."""

import pytest

from kaz_bot.routing.features import content
from kaz_bot.routing.patterns import Hit, Phrase, Phrasebook, phrases


def found(phrase: str, text: str) -> list[tuple[int, int]]:
    book = Phrasebook([Phrase.read(phrase, "it")])
    return [(hit.first, hit.last) for hit in book.hits(content(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("vertrag", "Der Vertrag.", [(1, 1)]),
        ("vertrag", "Vertragsende", []),
        ("vertrag*", "Verträge", [(0, 0)]),
        ("*vertrag", "Rahmenvertrag", [(0, 0)]),
        ("*vertrag", "Rahmenvertragsende", []),
        ("*vertrag*", "Rahmenvertragsende", [(0, 0)]),
        ("geht nicht", "Das geht nicht", [(1, 2)]),
        ("geht nicht", "Das geht gar nicht", []),
        ("geht .. nicht", "Das geht hier gar nicht", [(1, 4)]),
        ("geht .. nicht", "geht a b c d e f nicht", []),
        ("it-rat*", "Im IT-Rates-Beschluss", [(1, 2)]),
    ],
)
def test_a_phrase_is_found_where_its_words_stand(
    phrase: str, text: str, places: list[tuple[int, int]]
) -> None:
    assert found(phrase, text) == places


def test_a_list_is_groups_of_phrases_between_commas() -> None:
    book = Phrasebook(phrases("# a list\n= one\nrot, blau\n= two\ngrün", within="colour/"))
    assert list(book.hits(content("blau grün"))) == [
        Hit(means="colour/one", first=0, last=0),
        Hit(means="colour/two", first=1, last=1),
    ]


@pytest.mark.parametrize("phrase", ["", "..", "a ..", ".. b"])
def test_a_phrase_that_begins_or_ends_nowhere_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="begins and ends with a word"):
        Phrase.read(phrase, "it")
