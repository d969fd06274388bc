"""What a room is to the desk: who asks there, who answers there."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import RoomId, UserId


class RoomKind(StrEnum):
    """The kinds of room of the contract."""

    PROJECT = "project"
    AREA = "area"
    COMMITTEE = "committee"
    ADMIN = "admin"
    DIRECT = "direct"


class Language(StrEnum):
    """The languages every text exists in."""

    DE = "de"
    EN = "en"


# Rooms in which only the right people may read along.
GUARDED = frozenset({RoomKind.AREA, RoomKind.COMMITTEE, RoomKind.ADMIN})


@dataclass(frozen=True, kw_only=True)
class BoundRoom:
    """A room the bot serves. `person` is whom a direct chat is with.

    `by_settings` rooms follow the settings at each start; others were bound in chat.
    """

    room_id: RoomId
    kind: RoomKind
    area: AreaKey | None = None
    language: Language = Language.DE
    person: UserId | None = None
    by_settings: bool = False
    bound_at: datetime
    left_at: datetime | None = None

    def moved_to(self, room_id: RoomId, at: datetime) -> Self:
        """The same room after an upgrade."""
        return replace(self, room_id=room_id, bound_at=at, left_at=None)
