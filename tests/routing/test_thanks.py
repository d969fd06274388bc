"""What counts as a mere thanks: it decides whether a message reopens a resolved ticket."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.routing import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Danke!",
        "vielen Dank, das hilft!",
        "👍",
        "👍🏽",
        "🙏🙏",
        "+1",
        "super danke",
        "Dankeschoen und schönes Wochenende!",
        "Alles klar, danke Ihnen.",
        "Danke, Frau Müller",
        "Besten Dank, Problem gelöst 😊",
        "ok",
        "Perfekt!",
        "thanks a lot, that works",
        "Thank you for your quick help",
    ],
)
def test_politeness_and_nothing_else_is_a_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Danke, aber es geht immer noch nicht",
        "Danke. Und was ist mit der zweiten Frage?",
        "Danke, hilft leider nicht",
        "danke für nichts",
        "Vielen Dank! Eine Sache noch: der Link ist tot",
        "Danke, wir bitten noch um die Vorlage",
        "👎",
        "Danke 🙄",
        "nein danke",
        "Thank you, but it still fails",
        "Mit freundlichen Grüßen",
        "...",
        "",
        "danke " * 1000,
    ],
)
def test_whatever_says_more_than_thanks_is_none(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize("text", ["Danke @anna:kaz.test?", "danke @?"])
def test_a_question_to_somebody_by_name_is_no_thanks(text: str) -> None:
    assert not is_thanks(text)


# A busy machine is slow now and then; speed is measured in benchmarks/routing.py.
@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_question_is_never_a_thanks(text: str) -> None:
    assert not is_thanks(f"danke {text}?")
