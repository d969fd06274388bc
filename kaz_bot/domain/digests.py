"""Who reads a digest, how often, and since when the next one tells."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from kaz_bot.messages import RoomId, UserId


class Rhythm(StrEnum):
    """How often somebody wants to read."""

    WEEKLY = "weekly"
    DAILY = "daily"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class DigestOrder:
    """The digest of a room, or of a person in their direct chat; exactly one of the two is set.

    `covered_until` is where the last one ended, `next_at` when the next one is due; there is none
    while it is off.
    """

    id: int = 0
    version: int = 1
    room_id: RoomId | None = None
    person: UserId | None = None
    rhythm: Rhythm = Rhythm.WEEKLY
    next_at: datetime | None
    covered_until: datetime
    changed_at: datetime

    def told(self, until: datetime, *, next_at: datetime | None) -> Self:
        """All until then was told; the next is due at `next_at`."""
        return replace(self, covered_until=until, next_at=next_at, changed_at=until)

    def ordered(self, rhythm: Rhythm, *, next_at: datetime | None, at: datetime) -> Self:
        """Read as often as that from now on. Whoever comes back starts with what is new."""
        covered = at if self.rhythm is Rhythm.OFF else self.covered_until
        return replace(self, rhythm=rhythm, next_at=next_at, covered_until=covered, changed_at=at)
