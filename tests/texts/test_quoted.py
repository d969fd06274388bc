"""What people wrote can be shown without harm to readers or to us."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaz_bot.texts import Quoted, html_of, plain, sanitize


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <strong>b</strong></p>", "<p>a <strong>b</strong></p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ('<b onclick="x" style="color:red" title="b" lang="c">a</b>', "<b>a</b>"),
        ('<span data-mx-color="#f00" data-mx-spoiler>a</span><font color="red">b</font>', "ab"),
        ('<img src="mxc://a/b" alt=":kaz: <b>" title="x">', ":kaz: &lt;b&gt;"),
        ("<mx-reply><blockquote>secret</blockquote></mx-reply>a", "a"),
        ("<!-- a -->b", "b"),
        ("<b>not closed", "<b>not closed</b>"),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
        ('<ol start="9999999999"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ('<code class="language-python">a</code>', '<code class="language-python">a</code>'),
        ('<code class="mx_Pill">a</code>', "<code>a</code>"),
        ("&#x202e;a&#27;b&#0;", "ab\ufffd"),
    ],
)
def test_formatting_stays_and_everything_else_goes(html: str, expected: str) -> None:
    assert sanitize(html) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://matrix.to/#/@ann:kaz.test",
        "HTTPS://MATRIX.TO/#/%40ann:kaz.test",
        "https://matrix.to./#/@ann:kaz.test",
        "http://x@matrix.to:443/#/@ann:kaz.test",
        " https://matrix.to/#/@ann:kaz.test",
        "matrix:u/ann:kaz.test",
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "https://[broken/",
    ],
)
def test_a_link_that_calls_somebody_or_acts_becomes_its_text(address: str) -> None:
    assert sanitize(f'<a href="{address}">Ann</a>!') == "Ann!"


def test_an_ordinary_link_stays() -> None:
    link = '<a href="https://kaz.test/?a=1&amp;b=2">Regeln</a>'
    assert sanitize(link) == link


def test_plain_text_is_never_markup_and_keeps_its_lines() -> None:
    assert html_of('<b>"a" & b\nc') == "&lt;b&gt;&#34;a&#34; &amp; b<br>c"


BOMBS = {
    "lists": "<ul><li>" * 8000,
    "quotes": "<blockquote>" * 5000,
    "formats": "".join(f"<b a{i}>" for i in range(7000)),
    "attributes": "<b " + " ".join(f"a{i}" for i in range(11000)) + ">x",
    "brackets": "<" * 65536,
    "hidden depth": "<ul><marquee></ul></marquee>" * 2300,
    "headers": "<table><tr><th>" + "h" * 20000 + "</th></tr>" + "<tr><td>x</td></tr>" * 480,
    "lines": "<br>" * 16000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_of_64_kib_costs_little(bomb: str) -> None:
    began = time.process_time()
    Quoted(bomb, bomb)
    assert time.process_time() - began < 0.4


@pytest.mark.parametrize(
    "text",
    ["x " * 32000, "x" * 65000, "ä" * 32000, "&" * 65000, '"' * 65000, "a\n" * 32000, "😀" * 16000],
)
def test_a_quote_fits_into_an_encrypted_event_however_long_it_was(text: str) -> None:
    quoted = Quoted(text, html_of(text))
    content = {"body": plain(quoted.html), "formatted_body": quoted.html}
    assert len(json.dumps(content, ensure_ascii=False).encode()) < 37_000
    assert quoted.cut
    assert quoted.text.endswith("…")


def test_a_quote_that_is_too_long_loses_its_formatting_first() -> None:
    links = '<a href="https://kaz.test/a/rather/long/address">a</a> ' * 900
    quoted = Quoted("a " * 900, links)
    assert (quoted.html, quoted.cut) == ("a " * 900, False)


def test_a_quote_keeps_what_it_can() -> None:
    quoted = Quoted("Hallo **Welt**", "Hallo <b>Welt</b><script>x</script>")
    assert (quoted.text, quoted.html, quoted.cut) == (
        "Hallo **Welt**",
        "Hallo <b>Welt</b>",
        False,
    )


@given(st.text(alphabet="<>/abpuli \"'=&;#x\n", max_size=300))
def test_sanitizing_twice_changes_nothing(html: str) -> None:
    once = sanitize(html)
    assert sanitize(once) == once
