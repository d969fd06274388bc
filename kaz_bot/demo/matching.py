"""Whether something heard is what the scene expects, and if not, in what it differs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kaz_bot.demo.book import Book
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.script import Sight

_MESSAGE, _REACTION, _REDACTION = "m.room.message", "m.reaction", "m.room.redaction"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not as expected."""

    what: str
    expected: object
    found: object


def differences(sight: Sight, heard: Heard, book: Book) -> list[Difference]:
    """In what `heard` is not the sight; nothing if it is. Raises NotThere."""
    if sight.reacts:
        pairs = _reaction(sight, heard, book)
    elif sight.redacts:
        pairs = _redaction(sight, heard, book)
    else:
        pairs = _message(sight, heard, book)
    return [
        Difference(what=what, expected=expected, found=found)
        for what, expected, found in (*_origin(sight, heard, book), *pairs)
        if expected != found
    ]


_Pairs = Iterator[tuple[str, object, object]]


def _origin(sight: Sight, heard: Heard, book: Book) -> _Pairs:
    yield "room", book.place(sight.room).room_id, heard.room_id
    yield "sender", book.bot, heard.sender


def _reaction(sight: Sight, heard: Heard, book: Book) -> _Pairs:
    yield "kind", _REACTION, heard.kind
    yield "reaction", sight.reacts, heard.reaction
    yield "to", book.message(sight.to), heard.reacts_to


def _redaction(sight: Sight, heard: Heard, book: Book) -> _Pairs:
    yield "kind", _REDACTION, heard.kind
    yield "redacts", book.message(sight.redacts), heard.redacts


def _message(sight: Sight, heard: Heard, book: Book) -> _Pairs:
    yield "kind", _MESSAGE, heard.kind
    yield "encrypted", book.place(sight.room).encrypted, heard.encrypted
    yield "edits", book.message(sight.edits) if sight.edits else "", heard.edits
    yield "thread", book.message(sight.thread) if sight.thread else "", heard.thread
    yield "calls", _users(sight.calls, book), sorted(heard.calls)
    yield from _keys(sight, heard, book)
    if sight.file:
        yield "file", True, bool(heard.file)
    raced = book.race(heard.key("ticket").get("assignee"), sight.one_of)
    after = replace(book, parts=book.parts | raced)
    for text in map(after.filled, sight.says):
        yield "text", text, text if text in heard.body else heard.body
    content = json.dumps(dict(heard.content), ensure_ascii=False)
    for text in map(book.filled, sight.hides):
        yield "hidden text", "", text if text in content else ""


def _keys(sight: Sight, heard: Heard, book: Book) -> _Pairs:
    if sight.topic:
        yield "de.kaz.info topic", sight.topic, heard.key("info").get("topic")
    if sight.error:
        yield "de.kaz.error code", sight.error, heard.key("error").get("code")
    told = {
        "reminder": sight.reminder,
        "decision": sight.decision,
        "task": sight.task,
        "meeting": sight.meeting,
        "solution": sight.solution,
        "digest": sight.digest,
    }
    for key, facts in told.items():
        for name, fact in facts.items():
            wanted = book.place(str(fact)).room_id if name == "room" else fact
            yield f"de.kaz.{key} {name}", wanted, heard.key(key).get(name)
    ticket = heard.key("ticket")
    for name, expected in sight.ticket.items():
        wanted = book.user(expected) if name == "assignee" else expected
        yield f"de.kaz.ticket {name}", wanted, ticket.get(name)
    if sight.one_of:
        assignee = ticket.get("assignee")
        possible = _users(sight.one_of, book)
        yield "de.kaz.ticket assignee", possible, possible if assignee in possible else assignee


def _users(people: Iterable[str], book: Book) -> list[str]:
    return sorted(map(book.user, people))
