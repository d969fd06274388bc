"""A report says all its figures in words, as lists and as pictures, and gives nobody away."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from kaz_bot.domain.reports.counts import Count
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import Report
from kaz_bot.messages import Making
from kaz_bot.reporting.cells import Teller
from kaz_bot.reporting.files import files_of
from kaz_bot.reporting.layout import document_of
from kaz_bot.reporting.naming import file_name, period_named
from kaz_bot.reporting.overview import summary
from kaz_bot.texts import LANGUAGES, Speech, Texts
from kaz_bot.typesetting import Chart, Document, Heading, KeyFigures, Table, to_json
from kaz_bot.typesetting.page import page
from kaz_bot.typesetting.setting import pdf
from tests.reporting.reports import AREA, BERLIN, COUNTED, FEW, WHOLE, WITHHELD, YEAR
from tests.typesetting.reading import Printed

GERMAN, ENGLISH = (Texts().speech(language) for language in ("de", "en"))
CONTACT = "@kaz:kaz.test"
TABLES = ("report", "report_text", "report_method")


def laid_out(report: Report = WHOLE, speech: Speech = GERMAN, *, sealed: bool = True) -> Document:
    return document_of(report, speech, contact=CONTACT, sealed=sealed)


def headings(document: Document) -> list[str]:
    return [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1
    ]


def tables(document: Document) -> dict[str, Table]:
    """Each by its name, also those that belong to a picture."""
    every = [block.in_rows if isinstance(block, Chart) else block for block in document.blocks]
    return {block.caption: block for block in every if isinstance(block, Table)}


def listed(report: Report = WHOLE, *, sealed: bool = True) -> list[list[str]]:
    """The rows of the file for spreadsheets."""
    sheet = files_of(report, GERMAN, contact=CONTACT, sealed=sealed)[2]
    return list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))


def test_it_tells_everything_in_the_order_of_its_importance() -> None:
    assert headings(laid_out()) == [
        "Das Wichtigste",
        "Anfragen im Lauf der Zeit",
        "Fachgebiete",
        "Arten von Kommunen",
        "Kreise und kreisfreie Städte",
        "Antwortzeiten",
        "Nachnutzung von Lösungen",
        "Bewertungen",
        "Beschlüsse und ihre Umsetzung",
        "Wie die Zahlen entstehen",
    ]


def test_the_report_on_one_area_tells_nothing_of_others() -> None:
    document = laid_out(AREA)
    assert headings(document) == [
        "Das Wichtigste",
        "Anfragen im Lauf der Zeit",
        "Antwortzeiten",
        "Nachnutzung von Lösungen",
        "Bewertungen",
        "Wie die Zahlen entstehen",
    ]
    assert document.subtitle.startswith("Fachgebiet Vergabe & Lizenzen\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_has_its_table_and_its_words(language: str) -> None:
    document = laid_out(speech=Texts().speech(language))
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert len(charts) == 8
    assert all(len(chart.chart.alternative) > 20 for chart in charts)
    assert all(chart.in_rows.caption and chart.in_rows.rows for chart in charts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [WHOLE, AREA])
def test_no_word_is_missing(report: Report, language: str) -> None:
    speech = Texts().speech(language)
    document = laid_out(report, speech)
    written = to_json(document).decode()
    # A word that is not in its table stands there as its key.
    keys = [key for table in TABLES for key in speech.words(table) if "_" in key]
    assert [key for key in keys if key != "page_words" and f'"{key}"' in written] == []
    assert "{" not in page(document).decode().partition("</style>")[2]


def test_a_few_are_told_as_few_in_lists_and_pictures() -> None:
    districts = tables(laid_out())["Anfragen nach Kreis"]
    assert [row[-1] for row in districts.rows] == ["171", "unter 5", "0"]
    [chart] = [
        block.chart
        for block in laid_out().blocks
        if isinstance(block, Chart) and block.title == "Anfragen nach Kreis"
    ]
    assert (chart.series[0].values, chart.series[0].words) == (
        (171, None, 0),
        ("171", "unter 5", "0"),
    )


def test_for_spreadsheets_a_figure_that_is_not_told_is_empty_and_marked() -> None:
    rows = listed()
    assert rows[0] == ["Abschnitt", "Liste", "Zeile", "Spalte", "Wert", "unterdrückt"]
    barnim = [row for row in rows if row[2] == "Barnim"]
    assert [row[3:] for row in barnim if row[3] == "gestellt"] == [["gestellt", "", "ja"]]
    assert ["Bestand an Anfragen", "zurückgezogen", "Anfragen", "", "ja"] in [
        row[1:] for row in rows
    ]
    assert ["Das Wichtigste", "erste Antwort im Ziel", "Wert", "0,910", "nein"] in [
        row[1:] for row in rows
    ]


def test_the_sentences_leave_out_what_is_not_told_exactly() -> None:
    head = replace(WHOLE.head, solved=FEW, open=WITHHELD)
    said = list(summary(replace(WHOLE, head=head), Teller(GERMAN)))
    assert said[0] == "Die Kommunen haben 2.000 Anfragen gestellt."


def test_the_most_important_is_said_in_plain_words() -> None:
    assert list(summary(WHOLE, Teller(GERMAN))) == [
        (
            "Die Kommunen haben 2.000 Anfragen gestellt. Das Kaz hat 1.852 Anfragen gelöst. "
            "Am Ende waren 61 Anfragen offen."
        ),
        "Aus 2 von 3 Kreisen und kreisfreien Städten kamen Anfragen.",
        (
            "91 Prozent der Anfragen wurden rechtzeitig zum ersten Mal beantwortet. "
            "Die Hälfte der ersten Antworten kam innerhalb von 2,4 Stunden."
        ),
        "16 Prozent der gelösten Anfragen beantwortete eine Lösung, die es schon gab.",
        "93 Prozent der Bewertungen lauten hilfreich.",
        "Das Steuerungsgremium hat 2 Beschlüsse gefasst. Davon ist einer umgesetzt.",
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (COUNTED(0), "In diesem Zeitraum wurde nichts gefragt."),
        (FEW, "Die Kommunen haben weniger als fünf Anfragen gestellt."),
    ],
)
def test_little_is_said_of_little(asked: Count, said: str) -> None:
    head = replace(WHOLE.head, asked=asked)
    assert next(summary(replace(WHOLE, head=head), Teller(GERMAN))) == said


def test_titles_said_encrypted_are_left_out_elsewhere() -> None:
    shown, hidden = (laid_out(sealed=sealed) for sealed in (True, False))
    assert b"Geheimer Titel" in to_json(shown)
    assert b"Geheimer Titel" not in to_json(hidden)
    assert b"L-7" in to_json(hidden)
    assert "Geheimer Titel" not in str(listed(sealed=False))
    assert "Abruf aus dem Rahmenvertrag" in str(listed(sealed=False))


def test_municipalities_are_listed_in_the_report_on_them_alone() -> None:
    about = replace(WHOLE, kind=ReportKind.MUNICIPALITIES, committee=None)
    name = "Kommunen mit mindestens fünf Anfragen"
    assert name not in tables(laid_out())
    assert tables(laid_out(about))[name].rows == (("Eberswalde", "Stadt", "Barnim", "12"),)


def test_a_decision_that_was_not_published_is_told_by_its_number() -> None:
    decisions = tables(laid_out())["Beschlüsse des Zeitraums"]
    assert decisions.rows == (
        ("2026/1", "Arbeitsprogramm 2026", "10.01.2026", "umgesetzt", "3", "2", "1"),
        ("2026/2", "nicht veröffentlicht", "05.03.2026", "noch offen", "0", "0", "0"),
    )


def test_long_times_are_told_in_working_days() -> None:
    solutions = tables(laid_out())["Zeit bis zur Lösung"]
    assert [row[1] for row in solutions.rows] == ["1 Stunde", "5 Arbeitstage", "–"]


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "3. Quartal 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "Februar 2026"),
        (date(2026, 1, 1), date(2026, 5, 31), "Januar bis Mai 2026"),
        (date(2025, 10, 1), date(2026, 3, 31), "Oktober 2025 bis März 2026"),
        (date(2026, 1, 5), date(2026, 2, 3), "05.01.2026 bis 03.02.2026"),
    ],
)
def test_a_period_is_called_as_people_call_it(since: date, until: date, named: str) -> None:
    assert period_named(Period(since=since, until=until, zone=BERLIN), GERMAN) == named


def test_a_period_that_still_runs_is_told_with_its_moment() -> None:
    running = replace(WHOLE, as_of=YEAR.starts_at)
    assert laid_out(running).subtitle.split("\n")[2] == (
        "Stand: Donnerstag, 1. Januar 2026, 0:00 Uhr, der Zeitraum läuft noch"
    )


def test_a_few_months_stand_as_bars_and_many_as_lines() -> None:
    long = Period(since=date(2025, 1, 1), until=date(2026, 12, 31), zone=BERLIN)
    months = tuple(replace(WHOLE.months[0], month=month) for month in long.months)
    kinds = [
        type(block.chart).__name__
        for report in (WHOLE, replace(WHOLE, months=months))
        for block in laid_out(report).blocks[3:5]
        if isinstance(block, Chart)
    ]
    assert kinds == ["BarChart", "LineChart"]


def test_the_files_are_made_on_their_way() -> None:
    files = files_of(WHOLE, ENGLISH, contact=CONTACT, sealed=True)
    assert [(file.name, file.media_type, file.making) for file in files] == [
        ("report-it-rat-2026.pdf", "application/pdf", Making.PDF),
        ("report-it-rat-2026.html", "text/html", Making.PAGE),
        ("report-it-rat-2026.csv", "text/csv", Making.FINISHED),
        ("report-it-rat-2026-pictures.zip", "application/zip", Making.PICTURES),
    ]
    assert file_name(AREA, GERMAN) == "bericht-procurement-2026"


def test_in_print_it_is_short_and_starts_with_its_figures() -> None:
    printed = Printed(pdf(laid_out()))
    assert len(printed.pages) <= 8
    assert "Bericht 2026\nUnterstützung der Kommunen durch das Kaz" in printed.pages[0]
    assert "2 von 3\nKreise und kreisfreie \nStädte\nhaben gefragt" in printed.pages[0]
    assert isinstance(laid_out().blocks[1], KeyFigures)


def test_it_says_whom_to_tell_of_barriers() -> None:
    assert CONTACT in Printed(pdf(laid_out())).in_a_row
