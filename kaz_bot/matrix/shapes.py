"""Reads JSON that strangers wrote: a value has the shape asked for, or it is not there."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from kaz_bot.messages import EventId, RoomId, UserId

Json = Mapping[str, object]

# The longest Matrix id (appendices of the specification).
_LONGEST_ID = 255
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MS = 253_402_300_799_000  # the end of the year 9999, where datetime ends too


def mapping(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def at(value: object, *path: str) -> object:
    """What lies at the end of a path through nested objects."""
    for key in path:
        value = mapping(value).get(key)
    return value


def items(value: object) -> Iterator[object]:
    """The members of a list; of anything else none."""
    return iter(value) if isinstance(value, list) else iter(())


def objects(value: object) -> Iterator[Json]:
    """The members of a list that are objects."""
    return (item for item in items(value) if isinstance(item, dict))


def text(value: object) -> str | None:
    """The string, fit for every database: no half characters, no NUL."""
    if not isinstance(value, str):
        return None
    if value.isascii() and "\0" not in value:
        return value
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "�")


def integer(value: object) -> int | None:
    """The whole number; true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def event_id(value: object) -> EventId | None:
    """The string, if it looks like the id of an event."""
    return EventId(value) if isinstance(value, str) and _is_id(value, "$") else None


def room_id(value: object) -> RoomId | None:
    """The string, if it looks like the id of a room."""
    return RoomId(value) if isinstance(value, str) and _is_id(value, "!") else None


def user_id(value: object) -> UserId | None:
    """The string, if it looks like the id of a user."""
    return UserId(value) if isinstance(value, str) and _is_id(value, "@") else None


def instant(value: object) -> datetime:
    """Milliseconds since 1970 as a time. Servers may say anything: what is no time is 1970."""
    milliseconds = integer(value)
    if milliseconds is None or not 0 <= milliseconds <= _LATEST_MS:
        return _EPOCH
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _is_id(value: str, sigil: str) -> bool:
    return (
        value.startswith(sigil)
        and 1 < len(value.encode("utf-8", "replace")) <= _LONGEST_ID
        and value.isprintable()
    )
