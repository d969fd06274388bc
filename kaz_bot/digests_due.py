"""Says who can read a digest, and when the next one is due."""

from datetime import datetime

from kaz_bot.config import Settings
from kaz_bot.domain.digests import Rhythm
from kaz_bot.domain.rooms import RoomKind

DIGEST_ROOMS = frozenset({RoomKind.PROJECT, RoomKind.AREA, RoomKind.COMMITTEE})


def next_time(rhythm: Rhythm, settings: Settings, now: datetime) -> datetime | None:
    """The next time after `now`; none while it is off. What falls on a day off is moved."""
    days = settings.working_time.days
    match rhythm:
        case Rhythm.WEEKLY:
            return settings.digest_times.next_after(now, settings.timezone, days)
        case Rhythm.DAILY:
            return settings.digest_times.daily_after(now, settings.timezone, days)
        case Rhythm.OFF:
            return None
