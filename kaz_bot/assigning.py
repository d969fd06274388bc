"""What the verbs of tasks share: whom one is given, which is meant, how much may be said."""

import re
from collections.abc import Mapping

from kaz_bot.commands import MissingRecord, TooManyWords
from kaz_bot.commands.people import member_at
from kaz_bot.context import Context, TooLong
from kaz_bot.domain.committee.municipalities import is_municipality
from kaz_bot.domain.committee.numbers import Series
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import UserId
from kaz_bot.rights import is_voter

# More than this nobody reads in a list; it belongs into a paper.
LONGEST_WHAT = 1000
LONGEST_NAME = 200
LONGEST_REASON = 300
LONGEST_OUTCOME = 1000
_AT = re.compile(r"(?<!\S)@(?=\S)")
_NUMBER = re.compile(r"\bA\s?[-‐‑–]?\s?\d", re.IGNORECASE)
_FULL_ID = re.compile(r"@[^\s:@]+:[\w.:\[\]-]+")


class NobodyToGiveTo(Refusal):
    """Nobody is meant by that name who can be reached; told who can."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/nobody_to_give_to"


class OnePersonOnly(Refusal):
    """A task is in one person's hands; several are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/one_person_only"


class PromiseOfOthers(Refusal):
    """Whoever set a request cannot promise it for a municipality by a sign; told how to report
    its promise."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/promise_of_others"


def person_within(ctx: Context, text: str) -> tuple[UserId | None, str]:
    """Whom the text calls, by pill or by `@`, and the text without that.

    Anybody in this room; by full Matrix id or pill anybody in a room with the bot.
    """
    known = _known(ctx, text)
    found: dict[UserId, None] = {}
    for user in sorted(ctx.said.mentions if ctx.said else ()):
        if user in known and (place := _place_of(user, known[user], text)) is not None:
            found[user] = None
            text = _without(text, place, member_at(text[place:], {user: known[user]}))
    while (match := _AT.search(text)) is not None:
        named = member_at(text[match.start() :], known)
        if named is None:
            word = text[match.start() :].split(maxsplit=1)[0]
            raise NobodyToGiveTo(word=word, prefix=ctx.settings.prefix)
        found[named[0]] = None
        text = _without(text, match.start(), named)
    if len(found) > 1:
        names = tuple(ctx.name_of(user) for user in found)
        raise OnePersonOnly(names=names, prefix=ctx.settings.prefix)
    return next(iter(found), None), text.strip()


def person_called(ctx: Context, name: str) -> UserId | None:
    """Who stands in the line for the person, where a name does without `@`."""
    person, left = person_within(ctx, name)
    if person is None and left:
        return person_within(ctx, f"@{left}")[0]
    return person


def is_asked(ctx: Context, person: UserId | None, *bodies: str) -> bool:
    """Whether the committee can only ask: a municipality, or somebody who does not belong to it."""
    outside = person is not None and person not in ctx.state.members
    return outside or any(map(is_municipality, bodies))


async def meant(ctx: Context, task: Task | None, text: str | None) -> Task:
    """The task, or in a direct chat the only one in the person's hands. Raises MissingRecord.

    "Zusagen kann ich noch nicht" is talk there: with words behind it a task is named.
    """
    if task is not None:
        return task
    if ctx.direct and text:
        raise as_talk(ctx, text)
    own = await ctx.work.tasks.open_of(ctx.sender) if ctx.direct else []
    if len(own) != 1:
        raise number_missing(ctx)
    return own[0]


def as_talk(ctx: Context, text: str) -> TooManyWords:
    """What follows the verb makes it part of a sentence; said without the prefix it is none."""
    word = text.split(maxsplit=1)[0]
    return TooManyWords(word=word, verb=ctx.verb, prefix=ctx.settings.prefix)


def names_number(ctx: Context) -> bool:
    """Whether the message itself names a task, not only what it answers."""
    return ctx.said is not None and _NUMBER.search(ctx.said.text) is not None


def number_missing(ctx: Context) -> MissingRecord:
    """Which task is meant cannot be guessed."""
    return MissingRecord(series=Series.TASK.name.lower(), verb=ctx.verb, prefix=ctx.settings.prefix)


def _known(ctx: Context, text: str) -> Mapping[UserId, str]:
    """Who may be meant: the people of this room; of others, who are named without doubt."""
    mentions = ctx.said.mentions if ctx.said else frozenset()
    typed = {found.casefold().rstrip(".:") for found in _FULL_ID.findall(text)}
    elsewhere = {
        user: name
        for state in ctx.desk.rooms.joined()
        for user, name in state.members.items()
        if user in mentions or user.casefold() in typed
    }
    people = {**elsewhere, **ctx.state.members}
    return {user: name for user, name in people.items() if is_voter(user, ctx.settings)}


def _place_of(user: UserId, name: str, text: str) -> int | None:
    """Where a pill stands, which looks like a name or like a Matrix id."""
    for spelling in (user, f"@{name}", name):
        found = re.search(re.escape(spelling), text, re.IGNORECASE)
        if spelling and found and member_at(text[found.start() :], {user: name}) is not None:
            return found.start()
    return None


def _without(text: str, place: int, named: tuple[UserId, str] | None) -> str:
    left = named[1] if named else text[place:]
    return f"{text[:place].rstrip()} {left}".strip()


def no_longer_than(limit: int, text: str | None) -> str:
    """The text, or nothing. Raises TooLong."""
    if len(text or "") > limit:
        raise TooLong(limit=limit, length=len(text or ""))
    return text or ""
