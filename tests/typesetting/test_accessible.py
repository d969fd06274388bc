"""A PDF is read by programs for those who do not see it: all of it, in order, by its structure."""

from dataclasses import replace

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.typesetting import Column, Facts, Heading, Items, Paragraph, Quote, Table
from kaz_bot.typesetting.setting import pdf
from tests.typesetting.documents import FULL, PICTURE, VOTES, document
from tests.typesetting.reading import Printed


@pytest.fixture(scope="module")
def full() -> Printed:
    return Printed(pdf(FULL))


def test_it_is_tagged(full: Printed) -> None:
    assert full.root("/MarkInfo") == {"/Marked": True, "/Suspects": False}
    assert full.tags[0] == "Document"


def test_it_says_that_it_keeps_the_standards_for_access_and_for_archives(full: Printed) -> None:
    claimed = {
        "<pdfuaid:part>1<",
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
    }
    assert {claim for claim in claimed if claim in full.claims} == claimed


@pytest.mark.parametrize("language", Language)
def test_it_says_its_language(language: Language) -> None:
    assert Printed(pdf(replace(FULL, language=language))).root("/Lang") == language


def test_its_title_is_shown_instead_of_its_name(full: Printed) -> None:
    assert full.root("/ViewerPreferences") == {"/DisplayDocTitle": True, "/Direction": "/L2R"}
    told = {key: full.properties[key] for key in ("/Title", "/Author", "/Subject", "/CreationDate")}
    assert told == {
        "/Title": "Beschlüsse",
        "/Author": "Steuerungsgremium",
        "/Subject": "Register",
        "/CreationDate": "D:20260925070000Z",
    }


def test_each_part_is_tagged_as_what_it_is(full: Printed) -> None:
    fact = ["LI", "Lbl", "Strong", "LBody"]
    item = ["LI", "Lbl", "LBody"]
    assert full.tags == [
        *("Document", "P", "Title", "P", "H1", "P", "P"),
        *("L", *fact, *fact),
        "H2",
        *("Table", "Caption", "Span"),
        *("THead", "TR", "TH", "TH", "TH"),
        *("TBody", "TR", "TD", "TD", "TD", "TR", "TD", "TD", "TD"),
        *("BlockQuote", "P", "P"),
        *("L", *item, *item),
        *("L", *item, *item),
        *("Div", "Caption", "Span", "Figure"),
        *("P", "P"),
    ]


def test_the_heads_of_a_table_are_heads_of_columns(full: Printed) -> None:
    assert full.scopes == ["/Column"] * 3


def test_a_picture_is_told_in_words(full: Printed) -> None:
    assert full.attribute("Figure", "Alt") == ["Ein ausgefülltes Quadrat"]


def test_the_headings_are_listed_as_bookmarks(full: Printed) -> None:
    assert full.bookmarks == ["Grundlagen", "Abstimmung"]


def test_it_is_read_in_the_order_in_which_it_was_written(full: Printed) -> None:
    assert full.text.split("\n") == [
        "Steuerungsgremium",
        "Beschlüsse",
        "Jahr 2026",
        "Grundlagen",
        "Das Gremium hat beraten.",
        "Es war beschlussfähig.",
        "Federführung Stadt Cottbus/Chóśebuz",
        "Ort Potsdam",
        "Abstimmung",
        "Die Stimmen",
        "Stelle Stimme Gewicht",
        "Landkreis Spree-Neiße Ja 2",
        "Stadt Cottbus/Chóśebuz Enthaltung 1",
        "Die Kommunen nutzen den Dienst gemeinsam.",
        "Beschluss 2026/3",
        "• Vergabe vorbereiten",
        "• Bericht geben",
        "1. Erstens",
        "2. Zweitens",
        "Das Quadrat",
        "Was nicht gelesen werden muss.",
        "Erstellt am Freitag, 25. September 2026.",
        "Steuerungsgremium Seite 1 von 1",
    ]


def test_no_level_of_headings_is_left_out() -> None:
    headings = [Heading("a", 3), Heading("b", 3), Heading("c", 9), Heading("d", 0), Heading("e", 3)]
    printed = Printed(pdf(document(*headings)))
    assert printed.tags == ["Document", "Title", "H1", "H2", "H3", "H1", "H2"]


def test_what_says_nothing_leaves_no_trace() -> None:
    nothing = document(Heading("\x00"), Paragraph(" \n"), Facts(()), Items(()), Quote(""))
    assert Printed(pdf(nothing)).tags == ["Document", "Title"]


def test_a_document_without_a_title_still_has_one() -> None:
    assert Printed(pdf(document(title="\x00"))).properties["/Title"] == "–"


def test_a_picture_whose_words_cannot_be_printed_still_has_some() -> None:
    printed = Printed(pdf(document(replace(PICTURE, alternative="\x00"))))
    assert printed.attribute("Figure", "Alt") == ["–"]


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    long = Table(columns=VOTES.columns, rows=VOTES.rows * 50)
    printed = Printed(pdf(document(long)))
    assert len(printed.pages) == 3
    assert ["Stelle Stimme Gewicht" in page for page in printed.pages] == [True] * 3
    assert printed.tags.count("TH") == 3


def test_a_table_may_have_no_rows() -> None:
    printed = Printed(pdf(document(Table(columns=(Column("Jahr"),), rows=()))))
    assert printed.tags == ["Document", "Title", "Table", "TR", "TH"]
