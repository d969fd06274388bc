"""What the parts of a digest are told: from when to when, and what may be shown there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kaz_bot.context import Desk
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.store import Work

# What is due later than this is nothing to think of yet.
AHEAD = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """`encrypted`: the place is, so that words which were said encrypted may be shown in it."""

    work: Work
    desk: Desk
    since: datetime
    now: datetime
    encrypted: bool

    @property
    def today(self) -> date:
        """The day, as a calendar on the wall shows it."""
        return self.day(self.now)

    def day(self, at: datetime) -> date:
        """The day on which something was, as people count days."""
        return at.astimezone(self.desk.settings.timezone).date()

    def days_since(self, at: datetime) -> int:
        """How many days ago it was; none if it was today."""
        return max(0, (self.today - self.day(at)).days)

    def shows(self, *, sealed: bool) -> bool:
        """Whether words may be shown: those that were said encrypted only where it is."""
        return self.encrypted or not sealed

    def within(self, at: datetime | None) -> bool:
        """Whether it happened since the last digest."""
        return at is not None and self.since < at <= self.now


async def areas_at_home(work: Work, areas: Areas, area: AreaKey) -> list[AreaKey]:
    """The areas whose tickets are worked on in the room of `area`."""
    roomed = {room.area for room in await work.rooms.of_kind(RoomKind.AREA) if room.area}
    return [one.key for one in areas.all if areas.home(one.key, roomed) == area]
