"""Whatever people type is printed as words, and never keeps a document from being printed."""

from dataclasses import replace

import pytest

from kaz_bot.typesetting import (
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Quote,
    Table,
)
from kaz_bot.typesetting.setting import pdf
from tests.typesetting.documents import PICTURE, document
from tests.typesetting.reading import Printed

MARKUP = (
    r"""#panic("x") #set page(height: 1pt) $x^2$ *b* _i_ `r` ```c``` \u{41} = H - i + n / t: d"""
)
MORE_MARKUP = (
    r"""<label> @ref // c /* d */ ~ -- --- ... 'a' "b" [c] {d} #{1+1} \ \# https://kaz.test"""
)
HOSTILE = {
    "markup": MARKUP,
    "more markup": MORE_MARKUP,
    "a command that reads a file": '#read("/etc/passwd") #import "/etc/passwd": *',
    "html and templates": "<b>x</b> &amp; {{ x }} {% x %} {page} {pages} %s %(x)s \\n",
    "controls": "a\x00b\x07c\x1b[31md\x7fe\x85f\u2028g\ufffeh\uffffi",
    "half pairs": "a\ud83db\ude00c",
    "one word of 8000 letters": "A" * 8000,
    "one word of no letters": "9-" * 4000,
    "a word that cannot be hyphenated": "xqzv" * 9,
    "8000 letters": "Datenschutz und Verwaltung " * 296,
    "2000 lines": "x\n" * 2000,
    "8000 empty lines": "\n" * 8000 + "x",
    "nothing but spaces": " " * 8000,
    "nothing": "",
    "the other direction": "שלום עולם مرحبا بالعالم (\u202eabc\u202c) \u2066x",
    "pictures": "👨‍👩‍👧 🇩🇪 ❤️ 1️⃣ 👍🏽 ✅ ❌ ⚪ ⚠️ 🏴\U000e0067\U000e0062\U000e007f",
    "a heap of marks": "Z" + "\u0301\u0302\u0323\u0335" * 200 + "algo",
    "a mark upon nothing": "\u0301a \u20dd",
    "marks of several fonts upon a picture": "a 🟡\u0670 🐜\u1dc9 \u07ec🟡\u0670",
    "letters that no font has": "漢字 한국어 नमस्ते ไทย ﷽ \ue000 \U0010fffd",
    "what has no width": "a\u200bb\u200dc\ufe0fd\u00ade\u2060f\ufeffg",
}


def everywhere(words: str) -> Document:
    """A document that has the words in each place that words can stand in."""
    table = Table(
        columns=(Column(words), Column("b", numeric=True), Column(words)),
        rows=((words, words, words), ("1", "2", "3")),
        caption=words,
    )
    blocks = (
        Heading(words),
        Paragraph(words),
        Paragraph(words, quiet=True),
        Facts((Fact(words, words), Fact("x", words))),
        table,
        Items((words, words)),
        Items((words,), numbered=True),
        Quote(words, words),
        replace(PICTURE, alternative=f"x{words}", caption=words),
    )
    return replace(
        document(*blocks, title=words),
        page_words=words,
        author=words,
        subtitle=words,
        subject=words,
        notes=(words, words),
    )


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_any_words_anywhere_make_an_accessible_file(words: str) -> None:
    printed = Printed(pdf(everywhere(words)))
    assert "<pdfuaid:part>1<" in printed.claims
    assert min(printed.inked()) > 1


@pytest.mark.parametrize("words", [MARKUP, MORE_MARKUP, HOSTILE["html and templates"]])
def test_markup_is_printed_as_it_was_typed(words: str) -> None:
    assert words in " ".join(Printed(pdf(document(Paragraph(words)))).text.split("\n"))


def test_markup_in_a_name_is_a_name() -> None:
    named = replace(document(title="#x *y*"), author='"] #z')
    assert Printed(pdf(named)).properties["/Title"] == "#x *y*"
    assert Printed(pdf(named)).properties["/Author"] == '"] #z'


def test_a_register_of_2000_rows_is_printed_whole() -> None:
    rows = tuple((f"2026/{number}", "Beschluss " * 5, "angenommen") for number in range(2000))
    columns = (Column("Nummer"), Column("Titel"), Column("Ergebnis"))
    printed = Printed(pdf(document(Table(columns=columns, rows=rows))))
    assert printed.text.count("angenommen") == 2000
    assert printed.tags.count("TR") == 2001


def test_a_cell_of_8000_letters_goes_on_over_pages() -> None:
    long = Table(columns=(Column("a"), Column("b")), rows=(("Wort " * 1600, "x"), ("y", "z")))
    assert Printed(pdf(document(long))).text.count("Wort") == 1600


def test_a_long_word_stays_on_the_page_and_whole_when_copied() -> None:
    address = "https://kaz.test/" + "vergabe/unterlagen-2026?id=12345678901234567890&" * 3
    table = Table(columns=(Column("a"), Column("b")), rows=((address, "x" * 120),))
    printed = Printed(pdf(document(Paragraph(address), table)))
    assert printed.in_a_row.count(address) == 2
    assert "x" * 120 in printed.in_a_row
    assert max(len(line) for line in printed.text.split("\n")) < 110


def test_a_title_of_8000_letters_is_cut() -> None:
    printed = Printed(pdf(document(Heading("Wort " * 1600))))
    assert printed.text.count("Wort") == 200
    assert "…" in printed.text


def test_letters_of_other_scripts_are_printed() -> None:
    words = "Chóśebuz, Łódź, Ψυχή, Київ, İzmir, Đà Nẵng, ✅ ❌ ⚪"
    # The space between two pictures is an empty place, which this reader leaves out.
    assert words.replace(" ", "") in Printed(pdf(document(Paragraph(words)))).text.replace(" ", "")


def test_letters_that_no_font_has_leave_a_sign() -> None:
    assert "Akte □□, Blatt 3" in Printed(pdf(document(Paragraph("Akte 漢字, Blatt 3")))).text
