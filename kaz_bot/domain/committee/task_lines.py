"""Tasks as a control list shows them: in groups, the most overdue first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kaz_bot.domain.committee.tasks import OVERDUE, Task, TaskState

_SOON = timedelta(days=7)


class TaskGroup(StrEnum):
    """The parts of a control list, in their order."""

    OVERDUE = "overdue"
    ASKED = "asked"
    SOON = "soon"
    LATER = "later"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One task. `person`: what people call whoever has it, `state`: the word of the contract,
    `days`: how many working days it is overdue. `requested`: it was asked for, and nobody has said
    yes."""

    task: Task
    group: TaskGroup
    state: str
    person: str = ""
    days: int = 0
    requested: bool = False


def group_of(task: Task, now: datetime) -> TaskGroup:
    """Where it stands: what nobody has promised is never overdue."""
    if task.state is TaskState.DONE:
        return TaskGroup.DONE
    if task.state is TaskState.WITHDRAWN:
        return TaskGroup.WITHDRAWN
    if task.requested:
        return TaskGroup.ASKED
    if task.state_at(now) == OVERDUE:
        return TaskGroup.OVERDUE
    return TaskGroup.SOON if task.due_at - now <= _SOON else TaskGroup.LATER


def in_groups(lines: Iterable[TaskLine]) -> list[tuple[TaskGroup, list[TaskLine]]]:
    """Each group that there is, in itself the first due first."""
    found: dict[TaskGroup, list[TaskLine]] = {group: [] for group in TaskGroup}
    for line in sorted(lines, key=lambda line: (line.task.due_at, line.task.id)):
        found[line.group].append(line)
    return [(group, some) for group, some in found.items() if some]
