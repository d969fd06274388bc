"""What it means for the committee that somebody was forgotten."""

from dataclasses import dataclass
from typing import ClassVar

from kaz_bot.domain.committee.task_events import TaskHappened


@dataclass(frozen=True)
class TaskOrphaned(TaskHappened):
    """Whoever had it was forgotten, so that nobody has it any more."""

    word: ClassVar[str] = "orphaned"
