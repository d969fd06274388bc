"""Whom a command means: by pill, Matrix id, local part or display name; never by a guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.commands.refusals import UnknownPerson
from kaz_bot.domain.words import folded
from kaz_bot.messages import UserId

_ME = frozenset({"mich", "mir", "me", "ich"})
_US = frozenset({"uns", "us", "alle", "all", "everyone", "everybody"})
# Nobody calls more people in one sentence.
_MOST_CALLED = 20
_AND = frozenset({"und", "and", "&", "sowie"})


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """Whom something is for: people by name, the room (`us`), or the sender (`me`, or unsaid)."""

    people: tuple[UserId, ...] = ()
    us: bool = False
    me: bool = False


def recipients(
    rest: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...], **example: object
) -> tuple[Recipients, str]:
    """The people named at the beginning, and what follows. Raises UnknownPerson for a strange @."""
    word, left = _next_word(rest)
    if folded(word.rstrip(",:")) in _US:
        return Recipients(us=True), left
    me = folded(word.rstrip(",:")) in _ME
    if me:
        rest = _after_and(left, members, mentioned)
    people: list[UserId] = []
    while (named := _called(rest, members, mentioned)) is not None:
        people.append(named[0])
        rest = _after_and(named[1].lstrip(" ,"), members, mentioned)
    if not people and rest.startswith("@"):
        raise UnknownPerson(word=_next_word(rest)[0], **example)
    return Recipients(people=tuple(dict.fromkeys(people)), me=me), rest


def named_within(
    text: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...]
) -> tuple[UserId, ...]:
    """The members who are called anywhere in the text."""
    starts = [place for place, letter in enumerate(text) if letter == "@"]
    found = [_called(text[start:], members, mentioned) for start in starts[:_MOST_CALLED]]
    people = [named[0] for named in found if named is not None]
    return tuple(dict.fromkeys((*people, *(user for user in mentioned if user in members))))


def _after_and(rest: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...]) -> str:
    """What follows an "and", if that is one more person."""
    word, left = _next_word(rest)
    joined = folded(word) in _AND and _called(left, members, mentioned) is not None
    return left if joined else rest


def _called(
    rest: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...]
) -> tuple[UserId, str] | None:
    """A member by `@`, or by a pill, which looks like nothing but their name."""
    found = member_at(rest, members)
    if found is None or not (rest.strip().startswith("@") or found[0] in mentioned):
        return None
    return found


def person_first(
    rest: str, members: Mapping[UserId, str], mentioned: tuple[UserId, ...], **example: object
) -> tuple[UserId, str]:
    """The one member who is named first. Raises UnknownPerson."""
    named = member_at(rest, members)
    if named is not None:
        return named
    word, left = _next_word(rest)
    if len(mentioned) == 1 and mentioned[0] in members:
        return mentioned[0], left
    raise UnknownPerson(word=word, **example)


def member_at(rest: str, members: Mapping[UserId, str]) -> tuple[UserId, str] | None:
    """The member whose name the text begins with, and what follows; None if two share it."""
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


def _next_word(rest: str) -> tuple[str, str]:
    parts = rest.split(maxsplit=1)
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")
