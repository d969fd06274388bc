"""The committee in a report: what it decided, and what became of that by the end of the period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.numbers import DecisionNumber, Subject
from kaz_bot.domain.committee.tasks import TaskState
from kaz_bot.domain.reports.committee_report import CommitteeFigures, DecisionRow, TaskFigures
from kaz_bot.domain.reports.periods import Period

# What the trail's words make of a task; the other words leave its state as it is.
_STATES = {
    "set": TaskState.OPEN,
    "accepted": TaskState.ACCEPTED,
    "taken_back": TaskState.OPEN,
    "declined": TaskState.OPEN,
    "given": TaskState.OPEN,
    "done": TaskState.DONE,
    "withdrawn": TaskState.WITHDRAWN,
    "reopened": TaskState.OPEN,
}
_STANDING = frozenset({TaskState.OPEN, TaskState.ACCEPTED})


@dataclass(frozen=True, kw_only=True)
class Note:
    """A row of the committee's trail, without whoever did it."""

    subject: Subject
    at: datetime
    event: str
    details: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class _Task:
    """A task as far as its trail was read."""

    state: TaskState = TaskState.OPEN
    set_at: datetime
    state_at: datetime
    due_at: datetime

    @property
    def standing(self) -> bool:
        return self.state in _STANDING

    def after(self, note: Note) -> Self:
        due = note.details.get("to") if note.event == "extended" else None
        moved = replace(self, due_at=datetime.fromisoformat(due)) if due else self
        # Whose words are gone cannot do what they said; one that had ended stays as it was.
        erased = TaskState.WITHDRAWN if note.event == "erased" and self.standing else self.state
        state = _STATES.get(note.event, erased)
        if state is self.state:
            return moved
        return replace(moved, state=state, state_at=note.at)


def committee_figures(
    period: Period,
    until: datetime,
    *,
    decisions: Sequence[Entry],
    notes: Sequence[Note],
    tasks_of: Mapping[DecisionNumber, Sequence[Subject]],
) -> CommitteeFigures:
    """What it did in the period, as it was at `until`; `notes` are in their order."""
    earlier = [note for note in notes if note.at < until]
    tasks = _tasks(earlier)
    done = _done(earlier)
    known = [entry.decision for entry in decisions if entry.decision.decided_at < until]
    published = {entry.decision.number for entry in decisions if entry.published_at is not None}
    rows = [
        DecisionRow(
            number=one.number,
            title=one.title if one.number in published else "",
            decided_on=one.decided_at.astimezone(period.zone).date(),
            done=one.subject in done,
            **_counted(
                [tasks[task] for task in tasks_of.get(one.number, ()) if task in tasks], until
            ),
        )
        for one in known
        if period.holds(one.decided_at)
    ]
    return CommitteeFigures(
        passed=len(rows),
        done=sum(row.done for row in rows),
        carried_out=sum(period.holds(done[one.subject]) for one in known if one.subject in done),
        standing=sum(one.subject not in done for one in known),
        tasks=_task_figures(tasks.values(), period, until),
        rows=tuple(rows),
    )


def _counted(tasks: Sequence[_Task], until: datetime) -> dict[str, int]:
    return {
        "tasks": sum(task.state is not TaskState.WITHDRAWN for task in tasks),
        "tasks_done": sum(task.state is TaskState.DONE for task in tasks),
        "tasks_overdue": sum(_is_overdue(task, until) for task in tasks),
    }


def _tasks(notes: Iterable[Note]) -> dict[Subject, _Task]:
    tasks: dict[Subject, _Task] = {}
    for note in notes:
        known = tasks.get(note.subject)
        if known is not None:
            tasks[note.subject] = known.after(note)
        elif note.event == "set" and "due" in note.details:
            due = datetime.fromisoformat(note.details["due"])
            tasks[note.subject] = _Task(set_at=note.at, state_at=note.at, due_at=due)
    return tasks


def _done(notes: Iterable[Note]) -> dict[Subject, datetime]:
    """What was carried out and when; tasks are done too, but no decision is called like one."""
    done: dict[Subject, datetime] = {}
    for note in notes:
        if note.event == "done":
            done[note.subject] = note.at
        elif note.event == "undone":
            done.pop(note.subject, None)
    return done


def _task_figures(tasks: Iterable[_Task], period: Period, until: datetime) -> TaskFigures:
    by_state: defaultdict[TaskState, int] = defaultdict(int)
    set_, overdue = 0, 0
    for task in tasks:
        set_ += period.holds(task.set_at)
        overdue += _is_overdue(task, until)
        by_state[task.state] += task.standing or period.holds(task.state_at)
    return TaskFigures(
        set=set_,
        done=by_state[TaskState.DONE],
        withdrawn=by_state[TaskState.WITHDRAWN],
        open=by_state[TaskState.OPEN],
        accepted=by_state[TaskState.ACCEPTED],
        overdue=overdue,
    )


def _is_overdue(task: _Task, until: datetime) -> bool:
    return task.standing and task.due_at < until
