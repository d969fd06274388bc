"""Describes a time zone by the rules of its clock changes, as calendars want to be told them.

The library would list every change of a century by its date. Outlook reads only rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# A rule that has held for so many years from now on is taken to hold for ever.
_YEARS_AHEAD = 10
_EARLIEST = 1970
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1

_Observance = TimezoneStandard | TimezoneDaylight


@dataclass(frozen=True, kw_only=True)
class _Change:
    """The clocks are moved: `wall` is what they show just before."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        return self.before, self.after, self.name


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """The `nth` weekday of a month; -1 is the last one."""

    month: int
    nth: int
    weekday: int
    hour: int
    minute: int


def timezone_of(zone: ZoneInfo, year: int) -> Timezone:
    """The zone as it is from some years before `year` on."""
    described = Timezone()
    described.add("tzid", zone.key)
    ahead = [change for y in range(year, year + _YEARS_AHEAD) for change in _changes(zone, y)]
    kinds = dict.fromkeys(change.kind for change in ahead)
    if not kinds:
        described.add_component(_constant(zone, year))
    for kind in kinds:
        described.add_component(_observance(zone, year, kind))
    return described


def _constant(zone: ZoneInfo, year: int) -> _Observance:
    now = datetime(year, 1, 1, tzinfo=zone)
    offset, name = now.utcoffset() or timedelta(), now.tzname() or zone.key
    since = datetime(_EARLIEST, 1, 1)  # noqa: DTZ001  what a clock on the wall shows
    return _described(TimezoneStandard(), since, offset, offset, name)


def _observance(zone: ZoneInfo, year: int, kind: tuple[timedelta, timedelta, str]) -> _Observance:
    ahead = [_of_kind(zone, y, kind) for y in range(year, year + _YEARS_AHEAD)]
    single = [changes[0] for changes in ahead if len(changes) == 1]
    rule = _common_rule(single) if len(single) == _YEARS_AHEAD else None
    some = next(change for changes in ahead for change in changes)
    component = TimezoneDaylight() if some.summer else TimezoneStandard()
    before, after, name = kind
    if rule is None:
        # The law of this zone follows the moon, or is about to change: no rule can say it.
        walls = [change.wall for changes in ahead for change in changes]
        _described(component, walls[0], before, after, name)
        if walls[1:]:
            component.add("rdate", walls[1:])
        return component
    _described(component, _oldest(zone, year, kind, rule).wall, before, after, name)
    day = f"{rule.nth}{_DAY_NAMES[rule.weekday]}"
    component.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=rule.month, BYDAY=day))
    return component


def _described(
    component: _Observance,
    since: datetime,
    before: timedelta,
    after: timedelta,
    name: str,
) -> _Observance:
    component.add("dtstart", since)
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    component.add("tzname", name)
    return component


def _oldest(
    zone: ZoneInfo, year: int, kind: tuple[timedelta, timedelta, str], rule: _Rule
) -> _Change:
    """The first change since which the rule has held without a break."""
    oldest = _of_kind(zone, year, kind)[0]
    for earlier in range(year - 1, _EARLIEST - 1, -1):
        found = _of_kind(zone, earlier, kind)
        if len(found) != 1 or rule not in _rules(found[0]):
            break
        oldest = found[0]
    return oldest


def _of_kind(zone: ZoneInfo, year: int, kind: tuple[timedelta, timedelta, str]) -> list[_Change]:
    return [change for change in _changes(zone, year) if change.kind == kind]


def _common_rule(changes: list[_Change]) -> _Rule | None:
    """The rule that all of them follow. In some years the fourth Sunday is the last one too."""
    first = _rules(changes[0])
    common = [rule for rule in first if all(rule in _rules(change) for change in changes)]
    return common[0] if common else None


def _rules(change: _Change) -> list[_Rule]:
    """The rules by which this change may have come about."""
    wall = change.wall
    is_last = (wall + timedelta(days=7)).month != wall.month
    return [
        _Rule(
            month=wall.month,
            nth=nth,
            weekday=wall.weekday(),
            hour=wall.hour,
            minute=wall.minute,
        )
        for nth in ([_LAST] if is_last else []) + [(wall.day - 1) // 7 + 1]
    ]


@cache
def _changes(zone: ZoneInfo, year: int) -> tuple[_Change, ...]:
    return tuple(_changes_in(zone, year))


def _changes_in(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        following = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, following):
            yield _change(zone, day, following)
        day = following


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> _Change:
    """The minute between the two in which the offset changes."""
    before, after = _offset(zone, early), _offset(zone, late)
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle == early:
            break
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    local = late.astimezone(zone)
    return _Change(
        wall=(late + before).replace(tzinfo=None),
        before=before,
        after=after,
        name=local.tzname() or zone.key,
        summer=bool(local.dst()),
    )


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
