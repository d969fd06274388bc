"""A reminder or a deadline: when it is due, whom it is for, and the only steps it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self
from zoneinfo import ZoneInfo

from kaz_bot.domain.recurring import by_the_clock
from kaz_bot.domain.tickets import TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId, UserId

ReminderId = NewType("ReminderId", int)


class ReminderKind(StrEnum):
    """What somebody asked for: to be reminded, or that something be done by a time."""

    REMINDER = "reminder"
    DEADLINE = "deadline"
    # An Ausschlussfrist: who misses it has lost, so it can be neither put off nor extended.
    CUTOFF = "cutoff"


class ReminderState(StrEnum):
    """Open until it is done or cancelled; a reminder that was sent stays open to be ticked off."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class HolidayRule(StrEnum):
    """What happens to an occurrence that falls on a public holiday."""

    KEEP = "keep"
    SKIP = "skip"
    BEFORE = "before"
    AFTER = "after"


class Told(StrEnum):
    """The latest thing people were told about it."""

    NOTHING = ""
    AHEAD = "ahead"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


class ReminderNotFound(Refusal):
    """No reminder of that number can be seen from here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/reminder_not_found"


class NotYourReminder(Refusal):
    """It is for others; told who may change it."""

    code = ErrorCode.NOT_ALLOWED
    template = "refusal/not_your_reminder"


class ReminderEnded(Refusal):
    """It is done or cancelled already."""

    code = ErrorCode.BAD_STATE
    template = "refusal/reminder_ended"


class CannotBePutOff(Refusal):
    """An Ausschlussfrist stays where it is."""

    code = ErrorCode.BAD_STATE
    template = "refusal/cannot_be_put_off"


@dataclass(frozen=True, kw_only=True)
class Responsible:
    """Somebody who has to do it; `done_at` is empty until they have."""

    person: UserId
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReminderEntry:
    """One change of one reminder. `details` are short facts such as the old date, never texts
    but the reason of an extension."""

    reminder_id: ReminderId
    at: datetime
    actor: UserId | None
    event: str
    cause: EventId | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something to be reminded of, in the room where it was set.

    `due_at` is the instant people meant, or for a recurrence that of its next occurrence;
    `wall` is the same as a clock on the wall of `zone` shows it, which stays when the law moves
    the clocks. `rrule` is RFC 5545 without its name, beginning at `starts` on that wall,
    which by the hour has its offset.
    `next_at` is when time must look at it again; empty when nothing is left to say.
    `target` is whom a reminder calls, nobody for the whole room. `about_event` is the message it
    points at, `about_author` who wrote that if `about` quotes it, `event_id` the command that set
    it, `thread` the root it stands under.
    `told_at` is up to when people know: earlier things are not told again.
    `timed`: a time of day was said. `elapsed`: said as hours, which run through weekends.
    """

    id: ReminderId
    version: int = 1
    kind: ReminderKind = ReminderKind.REMINDER
    state: ReminderState = ReminderState.OPEN
    room_id: RoomId
    owner: UserId
    target: UserId | None = None
    about: str = ""
    about_event: EventId | None = None
    about_author: UserId | None = None
    ticket_id: TicketId | None = None
    thread: EventId | None = None
    event_id: EventId
    wall: str
    zone: str
    due_at: datetime
    next_at: datetime | None
    timed: bool = True
    elapsed: bool = False
    rrule: str = ""
    starts: str = ""
    holidays: HolidayRule = HolidayRule.KEEP
    told: Told = Told.NOTHING
    told_at: datetime | None = None
    sealed: bool = False
    sequence: int = 0
    set_at: datetime
    changed_at: datetime
    ended_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still stands."""
        return self.state is ReminderState.OPEN

    @property
    def coming(self) -> datetime:
        """When somebody is reminded next; of what was put off, then."""
        once_more = None if self.is_deadline else self.next_at
        return (once_more or self.due_at).astimezone(ZoneInfo(self.zone))

    @property
    def by_the_clock(self) -> bool:
        """Whether it comes several times a day."""
        return by_the_clock(self.rrule)

    @property
    def is_deadline(self) -> bool:
        """Something has to be done by then, not only thought of."""
        return self.kind is not ReminderKind.REMINDER

    @property
    def due(self) -> datetime:
        """When it is due, in its own zone."""
        return self.due_at.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> date:
        """The day on which it is due, as its zone counts days."""
        return self.due.date()

    def done(self, at: datetime) -> Self:
        """Done, for good; of a recurrence only this time, and the next one comes."""
        self._check_open()
        if self.rrule:
            return replace(self, next_at=self.due_at, changed_at=at)
        return self._ended(ReminderState.DONE, at)

    def cancelled(self, at: datetime) -> Self:
        """Taken back."""
        self._check_open()
        return self._ended(ReminderState.CANCELLED, at)

    def put_off(self, due: datetime, *, timed: bool, at: datetime) -> Self:
        """Due at another time; one that was ended by mistake stands again.

        Raises CannotBePutOff for an Ausschlussfrist.
        """
        self.check_movable()
        return replace(
            self,
            state=ReminderState.OPEN,
            ended_at=None,
            due_at=due,
            wall=wall_of(due, ZoneInfo(self.zone)),
            timed=timed,
            next_at=due,
            told=Told.NOTHING,
            told_at=at,
            sequence=self.sequence + 1,
            changed_at=at,
        )

    def check_movable(self) -> None:
        """Raises CannotBePutOff for an Ausschlussfrist."""
        if self.kind is ReminderKind.CUTOFF:
            raise CannotBePutOff(reminder=self)

    def not_again(self) -> Self:
        """The last time of its rule: from now on like one that came only once."""
        return replace(self, rrule="", starts="")

    def informed(self, told: Told, *, next_at: datetime | None, at: datetime) -> Self:
        """People were told; the next time is `next_at`."""
        return replace(self, told=told, told_at=at, next_at=next_at, changed_at=at)

    def due_on(self, due: datetime) -> Self:
        """Due then: for the first time, or the next."""
        return replace(self, due_at=due, wall=wall_of(due, ZoneInfo(self.zone)), next_at=due)

    def with_holidays(self, rule: HolidayRule, at: datetime) -> Self:
        """With another answer to what happens on holidays."""
        self._check_open()
        return replace(self, holidays=rule, sequence=self.sequence + 1, changed_at=at)

    def erased(self, at: datetime) -> Self:
        """Without its text; the time stays, so that nothing falls due unnoticed."""
        return replace(
            self,
            about="",
            about_author=None,
            erased_at=at,
            sequence=self.sequence + 1,
            changed_at=at,
        )

    def _ended(self, state: ReminderState, at: datetime) -> Self:
        return replace(
            self,
            state=state,
            next_at=None,
            ended_at=at,
            sequence=self.sequence + 1,
            changed_at=at,
        )

    def _check_open(self) -> None:
        if not self.open:
            raise ReminderEnded(reminder=self)


def wall_of(at: datetime, zone: ZoneInfo) -> str:
    """What the clock on the wall shows then: `2026-09-30T09:00`."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
