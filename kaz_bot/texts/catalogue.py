"""Finds the text for an occasion in the reader's language and renders it in both forms."""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound

from kaz_bot.domain.rooms import Language
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import Rendered
from kaz_bot.texts.plain import plain
from kaz_bot.texts.shelves import HouseStyle, Shelf, folder_of_ours
from kaz_bot.texts.speech import Speech

log = logging.getLogger(__name__)

LANGUAGES = ("de", "en")

# What a template can raise that compiles: a fact misspelt, a filter on the wrong kind of fact.
_FAULTS = (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError)


class UnknownText(Exception):
    """There is no template of this name: our bug."""


class Texts:
    """Every sentence of the bot. `overrides` is an operator's folder that replaces single files."""

    def __init__(self, overrides: Path | None = None, style: HouseStyle | None = None) -> None:
        style = style or HouseStyle()
        self._ours = {lang: Shelf(lang, [folder_of_ours()], style) for lang in LANGUAGES}
        self._shelves = self._ours
        if overrides is not None:
            folders = [overrides, folder_of_ours()]
            self._shelves = {lang: Shelf(lang, folders, style) for lang in LANGUAGES}
        self._overridden = {
            lang: self._shelves[lang].hiding(self._ours[lang]) for lang in LANGUAGES
        }

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        """The message in both forms. An override that fails gives way to our own template."""
        try:
            html = self._shelves[language].html(template, facts)
        except _FAULTS as problem:
            if template not in self._overridden[language]:
                if isinstance(problem, TemplateNotFound):
                    raise UnknownText(f"{language}/{template}: no {problem}") from problem
                raise
            html = self._ours[language].html(template, facts)
            log.error("Override of %s/%s not used: %s", language, template, problem)
        return Rendered(body=plain(html), html=html)

    def area_name(self, key: AreaKey, language: str) -> str:
        """What an area is called, for places that are no message: a topic, a room's name."""
        return self._shelves[language].words.area(key)

    def words(self, table: str, language: str) -> Mapping[str, str]:
        """What the values of one kind are called: states, priorities, areas."""
        return self._shelves[language].words.table(table)

    def speech(self, language: str) -> Speech:
        """Words and dates for files that no template lays out."""
        return Speech(Language(language), self._shelves[language].words)

    def names(self, language: str) -> set[str]:
        """The templates there are."""
        return self._shelves[language].names()

    def facts_of(self, template: str, language: str) -> set[str]:
        """The facts a template names."""
        return self._shelves[language].facts_of(template)

    def check(self) -> list[str]:
        """What is wrong with the templates, one line each."""
        broken = [
            f"{language}/{problem}"
            for language in LANGUAGES
            for problem in self._shelves[language].broken()
        ]
        return broken or [f"{lang}/{line}" for lang in LANGUAGES for line in self._foreign(lang)]

    def _foreign(self, language: str) -> Iterator[str]:
        """What an operator's templates name that ours do not know, and words they leave out."""
        here, ours = self._shelves[language], self._ours[language]
        for name in sorted(here.names() - ours.names()):
            yield f"{name}.html: there is no text of this name"
        for name in sorted(here.hiding(ours)):
            known = set[str]().union(*(self._ours[lang].facts_of(name) for lang in LANGUAGES))
            for fact in sorted(here.facts_of(name) - known):
                yield f"{name}.html: the fact {fact} does not exist; known are {sorted(known)}"
        yield from here.missing_words(ours)
