"""Says by when an asker is answered, and by when the question is solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Self

from kaz_bot.domain.tickets import Priority, TicketId
from kaz_bot.domain.working_time import WorkingTime

# A day of a target is a day's work, not a day of the calendar.
BUSINESS_DAY = timedelta(hours=8)
# Nobody is told of an escalation within an hour of the breach.
LEAST_GRACE = timedelta(hours=1)


class Target(StrEnum):
    """What somebody waits for."""

    ANSWER = "answer"
    SOLUTION = "solution"


class Stage(IntEnum):
    """How far a target has come, and what has been said about it."""

    QUIET = 0
    NEAR = 1
    MISSED = 2
    ESCALATED = 3


@dataclass(frozen=True, kw_only=True)
class Targets:
    """How much business time may pass until the first answer, and until the solution."""

    answer: timedelta
    solution: timedelta

    def of(self, target: Target) -> timedelta:
        """The length of one of them."""
        return self.answer if target is Target.ANSWER else self.solution

    def until(self, target: Target, stage: Stage) -> timedelta:
        """The business time after which a stage is reached."""
        length = self.of(target)
        match stage:
            case Stage.QUIET:
                return timedelta(0)
            case Stage.NEAR:
                return length * 3 / 4
            case Stage.MISSED:
                return length
            case Stage.ESCALATED:
                return length + max(length / 2, LEAST_GRACE)


USUAL: Mapping[Priority, Targets] = {
    Priority.CRITICAL: Targets(answer=timedelta(hours=1), solution=timedelta(hours=8)),
    Priority.HIGH: Targets(answer=timedelta(hours=4), solution=2 * BUSINESS_DAY),
    Priority.NORMAL: Targets(answer=BUSINESS_DAY, solution=5 * BUSINESS_DAY),
    Priority.LOW: Targets(answer=3 * BUSINESS_DAY, solution=15 * BUSINESS_DAY),
}


@dataclass(frozen=True)
class ServiceLevels:
    """The targets of each priority."""

    targets: Mapping[Priority, Targets] = field(default_factory=lambda: USUAL)


@dataclass(frozen=True, kw_only=True)
class Due:
    """By when a target is to be met; `overdue` says that it was not."""

    target: Target
    at: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class ServiceClock:
    """How long the asker of a ticket has been waiting for us, in business time.

    `waited` is the business time that the ticket waited for its asker or for the committee instead.
    `due_at` is the nearer of the targets still open, `next_at` when somebody is to be told next;
    both are empty while the clock stands still, or is silent because another ticket answers for
    this one. Once answered or ended, the due times stay as they were: a report can compare. One
    that was never kept has version 0.
    """

    ticket_id: TicketId
    version: int = 0
    started_at: datetime
    answered_at: datetime | None = None
    stopped_at: datetime | None = None
    ended_at: datetime | None = None
    waited: timedelta = timedelta(0)
    answer_due_at: datetime | None = None
    solution_due_at: datetime | None = None
    due_at: datetime | None = None
    answer_told: Stage = Stage.QUIET
    solution_told: Stage = Stage.QUIET
    next_at: datetime | None = None

    @property
    def open_targets(self) -> tuple[Target, ...]:
        """What the asker still waits for."""
        if self.ended_at is not None:
            return ()
        return (Target.SOLUTION,) if self.answered_at else (Target.ANSWER, Target.SOLUTION)

    @property
    def stands(self) -> bool:
        """Whether it has stopped, since somebody else is awaited: the asker, or the committee."""
        return self.stopped_at is not None and self.ended_at is None

    def told(self, target: Target) -> Stage:
        """What has been said about a target so far."""
        return self.answer_told if target is Target.ANSWER else self.solution_told

    def due(self, target: Target) -> datetime | None:
        """By when a target is to be met."""
        return self.answer_due_at if target is Target.ANSWER else self.solution_due_at

    def dues(self, now: datetime) -> tuple[Due, ...]:
        """By when what is still awaited is to be done; nothing while the clock stands."""
        if self.stands:
            return ()
        times = [(target, self.due(target)) for target in self.open_targets]
        return tuple(
            Due(target=target, at=at, overdue=at <= now) for target, at in times if at is not None
        )

    def nearest(self, now: datetime) -> Due | None:
        """The first of them."""
        return min(self.dues(now), key=lambda due: due.at, default=None)

    def with_target(self, target: Target, *, due: datetime, told: Stage) -> Self:
        """With another due time of one target, and what has been said about it."""
        if target is Target.ANSWER:
            return replace(self, answer_due_at=due, answer_told=told)
        return replace(self, solution_due_at=due, solution_told=told)

    def stopped(self, at: datetime) -> Self:
        """Standing still from now on, unless it does already."""
        return self if self.stopped_at else replace(self, stopped_at=at)

    def running(self, time: WorkingTime, at: datetime) -> Self:
        """Running on, with as much business time left as when it stopped."""
        if self.stopped_at is None:
            return self
        waited = self.waited + time.between(self.stopped_at, at)
        return replace(self, stopped_at=None, waited=waited)

    def answered(self, at: datetime) -> Self:
        """With the first answer given; later ones change nothing."""
        return self if self.answered_at else replace(self, answered_at=at)

    def ended(self, at: datetime) -> Self:
        """Nobody waits any more."""
        return self if self.ended_at else replace(self, ended_at=at)

    def begun_anew(self, at: datetime) -> Self:
        """As after a reopening: the whole time for the solution, the first answer was given."""
        return replace(
            self,
            started_at=at,
            answered_at=self.answered_at or at,
            stopped_at=None,
            ended_at=None,
            waited=timedelta(0),
        )
