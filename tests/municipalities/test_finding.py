"""A municipality is found however people call it, and several are told apart."""

from collections.abc import Sequence

import pytest

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey
from kaz_bot.municipalities import directory

PM, COTTBUS, ODERVORLAND = "12069", "12052", "120675706"
SPREE_NEISSE, LUEBBEN, FRANKFURT = "12071", "120610316316", "12053"


def keys(found: Sequence[Municipality]) -> list[str]:
    return [str(one.key) for one in found]


def kinds(text: str) -> list[str]:
    return sorted(f"{one.kind} {one.name}" for one in directory().find(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("LK PM", PM),
        ("PM", PM),
        ("pm", PM),
        ("Kreis PM", PM),
        ("Landkreis Potsdam-Mittelmark", PM),
        ("potsdam mittelmark", PM),
        ("12069", PM),
        ("12069000", PM),
        ("Wir sind vom Landkreis Potsdam-Mittelmark.", PM),
        ("Amt Odervorland", ODERVORLAND),
        ("odervorland", ODERVORLAND),
        ("120675706", ODERVORLAND),
        ("Cottbus", COTTBUS),
        ("Chóśebuz", COTTBUS),
        ("chosebuz", COTTBUS),
        ("CB", COTTBUS),
        ("Stadt Cottbus", COTTBUS),
        ("Stadtverwaltung Cottbus", COTTBUS),
        ("Cottbus/Chóśebuz, Stadt", COTTBUS),
        ("City of Cottbus", COTTBUS),
        ("12052000", COTTBUS),
        ("120520000000", COTTBUS),
        ("Spree-Neiße", SPREE_NEISSE),
        ("spree-neisse", SPREE_NEISSE),
        ("LK SPN", SPREE_NEISSE),
        ("Lübben", LUEBBEN),
        ("Luebben (Spreewald)", LUEBBEN),
        ("Frankfurt", FRANKFURT),
        ("Frankfurt/Oder", FRANKFURT),
        ("Frankfurt a. d. Oder", FRANKFURT),
        ("VG Liebenwerda", "120625031"),
        ("Verbandsgemeinde Liebenwerda", "120625031"),
        ("Schwedt", "120735051532"),
        ("Amt Seelow", "120645412"),
        ("Amt Putlitz", "120705009"),
        ("Ostprignitz", "12068"),
        ("Stadt Brandenburg", "12051"),
        ("BRB", "12051"),
    ],
)
def test_every_way_to_call_it_means_one(text: str, key: str) -> None:
    assert keys(directory().find(text)) == [key]


@pytest.mark.parametrize(
    ("mistyped", "key"),
    [
        ("Cotbus", COTTBUS),
        ("Postdam", "12054"),
        ("Amt Oderforland", ODERVORLAND),
        ("Ebeswalde", "120600052052"),
        ("Landkreis Oberhavl", "12065"),
    ],
)
def test_a_slip_of_the_finger_is_overlooked(mistyped: str, key: str) -> None:
    assert keys(directory().find(mistyped)) == [key]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Golzow", ["amt Golzow", "municipality Golzow", "municipality Golzow"]),
        ("Gemeinde Golzow", ["municipality Golzow", "municipality Golzow"]),
        ("Amt Golzow", ["amt Golzow"]),
        ("Stadt Golzow", ["amt Golzow", "municipality Golzow", "municipality Golzow"]),
        ("Mittenwalde", ["municipality Mittenwalde", "town Mittenwalde"]),
        ("Stadt Mittenwalde", ["town Mittenwalde"]),
        ("Gransee", ["amt Gransee und Gemeinden", "town Gransee"]),
        ("Falkenberg", ["municipality Falkenberg", "town Falkenberg/Elster"]),
        ("Liebenwerda", ["town Bad Liebenwerda", "verbandsgemeinde Liebenwerda"]),
        ("Schoenfelde", ["municipality Schönefeld", "municipality Schönfeld"]),
    ],
)
def test_the_word_before_a_name_decides_and_without_it_all_are_offered(
    text: str, found: list[str]
) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "!", "Amt", "Die Stadt", "xyz", "Brandenburg", "Land Brandenburg"),
        *("Oder", "Spree", "Berlin", "Frankfurt am Main", "0", "1205", "🎫", "x" * 100_000),
    ],
)
def test_what_is_none_is_not_found(text: str) -> None:
    assert directory().find(text) == []


def test_the_state_is_no_town_but_one_of_nearly_that_name_is_suggested() -> None:
    assert keys(directory().nearest("Brandenburg"))[0] == "12051"


@pytest.mark.parametrize("text", ["", "Amt", "xyz"])
def test_nothing_is_suggested_for_what_is_like_no_name(text: str) -> None:
    assert directory().nearest(text) == []


@pytest.mark.parametrize("key", ["12069", "12069000"])
def test_it_is_known_by_either_key(key: str) -> None:
    known = directory().get(MunicipalityKey(key))
    assert known is not None
    assert (known.key, known.plate) == (PM, "PM")


def test_what_has_no_such_key_is_unknown() -> None:
    assert directory().get("99999") is None


def test_every_name_of_the_register_is_found_with_its_kind() -> None:
    words = {"amt": "Amt", "district": "Landkreis", "verbandsgemeinde": "VG"}
    towns = {"town": "Stadt", "independent_city": "Stadt", "mitverwaltung": "Mitverwaltung"}
    missing = [
        one.name
        for one in directory().all
        if one not in directory().find(f"{(words | towns).get(one.kind, 'Gemeinde')} {one.name}")
    ]
    assert missing == []
