"""What a calendar file is made of, before it is written."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.tasks import Task
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
class MeetingEntry:
    """A meeting in a calendar, with the items of its agenda; `place` is what its room is called."""

    meeting: Meeting
    agenda: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskEntry:
    """A task in a calendar, on the day when it is due; `place` is what its room is called."""

    task: Task
    place: str = ""


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
    meetings: tuple[MeetingEntry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()

    @property
    def count(self) -> int:
        """How many dates stand in it."""
        return len(self.entries) + len(self.meetings) + len(self.tasks)
