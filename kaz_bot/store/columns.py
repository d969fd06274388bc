"""The column types between the records of the house and what both databases can hold."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, SmallInteger, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from kaz_bot.domain.letters import Place
from kaz_bot.domain.tickets import Priority
from kaz_bot.messages import Attachment, EventId, LetterId

# SQLite counts up only in a column declared INTEGER, which holds 64 bits all the same.
ID = BigInteger().with_variant(Integer(), "sqlite")
LARGEST_ID = 2**63 - 1

# Most urgent first: stored as its place here, a priority puts an index in the queue's order.
QUEUE = (Priority.CRITICAL, Priority.HIGH, Priority.NORMAL, Priority.LOW)

Held = TypeVar("Held")
Stored = TypeVar("Stored")


def storable(text: str) -> str:
    """The text with what no database takes replaced: PostgreSQL refuses NUL, UTF-8 surrogates."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Chars(TypeDecorator[str]):
    """Text that people or homeservers wrote, whatever is in it."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok: bool | None = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Converted(TypeDecorator[Held], Generic[Held, Stored]):
    """What `take` makes of a stored value, and `put` makes into one; nothing stays nothing."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok: bool | None = True

    def __init__(
        self,
        stored_as: TypeEngine[Stored],
        *,
        put: Callable[[Held], Stored],
        take: Callable[[Stored], Held],
    ) -> None:
        super().__init__()
        self.stored_as = self.impl = stored_as
        self.put = put
        self.take = take

    def process_bind_param(self, value: Held | None, _dialect: Dialect) -> Stored | None:
        return None if value is None else self.put(value)

    def process_result_value(self, value: Stored | None, _dialect: Dialect) -> Held | None:
        return None if value is None else self.take(value)


def choice(words: type[StrEnum]) -> Converted[StrEnum, str]:
    """One of the words of an enumeration, stored as the word."""
    return Converted(Text(), put=str, take=words)


def _put_moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} names no time zone")
    return moment.astimezone(UTC)


def _take_moment(stored: datetime) -> datetime:
    # SQLite has no zones: what it gives back is the UTC we put in.
    return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


def _put_json(value: Mapping[str, object] | tuple[str, ...]) -> str:
    # Only ASCII, so that a NUL or half a surrogate pair in a text is escaped.
    return json.dumps(value, separators=(",", ":"))


def _put_attachment(attachment: Attachment) -> str:
    return _put_json({"name": attachment.name, "content": attachment.content})


def _put_place(place: Place) -> str:
    if place.letter is not None:
        return f"letter:{place.letter}"
    return storable(f"event:{place.event}")


def _take_place(stored: str) -> Place:
    kind, _, name = stored.partition(":")
    if kind == "letter":
        return Place(letter=LetterId(int(name)))
    return Place(event=EventId(name))


# A day, as text: a copy of the database is text, and so it sorts.
DAY = Converted(Text(), put=date.isoformat, take=date.fromisoformat)
# Several files that people sent.
FILES: Converted[tuple[Attachment, ...], str] = Converted(
    Text(),
    put=lambda files: json.dumps([{"name": one.name, "content": one.content} for one in files]),
    take=lambda stored: tuple(Attachment(**one) for one in json.loads(stored)),
)
# A moment: aware in the program, UTC in the database.
INSTANT = Converted(DateTime(timezone=True), put=_put_moment, take=_take_moment)
URGENCY = Converted(SmallInteger(), put=QUEUE.index, take=QUEUE.__getitem__)
# JSON is kept as text, since PostgreSQL's own JSON types refuse an escaped NUL.
FACTS: Converted[Mapping[str, object], str] = Converted(Text(), put=_put_json, take=json.loads)
WORDS: Converted[tuple[str, ...], str] = Converted(
    Text(), put=_put_json, take=lambda stored: tuple(json.loads(stored))
)
# Words without spaces, many of which are read at once: to take JSON apart would cost four times as
# much.
SPACED: Converted[tuple[str, ...], str] = Converted(
    Text(), put=lambda words: storable(" ".join(words)), take=lambda stored: tuple(stored.split())
)
FILE = Converted(Text(), put=_put_attachment, take=lambda stored: Attachment(**json.loads(stored)))
# A place in one column, `event:$…` or `letter:12`, so that an index finds it.
PLACE = Converted(Text(), put=_put_place, take=_take_place)
