"""A page on the screen can be read by everybody: by its structure, without eyes, enlarged, in the
dark; and it is complete in itself (WCAG 2.1, level AA)."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.messages import Making
from kaz_bot.typesetting import (
    Chart,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    NotTypeset,
    Paragraph,
    Quote,
    Table,
    from_json,
    made,
    to_json,
)
from kaz_bot.typesetting.packed import packed
from kaz_bot.typesetting.page import page
from kaz_bot.typesetting.setting import pdf
from tests.plots.charts import COLUMNS, LINES, ROWS
from tests.plots.seeing import contrast
from tests.typesetting.documents import FULL, PICTURE, VOTES, document
from tests.typesetting.reading import Printed

REPORT = replace(
    FULL,
    blocks=(
        Heading("Das Wichtigste"),
        KeyFigures((KeyFigure("2.000", "Anfragen", "1.852 gelöst"), KeyFigure("91 %", "im Ziel"))),
        *FULL.blocks,
        Heading("Im Lauf der Zeit"),
        Chart(chart=COLUMNS),
        Heading("Kreise", 2),
        Chart(chart=ROWS, caption="Woher", table=VOTES),
        Chart(chart=LINES),
        Table(columns=VOTES.columns, rows=VOTES.rows),
    ),
    banner=True,
    contents="Inhalt",
    skip="Zum Inhalt springen",
)
HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=a>\"' & \u202e\x00\x1b"
ALONE = {"meta", "img", "br"}


@dataclass
class Element:
    """A tag of the page, and the text in it."""

    tag: str
    given: dict[str, str]
    text: str = ""
    within: tuple[str, ...] = ()


@dataclass
class Read:
    """What a browser finds."""

    elements: list[Element] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.elements if one.tag in tags]

    @property
    def ids(self) -> list[str]:
        return [one.given["id"] for one in self.elements if "id" in one.given]

    def named(self, element: Element) -> str:
        """What it is called by a screen reader."""
        named = element.given.get("aria-labelledby", "").split()
        words = [one.text for key in named for one in self.elements if one.given.get("id") == key]
        return " ".join(words).strip()


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.read = Read()
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        within = tuple(one.tag for one in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, within=within)
        self.read.elements.append(element)
        if tag not in ALONE:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop().tag != tag:
            self.read.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def read(document: Document) -> Read:
    return Reader(page(document).decode()).read


@pytest.fixture(scope="module")
def report() -> Read:
    return read(REPORT)


def test_each_tag_is_closed_where_it_was_opened(report: Read) -> None:
    assert report.crossed == []


@pytest.mark.parametrize("language", Language)
def test_it_says_its_language(language: Language) -> None:
    [html] = read(replace(REPORT, language=language)).all("html")
    assert html.given == {"lang": language}


def test_it_has_a_title_and_one_heading_that_is_the_same(report: Read) -> None:
    [title] = [one for one in report.all("title") if "head" in one.within]
    [heading] = report.all("h1")
    assert (title.text, heading.text) == ("Beschlüsse", "Beschlüsse")


def test_it_has_its_landmarks_once(report: Read) -> None:
    assert [one.tag for one in report.all("header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]


def test_its_headings_leave_out_no_level(report: Read) -> None:
    levels = [int(one.tag[1]) for one in report.all("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 2, 3, 2, 3]
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_the_first_thing_one_comes_to_leads_over_all_that_repeats(report: Read) -> None:
    first = report.all("a")[0]
    assert (first.text, first.given["href"]) == ("Zum Inhalt springen", "#main")
    [main] = report.all("main")
    assert main.given == {"id": "main", "tabindex": "-1"}


def test_its_contents_lead_to_its_parts(report: Read) -> None:
    entries = [one for one in report.all("a") if "nav" in one.within]
    assert [one.text for one in entries] == ["Das Wichtigste", "Grundlagen", "Im Lauf der Zeit"]
    assert {one.given["href"].removeprefix("#") for one in entries} <= set(report.ids)
    [nav] = report.all("nav")
    assert report.named(nav) == "Inhalt"


def test_each_part_is_named_by_its_heading(report: Read) -> None:
    assert [report.named(one) for one in report.all("section")] == [
        "Das Wichtigste",
        "Grundlagen",
        "Im Lauf der Zeit",
    ]


def test_each_picture_is_told_in_words(report: Read) -> None:
    assert [one.given["alt"] for one in report.all("img")] == [PICTURE.alternative]
    pictures = report.all("svg")
    assert {one.given["role"] for one in pictures} == {"img"}
    assert [report.named(one) for one in pictures] == [
        f"{COLUMNS.title} {COLUMNS.alternative}",
        f"Woher {ROWS.alternative}",
        f"{LINES.title} {LINES.alternative}",
    ]


def test_each_table_has_a_name_also_where_none_is_seen(report: Read) -> None:
    assert [one.text for one in report.all("caption")] == [
        "Die Stimmen",
        "Anfragen je Monat",
        "Die Stimmen",
        "Time to the answer",
        "Kreise",
    ]
    assert len(report.all("caption")) == len(report.all("table"))


def test_each_head_of_a_table_says_what_it_is_the_head_of(report: Read) -> None:
    assert {one.given.get("scope") for one in report.all("th")} == {"col", "row"}
    rows = [one for one in report.all("th") if one.given["scope"] == "row"]
    assert len(rows) == len(report.all("tr")) - len(report.all("thead"))


def test_what_is_too_wide_is_moved_by_keys_as_well(report: Read) -> None:
    around = [one for one in report.all("div") if one.given.get("role") == "region"]
    assert [(one.given["tabindex"], report.named(one) != "") for one in around] == [
        ("0", True)
    ] * len(report.all("table", "svg"))


def test_no_two_parts_have_the_same_id(report: Read) -> None:
    assert len(report.ids) == len(set(report.ids))


def test_what_is_drawn_finds_its_own_letters(report: Read) -> None:
    used = {one.given["xlink:href"].removeprefix("#") for one in report.all("use")}
    assert used <= set(report.ids)


def test_it_asks_for_nothing_from_outside() -> None:
    html = page(REPORT).decode()
    assert re.findall(r"https?://(?!www\.w3\.org/)", html) == []
    assert re.findall(r"<(?:script|link|iframe|object|embed|base|form)\b|@import|url\(", html) == []
    assert {one.given.get("src", "data:")[:5] for one in read(REPORT).elements} == {"data:"}


def test_a_browser_is_told_to_run_and_fetch_nothing(report: Read) -> None:
    policies = [
        one.given["content"]
        for one in report.all("meta")
        if one.given.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


def test_it_may_be_enlarged(report: Read) -> None:
    [view] = [one for one in report.all("meta") if one.given.get("name") == "viewport"]
    assert view.given["content"] == "width=device-width, initial-scale=1"


def test_whatever_is_typed_is_text() -> None:
    table = Table(columns=(Column(HOSTILE), Column(HOSTILE)), rows=((HOSTILE, HOSTILE),))
    chart = replace(COLUMNS, title=HOSTILE, alternative=HOSTILE, axis=HOSTILE, unit=HOSTILE)
    typed = replace(
        document(
            Heading(HOSTILE),
            Paragraph(HOSTILE),
            Facts((Fact(HOSTILE, HOSTILE),)),
            Quote(HOSTILE, source=HOSTILE),
            KeyFigures((KeyFigure(HOSTILE, HOSTILE, HOSTILE),)),
            replace(PICTURE, alternative=HOSTILE, caption=HOSTILE),
            replace(table, caption=HOSTILE),
            Chart(chart=chart, table=table),
            title=HOSTILE,
        ),
        subtitle=HOSTILE,
        author=HOSTILE,
        notes=(HOSTILE,),
        contents=HOSTILE,
        skip=HOSTILE,
    )
    found = read(typed)
    assert (found.all("script"), found.crossed) == ([], [])
    assert [one.given["alt"][:8] for one in found.all("img")] == ["</title>"]
    assert re.findall("[\x00\x1b\u202e]", page(typed).decode()) == []


def test_the_same_document_is_the_same_bytes() -> None:
    assert page(REPORT) == page(REPORT)
    assert packed(REPORT) == packed(REPORT)
    assert pdf(REPORT) == pdf(REPORT)


def colours(styles: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", styles))


@pytest.mark.parametrize("dark", [False, True])
def test_its_words_are_read_by_day_and_by_night(dark: bool) -> None:
    sheet = files("kaz_bot.typesetting").joinpath("data", "page.css").read_text("utf-8")
    day, night, *_ = sheet.split(":root {")[1:]
    seen = colours(day) | (colours(night) if dark else {})
    words = [
        (seen[ink], seen[on]) for ink in ("ink", "quiet", "accent") for on in ("paper", "tint")
    ]
    assert min(contrast(*pair) for pair in [*words, (seen["on-band"], seen["band"])]) >= 4.5


def test_a_chart_in_print_is_a_picture_with_its_table() -> None:
    printed = Printed(pdf(replace(REPORT, blocks=(Chart(chart=COLUMNS),))))
    assert printed.attribute("Figure", "Alt") == [COLUMNS.alternative]
    assert (printed.tags.count("Table"), printed.tags.count("TD")) == (1, 9)
    assert "1.204" in printed.text


def test_key_figures_are_read_with_their_labels() -> None:
    printed = Printed(pdf(replace(REPORT, blocks=REPORT.blocks[:2])))
    assert "2.000\nAnfragen\n1.852 gelöst\n91 %\nim Ziel" in printed.text


def test_a_document_with_charts_waits_as_json() -> None:
    assert from_json(to_json(REPORT)) == REPORT


def test_its_pictures_are_packed_in_their_order() -> None:
    with ZipFile(BytesIO(packed(REPORT))) as folder:
        names = folder.namelist()
        beginnings = [folder.read(name)[:5] for name in names]
    assert names == [
        "01-anfragen-je-monat.png",
        "01-anfragen-je-monat.svg",
        "02-anfragen-nach-kreis.png",
        "02-anfragen-nach-kreis.svg",
        "03-time-to-the-answer.png",
        "03-time-to-the-answer.svg",
    ]
    assert beginnings == [b"\x89PNG\r", b"<?xml"] * 3


@pytest.mark.parametrize(
    ("making", "make"), [(Making.PDF, pdf), (Making.PAGE, page), (Making.PICTURES, packed)]
)
async def test_a_process_of_its_own_makes_the_same(making: Making, make: object) -> None:
    assert callable(make)
    assert await made(to_json(REPORT), making) == make(REPORT)


async def test_without_charts_there_is_nothing_to_pack() -> None:
    with pytest.raises(NotTypeset, match="no charts"):
        await made(to_json(FULL), Making.PICTURES)
