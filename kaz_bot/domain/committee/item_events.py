"""What happened to the agenda of a meeting, or to what waits for one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from kaz_bot.domain.committee.agenda_items import AgendaLine
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.meetings import AgendaItem, Meeting
from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.messages import RoomId


def subject_of(item: AgendaItem) -> Subject:
    """What waits for a meeting has no number that people could use."""
    return Subject(f"TOP-{item.id}")


@dataclass(frozen=True)
class ItemHappened(CommitteeHappened):
    """Something happened to `line` on the agenda of `meeting`, or of the next one to be called."""

    room_id: RoomId
    meeting: Meeting | None
    line: AgendaLine

    @property
    def subject(self) -> Subject:
        return self.meeting.subject if self.meeting is not None else subject_of(self.line.item)

    @property
    def details(self) -> Mapping[str, str]:
        return {"item": str(self.line.item.id)}


@dataclass(frozen=True)
class ItemAdded(ItemHappened):
    """Somebody put it there."""

    word: ClassVar[str] = "item_added"


@dataclass(frozen=True)
class ItemRemoved(ItemHappened):
    """Somebody took it off. `renumbered`: those behind it have other numbers now."""

    word: ClassVar[str] = "item_removed"

    renumbered: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class AgendaOrdered(ItemHappened):
    """It stands at another place now; so the whole agenda is `agenda`."""

    word: ClassVar[str] = "item_moved"

    agenda: tuple[AgendaLine, ...] = field(kw_only=True)
