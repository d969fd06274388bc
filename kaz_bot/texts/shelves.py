"""Holds the templates of one language, compiled, in an environment that cannot leave escaping."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    meta,
)
from jinja2.nodes import Const, Include
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kaz_bot.domain.tickets import AreaKey
from kaz_bot.texts.characters import inline
from kaz_bot.texts.quoted import Quoted
from kaz_bot.texts.words import TABLES, Words

# Of Jinja's own filters those that neither unescape nor hide that a fact is missing.
_JINJA_FILTERS = ("first", "last", "length", "list", "map", "reject", "select", "sort")
_JINJA_TESTS = ("divisibleby", "eq", "equalto", "ge", "gt", "in", "le", "lt", "ne", "none")

_ESCAPING_OFF = re.compile(r"{%[-+]?\s*(?:end)?autoescape\b")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_VERBATIM = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_AROUND_BLOCKS = re.compile(
    r" ?(</?(?:p|ul|ol|li|blockquote|h[1-6]|hr|br|div|table|thead|tbody|tr|th|td|caption)"
    r"(?: [^>]*)?>) ?"
)


@dataclass(frozen=True, kw_only=True)
class HouseStyle:
    """What an operator's settings say about the texts. `areas` are titles of their own."""

    timezone: tzinfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    prefix: str = "!kaz"
    ticket_prefix: str = "KAZ"
    areas: Mapping[AreaKey, str] = field(default_factory=dict)


def folder_of_ours() -> Path:
    """The templates that ship with the program: inside the wheel, beside a checkout's package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


class Shelf:
    """The templates of `language`; a file in an earlier folder hides its namesake in a later."""

    def __init__(self, language: str, folders: Sequence[Path], style: HouseStyle) -> None:
        self._folders = [folder / language for folder in folders]
        self._loader = _Loader(self._folders)
        self._environment = _environment(self._loader, style)
        self.words = Words(
            self._environment,
            timezone=style.timezone,
            ticket_prefix=style.ticket_prefix,
            areas=style.areas,
        )
        self._environment.filters |= self.words.filters()

    def html(self, template: str, facts: Mapping[str, object]) -> str:
        """The template filled in, without the spaces that only its source needed."""
        return tidy(self._environment.get_template(f"{template}.html").render(facts))

    def names(self) -> set[str]:
        """The templates there are, without their ending; also those that only others use."""
        files = self._environment.list_templates(extensions=["html"])
        return {name.removesuffix(".html") for name in files}

    def hiding(self, ours: "Shelf") -> set[str]:
        """The templates of `ours` that a file of another folder stands in front of."""
        files = {name: self._path(name) for name in self.names() & ours.names()}
        return {name for name, path in files.items() if path != ours._path(name)}

    def facts_of(self, template: str) -> set[str]:
        """The facts that the template names, itself or in one that it includes."""
        source = self._path(template).read_text(encoding="utf-8")
        parsed = self._environment.parse(source, template)
        named = meta.find_undeclared_variables(parsed) - set(self._environment.globals)
        included = (
            node.template.value
            for node in parsed.find_all(Include)
            if isinstance(node.template, Const)
        )
        return named.union(*(self.facts_of(name.removesuffix(".html")) for name in included))

    def broken(self) -> Iterator[str]:
        """One line for each template that does not compile.

        The others are not kept: all together they take memory, and most of them are seldom used.
        """
        for name in sorted(self.names()):
            file = f"{name}.html"
            try:
                source, path, _ = self._loader.get_source(self._environment, file)
                self._environment.compile(source, file, path)
            except (TemplateError, UnicodeError, OSError) as problem:
                line = (
                    f", line {problem.lineno}" if isinstance(problem, TemplateSyntaxError) else ""
                )
                yield f"{name}.html{line}: {problem}"

    def missing_words(self, other: "Shelf") -> Iterator[str]:
        """Words that `other` has and this shelf has not."""
        for table in TABLES:
            for key in sorted(other.words.table(table).keys() - self.words.table(table).keys()):
                yield f"words/{table}.html: no word for {key}"

    def _path(self, template: str) -> Path:
        files = (folder / f"{template}.html" for folder in self._folders)
        return next(file for file in files if file.is_file())


class _Loader(FileSystemLoader):
    """Reads templates from folders, and refuses one that would switch escaping off."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        if off := _ESCAPING_OFF.search(source):
            line = source.count("\n", 0, off.start()) + 1
            raise TemplateSyntaxError("escaping cannot be switched off", line, template, path)
        return source, path, current


def _environment(loader: _Loader, style: HouseStyle) -> Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in _JINJA_FILTERS}
    environment.tests = {name: environment.tests[name] for name in _JINJA_TESTS}
    environment.globals = {"prefix": style.prefix}
    return environment


def _shown(fact: object) -> object:
    """Each value on its way into the text: what people typed is tamed here, whatever its name.

    Anything that has no words yet (a state, a time, nothing) is an error, not a stray `None`.
    """
    if isinstance(fact, Markup | Quoted | Undefined):
        return fact
    if isinstance(fact, str) and not isinstance(fact, Enum):
        return inline(fact)
    if isinstance(fact, int) and not isinstance(fact, bool):
        return str(fact)
    raise TypeError(f"a {type(fact).__name__} has no words: use a filter")


def tidy(html: str) -> str:
    """`html` without the line breaks and indents of a template's source; `pre` stays as it is."""
    parts = _VERBATIM.split(html)
    parts[::2] = [_AROUND_BLOCKS.sub(r"\1", _SPACES.sub(" ", part)) for part in parts[::2]]
    return "".join(parts).strip()
