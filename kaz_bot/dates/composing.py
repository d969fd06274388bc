"""Puts the parts of a single date together: one day, one time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kaz_bot.dates.clocks import said_time
from kaz_bot.dates.days import Findable, FoundDay, found_day, named_weekday, on_weekday
from kaz_bot.dates.lengths import Distance, distance, elapsed, moved
from kaz_bot.dates.moments import Moment
from kaz_bot.dates.parts import OPEN, Said, sorted_out
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import (
    Ahead,
    Apart,
    Clock,
    Date,
    DayOfMonth,
    Dotted,
    EndOf,
    Length,
    NamedDay,
    Nth,
    Number,
    OnWeekday,
    Part,
    RelativeDay,
    Stretch,
    Times,
    Unit,
    Which,
)
from kaz_bot.dates.stretches import span

_IDIOM_OF_A_WEEK = 8
_A_MINUTE = timedelta(minutes=1)


def moment(parts: Sequence[Part], scene: Scene) -> Moment:
    """The one moment that the parts name. Raises `BadDate`."""
    if any(part in OPEN or _several(part) for part in parts):
        raise BadDate(Reason.AMBIGUOUS)
    said = sorted_out(parts, scene)
    if said.instant:
        return _instant(said.instant.at, scene)
    if len(parts) == 1 and isinstance(parts[0], Number):
        raise BadDate(Reason.AMBIGUOUS)
    seen = replace(scene, said=said_time(said.times, scene.use))
    if said.ahead:
        return _ahead(said, said.ahead, seen)
    if said.apart:
        return _apart(said, said.apart, seen)
    return _on_its_day(said, seen)


def day_said(days: Sequence[Findable], scene: Scene) -> FoundDay:
    """The one day that is spoken of, in all the ways it is. Raises `BadDate`."""
    weekdays, others = _weekdays_and_others(_joined(days))
    if len(weekdays) > 1:
        raise BadDate(Reason.AMBIGUOUS)
    if not others:
        return found_day(weekdays[0], scene)
    if weekdays and isinstance(others[0], Stretch) and others[0].unit is Unit.WEEK:
        return FoundDay(on_weekday(weekdays[0].day, others[0], scene))
    found = _within_all(others, scene)
    if weekdays and weekdays[0].day != found.day.weekday():
        raise named_weekday(weekdays[0].day, found.day)
    return found


def _within_all(days: Sequence[Findable], scene: Scene) -> FoundDay:
    """`KW 42, 15.10.`: the day, if it lies in the week."""
    stretches = [day for day in days if isinstance(day, Stretch)]
    plain = [day for day in days if not isinstance(day, Stretch)]
    found = _agreed([found_day(day, scene) for day in plain or stretches])
    for stretch in stretches if plain else []:
        first, last = span(stretch, scene)
        if not first <= found.day <= last:
            raise BadDate(Reason.AMBIGUOUS, days=(found.day, first))
    return found


def _several(part: Part) -> bool:
    return isinstance(part, Times) and part.count > 1


def _instant(at: datetime, scene: Scene) -> Moment:
    here = at.astimezone(scene.zone).replace(second=0, microsecond=0)
    if here.astimezone(UTC) <= scene.now.astimezone(UTC):
        raise BadDate(Reason.PAST, moment=here)
    return Moment(at=here, timed=True)


def _on_its_day(said: Said, scene: Scene) -> Moment:
    if said.days:
        found = _dotted_or_day(said, scene)
        if isinstance(found, Moment):
            return found
        return scene.moment(found.day, found.remark)
    if scene.said is None:
        raise BadDate(Reason.NOT_UNDERSTOOD)
    days = 0 if scene.ahead(scene.today) else 1
    return scene.moment(scene.today + timedelta(days=days))


def _dotted_or_day(said: Said, scene: Scene) -> FoundDay | Moment:
    """`Freitag 9.10`: the 9th of October if that is a Friday, otherwise ten past nine."""
    dotted = next((day for day in said.days if isinstance(day, Dotted)), None)
    if dotted is None:
        return day_said(said.days, scene)
    try:
        return day_said(said.days, scene)
    except BadDate:
        time = _told_by(dotted, scene)
        rest = tuple(day for day in said.days if day is not dotted)
        return time.moment(day_said(rest, time).day)


def _told_by(dotted: Dotted, scene: Scene) -> Scene:
    """The scene with the dotted figures taken for a time of day."""
    clock = Clock(hour=dotted.one, minute=dotted.other, literal=True)
    return replace(scene, said=said_time((clock,), scene.use))


def _weekdays_and_others(
    days: Sequence[Findable],
) -> tuple[list[OnWeekday], list[Findable]]:
    weekdays = [day for day in days if isinstance(day, OnWeekday)]
    return weekdays, [day for day in days if not isinstance(day, OnWeekday)]


def _agreed(found: Sequence[FoundDay]) -> FoundDay:
    if len({each.day for each in found}) > 1:
        first, second, *_ = found
        raise BadDate(Reason.AMBIGUOUS, days=(first.day, second.day))
    return found[0]


def _joined(days: Sequence[Findable]) -> list[Findable]:
    """A month or year said apart belongs to the day: "nächsten Monat am 15."."""
    stretches = [day for day in days if isinstance(day, Stretch)]
    rest: list[Findable] = [day for day in days if not isinstance(day, Stretch)]
    kept: list[Findable] = []
    for stretch in stretches:
        joined: list[Findable] = [_within(day, stretch) for day in rest]
        if joined == rest:
            kept.append(stretch)
        rest = joined
    if len(kept) == 2:
        first, second = kept
        merged = _within(first, second) if isinstance(second, Stretch) else first
        kept = [merged] if merged != first else kept
    return [*kept, *rest]


def _within(day: Findable, stretch: Stretch) -> Findable:
    year = stretch.year or stretch.which
    match day:
        case DayOfMonth(of=None) | Nth(of=None) if stretch.unit is not Unit.WEEK:
            return replace(day, of=stretch)
        case Date(year=None) | NamedDay(year=None) if stretch.unit is Unit.YEAR:
            return replace(day, year=year)
        case EndOf(Stretch(number=None, which=None, unit=unit)) if stretch.unit is unit:
            return EndOf(stretch)
        case EndOf(Stretch(year=None) as inner) if stretch.unit is Unit.YEAR:
            return EndOf(replace(inner, year=year)) if inner.number is not None else day
        case Stretch(year=None) if stretch.unit is Unit.YEAR and day.number is not None:
            return replace(day, year=year)
        case _:
            return day


def _ahead(said: Said, ahead: Ahead, scene: Scene) -> Moment:
    if said.apart:
        raise BadDate(Reason.AMBIGUOUS)
    by = distance(ahead.lengths)
    if by.elapses or _of_the_clock(ahead.lengths):
        return _elapsed(said, by, scene)
    if said.days and ahead.plain:
        raise BadDate(Reason.AMBIGUOUS)
    return scene.moment(_later(said.days, by, scene))


def _of_the_clock(lengths: Sequence[Length]) -> bool:
    return any(length.unit in {Unit.HOUR, Unit.MINUTE} for length in lengths)


def _elapsed(said: Said, by: Distance, scene: Scene) -> Moment:
    if scene.said or said.days not in {(), (RelativeDay(0),)}:
        raise BadDate(Reason.AMBIGUOUS)
    since = scene.now
    if by.days or by.months or by.working_days:
        since = datetime.combine(moved(scene.today, by, scene), scene.now.time(), tzinfo=scene.zone)
    at = elapsed(since, by, scene)
    # Never earlier than was said: what is left of a minute is waited for.
    whole = at.replace(second=0, microsecond=0)
    at = whole if whole == at else elapsed(whole, Distance(minutes=1), scene)
    # Of one zone they would be compared by the clocks on the wall, of which two show the same.
    if at.astimezone(UTC) <= scene.now.astimezone(UTC):
        raise BadDate(Reason.PAST, moment=at)
    return Moment(at=at, timed=True, elapsed=True)


def _later(days: Sequence[Findable], by: Distance, scene: Scene) -> date:
    """ "in zwei Wochen", "morgen in einer Woche", "Dienstag in acht Tagen" """
    match tuple(days):
        case ():
            return moved(scene.today, by, scene)
        case (RelativeDay() as said,):
            return moved(found_day(said, scene).day, by, scene)
        case (OnWeekday() as said,):
            return _weekday_later(said, by, scene)
        case _:
            raise BadDate(Reason.AMBIGUOUS)


def _weekday_later(said: OnWeekday, by: Distance, scene: Scene) -> date:
    if by.days == _IDIOM_OF_A_WEEK:
        by = replace(by, days=7)
    if by.is_weeks:
        nearest = found_day(OnWeekday(said.day, Which.THIS), scene).day
        return moved(nearest, by, scene)
    day = moved(scene.today, by, scene)
    if day.weekday() != said.day:
        raise named_weekday(said.day, day)
    return day


def _apart(said: Said, apart: Apart, scene: Scene) -> Moment:
    """ "zwei Wochen vor Ostern", "Freitag nach Himmelfahrt", "10 Minuten vor acht" """
    if apart.weekday is not None:
        return scene.moment(_nearest(apart.weekday, apart.sign, day_said(said.days, scene).day))
    by, sign = distance(apart.lengths), apart.sign
    if not said.days and not said.times:
        raise BadDate(Reason.PAST if sign < 0 else Reason.NOT_UNDERSTOOD)
    if by.elapses:
        anchor = _on_its_day(said, scene).at
        return _instant(elapsed(anchor, by, scene, sign), scene)
    if not said.days:
        raise BadDate(Reason.AMBIGUOUS)
    weekdays, others = _weekdays_and_others(_joined(said.days))
    day = moved(day_said(others or weekdays, scene).day, by, scene, sign)
    if others and weekdays and weekdays[0].day != day.weekday():
        raise named_weekday(weekdays[0].day, day)
    return scene.moment(day)


def _nearest(weekday: int, sign: int, day: date) -> date:
    """The first such weekday after `day`, or the last before it."""
    away = (
        (weekday - day.weekday() - 1) % 7 + 1 if sign > 0 else (day.weekday() - weekday - 1) % 7 + 1
    )
    return day + sign * timedelta(days=away)
