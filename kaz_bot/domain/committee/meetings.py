"""A meeting of the committee: when, where, what is on its agenda, who was there."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType, Self
from zoneinfo import ZoneInfo

from kaz_bot.domain.committee.numbers import MeetingId, PaperId, Series, Subject, TaskId, subject_of
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId, UserId

ItemId = NewType("ItemId", int)
# So long before a session of the IT-Rat its papers are due.
PAPERS_AHEAD = timedelta(weeks=4)
USUAL_LENGTH = timedelta(hours=2)
# So long after its end a meeting that nobody has begun, or ended, was forgotten.
FORGOTTEN_AFTER = timedelta(days=1)
# A season without one open day is not waited out for longer.
_DAYS_LOOKED_BACK = 30


class MeetingState(StrEnum):
    """Planned until the chair begins it, then running until it ends; approved are its minutes."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class ItemResult(StrEnum):
    """What became of an agenda item; empty until somebody says so."""

    NONE = ""
    DECIDED = "decided"
    REJECTED = "rejected"
    NOTED = "noted"
    ADJOURNED = "adjourned"
    REMOVED = "removed"
    ON_HOLD = "on_hold"
    TEXT = "text"


class Presence(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    EXCUSED = "excused"


class MeetingNotFound(Refusal):
    """No meeting of that number is held here."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/meeting_not_found"


class MeetingWrongState(Refusal):
    """It has not begun, or is over, or was cancelled."""

    code = ErrorCode.BAD_STATE
    template = "refusal/meeting_wrong_state"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """`outside`: a session of another body (the IT-Rat), for which papers are due before it.

    `next_at` is when time must look at it again.
    """

    id: MeetingId
    version: int = 1
    room_id: RoomId
    state: MeetingState = MeetingState.PLANNED
    title: str = ""
    outside: bool = False
    starts_at: datetime
    length: timedelta = USUAL_LENGTH
    zone: str
    place: str = ""
    owner: UserId
    event_id: EventId
    sequence: int = 0
    next_at: datetime | None = None
    sealed: bool = False
    set_at: datetime
    changed_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: UserId | None = None

    @property
    def subject(self) -> Subject:
        """`S-4`."""
        return subject_of(Series.MEETING, self.id)

    @property
    def starts(self) -> datetime:
        """When it begins, in its own zone."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def ends_at(self) -> datetime:
        """When it is probably over."""
        return self.starts_at + self.length

    @property
    def entered_later(self) -> bool:
        """Whether it was begun here on a later day: when it really began and ended is not known."""
        if self.began_at is None or self.began_at <= self.ends_at:
            return False
        return self.began_at.astimezone(ZoneInfo(self.zone)).date() > self.starts.date()

    def announced_at(self, working: WorkingTime) -> datetime | None:
        """When people are reminded of it: in the morning of the last working day before it."""
        day = self.starts.date()
        before = (day - timedelta(days=number) for number in range(1, _DAYS_LOOKED_BACK))
        return next(filter(None, map(working.opening_of, before)), None)

    def missed_at(self, working: WorkingTime) -> datetime:
        """When somebody must have forgotten to begin it, or to end it."""
        return working.next_opening(self.ends_at + FORGOTTEN_AFTER)

    def closes_at(self, notice: timedelta) -> datetime:
        """From when on its notice period runs, so that what is added then is tabled."""
        return self.starts_at - notice

    def awaited(self, now: datetime, working: WorkingTime) -> Self:
        """Planned, so that time looks at it next when people are to be told of it."""
        announced = self.announced_at(working)
        ahead = announced if announced is not None and announced > now else None
        after = self.ends_at if self.outside else self.missed_at(working)
        return replace(self, next_at=ahead or after)

    def begun(self, at: datetime, working: WorkingTime) -> Self:
        """It runs."""
        self.check(MeetingState.PLANNED)
        begun = replace(self, state=MeetingState.RUNNING, began_at=at, changed_at=at)
        # One that begins late ends late.
        late = max(at - self.starts_at, timedelta())
        return replace(begun, next_at=working.next_opening(self.ends_at + late + FORGOTTEN_AFTER))

    def ended(self, at: datetime) -> Self:
        """It is over; the minutes can be written."""
        self.check(MeetingState.RUNNING)
        return replace(self, state=MeetingState.ENDED, ended_at=at, next_at=None, changed_at=at)

    def over(self, at: datetime) -> Self:
        """A session of another body has passed, which nobody ends here."""
        self.check(MeetingState.PLANNED)
        return replace(self, state=MeetingState.ENDED, ended_at=at, next_at=None, changed_at=at)

    def moved(self, starts_at: datetime, place: str, at: datetime) -> Self:
        """At another time, or in another place. It lasts as long as before."""
        self.check(MeetingState.PLANNED)
        return replace(
            self,
            starts_at=starts_at,
            place=place or self.place,
            sequence=self.sequence + 1,
            changed_at=at,
        )

    def cancelled(self, at: datetime) -> Self:
        """It does not take place."""
        self.check(MeetingState.PLANNED)
        return replace(
            self,
            state=MeetingState.CANCELLED,
            sequence=self.sequence + 1,
            next_at=None,
            changed_at=at,
        )

    def approved(self, by: UserId, at: datetime) -> Self:
        """Somebody stands by its minutes."""
        self.check(MeetingState.ENDED)
        return replace(
            self, state=MeetingState.APPROVED, approved_by=by, approved_at=at, changed_at=at
        )

    def without_words(self) -> Self:
        """What may be said of it where nobody may read what was said encrypted."""
        return replace(self, title="", place="")

    def check(self, *states: MeetingState) -> None:
        """Raises MeetingWrongState."""
        if self.state not in states:
            raise MeetingWrongState(meeting=self)


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """What is talked about under one number; without a meeting it waits for the next one.

    Exactly one of `paper_id`, `task_id` and `text` says what. `tabled`: added after the notice
    period had begun (Tischvorlage).
    """

    id: ItemId
    version: int = 1
    room_id: RoomId
    meeting_id: MeetingId | None = None
    place: int = 0
    paper_id: PaperId | None = None
    task_id: TaskId | None = None
    text: str = ""
    tabled: bool = False
    result: ItemResult = ItemResult.NONE
    result_text: str = ""
    by: UserId
    event_id: EventId
    added_at: datetime

    @property
    def open(self) -> bool:
        """Whether nothing has come out yet."""
        return self.result is ItemResult.NONE

    def with_result(self, result: ItemResult, text: str = "") -> Self:
        """With what became of it; the last word counts."""
        return replace(self, result=result, result_text=text)

    def on(self, meeting_id: MeetingId, place: int) -> Self:
        """On the agenda of that meeting, at that place."""
        return replace(self, meeting_id=meeting_id, place=place)

    def waiting(self) -> Self:
        """Waiting for the next meeting, as when it was added."""
        return replace(self, meeting_id=None, place=0, tabled=False)


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Whether somebody was at a meeting."""

    meeting_id: MeetingId
    person: UserId
    presence: Presence
    noted_at: datetime
