"""The threads of a ticket: where it was asked, and where specialists work on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, LetterId, RoomId, UserId

ThreadId = NewType("ThreadId", int)


class Side(StrEnum):
    """Whose thread it is."""

    ASKER = "asker"
    AREA = "area"


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A thread that belongs to a ticket.

    Its root is somebody's message (`root_event`) or a letter of ours (`root_letter`), which may
    not be sent yet. `person` is set for a direct chat that may not exist yet; then `room_id` is
    unknown until the letter is sent. A thread that is not `current` was left behind by a route;
    one without any root lost it when its room was upgraded, and the next letter becomes it.
    """

    id: ThreadId
    ticket_id: TicketId
    side: Side
    room_id: RoomId | None
    person: UserId | None = None
    root_event: EventId | None = None
    root_letter: LetterId | None = None
    current: bool = True
