"""Lists for spreadsheets: opened by Excel in a German office, and calculated by none."""

import csv
from dataclasses import replace

import pytest

from kaz_bot.register import Sheet, csv_file, csv_of, document_of, sheet_of
from kaz_bot.texts import Texts
from kaz_bot.typesetting import Column, Paragraph, Table
from tests.register.extracts import extract, register
from tests.register.records import NOON, new_decision

GERMAN = Texts().speech("de")
ENGLISH = Texts().speech("en")
SHEET = Sheet(title="Liste", columns=(Column("Nr."), Column("Was")), rows=(("1", "eins"),))


def read(content: bytes) -> list[list[str]]:
    """As a spreadsheet reads it."""
    return [*csv.reader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";")]


def test_excel_finds_the_encoding_the_separator_and_the_lines() -> None:
    assert csv_of(SHEET) == b'\xef\xbb\xbf"Nr.";"Was"\r\n"1";"eins"\r\n'


def test_quotes_separators_and_lines_stay_in_their_cell() -> None:
    sheet = replace(SHEET, rows=(("1", 'ein "Wort"; noch\r\neins\rund\neins'),))
    assert read(csv_of(sheet)) == [["Nr.", "Was"], ["1", 'ein "Wort"; noch\neins\nund\neins']]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "  =", "\n+"])
def test_what_would_be_a_formula_is_text(sign: str) -> None:
    [_, [_, cell]] = read(csv_of(replace(SHEET, rows=(("1", f"{sign}1+1"),))))
    assert cell.startswith("'")


def test_what_no_file_takes_is_left_out() -> None:
    sheet = replace(SHEET, rows=(("1", "a\0b\ud800c"),))
    assert read(csv_of(sheet))[1] == ["1", "ab?c"]


def test_a_list_is_printed_as_a_table_or_says_that_it_is_empty() -> None:
    printed = document_of(SHEET, GERMAN, NOON)
    assert printed.blocks == (Table(columns=SHEET.columns, rows=SHEET.rows),)
    empty = document_of(replace(SHEET, rows=()), GERMAN, NOON)
    assert empty.blocks == (Paragraph("Es gibt keine Einträge."),)


def test_a_decision_is_a_row_under_words_of_the_language() -> None:
    [entry] = register(new_decision())
    content = csv_file("x", sheet_of(extract(replace(entry, published_at=NOON)), GERMAN)).content
    [headings, row] = read(content)
    said = dict(zip(headings, row, strict=True))
    assert said["Nummer"] == "2026/1"
    assert said["Beschlossen am"] == "30.09.2026"
    assert said["Wortlaut"] == "Die Ausschreibung beginnt im März.\nDas ZIT-BB führt sie durch."
    assert said["Ergebnis"] == "Ja: 2, Nein: 0, Enthaltung: 1, befangen: 0, keine Stimme: 1"
    assert said["Erklärungen zur Abstimmung"] == (
        "MIK (Enthaltung): Die Finanzierung ab 2028 ist offen."
    )
    assert said["Veröffentlicht am"] == "30.09.2026"
    assert said["Umgesetzt am"] == ""
    assert said["Prüfsumme"] == entry.decision.digest


def test_a_list_in_english_has_english_headings() -> None:
    [headings, row] = read(csv_of(sheet_of(extract(), ENGLISH)))
    assert headings[:2] == ["Number", "Decided on"]
    assert row[1] == "2026-09-30"


def test_what_people_wrote_into_a_decision_is_no_formula() -> None:
    entries = register(new_decision(title='=HYPERLINK("http://kaz.test")', lead="@SUM(1)"))
    [_, row] = read(csv_of(sheet_of(extract(*entries), GERMAN)))
    assert row[2] == '\'=HYPERLINK("http://kaz.test")'
    assert row[5] == "'@SUM(1)"
