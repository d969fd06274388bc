"""What stands in a digest: a few lines on each of the things that its reader waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.numbers import DecisionNumber, Series, Subject, TaskId, subject_of
from kaz_bot.domain.digest_weeks import Load
from kaz_bot.domain.reminders import ReminderId, ReminderKind
from kaz_bot.domain.tickets import AreaKey, Priority, TicketId, TicketState

# More lines nobody reads; the others are counted, and a list names them all.
LINES = 3


class Reader(StrEnum):
    """For whom a digest is made."""

    PROJECT = "project"
    AREA = "area"
    COMMITTEE = "committee"
    PERSON = "person"


class Topic(StrEnum):
    """What a section is about, in the order in which people read them."""

    YOUR_TURN = "your_turn"
    ANSWERED = "answered"
    OPEN = "open"
    OVERDUE = "overdue"
    UNCLAIMED = "unclaimed"
    IN_HAND = "in_hand"
    WITH_ASKER = "with_asker"
    VOTES = "votes"
    TASKS = "tasks"
    MEETING = "meeting"
    DEADLINES = "deadlines"
    TO_RELEASE = "to_release"
    STALE = "stale"
    DECISIONS = "decisions"
    SOLUTIONS = "solutions"


class Light(StrEnum):
    """How a task stands, as a traffic light says it."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, kw_only=True)
class Note:
    """One line. `sealed`: it shows words that were said encrypted. `quotes`: whose words it
    repeats, so that the digest goes when they are taken back."""

    sealed: bool = False
    quotes: tuple[Subject, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketNote(Note):
    """A ticket; never who asked, nor for which municipality. `days`: how long it has been so."""

    number: TicketId
    state: TicketState
    priority: Priority
    days: int
    question: str = ""
    awaits: str = ""


@dataclass(frozen=True, kw_only=True)
class DeadlineNote(Note):
    """A deadline that comes, or has passed: `days` until its day."""

    number: ReminderId
    kind: ReminderKind
    due: datetime
    timed: bool
    days: int
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class SolutionNote(Note):
    """A model solution."""

    subject: Subject
    title: str
    area: AreaKey
    as_of: date
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionNote(Note):
    """A decision of the committee."""

    number: DecisionNumber
    title: str


@dataclass(frozen=True, kw_only=True)
class VoteNote(Note):
    """A vote that runs: until when, who is missing by the names of the bodies, how many more."""

    subject: Subject
    title: str
    due_at: datetime | None
    missing: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class TaskNote(Note):
    """A task. `days` until its day; of an overdue one how many working days it is late.
    `requested`: somebody was asked who has not said yes."""

    number: TaskId
    light: Light
    due: datetime
    days: int
    requested: bool
    what: str = ""

    @property
    def subject(self) -> Subject:
        """`A-31`."""
        return subject_of(Series.TASK, self.number)


@dataclass(frozen=True, kw_only=True)
class MeetingNote(Note):
    """The next meeting, with what is to be talked about."""

    subject: Subject
    starts: datetime
    place: str
    topics: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Section:
    """One topic: its first lines, and how many more there are."""

    topic: Topic
    lines: Sequence[Note]
    more: int = 0

    @classmethod
    def of(cls, topic: Topic, notes: Sequence[Note]) -> Self:
        """As many lines as people read. That there is one more takes as much space as that one."""
        shown = tuple(notes if len(notes) == LINES + 1 else notes[:LINES])
        return cls(topic=topic, lines=shown, more=len(notes) - len(shown))


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What happened from `since` to `until`, both on the desk's wall, and what stands then."""

    reader: Reader
    area: AreaKey | None = None
    since: datetime
    until: datetime
    sections: tuple[Section, ...]
    load: Load | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be told."""
        return not self.sections and (self.load is None or self.load.nothing)

    @property
    def sealed(self) -> bool:
        """Whether it shows words that were said encrypted."""
        return any(note.sealed for note in self._notes)

    @property
    def quoted(self) -> tuple[Subject, ...]:
        """Whose words it repeats."""
        return tuple(dict.fromkeys(one for note in self._notes for one in note.quotes))

    @property
    def _notes(self) -> Sequence[Note]:
        return [note for section in self.sections for note in section.lines]


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Those that say something."""
    return tuple(section for section in sections if section.lines)
