"""What happened to a meeting: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.attending import Roll
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.meetings import Meeting, Presence
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import Paper
from kaz_bot.domain.reminder_events import Clash
from kaz_bot.domain.reminders import Reminder
from kaz_bot.messages import Enclosure, RoomId, UserId


@dataclass(frozen=True, kw_only=True)
class PapersDue:
    """By when papers must be there for a session of another body.

    `reminder` is the deadline that stands for it, none if that day is `over`. `ended`: a person has
    ended it, and it stays so. `dropped`: it is gone, since the day is over. `clash`: it is a day
    off, and `before` the last working day before it.
    """

    day: date
    over: bool = False
    reminder: Reminder | None = None
    ended: Reminder | None = None
    dropped: Reminder | None = None
    clash: Clash | None = None
    before: date | None = None


@dataclass(frozen=True)
class MeetingHappened(CommitteeHappened):
    """Something happened to `meeting`, whose agenda is `agenda`."""

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]

    @property
    def subject(self) -> Subject:
        return self.meeting.subject


@dataclass(frozen=True, kw_only=True)
class Calling:
    """What people must know about a date. `file` is for their calendars. `clash`: it is a day off.
    `short`: the notice period of so many days is not kept. `remark`: what its words may mean.
    `until`: when it ends, if somebody said so."""

    file: Enclosure
    clash: Clash | None = None
    short: int = 0
    remark: str = ""
    until: datetime | None = None
    papers: PapersDue | None = None


@dataclass(frozen=True)
class MeetingCalled(MeetingHappened):
    """Somebody called it."""

    word: ClassVar[str] = "called"

    calling: Calling = field(kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {"start": self.meeting.starts.isoformat()}


@dataclass(frozen=True)
class MeetingMoved(MeetingHappened):
    """It is at another time, or in another place. `worded`: the place or the title is new."""

    word: ClassVar[str] = "moved"

    before: datetime = field(kw_only=True)
    place_before: str = field(default="", kw_only=True)
    calling: Calling = field(kw_only=True)
    worded: bool = field(default=False, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        worded = {"worded": "yes"} if self.worded else {}
        return {"from": self.before.isoformat(), "to": self.meeting.starts.isoformat(), **worded}


@dataclass(frozen=True)
class MeetingCancelled(MeetingHappened):
    """It does not take place; `waiting` items wait for the next one. `papers`: the deadline for
    them is gone as well."""

    word: ClassVar[str] = "cancelled"

    file: Enclosure = field(kw_only=True)
    reason: str = field(default="", kw_only=True)
    waiting: int = field(default=0, kw_only=True)
    papers: Reminder | None = field(default=None, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {"reason": "yes"} if self.reason else {}


@dataclass(frozen=True)
class MeetingBegun(MeetingHappened):
    """It runs."""

    word: ClassVar[str] = "begun"


@dataclass(frozen=True)
class MeetingEnded(MeetingHappened):
    """It is over. `carried` wait for the next one, `voting` are still voted on."""

    word: ClassVar[str] = "ended"

    carried: tuple[str, ...] = field(default=(), kw_only=True)
    voting: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class ResultNoted(MeetingHappened):
    """Something came out for an item; `deferred` is its paper if that is put off by it,
    `taken_up` if it is not put off after all."""

    word: ClassVar[str] = "result"

    line: AgendaLine = field(kw_only=True)
    deferred: Paper | None = field(default=None, kw_only=True)
    taken_up: Paper | None = field(default=None, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {"item": str(self.line.item.id), "result": self.line.item.result}


@dataclass(frozen=True)
class AttendanceNoted(MeetingHappened):
    """Somebody is there, or is excused; `roll` is who is there now."""

    word: ClassVar[str] = "attendance"

    people: tuple[UserId, ...] = field(kw_only=True)
    presence: Presence = field(kw_only=True)
    roll: Roll = field(kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {"presence": self.presence, "people": str(len(self.people))}


@dataclass(frozen=True)
class MinutesApproved(MeetingHappened):
    """Somebody stands by the minutes; nothing in them changes any more."""

    word: ClassVar[str] = "approved"

    file: Enclosure = field(kw_only=True)


@dataclass(frozen=True)
class MeetingAnnounced(MeetingHappened):
    """It is on the next working day. `due`: when people should have been told."""

    word: ClassVar[str] = "reminded"

    due: datetime = field(kw_only=True)
    late: bool = field(kw_only=True)


@dataclass(frozen=True)
class MeetingForgotten(MeetingHappened):
    """It should be over, and nobody has begun it, or ended it; `chairs` are asked."""

    word: ClassVar[str] = "asked"

    chairs: tuple[UserId, ...] = field(kw_only=True)


class Worded(StrEnum):
    """What words said for a meeting can be about."""

    MEETING = "meeting"
    ITEM = "item"
    RESULT = "result"
    CANCELLATION = "cancellation"


@dataclass(frozen=True)
class MeetingWordsErased(CommitteeHappened):
    """Somebody took back what they had said for the `subjects`: meetings, or items that wait.

    The messages that show it since then go too. `kept`: the words stay, the minutes are approved.
    """

    word: ClassVar[str] = "erased"

    room_id: RoomId
    subjects: tuple[Subject, ...]
    worded: Worded = field(kw_only=True)
    since: datetime = field(kw_only=True)
    kept: bool = field(default=False, kw_only=True)

    @property
    def subject(self) -> Subject:
        return self.subjects[0]

    @property
    def details(self) -> Mapping[str, str]:
        return {"kept": "yes"} if self.kept else {}
