"""How the arguments of a verb are understood: numbers, areas, people, texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.commands.people import Recipients, person_first, recipients
from kaz_bot.commands.refusals import (
    MissingAnswer,
    MissingRecord,
    MissingReminder,
    MissingText,
    MissingTicket,
    OtherTicket,
    TooManyWords,
    UnknownArea,
    UnknownPriority,
)
from kaz_bot.commands.verbs import Parameter, Text, Verb
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, Subject, pattern_of
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.solutions import Solution
from kaz_bot.domain.reminders import Reminder, ReminderId
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

# The records that are not tickets, by what stands before their numbers.
_RECORDS = {
    Paper: Series.PAPER,
    Task: Series.TASK,
    Meeting: Series.MEETING,
    Entry: Series.DECISION,
    Solution: Series.SOLUTION,
    CatalogueEntry: Series.ENTRY,
}

_MOST_DIGITS = 18
# Not the beginning of a date or a time: "später 15.10. 9 Uhr" names no reminder.
_SHORT_NUMBER = re.compile(
    rf"\s*(?:(?:erinnerung|ausschlussfrist|frist|reminder|deadline)\s+)?"
    rf"(?:#|nr\.?\s*|no\.?\s*)?(?P<number>\d{{1,{_MOST_DIGITS}}})(?=\s|$|[,:](?!\d))[,:]?\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:und|and|&|\+)\s+", re.IGNORECASE)
# Marks of direction and the like, which come with what was copied.
_UNSEEN = "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]*"


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What arguments may be guessed from: the ticket of the thread, the people of the room.

    `reminder` is the one that the message answered tells of, `subjects` are the records of the
    committee that it, or the root of the thread, tells of. `committee`: it is the committee's room.
    """

    ticket: TicketId | None
    in_thread: bool
    ticket_prefix: str
    areas: Areas
    members: Mapping[UserId, str]
    mentioned: tuple[UserId, ...] = ()
    prefix: str = ""
    reminder: ReminderId | None = None
    subjects: tuple[Subject, ...] = ()
    committee: bool = False


Arguments = Mapping[str, object]


def arguments(entry: Verb, rest: str, around: Surroundings) -> Arguments:
    """The arguments of a verb by name; tickets as numbers, which are looked up before it runs.

    A number that a verb takes as such is not: the ticket may be somebody else's.
    """
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
    if first is None or first.kind in {Ticket, TicketId, Text}:
        return {}, rest
    if not tickets or entry.ticket_anywhere:
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
    if parameter.kind is TicketId:
        return _number_alone(entry, rest, around)
    if parameter.kind == tuple[Ticket, ...]:
        return _further_tickets(rest, around)
    if parameter.kind is Reminder:
        return _reminder(entry, parameter, rest, around)
    for record, series in _RECORDS.items():
        if parameter.kind is record:
            return _record(series, entry, parameter, rest, around)
    if parameter.kind is Recipients:
        return recipients(rest, around.members, around.mentioned, **_example(entry, around))
    if parameter.kind is Text:
        text = rest.strip()
        if not text and parameter.required:
            raise MissingText(**_example(entry, around))
        return text or None, ""
    return _word_argument(entry, parameter, rest, around)


def _word_argument(
    entry: Verb, parameter: Parameter, rest: str, around: Surroundings
) -> tuple[object, str]:
    word, left = _next_word(rest)
    if not word and not parameter.required:
        return None, left
    if parameter.kind is AreaKey:
        return _area(word, around, entry), left
    if parameter.kind is Priority:
        return _priority(word, entry, around), left
    if parameter.kind is UserId:
        return person_first(rest, around.members, around.mentioned, **_example(entry, around))
    return word or None, left


def _next_word(rest: str) -> tuple[str, str]:
    parts = rest.split(maxsplit=1)
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")


def _ticket(
    entry: Verb, parameter: Parameter, rest: str, around: Surroundings, *, earlier: bool
) -> tuple[TicketId | None, str]:
    # In a ticket's thread, a bare number in front of a text is the beginning of that text.
    bare_number = not (entry.takes_text and around.in_thread) or earlier
    if entry.ticket_anywhere:
        return _ticket_somewhere(rest, around)
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


def _number_alone(entry: Verb, rest: str, around: Surroundings) -> tuple[TicketId, str]:
    match = _reference(around.ticket_prefix, bare_number=True).match(rest)
    if match is None:
        raise MissingAnswer(**_example(entry, around))
    return _number(match), rest[match.end() :]


def _further_tickets(rest: str, around: Surroundings) -> tuple[tuple[TicketId, ...], str]:
    """As many numbers as follow, also with an "und" between them."""
    pattern = _reference(around.ticket_prefix, bare_number=True)
    numbers: list[TicketId] = []
    while match := pattern.match(_AND.sub("", rest)):
        numbers.append(_number(match))
        rest = _AND.sub("", rest)[match.end() :]
    return tuple(numbers), rest


def _ticket_somewhere(rest: str, around: Surroundings) -> tuple[TicketId | None, str]:
    """The first number with the prefix, wherever it stands; at an end it is cut off."""
    match = re.search(
        rf"(?<!\w){re.escape(around.ticket_prefix)}[-\s]?(?P<number>\d+)(?!\w)", rest, re.IGNORECASE
    )
    if match is None:
        return around.ticket, rest
    before, after = rest[: match.start()].rstrip(), rest[match.end() :].lstrip(" :,")
    return _number(match), rest if before and after else before or after


def _reminder(
    entry: Verb, parameter: Parameter, rest: str, around: Surroundings
) -> tuple[ReminderId | None, str]:
    """A short number; without one, the reminder that the answered message tells of."""
    match = _SHORT_NUMBER.match(rest)
    if match is not None:
        return ReminderId(int(match["number"])), rest[match.end() :]
    if around.reminder is None and parameter.required:
        raise MissingReminder(committee=around.committee, **_example(entry, around))
    return around.reminder, rest


def _record(
    series: Series, entry: Verb, parameter: Parameter, rest: str, around: Surroundings
) -> tuple[int | DecisionNumber | None, str]:
    """The number at the beginning; without one, the record that the place is about."""
    pattern = pattern_of(series)
    match = pattern.match(rest)
    if match is not None:
        return _record_number(match), rest[match.end() :]
    hints = [match for subject in around.subjects if (match := pattern.match(subject))]
    if len(hints) == 1:
        return _record_number(hints[0]), rest
    if parameter.required:
        raise MissingRecord(series=series.name.lower(), **_example(entry, around))
    return None, rest


def _record_number(match: re.Match[str]) -> int | DecisionNumber:
    number = int(match["number"])
    year = match.groupdict().get("year")
    return DecisionNumber(int(year), number) if year else number


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
