"""Templates are found, overridden, checked and filled in."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from timeit import timeit

import pytest
from jinja2 import UndefinedError

from kaz_bot.domain.tickets import AreaKey, Priority, TicketId, TicketState
from kaz_bot.messages import Rendered
from kaz_bot.texts import HouseStyle, Quoted, Texts, UnknownText

Written = Callable[..., Rendered]

MORNING = datetime(2026, 9, 25, 7, 0, tzinfo=UTC)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Renders a template that an operator wrote for both languages."""

    def render(source: str, language: str = "de", **facts: object) -> Rendered:
        for lang in ("de", "en"):
            (tmp_path / lang / "refusal").mkdir(parents=True, exist_ok=True)
            (tmp_path / lang / "refusal" / "own.html").write_text(source)
        style = HouseStyle(prefix="!k", areas={AreaKey("parks"): "Grün & Park"})
        return Texts(tmp_path, style).render("refusal/own", language, facts)

    return render


def test_names_are_escaped_and_stand_as_typed_in_the_body(written: Written) -> None:
    assert written("<b>{{ name }}</b> fragt.", name='<i>Ann</i> & "Bo"\n\u202e') == Rendered(
        html="<b>&lt;i&gt;Ann&lt;/i&gt; &amp; &#34;Bo&#34;</b> fragt.",
        body='<i>Ann</i> & "Bo" fragt.',
    )


def test_a_quote_keeps_its_formatting(written: Written) -> None:
    quoted = Quoted("Hallo Welt", "Hallo <b>Welt</b>")
    assert written("<blockquote>{{ text }}</blockquote>", text=quoted) == Rendered(
        html="<blockquote>Hallo <b>Welt</b></blockquote>", body="> Hallo Welt"
    )


def test_the_source_may_be_indented_without_trace_in_the_text(written: Written) -> None:
    source = """
    {% if name %}
      <p>Guten Tag
         {{ name }}.</p>
    {% endif %}
    <ul>
      {% for number in numbers %}
        <li> {{ number }} </li>
      {% endfor %}
    </ul>
    """
    html = "<p>Guten Tag Ann.</p><ul><li>1</li><li>2</li></ul>"
    assert written(source, name="Ann", numbers=[1, 2]).html == html


def test_verbatim_text_keeps_its_indents(written: Written) -> None:
    quoted = Quoted("x", "<pre><code>a\n  b</code></pre>")
    assert written("<p>{{ text }}</p>", text=quoted).body == "a\n  b"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Freitag, 25. September 2026, 9:00 Uhr"),
        ("en", "Friday, 25 September 2026, 9:00"),
    ],
)
def test_a_moment_is_written_out_in_local_time(
    written: Written, language: str, expected: str
) -> None:
    assert written("{{ at|moment }}", language, at=MORNING).body == expected


@pytest.mark.parametrize(
    ("source", "fact", "expected"),
    [
        ("{{ it|day }}", MORNING, "Freitag, 25. September 2026"),
        ("{{ it|day }}", date(2026, 3, 2), "Montag, 2. März 2026"),
        ("{{ it|clock }}", MORNING, "9:00 Uhr"),
        ("{{ it|number }}", 1234567, "1.234.567"),
        ("{{ it|number(1) }}", 1234.56, "1.234,6"),
        ("{{ it|percent }}", 0.834, "83 Prozent"),
        ("{{ it|ref }}", TicketId(12), "KAZ-12"),
        ("{{ it|state }}", TicketState.WAITING, "wartet auf Rückmeldung"),
        ("{{ it|priority }}", Priority.HIGH, "hoch"),
        ("{{ it|area }}", AreaKey("procurement"), "Vergabe & Lizenzen"),
        ("{{ it|area }}", AreaKey("parks"), "Grün & Park"),
        ("{{ it|area }}", AreaKey("gone"), "gone"),
        ("{{ it|listed }}", [], ""),
        ("{{ it|listed }}", ["a"], "a"),
        ("{{ it|listed }}", ["a", "<b>", "c\u202e"], "a, <b> und c"),
        ("{{ it|map('state')|listed }}", ["new", "closed"], "neu und geschlossen"),
        ("{{ it|first_words(12) }}", "Wie geht das denn", "Wie geht …"),
        ("{{ it|first_words(12) }}", Quoted("Wie geht das denn"), "Wie geht …"),
        ("{{ prefix }} {{ it }}", 7, "!k 7"),
    ],
)
def test_values_are_put_into_words(
    written: Written, source: str, fact: object, expected: str
) -> None:
    assert written(source, it=fact).body == expected


@pytest.mark.parametrize("fact", [None, True, TicketState.NEW, MORNING, 0.5, ["a"], b"a"])
def test_a_fact_without_words_is_an_error_and_not_a_stray_word(
    written: Written, fact: object
) -> None:
    with pytest.raises(TypeError, match="has no words"):
        written("{{ it }}", it=fact)


def test_an_object_that_calls_itself_html_is_not_believed(written: Written) -> None:
    class Sly:
        def __html__(self) -> str:
            return "<script>"

    with pytest.raises(TypeError, match="has no words"):
        written("{{ it }}", it=Sly())


def test_a_fact_that_is_missing_is_an_error(written: Written) -> None:
    with pytest.raises(UndefinedError, match="name"):
        written("{{ name }}")


def test_a_text_that_does_not_exist_is_our_bug() -> None:
    with pytest.raises(UnknownText, match="de/no/such"):
        Texts().render("no/such", "de", {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An operator's folder, with one good template in it."""
    (tmp_path / "de" / "words").mkdir(parents=True)
    (tmp_path / "de" / "refusal").mkdir()
    (tmp_path / "de" / "refusal" / "not_allowed.html").write_text("Das dürfen Sie hier nicht.")
    return tmp_path


def test_an_operator_replaces_single_files(folder: Path) -> None:
    texts = Texts(folder)
    assert texts.check() == []
    assert texts.render("refusal/not_allowed", "de", {}).body == "Das dürfen Sie hier nicht."
    assert texts.render(
        "refusal/not_allowed", "en", {"verb": None, "rooms": (), "named": None}
    ).body.startswith("Only")


@pytest.mark.parametrize(
    ("file", "source", "problem"),
    [
        ("refusal/not_allowed", "{% if x %}", "refusal/not_allowed.html, line 1: Unexpected end"),
        ("refusal/not_allowed", "a\n{{ rooms|safe }}", "line 2: No filter named 'safe'"),
        ("refusal/not_allowed", "a\n{% autoescape false %}", "line 2: escaping cannot be switched"),
        ("refusal/not_allowed", "{{ colour }}", "the fact colour does not exist; known are"),
        ("refusal/not_alowed", "a", "refusal/not_alowed.html: there is no text of this name"),
        ("words/state", "{% set words = {} %}", "words/state.html: no word for claimed"),
    ],
)
def test_what_is_wrong_with_an_operators_template_is_said_at_start(
    folder: Path, file: str, source: str, problem: str
) -> None:
    (folder / "de" / f"{file}.html").write_text(source)
    assert problem in Texts(folder).check()[0]


def test_a_template_that_is_not_text_is_named(folder: Path) -> None:
    (folder / "de" / "refusal" / "not_allowed.html").write_bytes(b"\xff\xfe")
    assert Texts(folder).check()[0].startswith("de/refusal/not_allowed.html: ")


@pytest.mark.parametrize(
    "source", ["{{ prefix.nonsense }}", "{{ prefix|day }}", "{% include 'a.html' %}", "{{ 1 / 0 }}"]
)
def test_an_override_that_fails_gives_way_to_our_own_text(
    folder: Path, caplog: pytest.LogCaptureFixture, source: str
) -> None:
    (folder / "de" / "refusal" / "not_allowed.html").write_text(source)
    shown = Texts(folder).render(
        "refusal/not_allowed", "de", {"verb": None, "rooms": (), "named": None}
    )
    assert shown == Texts().render(
        "refusal/not_allowed", "de", {"verb": None, "rooms": (), "named": None}
    )
    assert "Override of de/refusal/not_allowed not used" in caplog.text


def test_rendering_is_cheap() -> None:
    texts = Texts()
    texts.check()
    facts = {"verb": None, "rooms": (), "named": None}
    runs = 200
    took = timeit(lambda: texts.render("refusal/not_allowed", "de", facts), number=runs)
    assert took / runs < 0.001
