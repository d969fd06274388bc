"""Each sentence of `check` exists in both languages and is one line, whatever stands in it."""

import pytest

from kaz_bot.operations.check.findings import Finding, Level, lines
from kaz_bot.texts import LANGUAGES, Texts

TEXTS = Texts()
TOPICS = sorted(
    name.removeprefix("check/") for name in TEXTS.names("de") if name.startswith("check/")
)
HOSTILE = "<b>&amp;</b>\n\u202e{{ 7 * 7 }}\x1b[31m"


def facts_of(topic: str, language: str) -> set[str]:
    return TEXTS.facts_of(f"check/{topic}", language)


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_name_the_same_facts(topic: str) -> None:
    assert facts_of(topic, "de") == facts_of(topic, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != "line"])
def test_hostile_facts_stay_words_on_one_line(topic: str, language: str) -> None:
    facts = dict.fromkeys(facts_of(topic, language), HOSTILE)
    [line] = lines([Finding(Level.PROBLEM, topic, facts)], TEXTS, language)
    assert line.startswith(("Problem: ", "problem: "))
    assert line.isprintable()
    assert line.count("<b>&amp;</b> {{ 7 * 7 }}[31m") >= bool(facts)


def test_german_and_english_have_the_same_sentences() -> None:
    english = [name for name in TEXTS.names("en") if name.startswith("check/")]
    assert sorted(english) == [f"check/{topic}" for topic in TOPICS]
