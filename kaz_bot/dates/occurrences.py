"""Expands a recurrence: the same time on the wall all year, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from kaz_bot.dates.moments import Recurrence

# These run by the clock: every two hours is every two hours in the night of the change, too.
_BY_THE_CLOCK = ("FREQ=HOURLY", "FREQ=MINUTELY")
_UNTIL = "UNTIL="
_UTC_FORM = "%Y%m%dT%H%M%SZ"
_NAIVE_FORM = "%Y%m%dT%H%M%S"


def occurrences(rule: Recurrence, after: datetime, count: int) -> list[datetime]:
    """The next `count` times strictly after `after`, fewer if the rule ends before."""
    return list(islice(_times(rule.rrule, rule.dtstart, after), count))


def next_occurrence(rrule: str, dtstart: datetime, after: datetime) -> datetime | None:
    """The next time strictly after `after`, or None if the rule has ended."""
    return next(_times(rrule, dtstart, after), None)


def first_on_the_wall(rule: str, since: datetime, after: datetime) -> datetime | None:
    """The first time strictly after `after` of a rule that begins with `since`, all naive."""
    found: datetime | None = rrulestr(rule, dtstart=since).after(after)
    return found


def until(last: datetime) -> str:
    """The end of a rule as the RFC wants it, in UTC."""
    return f"{_UNTIL}{last.astimezone(UTC):{_UTC_FORM}}"


def _times(rule: str, dtstart: datetime, after: datetime) -> Iterator[datetime]:
    zone = dtstart.tzinfo
    assert isinstance(zone, ZoneInfo)
    if rule.startswith(_BY_THE_CLOCK):
        for at in _expanded(rule, dtstart.astimezone(UTC)).xafter(after.astimezone(UTC)):
            yield at.astimezone(zone)
        return
    # dateutil would shift the wall clock with the zone's changes, so it never learns of the zone.
    walls = _expanded(_without_zone(rule, zone), dtstart.replace(tzinfo=None, fold=0))
    since = after.astimezone(zone).replace(tzinfo=None, fold=0) - timedelta(hours=3)
    for wall in walls.xafter(since, inc=True):
        at = on_the_wall(wall, zone)
        if at.astimezone(UTC) > after.astimezone(UTC):
            yield at


def on_the_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """A time on the wall as an instant; one that is left out comes as much later (RFC 5545)."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _expanded(rule: str, dtstart: datetime) -> rrule:
    found = rrulestr(rule, dtstart=dtstart)
    assert isinstance(found, rrule)
    return found


def _without_zone(rule: str, zone: ZoneInfo) -> str:
    return ";".join(
        f"{_UNTIL}{_parsed(part, zone):{_NAIVE_FORM}}" if part.startswith(_UNTIL) else part
        for part in rule.split(";")
    )


def _parsed(part: str, zone: ZoneInfo) -> datetime:
    at = datetime.strptime(part.removeprefix(_UNTIL), _UTC_FORM).replace(tzinfo=UTC)
    return at.astimezone(zone).replace(tzinfo=None)
