"""Reads who is to speak for a body: its name, its members, and who stands in for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.commands.people import member_at
from kaz_bot.commands.refusals import UnknownPerson
from kaz_bot.domain.words import folded
from kaz_bot.messages import UserId

_DEPUTIES = re.compile(
    r"(?:in\s+)?(?:stellvertretung|stellvertreter(?:in|innen)?|vertretung|vertreten\s+durch|"
    r"vertreter(?:in|innen)?|deputy|deputies|deputised\s+by|alternates?)"
    r"(?:\s+(?:durch|by))?(?!\w)\s*:?\s*",
    re.IGNORECASE,
)
_NAME_THEN_DEPUTIES = re.compile(
    rf"(?P<name>.*\S)\s+{_DEPUTIES.pattern}", re.IGNORECASE | re.DOTALL
)
# What ties people to a name, and is none itself; folded.
_BY = frozenset({"durch", "by", "mit", "with", "fuer", "for"})
_NO_NAME = _BY | frozenset(
    "in vertretung stellvertretung vertreten vertreter vertreterin vertreterinnen stellvertreter "
    "stellvertreterin stellvertreterinnen deputy deputies deputised alternate alternates".split()
)
_AND = re.compile(r"(?:und|and|sowie|&)(?!\w)\s*", re.IGNORECASE)
_REMOVE = frozenset({"entfernen", "loeschen", "remove", "delete"})
_WORD = re.compile(r"(?<!\S)\S")
_BETWEEN = " \t\r\n,;:()"


@dataclass(frozen=True, kw_only=True)
class Seating:
    """What was typed about a body; without people it is only named, or `removed`."""

    name: str
    members: tuple[UserId, ...] = ()
    deputies: tuple[UserId, ...] = ()
    removed: bool = False


def seating(
    text: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...], **example: object
) -> Seating:
    """The name goes up to the first person. Raises UnknownPerson for who is not in the room."""
    called = {user: members[user] for user in mentioned if user in members}
    start = _first_person(text, called)
    if start is None:
        return _without_people(text)
    name, rest = text[:start], text[start:]
    deputies = _NAME_THEN_DEPUTIES.fullmatch(name)
    if deputies is not None:
        name = deputies["name"]
    seats: tuple[list[UserId], list[UserId]] = ([], [])
    seat = 1 if deputies else 0
    while rest := rest.lstrip(_BETWEEN):
        if match := _DEPUTIES.match(rest):
            seat, rest = 1, rest[match.end() :]
        elif match := _AND.match(rest):
            rest = rest[match.end() :]
        else:
            person, rest = _person(rest, called, members, **example)
            seats[seat].append(person)
    return Seating(name=_name(name), members=tuple(seats[0]), deputies=tuple(seats[1]))


def _first_person(text: str, called: Mapping[UserId, str]) -> int | None:
    """Where somebody is named: by `@`, or by a pill, which looks like nothing but their name."""
    for word in _WORD.finditer(text):
        if text[word.start()] == "@" or member_at(text[word.start() :], called) is not None:
            return word.start()
    return None


def _person(
    rest: str, called: Mapping[UserId, str], members: Mapping[UserId, str], **example: object
) -> tuple[UserId, str]:
    """Whoever is called by a pill is meant, also if another one has the same name."""
    found = member_at(rest, called) or member_at(rest, members)
    if found is None:
        raise UnknownPerson(word=rest.split(maxsplit=1)[0], **example)
    return found


def _without_people(text: str) -> Seating:
    words = text.split()
    if len(words) > 1 and folded(words[-1]) in _REMOVE:
        return Seating(name=_tidy(" ".join(words[:-1])), removed=True)
    if len(words) > 1 and folded(words[0]) in _REMOVE:
        return Seating(name=_tidy(" ".join(words[1:])), removed=True)
    return Seating(name=_tidy(text))


def _name(before: str) -> str:
    """What stands before the people, without the words that only lead to them; nothing if there
    are no others."""
    words = _tidy(before).split()
    while words and folded(words[-1]) in _BY:
        words.pop()
    if all(folded(word.strip(_BETWEEN)) in _NO_NAME for word in words):
        return ""
    return " ".join(words)


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(_BETWEEN)
