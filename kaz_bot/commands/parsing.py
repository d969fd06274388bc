"""How the arguments of a verb are understood: numbers, areas, people, texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.commands.refusals import (
    MissingText,
    MissingTicket,
    OtherTicket,
    TooManyWords,
    UnknownArea,
    UnknownPerson,
    UnknownPriority,
)
from kaz_bot.commands.verbs import Parameter, Text, Verb
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.tickets import AreaKey, Priority, Ticket, TicketId, TicketNotFound
from kaz_bot.domain.words import folded
from kaz_bot.messages import UserId

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

_MOST_DIGITS = 18
# Marks of direction and the like, which come with what was copied.
_UNSEEN = "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]*"


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What arguments may be guessed from: the ticket of the thread, the people of the room."""

    ticket: TicketId | None
    in_thread: bool
    ticket_prefix: str
    areas: Areas
    members: Mapping[UserId, str]
    mentioned: tuple[UserId, ...] = ()
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
