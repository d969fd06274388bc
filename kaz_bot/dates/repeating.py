"""Makes a rule of what was said of a recurrence, and finds where it begins and ends."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from kaz_bot.dates.arranging import Arranged, arranged
from kaz_bot.dates.clocks import hours_said, said_time
from kaz_bot.dates.composing import day_said
from kaz_bot.dates.days import Findable
from kaz_bot.dates.lengths import distance, moved
from kaz_bot.dates.moments import Recurrence, Use
from kaz_bot.dates.occurrences import first_on_the_wall, on_the_wall, until
from kaz_bot.dates.parts import OPEN
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.rules import (
    Rule,
    a_day_later,
    at_hours,
    every,
    on_date,
    on_days_of_month,
    on_end,
    on_named_day,
    on_nth,
    on_weekdays,
)
from kaz_bot.dates.scene import Scene, shown
from kaz_bot.dates.spoken import (
    Again,
    Ahead,
    Date,
    DayOfMonth,
    EndOf,
    Mark,
    NamedDay,
    Nth,
    OnWeekday,
    Part,
    Stretch,
    Unit,
)
from kaz_bot.dates.stretches import span

_IN_EVERY_MONTH = 28
_MOST_TIMES = 1000
# "jedes Jahr am letzten Sonntag im März um 2:30" is left out every time.
_MOST_LEFT_OUT = 4
_OPEN = OPEN | {Mark.BEFORE, Mark.AFTER}


def recurrence(parts: Sequence[Part], scene: Scene) -> Recurrence:
    """The rule that the parts name. Raises `BadDate`."""
    if any(part in _OPEN for part in parts):
        raise BadDate(Reason.AMBIGUOUS)
    said = arranged(parts)
    several = Mark.ALSO in parts and len(said.times) > 1
    hours = hours_said(said.times, scene.use) if several else ()
    seen = replace(scene, said=hours[0] if hours else said_time(said.times, scene.use))
    rule, left = _rule(said, seen)
    if hours:
        rule = at_hours(rule, [hour.time.hour for hour in hours])
    if seen.time.next_day:
        rule = a_day_later(rule)
    dtstart = _first(rule, _since([*said.since, *left], scene), seen)
    return Recurrence(
        rrule=rule.written(*_ends(said, dtstart, scene)),
        dtstart=dtstart,
        timed=seen.said is not None,
        working_days=rule.working_days,
    )


def _rule(said: Arranged, scene: Scene) -> tuple[Rule, list[Findable]]:
    """The rule, and the days that are not of it: those say when it begins."""
    if len(said.again) > 1:
        raise BadDate(Reason.AMBIGUOUS)
    again = said.again[0] if said.again else None
    if said.without:
        return _weekly_without(said, again)
    if _is_about_weekdays(said, again):
        return _weekly(said, again)
    if said.nths:
        return _of_nths(said.nths, again, scene), said.days
    if not said.days:
        if again is None:
            raise BadDate(Reason.AMBIGUOUS)
        return every(again), []
    return _of_days(said.days, again, scene)


def _is_about_weekdays(said: Arranged, again: Again | None) -> bool:
    if said.weekdays:
        return True
    monthly = again is not None and again.unit not in {Unit.DAY, Unit.WEEK}
    return not monthly and any(isinstance(day, OnWeekday) for day in said.days)


def _weekly(said: Arranged, again: Again | None) -> tuple[Rule, list[Findable]]:
    weeks = said.weeks * _weeks(again)
    bare = [day for day in said.days if isinstance(day, OnWeekday)]
    left: list[Findable] = [day for day in said.days if not isinstance(day, OnWeekday)]
    if said.nths or any(day.which for day in bare):
        raise BadDate(Reason.AMBIGUOUS)
    return on_weekdays([*said.weekdays, *(day.day for day in bare)], weeks), left


def _weeks(again: Again | None) -> int:
    match again:
        case None | Again(Unit.DAY, 1):
            return 1
        case Again(Unit.WEEK, interval):
            return interval
        case Again(Unit.DAY, days) if days % 7 == 0:
            return days // 7
        case _:
            raise BadDate(Reason.AMBIGUOUS)


def _weekly_without(said: Arranged, again: Again | None) -> tuple[Rule, list[Findable]]:
    """ "täglich außer Sonntag" """
    daily = again in {Again(Unit.DAY), Again(Unit.WORKDAY)}
    if (again and not daily) or said.nths or said.weeks > 1:
        raise BadDate(Reason.AMBIGUOUS)
    if again is None and not said.weekdays:
        # "außer Montag" alone: nobody said "täglich".
        raise BadDate(Reason.AMBIGUOUS)
    usual = range(5) if again == Again(Unit.WORKDAY) else range(7)
    kept = [day for day in said.weekdays or usual if day not in said.without]
    if not kept:
        raise BadDate(Reason.INVALID)
    return replace(on_weekdays(kept, 1), working_days=again == Again(Unit.WORKDAY)), said.days


def _of_nths(nths: Sequence[Nth], again: Again | None, scene: Scene) -> Rule:
    """ "jeden ersten und dritten Dienstag im Monat" """
    if len({(nth.what, nth.of) for nth in nths}) > 1:
        raise BadDate(Reason.AMBIGUOUS)
    rule, *others = (_of_nth(nth, again, scene) for nth in nths)
    if not others:
        return rule
    *same, last = rule.by
    return replace(rule, by=(*same, ",".join([last, *(_value(other.by[-1]) for other in others)])))


def _value(by: str) -> str:
    return by.partition("=")[2]


def _of_nth(nth: Nth, again: Again | None, scene: Scene) -> Rule:
    """Of "jeden zweiten Donnerstag" nobody knows: every other one, or the second of the month?"""
    of = nth.of or (_stretch_of(again) if again else None)
    if of is not None:
        return on_nth(nth, of)
    if nth.what is Unit.DAY and nth.place > 0:
        return every(Again(Unit.DAY, nth.place))
    if nth.place in {-2, -1, 1}:
        return on_nth(nth, Stretch(Unit.MONTH))
    if not isinstance(nth.what, int):
        raise BadDate(Reason.AMBIGUOUS)
    raise BadDate(Reason.AMBIGUOUS, moments=tuple(_either(nth, nth.what, scene)))


def _either(nth: Nth, weekday: int, scene: Scene) -> Iterator[datetime]:
    """When it would be next in the one sense and in the other."""
    rules = [on_weekdays([weekday], nth.place)]
    if nth.place <= 5:
        rules.append(on_nth(nth, Stretch(Unit.MONTH)))
    for rule in rules:
        yield _first(rule, scene.today, scene)


def _stretch_of(again: Again) -> Stretch:
    if again.unit not in {Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR}:
        raise BadDate(Reason.AMBIGUOUS)
    return Stretch(again.unit, every=again.interval)


def _of_days(
    days: Sequence[Findable], again: Again | None, scene: Scene
) -> tuple[Rule, list[Findable]]:
    first, *more = days
    match first:
        case Nth():
            nths = [day for day in days if isinstance(day, Nth)]
            rest: list[Findable] = [day for day in days if not isinstance(day, Nth)]
            return _of_nths(nths, None if first.of else again, scene), rest
        case DayOfMonth():
            numbers = [day for day in days if isinstance(day, DayOfMonth)]
            rest = [day for day in days if not isinstance(day, DayOfMonth)]
            return on_days_of_month(numbers, again or _again_of(numbers)), rest
        case Date(year=None) if again is None or again.unit not in {Unit.DAY, Unit.WEEK}:
            return on_date(first, again or Again(Unit.YEAR)), more
        case EndOf():
            return on_end(first, again), more
        case NamedDay(year=None) if again is None or again.unit is Unit.YEAR:
            return on_named_day(first, again or Again(Unit.YEAR), scene.today.year), more
        case _:
            # A month or week is no day to begin with, unless "ab" says so.
            if again is None or any(isinstance(day, Stretch) for day in days):
                raise BadDate(Reason.AMBIGUOUS)
            return every(again), list(days)


def _again_of(days: Sequence[DayOfMonth]) -> Again:
    """What "jedes Monats" or "im Quartal" says, with any of the days."""
    of = next((day.of for day in reversed(days) if day.of), Stretch(Unit.MONTH))
    return Again(of.unit, max(of.every, 1) * of.months)


def _since(days: Sequence[Findable], scene: Scene) -> date | None:
    """The first day it may fall on; a week or month begins with its own first day."""
    if not days:
        return None
    if len(days) == 1 and isinstance(days[0], Stretch):
        return span(days[0], scene)[0]
    return day_said(days, replace(scene, use=Use.DEADLINE)).day


def _first(rule: Rule, since: date | None, scene: Scene) -> datetime:
    """The first time after now. Without days of its own a rule begins with the day it begins."""
    now = scene.now.replace(tzinfo=None, fold=0)
    if rule.frequency in {"HOURLY", "MINUTELY"} and scene.said is None and since is None:
        unit = timedelta(hours=1) if rule.frequency == "HOURLY" else timedelta(minutes=1)
        start = scene.now.replace(second=0, microsecond=0)
        return (start.astimezone(UTC) + rule.interval * unit).astimezone(scene.zone)
    begins = scene.wall(since or scene.today)
    after = now
    if since is not None:
        after = max(now, datetime.combine(since, time(0)) - timedelta(minutes=1))
    if rule.frequency == "MONTHLY" and not rule.by and begins.day > _IN_EVERY_MONTH:
        # The 31st of every month is missing in five of them.
        raise BadDate(Reason.AMBIGUOUS)
    probe = replace(rule, interval=1) if rule.by else rule
    return _first_that_exists(probe, begins, after, scene)


def _first_that_exists(rule: Rule, begins: datetime, after: datetime, scene: Scene) -> datetime:
    """Where a rule begins it takes its time from, so not in the hour that spring leaves out."""
    at = scene.now
    for _ in range(_MOST_LEFT_OUT):
        wall = first_on_the_wall(rule.written(), begins, after)
        if wall is None:
            raise BadDate(Reason.TOO_FAR)
        after, at = wall, on_the_wall(wall, scene.zone)
        exists = shown(at, scene.zone) == wall
        if exists and at.astimezone(UTC) > scene.now.astimezone(UTC):
            return at
    raise BadDate(Reason.GAP, moment=at)


def _ends(said: Arranged, dtstart: datetime, scene: Scene) -> list[str]:
    ends = []
    if said.count is not None:
        if not 0 < said.count <= _MOST_TIMES:
            raise BadDate(Reason.INVALID)
        ends.append(f"COUNT={said.count}")
    last = _last(said, dtstart.date(), scene)
    if last is not None:
        if said.count is not None:
            raise BadDate(Reason.AMBIGUOUS)
        if last < dtstart.date():
            raise BadDate(Reason.PAST, day=last)
        end = datetime.combine(last, time(23, 59, 59), tzinfo=scene.zone)
        ends.append(until(end))
    return ends


def _last(said: Arranged, begins: date, scene: Scene) -> date | None:
    """The day it ends with, which it may still fall on."""
    if said.lasting is not None:
        return moved(begins, distance(said.lasting.lengths), scene) - timedelta(days=1)
    if not said.until:
        return None
    aheads = [part for part in said.until if isinstance(part, Ahead)]
    days = [part for part in said.until if not isinstance(part, Ahead)]
    if aheads:
        return moved(scene.today, distance(aheads[0].lengths), scene)
    if len(days) == 1 and isinstance(days[0], Stretch):
        return span(days[0], scene)[1]
    return day_said(days, replace(scene, use=Use.DEADLINE)).day
