"""The demo speaks the language of the desk or of the terminal, and says the same in both."""

import tomllib
from pathlib import Path
from string import Formatter

import pytest

import kaz_bot.demo
from kaz_bot.demo.narration import Narration

SENTENCES = tomllib.loads(Path(kaz_bot.demo.__path__[0], "narration.toml").read_text())


def facts(sentences: dict[str, str]) -> dict[str, set[str | None]]:
    """The facts that each sentence tells."""
    return {
        name: {field for _, field, _, _ in Formatter().parse(text)} - {None}
        for name, text in sentences.items()
    }


def test_both_languages_tell_the_same_facts() -> None:
    assert facts(SENTENCES["de"]) == facts(SENTENCES["en"])


@pytest.mark.parametrize(
    ("environ", "ready"),
    [
        ({"LANG": "de_DE.UTF-8"}, "Kaz-Bot ist bereit"),
        ({"LANG": "C.UTF-8"}, "Kaz-Bot is ready"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "Kaz-Bot is ready"),
        ({"LANG": "en_GB.UTF-8", "KAZ_LANGUAGE": "de"}, "Kaz-Bot ist bereit"),
        ({}, "Kaz-Bot is ready"),
    ],
)
def test_the_language_is_that_of_the_desk_or_of_the_terminal(
    environ: dict[str, str], ready: str
) -> None:
    assert Narration.of(environ).say("bot_ready") == ready
