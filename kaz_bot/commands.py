"""How a verb is declared, found however it is typed, and its arguments understood."""

import difflib
import inspect
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType, get_args, get_type_hints

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.tickets import AreaKey, Priority, Ticket, TicketId, TicketNotFound
from kaz_bot.domain.words import bare, folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId

Text = NewType("Text", str)

_PRIORITIES = {
    "niedrig": Priority.LOW,
    "low": Priority.LOW,
    "normal": Priority.NORMAL,
    "hoch": Priority.HIGH,
    "high": Priority.HIGH,
    "eilt": Priority.HIGH,
    "kritisch": Priority.CRITICAL,
    "critical": Priority.CRITICAL,
    "sofort": Priority.CRITICAL,
}


# Marks of direction and the like, which come with what was copied.
_MOST_DIGITS = 18
_UNSEEN = "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]*"


class Role(StrEnum):
    """Who may use a verb; what each means is decided in `rights`."""

    PERSON = "person"
    ASKING = "asking"
    ASKER = "asker"
    READER = "reader"
    SPECIALIST = "specialist"
    ADMIN = "admin"


class UnknownCommand(Refusal):
    """No verb of that name; the nearest one is suggested."""

    code = ErrorCode.UNKNOWN_COMMAND
    template = "refusal/unknown_command"


class MissingTicket(Refusal):
    """The verb needs a number and none can be guessed from the place."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_ticket"


class OtherTicket(Refusal):
    """A text in the thread of one ticket begins with the number of another."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/other_ticket"


class MissingText(Refusal):
    """The verb needs a text."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/missing_text"


class UnknownArea(Refusal):
    """There is no such area; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_area"


class UnknownPriority(Refusal):
    """There is no such priority; those that exist are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_priority"


class UnknownPerson(Refusal):
    """Nobody in the room is meant by that name, or more than one."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/unknown_person"


class TooManyWords(Refusal):
    """The verb takes less than was typed; running it would ignore what the person meant."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/too_many_words"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a verb that only answers gives back; `topic` and `data` go into `de.kaz.info`."""

    template: str
    facts: Mapping[str, object]
    topic: str
    data: Mapping[str, object] = field(default_factory=dict)


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

    `lead`: on a ticket merged into another the verb acts on that other one.
    """

    german: str
    english: str
    allow: Role
    handler: Handler
    parameters: tuple[Parameter, ...]
    aliases: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    lead: bool = True

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


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What arguments may be guessed from: the ticket of the thread, the people of the room."""

    ticket: TicketId | None
    in_thread: bool
    ticket_prefix: str
    areas: Areas
    members: Mapping[UserId, str]
    mentioned: tuple[UserId, ...] = ()
    verb: str = ""
    prefix: str = ""


Arguments = Mapping[str, object]


def arguments(entry: Verb, rest: str, around: Surroundings) -> Arguments:
    """The arguments of a verb by name; tickets as numbers, which the dispatcher looks up."""
    found, rest = _number_first(entry, rest, around)
    for index, parameter in enumerate(entry.parameters):
        if parameter.name in found:
            continue
        earlier = any(other.kind is Ticket for other in entry.parameters[:index])
        found[parameter.name], rest = _argument(entry, parameter, rest, around, earlier=earlier)
    if rest.strip():
        raise TooManyWords(word=rest.strip().split()[0], **_example(entry, around))
    return found


def _number_first(entry: Verb, rest: str, around: Surroundings) -> tuple[dict[str, object], str]:
    """Whoever types the number before the area, the person or the priority means the same."""
    first = entry.parameters[0] if entry.parameters else None
    tickets = [parameter for parameter in entry.parameters if parameter.kind is Ticket]
    if first is None or first.kind in {Ticket, Text} or not tickets:
        return {}, rest
    match = _reference(around.ticket_prefix, bare_number=True).match(rest)
    if match is None:
        return {}, rest
    return {tickets[0].name: _number(match)}, rest[match.end() :]


def _number(match: re.Match[str]) -> TicketId:
    number = match["number"]
    # No database counts further than this, and no ticket either.
    if len(number) > _MOST_DIGITS:
        raise TicketNotFound(number=TicketId(int(number[:_MOST_DIGITS])))
    return TicketId(int(number))


def _example(entry: Verb, around: Surroundings) -> dict[str, object]:
    return {"verb": entry, "prefix": around.prefix}


def _argument(
    entry: Verb, parameter: Parameter, rest: str, around: Surroundings, *, earlier: bool
) -> tuple[object, str]:
    if parameter.kind is Ticket:
        return _ticket(entry, parameter, rest, around, earlier=earlier)
    if parameter.kind is Text:
        text = rest.strip()
        if not text and parameter.required:
            raise MissingText(**_example(entry, around))
        return text or None, ""
    word, left = _next_word(rest)
    if not word and not parameter.required:
        return None, left
    if parameter.kind is AreaKey:
        return _area(word, around, entry), left
    if parameter.kind is Priority:
        return _priority(word, entry, around), left
    if parameter.kind is UserId:
        return _person(rest, around, entry)
    return word or None, left


def _next_word(rest: str) -> tuple[str, str]:
    parts = rest.split(maxsplit=1)
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")


def _ticket(
    entry: Verb, parameter: Parameter, rest: str, around: Surroundings, *, earlier: bool
) -> tuple[TicketId | None, str]:
    # In a ticket's thread, a bare number in front of a text is the beginning of that text.
    bare_number = not (entry.takes_text and around.in_thread) or earlier
    match = _reference(around.ticket_prefix, bare_number=bare_number).match(rest)
    if match is None:
        if around.ticket is not None and not earlier:
            return around.ticket, rest
        if parameter.required:
            raise MissingTicket(**_example(entry, around))
        return None, rest
    number = _number(match)
    if entry.takes_text and around.in_thread and number != around.ticket and not earlier:
        raise OtherTicket(here=around.ticket, other=number, **_example(entry, around))
    return number, rest[match.end() :]


def _reference(prefix: str, *, bare_number: bool) -> re.Pattern[str]:
    prefixed = rf"{re.escape(prefix)}[-\s]?"
    lead = rf"(?:{prefixed}|#|nr\.?\s*|no\.?\s*)?" if bare_number else rf"{prefixed}"
    number = rf"{_UNSEEN}{lead}(?P<number>\d+){_UNSEEN}"
    return re.compile(rf"\s*{number}(?=[\s:,.]|$)[:,.]?\s*", re.IGNORECASE)


def _area(word: str, around: Surroundings, entry: Verb) -> AreaKey:
    area = around.areas.named(folded(word.lstrip("#")))
    if area is None:
        raise UnknownArea(word=word, areas=around.areas.all, **_example(entry, around))
    return area


def _priority(word: str, entry: Verb, around: Surroundings) -> Priority:
    priority = _PRIORITIES.get(folded(word))
    if priority is None:
        raise UnknownPriority(word=word, **_example(entry, around))
    return priority


def _person(rest: str, around: Surroundings, entry: Verb) -> tuple[UserId, str]:
    """A member by pill, Matrix id, local part or display name; never by a guess."""
    named = _member_at(rest, around.members)
    if named is not None:
        return named
    word, left = _next_word(rest)
    if len(around.mentioned) == 1 and around.mentioned[0] in around.members:
        return around.mentioned[0], left
    raise UnknownPerson(word=word, **_example(entry, around))


def _member_at(rest: str, members: Mapping[UserId, str]) -> tuple[UserId, str] | None:
    typed_folded = rest.strip().removeprefix("@").casefold()
    matches: dict[str, set[UserId]] = {}
    for user, name in members.items():
        local = user.removeprefix("@").partition(":")[0]
        for spelling in (user.removeprefix("@"), local, name):
            if _begins_with(typed_folded, spelling.casefold()):
                matches.setdefault(spelling.casefold(), set()).add(user)
    if not matches:
        return None
    longest = max(matches, key=len)
    users = matches[longest]
    if len(users) > 1:
        return None
    left = rest.strip().removeprefix("@")[len(longest) :]
    return users.pop(), left.lstrip(" :,")


def _begins_with(text: str, spelling: str) -> bool:
    return bool(spelling) and text.startswith(spelling) and not text[len(spelling) :][:1].isalnum()
