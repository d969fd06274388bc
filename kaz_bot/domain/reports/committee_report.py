"""What a report says of the committee: counted, and never by person."""

from dataclasses import dataclass
from datetime import date

from kaz_bot.domain.committee.numbers import DecisionNumber


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """A decision that was passed in the period. `title` is empty unless it was published."""

    number: DecisionNumber
    title: str
    decided_on: date
    done: bool
    tasks: int
    tasks_done: int
    tasks_overdue: int


@dataclass(frozen=True, kw_only=True)
class TaskFigures:
    """The tasks of the committee: those `set` in the period, how those ended that ended in it, and
    what stood at its end. `accepted` is promised, `open` not yet; `overdue` are some of both."""

    set: int
    done: int
    withdrawn: int
    open: int
    accepted: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class CommitteeFigures:
    """`passed` in the period; `done` of them at its end; `carried_out` in the period, whenever
    they were passed; `standing` at its end and not carried out."""

    passed: int
    done: int
    carried_out: int
    standing: int
    tasks: TaskFigures
    rows: tuple[DecisionRow, ...]
