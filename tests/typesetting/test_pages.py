"""What the pages of a PDF show."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.typesetting import (
    Document,
    Fact,
    Facts,
    Figure,
    FigureFormat,
    Heading,
    NotTypeset,
    Paragraph,
    Quote,
)
from kaz_bot.typesetting.setting import pdf
from tests.typesetting.documents import FULL, PICTURE, VOTES, document, red_dot
from tests.typesetting.reading import Printed


def test_the_same_document_is_the_same_bytes() -> None:
    assert pdf(FULL) == pdf(FULL)


def test_another_time_is_another_file() -> None:
    assert pdf(replace(FULL, created_at=FULL.created_at + timedelta(seconds=1))) != pdf(FULL)


def test_a_time_between_two_seconds_is_printed_too() -> None:
    between = FULL.created_at.replace(microsecond=123456)
    assert pdf(replace(FULL, created_at=between)).startswith(b"%PDF")


@pytest.mark.parametrize(
    "printed", [FULL, document(), document(*[*FULL.blocks] * 12), document(PICTURE)]
)
def test_no_page_is_empty(printed: Document) -> None:
    assert min(Printed(pdf(printed)).inked()) > 8


def test_pages_are_numbered_in_the_words_of_the_document() -> None:
    long = document(*[Paragraph("Satz.")] * 80)
    pages = Printed(pdf(replace(long, page_words="Page {page} of {pages}"))).pages
    assert [page.split("\n")[-1] for page in pages] == [
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    ]


def test_the_title_heads_every_page_but_the_first() -> None:
    pages = Printed(pdf(document(*[Paragraph("Satz.")] * 80))).pages
    assert [page.split("\n")[0] for page in pages] == ["Beschlüsse"] * 3
    assert [page.count("Beschlüsse") for page in pages] == [1, 1, 1]


@pytest.mark.parametrize("sentences", range(24, 36))
def test_a_heading_and_a_caption_stay_with_what_they_head(sentences: int) -> None:
    before = [Paragraph("Satz.")] * sentences
    printed = Printed(pdf(document(*before, Heading("Stimmen"), VOTES)))
    [at] = [number for number, page in enumerate(printed.pages) if "\nStimmen" in f"\n{page}"]
    assert "Die Stimmen\nStelle Stimme Gewicht\nLandkreis" in printed.pages[at]


@pytest.mark.parametrize("sentences", range(20, 40, 3))
def test_short_facts_are_not_torn_apart(sentences: int) -> None:
    facts = Facts(tuple(Fact(f"Angabe {number}", "ja") for number in range(9)))
    printed = Printed(pdf(document(*[Paragraph("Satz.")] * sentences, facts)))
    assert [page.count("Angabe") for page in printed.pages if "Angabe" in page] == [9]


def test_the_lines_of_a_wording_are_kept() -> None:
    printed = Printed(pdf(document(Quote("1. Erstens\n2. Zweitens\n\nDies gilt ab 2027."))))
    assert "1. Erstens\n2. Zweitens\nDies gilt ab 2027." in printed.text
    assert printed.tags == ["Document", "Title", "BlockQuote", "P", "P"]


def test_german_words_are_hyphenated() -> None:
    narrow = document(Paragraph("Datenschutzgrundverordnungsumsetzung " * 8))
    assert Printed(pdf(narrow)).in_a_row.count("Datenschutzgrundverordnungsumsetzung") == 8


@pytest.mark.parametrize(
    "picture", [PICTURE, replace(PICTURE, content=red_dot(), format=FigureFormat.PNG)]
)
def test_pictures_are_drawn(picture: Figure) -> None:
    assert Printed(pdf(document(picture))).tags.count("Figure") == 1


def test_a_picture_that_is_none_is_refused_without_its_content() -> None:
    broken = replace(PICTURE, content=b"<svg>geheim", alternative="geheim")
    with pytest.raises(NotTypeset, match="failed to ") as refused:
        pdf(document(broken))
    assert "geheim" not in str(refused.value)
