"""The plain text says all that the HTML says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.texts import html_of, plain, tame


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Eins <b>zwei</b></p><p>drei</p>", "Eins zwei\n\ndrei"),
        ("eins<br>zwei<br><br>drei", "eins\nzwei\n\ndrei"),
        ("<h3>Titel</h3>Text", "Titel\n\nText"),
        ("<p>Schreiben Sie <code>!kaz hilfe</code></p>", "Schreiben Sie !kaz hilfe"),
        ("1 &lt; 2 &amp;&amp; &#34;x&#34;", '1 < 2 && "x"'),
        ("<pre><code>a = 1\n  b = 2\n\nc</code></pre>", "a = 1\n  b = 2\n\nc"),
        ("oben<hr>unten", "oben\n\nunten"),
        ("<del>10</del> 11 m<sup>2</sup>", "~~10~~ 11 m^2"),
    ],
)
def test_paragraphs_and_lines_stay_apart(html: str, expected: str) -> None:
    assert plain(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li></ul><p>c</p>", "- a\n  b\n\nc"),
        ("<p>a:</p><ul><li>b<br>c</li></ul>", "a:\n\n- b\n  c"),
    ],
)
def test_lists_have_markers(html: str, expected: str) -> None:
    assert plain(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("A:<blockquote>b<br>c</blockquote>d", "A:\n\n> b\n> c\n\nd"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a"),
        ("<blockquote><pre>a\n b</pre></blockquote>", "> a\n>  b"),
    ],
)
def test_every_line_of_a_quote_is_marked(html: str, expected: str) -> None:
    assert plain(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="https://kaz.test/x">Regeln</a>', "Regeln (https://kaz.test/x)"),
        ('<a href="https://kaz.test/x">https://kaz.test/x</a>', "https://kaz.test/x"),
        ('<a href="https://kaz.test/">kaz.test</a>', "kaz.test"),
        ('<a href="mailto:a@kaz.test">a@kaz.test</a>', "a@kaz.test"),
        ('<a href="https://kaz.test/?a=1&amp;b=2">x</a>', "x (https://kaz.test/?a=1&b=2)"),
    ],
)
def test_a_link_tells_its_address_once(html: str, expected: str) -> None:
    assert plain(html) == expected


def test_a_table_is_read_row_by_row() -> None:
    html = (
        "<table><caption>Offen</caption><thead><tr><th>Nummer</th><th>Stand</th></tr></thead>"
        "<tbody><tr><td>KAZ-1</td><td>neu, <b>eilt</b></td></tr><tr><td>KAZ-2</td><td></td></tr>"
        "</tbody></table>Ende"
    )
    assert plain(html) == (
        "Offen\nNummer: KAZ-1; Stand: neu, eilt\nNummer: KAZ-2; Stand: –\n\nEnde"
    )


def test_a_table_without_headers_or_rows_loses_nothing() -> None:
    assert plain("<table><tr><td>a</td><td>b</td></tr></table>") == "a; b"
    assert plain("<table><tr><th>a</th><th>b</th></tr></table>") == "a; b"


@given(st.text())
def test_plain_text_survives_its_way_through_html(text: str) -> None:
    assert plain(html_of(text)).split() == tame(text).split()
