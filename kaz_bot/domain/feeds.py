"""A feed: the secret address under which a room's or a person's dates can be subscribed to."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kaz_bot.messages import RoomId, UserId

_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One address, of a room or of a person; one of the two is set. Revoked for good.

    `sealed`: it was told to nobody but inside encryption, so it may show what was written there.
    """

    id: int = 0
    token: str
    room_id: RoomId | None = None
    person: UserId | None = None
    sealed: bool = False
    made_at: datetime
    revoked_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether it can be read."""
        return self.revoked_at is None

    def revoked(self, at: datetime) -> Self:
        """Never to be read again. Doing it again changes nothing."""
        return self if self.revoked_at else replace(self, revoked_at=at)

    def told(self, *, encrypted: bool) -> Self:
        """The address is told once more; outside encryption it shows no sealed words any more."""
        return self if encrypted else replace(self, sealed=False)


def new_token() -> str:
    """256 bits that nobody can guess, in letters for an address."""
    return secrets.token_urlsafe(_BYTES)
