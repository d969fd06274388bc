"""Knows where a recurrence begins, and whether it goes by the wall or by the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

# These are counted in hours: every two hours is every two hours in the night of the change, too.
_BY_THE_CLOCK = ("FREQ=HOURLY", "FREQ=MINUTELY")


def by_the_clock(rrule: str) -> bool:
    """Whether it goes on counting when the clocks on the wall are moved."""
    return rrule.startswith(_BY_THE_CLOCK)


def starts_of(rrule: str, first: datetime) -> str:
    """The first occurrence as it is kept: on the wall, or with its offset if hours count.

    In autumn the wall shows an hour twice, and hours are counted from only one of the two.
    """
    kept = first if by_the_clock(rrule) else first.replace(tzinfo=None)
    return kept.isoformat(timespec="minutes")


def first_of(starts: str, zone: str) -> datetime:
    """The first occurrence in its zone, as it was kept in either form."""
    first = datetime.fromisoformat(starts)
    at = ZoneInfo(zone)
    return first.astimezone(at) if first.tzinfo else first.replace(tzinfo=at)
