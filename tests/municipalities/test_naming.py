"""Where a text names a municipality, so that it can be taken out; rather none than a wrong one."""

import pytest

from kaz_bot.municipalities import directory


def places(text: str) -> list[str]:
    """What the places are, as they were written."""
    return [text[start:end] for start, end, _ in directory().named_in(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Das gilt in Cottbus und Potsdam.", ["Cottbus", "Potsdam"]),
        ("Die Stadt Cottbus fragt.", ["Stadt Cottbus"]),
        ("Die Satzung des Landkreises Oberhavel", ["Landkreises Oberhavel"]),
        ("Beim LK PM nachfragen", ["LK PM"]),
        ("Bei OHV nachfragen", ["OHV"]),
        ("Das Amt Odervorland hat das.", ["Amt Odervorland"]),
        ("Die Potsdamer Lösung, Cottbus' Vertrag", ["Potsdamer", "Cottbus"]),
        ("Potsdams Vertrag, Luckenwalder Weg", ["Potsdams", "Luckenwalder"]),
        (
            "In Frankfurt (Oder) und Luebben (Spreewald)",
            ["Frankfurt (Oder)", "Luebben (Spreewald)"],
        ),
        ("Brandenburg an der Havel zahlt.", ["Brandenburg an der Havel"]),
        ("in Potsdam-Mittelmark", ["Potsdam-Mittelmark"]),
        ("info@cottbus.de", ["cottbus"]),
        ("wir in eisenhüttenstadt", ["eisenhüttenstadt"]),
        ("Auf Sorbisch: Chóśebuz", ["Chóśebuz"]),
        ("Gemeinde Berge, und in Halbe", ["Gemeinde Berge", "Halbe"]),
        ("Schlüssel 12052000", ["12052000"]),
    ],
)
def test_a_name_is_seen_in_every_form(text: str, named: list[str]) -> None:
    assert places(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Halbe Sachen machen wir nicht.",
        "Das Land Brandenburg und Brandenburgs Kommunen",
        "Wir weisen darauf hin: die Berge, die Burg, der Forst.",
        "Die PM plant, das LOS entscheidet, UM die Frist geht es.",
        "Frankfurt am Main ist weit weg.",
        "Das Amt für Soziales der Stadt",
        "",
    ],
)
def test_ordinary_words_and_other_places_are_none(text: str) -> None:
    assert places(text) == []


def test_the_word_before_it_says_which_of_a_name() -> None:
    [(_, _, amt)] = directory().named_in("Das Amt Golzow")
    [(_, _, village)] = directory().named_in("Die Gemeinde Golzow")
    assert (amt.kind, village.kind) == ("amt", "municipality")


def test_a_long_text_is_read_in_no_time() -> None:
    assert len(places("Cottbus und Potsdam sagen: Halbe Sachen. " * 2000)) == 4000
