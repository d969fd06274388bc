"""A task: who does what by when, from a decision or alone, until it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.committee.municipalities import is_municipality
from kaz_bot.domain.committee.numbers import DecisionNumber, Series, Subject, TaskId, subject_of
from kaz_bot.domain.reminders import Told
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId, UserId


class TaskState(StrEnum):
    """The states that are kept; overdue is one that time alone brings."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    WITHDRAWN = "withdrawn"


OVERDUE = "overdue"
STANDING = frozenset({TaskState.OPEN, TaskState.ACCEPTED})
# The parts that hold what somebody typed.
WORDS = frozenset({"what", "client", "lead", "worker", "outcome"})
_DAY = timedelta(days=1)


class TaskNotFound(Refusal):
    """No task of that number can be seen from here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/task_not_found"


class TaskEnded(Refusal):
    """It is done or withdrawn already."""

    code = ErrorCode.BAD_STATE
    template = "refusal/task_ended"


class TooManyTasks(Refusal):
    """So many are open that no more are taken."""

    code = ErrorCode.RATE_LIMITED
    template = "refusal/too_many_tasks"


class TaskStands(Refusal):
    """It is open still, so it need not be opened again."""

    code = ErrorCode.BAD_STATE
    template = "refusal/task_stands"


class NotYourTask(Refusal):
    """It was given to somebody else; told whom."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_your_task"


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to be done for the committee in `room_id`.

    `client` is who wants it (Auftraggeber; empty for the committee), `lead` who answers for it
    (Federführung), `worker` the body and `person` the one who does it. `asked`: a municipality or
    somebody from outside, who is asked and not ordered.
    `due_at` is the end of the day unless a time of day was said (`timed`).
    `next_at` is when time must look at it again.
    """

    id: TaskId
    version: int = 1
    room_id: RoomId
    state: TaskState = TaskState.OPEN
    decision: DecisionNumber | None = None
    what: str
    client: str = ""
    lead: str = ""
    worker: str = ""
    person: UserId | None = None
    asked: bool = False
    owner: UserId
    event_id: EventId
    zone: str
    due_at: datetime
    timed: bool = False
    elapsed: bool = False
    next_at: datetime | None
    told: Told = Told.NOTHING
    told_at: datetime | None = None
    outcome: str = ""
    sealed: bool = False
    set_at: datetime
    changed_at: datetime
    ended_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """`A-31`."""
        return subject_of(Series.TASK, self.id)

    @property
    def open(self) -> bool:
        """Whether it still has to be done."""
        return self.state in STANDING

    @property
    def due(self) -> datetime:
        """When it is due, in its own zone."""
        return self.due_at.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> date:
        """The day on which it is due, as its zone counts days."""
        return self.due.date()

    def state_at(self, now: datetime) -> str:
        """The state of the contract: also whether it is overdue."""
        return OVERDUE if self.open and self.due_at < now else self.state.value

    @property
    def requested(self) -> bool:
        """Whether somebody was asked who has not said yes: to them it is never overdue."""
        return self.asked and self.state is TaskState.OPEN

    @property
    def municipality(self) -> str:
        """Which of its bodies governs itself, and is asked."""
        return next(filter(is_municipality, (self.worker, self.lead)), "")

    def working_days_over(self, now: datetime, days: DaysOff) -> int:
        """How many working days it should have been done before; today counts, its day does not."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        later = (self.day + _DAY * number for number in range(1, (today - self.day).days + 1))
        return sum(map(days.is_open, later))

    def accepted(self, person: UserId | None, at: datetime) -> Self:
        """Promised by `person`, who does it from now on, or by the municipality that was asked.
        Again changes nothing."""
        self.check_open()
        if self.state is TaskState.ACCEPTED and self.person == person:
            return self
        return replace(self, state=TaskState.ACCEPTED, person=person, changed_at=at)

    def declined(self, at: datetime) -> Self:
        """Nobody does it for now."""
        return self.given_to(None, asked=self.asked, at=at)

    def given_to(self, person: UserId | None, *, asked: bool, at: datetime) -> Self:
        """In the hands of `person`, who has not promised anything yet, or of nobody."""
        self.check_open()
        return replace(self, state=TaskState.OPEN, person=person, asked=asked, changed_at=at)

    def differing(self, other: Self) -> tuple[str, ...]:
        """What is worded otherwise there, by the names of its parts."""
        parts = ("what", "client", "lead", "worker", "decision")
        return tuple(part for part in parts if getattr(self, part) != getattr(other, part))

    def reworded(self, new: Self, at: datetime) -> Self:
        """In the words of `new`, or with its bodies in charge; what was promised stands, unless it
        is now somebody who must be asked."""
        self.check_open()
        promised = self.asked or not new.asked
        state = self.state if promised else TaskState.OPEN
        return replace(new, state=state, changed_at=at)

    def done(self, outcome: str, at: datetime) -> Self:
        """Done, with what came of it."""
        self.check_open()
        return replace(self._ended(TaskState.DONE, at), outcome=outcome)

    def with_outcome(self, outcome: str, at: datetime) -> Self:
        """Done before; now it is said what came of it."""
        if self.state is not TaskState.DONE:
            raise TaskEnded(task=self)
        return replace(self, outcome=outcome, changed_at=at)

    def withdrawn(self, at: datetime) -> Self:
        """Not wanted any more."""
        self.check_open()
        return self._ended(TaskState.WITHDRAWN, at)

    def reopened(self, at: datetime) -> Self:
        """To be done after all; reminded of anew. Raises TaskEnded for one without its words."""
        if self.open:
            raise TaskStands(task=self)
        if self.erased_at is not None:
            raise TaskEnded(task=self)
        promised = self.state is TaskState.DONE and self.person is not None
        return replace(
            self,
            state=TaskState.ACCEPTED if promised else TaskState.OPEN,
            outcome="",
            ended_at=None,
            told=Told.NOTHING,
            told_at=at,
            changed_at=at,
        )

    def extended(self, due: datetime, *, timed: bool, elapsed: bool, at: datetime) -> Self:
        """Due at another time; reminded of anew."""
        self.check_open()
        return replace(
            self,
            due_at=due,
            timed=timed,
            elapsed=elapsed,
            told=Told.NOTHING,
            told_at=at,
            changed_at=at,
        )

    def without_words(self, parts: Iterable[str] = WORDS) -> Self:
        """What may be shown of it where its words may not; or without some of them."""
        gone = frozenset(parts)
        return replace(
            self,
            what="" if "what" in gone else self.what,
            client="" if "client" in gone else self.client,
            lead="" if "lead" in gone else self.lead,
            worker="" if "worker" in gone else self.worker,
            outcome="" if "outcome" in gone else self.outcome,
        )

    def erased(self, at: datetime) -> Self:
        """Its words are gone for good; nobody can do it any more."""
        ended = self._ended(TaskState.WITHDRAWN, at) if self.open else self
        return replace(ended.without_words(), erased_at=at, changed_at=at)

    def informed(self, told: Told, *, next_at: datetime | None, at: datetime) -> Self:
        """People were told; the next time is `next_at`."""
        return replace(self, told=told, told_at=at, next_at=next_at)

    def check_open(self) -> None:
        """Raises TaskEnded."""
        if not self.open:
            raise TaskEnded(task=self)

    def _ended(self, state: TaskState, at: datetime) -> Self:
        return replace(self, state=state, next_at=None, ended_at=at, changed_at=at)
