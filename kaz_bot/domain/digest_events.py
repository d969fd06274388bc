"""What happened with digests: one was composed, and is to be told."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.digest_contents import Digest
from kaz_bot.domain.digest_weeks import Week
from kaz_bot.domain.digests import Rhythm
from kaz_bot.domain.reminder_events import Heard
from kaz_bot.messages import Enclosure, RoomId


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The weeks behind a digest: as a file to be drawn, and to be told in words."""

    file: Enclosure
    weeks: tuple[Week, ...]


@dataclass(frozen=True, kw_only=True)
class DigestTold:
    """A digest for those in `room_id`. It changes nothing that an audit trail would keep: what
    it tells of has its own.

    `due`: when it should have been told, if it comes late. `heard`: who asked for it between two.
    """

    room_id: RoomId
    digest: Digest
    rhythm: Rhythm
    picture: Picture | None = None
    due: datetime | None = None
    heard: Heard | None = None
    at: datetime
