"""What the demo says to whoever watches it, in German or English; the chat itself is German."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Self

_SENTENCES = Path(__file__).with_name("narration.toml")
_FALLBACK = "en"


class Narration:
    """The sentences of one language."""

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        self._language = language
        self._sentences = sentences

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """In the language of the desk if it is set, otherwise of the terminal."""
        with _SENTENCES.open("rb") as file:
            told: Mapping[str, Mapping[str, str]] = tomllib.load(file)
        language = _language(environ)
        return cls(language, told[language])

    def say(self, sentence: str, **facts: object) -> str:
        """One sentence."""
        return self._sentences[sentence].format(**facts)

    def pick(self, told: Mapping[str, str]) -> str:
        """What the scene says in this language."""
        return told[self._language]


def _language(environ: Mapping[str, str]) -> str:
    names = ("KAZ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((environ[name] for name in names if environ.get(name)), _FALLBACK)
    return "de" if wanted.lower().startswith("de") else _FALLBACK
