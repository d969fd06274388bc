"""How a verb is declared, and found however it is typed."""

import difflib
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, get_args, get_type_hints

from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import bare, folded
from kaz_bot.messages import Enclosure

Text = NewType("Text", str)


class Role(StrEnum):
    """Who may use a verb; what each means is decided in `rights`."""

    PERSON = "person"
    ASKING = "asking"
    ASKER = "asker"
    READER = "reader"
    SPECIALIST = "specialist"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a verb that only answers gives back; `topic` and `data` go into `de.kaz.info`.

    `sealed`: it shows text from an encrypted room, and may not go into one that is not.
    `enclosure`: a file of which the answer is the caption.
    """

    template: str
    facts: Mapping[str, object]
    topic: str
    data: Mapping[str, object] = field(default_factory=dict)
    sealed: bool = False
    enclosure: Enclosure | None = None


Outcome = DeskEvent | Sequence[DeskEvent] | Answer | None


Handler = Callable[..., Awaitable[Outcome]]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One argument of a verb, as its handler's signature declares it."""

    name: str
    kind: object
    required: bool


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Something people can say, in both languages, or do by a reaction.

    `lead`: on a ticket merged into another the verb acts on that other one. `ticket_anywhere`: its
    ticket may stand anywhere in the text, and only with its prefix. `family`: those that help
    names in one line.
    """

    german: str
    english: str
    allow: Role
    handler: Handler
    parameters: tuple[Parameter, ...]
    aliases: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    lead: bool = True
    ticket_anywhere: bool = False
    family: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to type it, before folding."""
        return (self.german, self.english, *self.aliases)

    def named(self, language: str) -> str:
        """Its name in that language."""
        return self.german if language == "de" else self.english

    @property
    def takes_ticket(self) -> bool:
        """Whether it is about a ticket."""
        return any(parameter.kind is Ticket for parameter in self.parameters)

    @property
    def takes_text(self) -> bool:
        """Whether free text follows the number."""
        return any(parameter.kind is Text for parameter in self.parameters)


def verb(
    german: str,
    english: str,
    *,
    allow: Role,
    aliases: tuple[str, ...] = (),
    reactions: tuple[str, ...] = (),
    lead: bool = True,
    ticket_anywhere: bool = False,
    family: str = "",
) -> Callable[[Handler], Verb]:
    """Declare a handler as a verb; its signature after `ctx` says which arguments it takes."""

    def declare(handler: Handler) -> Verb:
        return Verb(
            german=german,
            english=english,
            allow=allow,
            handler=handler,
            parameters=_parameters(handler),
            aliases=aliases,
            reactions=reactions,
            lead=lead,
            ticket_anywhere=ticket_anywhere,
            family=family,
        )

    return declare


def _parameters(handler: Handler) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler)
    names = [name for name in inspect.signature(handler).parameters if name != "ctx"]
    return tuple(_parameter(name, hints[name]) for name in names)


def _parameter(name: str, hint: object) -> Parameter:
    options = get_args(hint)
    optional = type(None) in options
    kind = next((option for option in options if option is not type(None)), hint)
    return Parameter(name=name, kind=kind if optional else hint, required=not optional)


@dataclass(frozen=True, kw_only=True)
class Verbs:
    """The menu: every verb of the house, found by name or by reaction."""

    all: tuple[Verb, ...]
    _by_name: Mapping[str, Verb] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        names: dict[str, Verb] = {}
        for entry in self.all:
            for name in entry.names:
                for spelling in {folded(name), bare(name)}:
                    if names.setdefault(spelling, entry) is not entry:
                        raise ValueError(f"two verbs are called {spelling}")
        object.__setattr__(self, "_by_name", names)

    def named(self, word: str) -> Verb | None:
        """The verb of that name, however its umlauts are typed."""
        return self._by_name.get(folded(word)) or self._by_name.get(bare(word))

    def reacted(self, key: str, allowed: Sequence[Role]) -> Verb | None:
        """The verb behind a reaction, among those with these roles."""
        return next(
            (entry for entry in self.all if key in entry.reactions and entry.allow in allowed),
            None,
        )

    def nearest(self, word: str) -> Verb | None:
        """The verb somebody probably meant."""
        # Longer words would cost more to compare than any verb is worth.
        matches = difflib.get_close_matches(folded(word[:40]), self._by_name, n=1, cutoff=0.7)
        return self._by_name[matches[0]] if matches else None


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command as it was typed: the verb's word and everything after it."""

    word: str
    rest: str


def typed(text: str) -> Typed:
    """Split a command from its arguments; line breaks of the arguments stay."""
    parts = text.split(maxsplit=1)
    return Typed(
        word=parts[0].rstrip(":,.!?") if parts else "",
        rest=parts[1].strip() if len(parts) > 1 else "",
    )
