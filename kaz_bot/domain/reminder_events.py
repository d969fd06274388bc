"""What happened to a reminder or a deadline: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.days_off import Holiday
from kaz_bot.domain.ladders import Rung
from kaz_bot.domain.reminders import Reminder, ReminderEntry, Responsible
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import EventId, RoomId, UserId


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Where somebody said something, and is answered; `sealed`: it was said encrypted."""

    room_id: RoomId
    sealed: bool = False
    thread: EventId | None = None
    reply_to: EventId | None = None


@dataclass(frozen=True)
class ReminderHappened:
    """Something happened to `reminder`. `by` and `heard` are empty for what time brought."""

    word: ClassVar[str]

    reminder: Reminder
    by: UserId | None = field(kw_only=True)
    at: datetime = field(kw_only=True)
    heard: Heard | None = field(default=None, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        """Short facts for its history."""
        return {}

    def entries(self, cause: EventId | None) -> list[ReminderEntry]:
        """The rows of its history."""
        row = ReminderEntry(
            reminder_id=self.reminder.id,
            at=self.at,
            actor=self.by,
            event=self.word,
            cause=cause,
            details=self.details,
        )
        return [row]


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A day off on which a deadline ends, or an occurrence falls."""

    due: datetime
    holiday: Holiday | None
    next_working_day: datetime


@dataclass(frozen=True)
class ReminderSet(ReminderHappened):
    """Somebody set it. `clash`: it falls on a day off, `remark`: what its words may also mean,
    `upcoming`: the next times of a recurrence."""

    word: ClassVar[str] = "set"
    people: tuple[Responsible, ...] = ()
    ticket: Ticket | None = None
    clash: Clash | None = None
    remark: str = ""
    upcoming: tuple[datetime, ...] = ()

    @property
    def details(self) -> Mapping[str, str]:
        return {"due": self.reminder.due.isoformat(), "kind": self.reminder.kind}


@dataclass(frozen=True)
class ReminderPutOff(ReminderHappened):
    """It is due later; of a deadline: it was extended."""

    word: ClassVar[str] = "snoozed"
    before: datetime
    reason: str = ""
    clash: Clash | None = None

    @property
    def until(self) -> datetime:
        """The new date; of what recurs, when it is said once more."""
        once_more = None if self.reminder.is_deadline else self.reminder.next_at
        return (once_more or self.reminder.due_at).astimezone(self.before.tzinfo)

    @property
    def details(self) -> Mapping[str, str]:
        # What was said encrypted is not kept with a reminder that was set in the open.
        kept = self.reason and (self.reminder.sealed or not (self.heard and self.heard.sealed))
        reason = {"reason": self.reason} if kept else {}
        return {"from": self.before.isoformat(), "to": self.until.isoformat(), **reason}


@dataclass(frozen=True)
class ReminderDone(ReminderHappened):
    """Somebody has done it; `missing` are those who have not yet."""

    word: ClassVar[str] = "done"
    missing: tuple[UserId, ...] = ()


@dataclass(frozen=True)
class ReminderCancelled(ReminderHappened):
    """Somebody took it back."""

    word: ClassVar[str] = "cancelled"


@dataclass(frozen=True)
class HolidayRuleChosen(ReminderHappened):
    """Somebody said what happens when it falls on a holiday."""

    word: ClassVar[str] = "holidays"

    @property
    def details(self) -> Mapping[str, str]:
        return {"rule": self.reminder.holidays}


@dataclass(frozen=True)
class ReminderWithoutText(ReminderHappened):
    """Whoever wrote its text took it back; the time stands."""

    word: ClassVar[str] = "erased"


@dataclass(frozen=True, kw_only=True)
class FellDue:
    """One reminder whose time has come. `due`: when that was, `missed`: how many occurrences
    passed unsaid before it, `upcoming`: the next one, `ticket`: the one it hangs on."""

    reminder: Reminder
    due: datetime
    missed: int = 0
    upcoming: datetime | None = None
    holiday: Holiday | None = None
    ticket: Ticket | None = None


@dataclass(frozen=True, kw_only=True)
class RemindersDue:
    """Time has come for one reminder, or is past for some of the same room and person."""

    fallen: tuple[FellDue, ...]
    late: bool
    at: datetime

    @property
    def word(self) -> str:
        """What programs read."""
        return "late" if self.late else "due"

    def entries(self, cause: EventId | None) -> list[ReminderEntry]:
        """The rows of their histories."""
        return [
            ReminderEntry(
                reminder_id=one.reminder.id,
                at=self.at,
                actor=None,
                event=self.word,
                cause=cause,
                details={"due": one.due.isoformat()},
            )
            for one in self.fallen
        ]


@dataclass(frozen=True)
class DeadlineTold(ReminderHappened):
    """A deadline comes nearer, or has passed; `missing` are those who have not done it."""

    word: ClassVar[str] = "told"
    rung: Rung
    late: bool
    missing: tuple[UserId, ...] = ()
    ticket: Ticket | None = None

    @property
    def details(self) -> Mapping[str, str]:
        return {"told": self.rung.told, "level": str(self.rung.level)}
