"""What happened to a task: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.ladders import Rung
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.messages import UserId


@dataclass(frozen=True)
class TaskHappened(CommitteeHappened):
    """Something happened to `task`."""

    task: Task

    @property
    def subject(self) -> Subject:
        return self.task.subject

    @property
    def addressee(self) -> UserId | None:
        return self.task.person

    def kept(self, reason: str) -> Mapping[str, str]:
        """Why somebody did it; what was said encrypted is not kept with what was set openly."""
        sealed = self.heard is not None and self.heard.sealed
        return {"reason": reason} if reason and (self.task.sealed or not sealed) else {}


@dataclass(frozen=True)
class TaskSet(TaskHappened):
    """Somebody set it. `clash`: it is due on a day off, `remark`: what its date may also mean."""

    word: ClassVar[str] = "set"
    clash: Clash | None = None
    remark: str = ""

    @property
    def details(self) -> Mapping[str, str]:
        return {"due": self.task.due.isoformat()}


@dataclass(frozen=True)
class TaskAccepted(TaskHappened):
    """Whoever has it, or takes it, said yes. `reported`: somebody says so of a municipality.
    `sign`: by a reaction; `taken`: nobody had it before."""

    word: ClassVar[str] = "accepted"
    reason: str = ""
    reported: bool = False
    sign: bool = False
    taken: bool = False

    @property
    def details(self) -> Mapping[str, str]:
        by_sign = {"sign": "taken" if self.taken else "given"} if self.sign else {}
        return {**self.kept(self.reason), **by_sign}


@dataclass(frozen=True)
class TaskTakenBack(TaskHappened):
    """Whoever said yes by a reaction has removed it."""

    word: ClassVar[str] = "taken_back"

    @property
    def addressee(self) -> UserId | None:
        return self.by


@dataclass(frozen=True)
class TaskDeclined(TaskHappened):
    """Whoever had it said no, so that nobody has it."""

    word: ClassVar[str] = "declined"
    reason: str = ""

    @property
    def addressee(self) -> UserId | None:
        return self.by

    @property
    def details(self) -> Mapping[str, str]:
        return self.kept(self.reason)


@dataclass(frozen=True)
class TaskDone(TaskHappened):
    """It is done; the task says what came of it, if somebody has said so."""

    word: ClassVar[str] = "done"


@dataclass(frozen=True)
class TaskOutcomeSaid(TaskHappened):
    """It was done before; whoever said so now says what came of it."""

    word: ClassVar[str] = "outcome"


@dataclass(frozen=True)
class TaskExtended(TaskHappened):
    """It is due at another time, and why."""

    word: ClassVar[str] = "extended"
    before: datetime
    reason: str
    clash: Clash | None = None

    @property
    def details(self) -> Mapping[str, str]:
        dates = {"from": self.before.isoformat(), "to": self.task.due.isoformat()}
        return {**dates, **self.kept(self.reason)}


@dataclass(frozen=True)
class TaskWithdrawn(TaskHappened):
    """The committee does not want it any more."""

    word: ClassVar[str] = "withdrawn"
    reason: str = ""

    @property
    def details(self) -> Mapping[str, str]:
        return self.kept(self.reason)


@dataclass(frozen=True)
class TaskReopened(TaskHappened):
    """It had been ended by mistake."""

    word: ClassVar[str] = "reopened"


@dataclass(frozen=True)
class TaskGiven(TaskHappened):
    """It is in other hands from now on, or in nobody's. `former`: whose it was."""

    word: ClassVar[str] = "given"
    former: UserId | None = None


@dataclass(frozen=True)
class TaskTakenAway(TaskHappened):
    """It was given to somebody else than `former`, who is not in the room and is told so."""

    word: ClassVar[str] = "taken_away"
    former: UserId

    @property
    def addressee(self) -> UserId | None:
        return self.former


@dataclass(frozen=True)
class TaskChanged(TaskHappened):
    """What is to be done, or who is in charge, reads otherwise. `parts` says which of these."""

    word: ClassVar[str] = "changed"
    parts: tuple[str, ...]

    @property
    def details(self) -> Mapping[str, str]:
        return {"parts": " ".join(self.parts)}


@dataclass(frozen=True)
class TaskTold(TaskHappened):
    """It comes nearer, or is overdue. `chairs`: who leads the committee, `days`: how many working
    days it is overdue, `left`: how many days until its day, `hours`: until it is due, if its
    length was said in hours."""

    word: ClassVar[str] = "told"
    rung: Rung
    late: bool
    chairs: tuple[UserId, ...] = ()
    days: int = 0

    @property
    def left(self) -> int:
        zone = ZoneInfo(self.task.zone)
        return (self.task.day - self.at.astimezone(zone).date()).days

    @property
    def hours(self) -> int:
        whole = round((self.task.due_at - self.at).total_seconds() / 3600)
        return max(0, whole) if self.task.elapsed else 0

    @property
    def details(self) -> Mapping[str, str]:
        return {"told": self.rung.told, "level": str(self.rung.level)}


@dataclass(frozen=True)
class TaskWithoutWords(TaskHappened):
    """Whoever worded it took the words back; it cannot be done any more."""

    word: ClassVar[str] = "erased"
