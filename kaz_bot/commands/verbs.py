"""How a verb is declared, and found however it is typed."""

import difflib
import inspect
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, get_args, get_type_hints

from kaz_bot.domain.committee.numbers import Series, Subject, pattern_of
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.words import bare, folded
from kaz_bot.messages import Attachment, Enclosure

Text = NewType("Text", str)
# A number of whatever kind, and not the beginning of a date or a time: `5`, `#5`, `KAZ-12`.
_NUMBER = re.compile(r"\s*(?:nr\.?\s*|no\.?\s*)?[^\s.:/]*\d(?=[\s,:]|$)", re.IGNORECASE)


class Role(StrEnum):
    """Who may use a verb; what each means is decided in `rights`."""

    PERSON = "person"
    ASKING = "asking"
    ASKER = "asker"
    ALONE = "alone"
    READER = "reader"
    SPECIALIST = "specialist"
    MEMBER = "member"
    CHAIR = "chair"
    REPORTER = "reporter"
    SUBSCRIBER = "subscriber"
    ADMIN = "admin"


class Family(StrEnum):
    """What belongs together: help names such verbs in one line, in this order."""

    PAPERS = "papers"
    VOTES = "votes"
    DECISIONS = "decisions"
    TASKS = "tasks"
    MEETINGS = "meetings"
    TIME = "time"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a verb that only answers gives back; `topic` and `data` go into `de.kaz.info`.

    `sealed`: it shows text from an encrypted room, and may not go into one that is not.
    `enclosure`: a file of which the answer is the caption; `attachments`: files that people sent,
    passed on below it. `subjects`: the records that it tells of. `happened`: what it means for
    others, kept and told without its cause.
    """

    template: str
    facts: Mapping[str, object]
    topic: str
    data: Mapping[str, object] = field(default_factory=dict)
    sealed: bool = False
    enclosure: Enclosure | None = None
    more: tuple[Enclosure, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    subjects: tuple[Subject, ...] = ()
    happened: Sequence[DeskEvent] = ()


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
    names in one line. `about`: it is meant when a number of this series follows, and another verb
    of the same name otherwise. `everyday`: without the prefix it is a word of ordinary talk.
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
    family: Family | None = None
    about: Series | None = None
    everyday: bool = False

    @property
    def page(self) -> str:
        """The name of the page that explains it."""
        return self.english if self.about is None else f"{self.english}-{self.about.name.lower()}"

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
    def takes_number(self) -> bool:
        """Whether it is about something that has a number."""
        return any(parameter.kind in {Ticket, Reminder} for parameter in self.parameters)

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
    family: Family | None = None,
    about: Series | None = None,
    everyday: bool = False,
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
            about=about,
            everyday=everyday,
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
    _by_series: Mapping[Series | None, Mapping[str, Verb]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        series: dict[Series | None, dict[str, Verb]] = {None: {}}
        for entry in self.all:
            names = series.setdefault(entry.about, {})
            for name in entry.names:
                for spelling in {folded(name), bare(name)}:
                    if names.setdefault(spelling, entry) is not entry:
                        raise ValueError(f"two verbs are called {spelling}")
        object.__setattr__(self, "_by_series", series)
        object.__setattr__(self, "_by_name", series[None])

    def named(self, word: str) -> Verb | None:
        """The verb of that name, however its umlauts are typed."""
        return self._by_name.get(folded(word)) or self._by_name.get(bare(word))

    def twins(self, entry: Verb) -> Mapping[Series, Verb]:
        """The verbs of the same name, each for its own kind of number."""
        name = folded(entry.german)
        return {
            series: names[name]
            for series, names in self._by_series.items()
            if series is not None and name in names
        }

    def about(self, entry: Verb, rest: str, told: Sequence[Subject] = ()) -> Verb:
        """The verb of the same name for the kind of number that follows, if there is one.

        Without a number that of what the answered message tells of, `told`. But a verb that needs
        no number means itself as soon as anything follows.
        """
        twins = self.twins(entry)
        for series, twin in twins.items():
            if pattern_of(series).match(rest):
                return twin
        if _NUMBER.match(rest) or (rest and not entry.takes_number):
            return entry
        meant = [
            twin
            for series, twin in twins.items()
            if any(pattern_of(series).match(subject) for subject in told)
        ]
        return meant[0] if len(meant) == 1 else entry

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
