"""Expands a recurrence: the same time on the wall all year, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from kaz_bot.dates.moments import Recurrence
from kaz_bot.domain.recurring import by_the_clock

# Of the others there are so few that they are counted from the first one.
_LENGTHS = {
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
_UNTIL = "UNTIL="
_UTC_FORM = "%Y%m%dT%H%M%SZ"
_NAIVE_FORM = "%Y%m%dT%H%M%S"


def occurrences(rule: Recurrence, after: datetime, count: int) -> list[datetime]:
    """The next `count` times strictly after `after`, fewer if the rule ends before."""
    return list(islice(times_after(rule, after), count))


def times_after(rule: Recurrence, after: datetime) -> Iterator[datetime]:
    """All times strictly after `after`, found one by one."""
    return _times(rule.rrule, rule.dtstart, after)


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
    if by_the_clock(rule):
        for at in _expanded(rule, dtstart.astimezone(UTC), after.astimezone(UTC)):
            if at > after.astimezone(UTC):
                yield at.astimezone(zone)
        return
    # dateutil would shift the wall clock with the zone's changes, so it never learns of the zone.
    first = dtstart.replace(tzinfo=None, fold=0)
    since = after.astimezone(zone).replace(tzinfo=None, fold=0) - timedelta(hours=3)
    for wall in _expanded(_without_zone(rule, zone), first, since):
        at = on_the_wall(wall, zone)
        if at.astimezone(UTC) > after.astimezone(UTC):
            yield at


def on_the_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """A time on the wall as an instant; one that is left out comes as much later (RFC 5545)."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _expanded(rule: str, first: datetime, since: datetime) -> Iterator[datetime]:
    """From `since` on; a few before it may be among them."""
    found = rrulestr(rule, dtstart=_nearer(rule, first, since))
    assert isinstance(found, rrule)
    yield from found


def _nearer(rule: str, first: datetime, since: datetime) -> datetime:
    """Where the same rule may begin as well, so that a look after years is as short as the first.

    A rule with COUNT has to be counted from its own beginning.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    length = _LENGTHS.get(parts.get("FREQ", ""))
    if length is None or "COUNT" in parts or since <= first:
        return first
    step = length * int(parts.get("INTERVAL", "1"))
    return first + (since - first) // step * step


def _without_zone(rule: str, zone: ZoneInfo) -> str:
    return ";".join(
        f"{_UNTIL}{_parsed(part, zone):{_NAIVE_FORM}}" if part.startswith(_UNTIL) else part
        for part in rule.split(";")
    )


def _parsed(part: str, zone: ZoneInfo) -> datetime:
    at = datetime.strptime(part.removeprefix(_UNTIL), _UTC_FORM).replace(tzinfo=UTC)
    return at.astimezone(zone).replace(tzinfo=None)
