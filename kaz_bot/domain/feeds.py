"""A feed: the secret address under which a room's or a person's dates can be subscribed to."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.messages import RoomId, UserId


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One address, of a room or of a person; one of the two is set. Revoked for good."""

    id: int
    token: str
    room_id: RoomId | None = None
    person: UserId | None = None
    made_at: datetime
    revoked_at: datetime | None = None
