"""What a calendar file is made of, before it is written."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.reminders import Reminder


@dataclass(frozen=True, kw_only=True)
class Shift:
    """An occurrence of a recurrence that is at another time, this once."""

    planned: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A reminder or a deadline in a calendar; `place` is what its room is called.

    `left_out` and `shifts` are the occurrences of its rule that are not, or not then.
    """

    reminder: Reminder
    place: str = ""
    left_out: tuple[datetime, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The dates of a room, or without a name those of whoever reads it.

    `server` makes their numbers unique in the world.
    """

    name: str
    zone: ZoneInfo
    server: str
    entries: tuple[Entry, ...]
    at: datetime
