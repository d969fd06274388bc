"""Finds the day that was spoken of."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaz_bot.dates.moments import Remark, Use
from kaz_bot.dates.named_days import named_day
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import (
    Date,
    DayOfMonth,
    Dotted,
    EndOf,
    NamedDay,
    Nth,
    OnWeekday,
    OnWorkday,
    RelativeDay,
    Slashed,
    Stretch,
    Unit,
    Weekend,
    Which,
)
from kaz_bot.dates.stretches import days_in, last_day, month_span, span, year_of

_SATURDAY = 5
_FRIDAY = 4
_LONGEST_MONTH = 31

Findable = (
    RelativeDay
    | OnWeekday
    | OnWorkday
    | Date
    | Slashed
    | Dotted
    | DayOfMonth
    | Nth
    | NamedDay
    | Weekend
    | EndOf
    | Stretch
)


@dataclass(frozen=True)
class FoundDay:
    """A day, and what is to be said about how it was found."""

    day: date
    remark: Remark | None = None


def found_day(said: Findable, scene: Scene) -> FoundDay:
    """Raises `BadDate` if there is no such day, or more than one."""
    match said:
        case OnWeekday():
            return _weekday(said, scene)
        case Date():
            return _date(said, scene)
        case Slashed():
            raise _either_way(said, scene)
        case Dotted():
            return _date(Date(said.one, said.other), scene)
        case NamedDay():
            return _named(said, scene)
        case _:
            return FoundDay(_plain(said, scene))


def _plain(
    said: RelativeDay | OnWorkday | DayOfMonth | Nth | Weekend | EndOf | Stretch, scene: Scene
) -> date:
    match said:
        case RelativeDay():
            return _relative(said.days, scene)
        case OnWorkday():
            return _workday(said.which, scene)
        case DayOfMonth():
            return _day_of_month(said, scene)
        case Nth():
            return _nth(said, scene)
        case Weekend():
            return _weekend(said, scene)
        case EndOf():
            return last_day(said.stretch, scene)
        case Stretch():
            return _stretch(said, scene)


def day_in_month(year: int, month: int, day: int) -> date:
    """Never the next valid day instead. Raises `BadDate`."""
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise BadDate(Reason.INVALID) from problem


def nth_of(said: Nth, stretch: Stretch, scene: Scene) -> date:
    """Raises `BadDate` if there are not so many."""
    matching = [day for day in days_in(stretch, scene) if _is(day, said.what, scene)]
    place = said.place - 1 if said.place > 0 else said.place
    if not -len(matching) <= place < len(matching) or not said.place:
        raise BadDate(Reason.INVALID)
    return matching[place]


def on_weekday(weekday: int, stretch: Stretch, scene: Scene) -> date:
    """The Monday, … of a week. One of a numbered week that is over is next year's."""
    day = span(stretch, scene)[0] + timedelta(days=weekday)
    if day < scene.today and stretch.number is not None and stretch.year is None:
        next_year = scene.today.isocalendar().year + 1
        return on_weekday(weekday, replace(stretch, year=next_year), scene)
    return day


def _is(day: date, what: Unit | int, scene: Scene) -> bool:
    if what is Unit.WORKDAY:
        return scene.days.is_working_day(day)
    return what is Unit.DAY or day.weekday() == what


def _relative(days: int, scene: Scene) -> date:
    day = scene.today + timedelta(days=days)
    if days < 0:
        raise BadDate(Reason.PAST, day=day)
    return day


def _weekday(said: OnWeekday, scene: Scene) -> FoundDay:
    today = scene.today
    nearest = today + timedelta(days=(said.day - today.weekday()) % 7)
    following = nearest if nearest > today else today + timedelta(days=7)
    next_week = scene.monday + timedelta(days=7 + said.day)
    match said.which:
        case None if nearest == today and scene.said and scene.ahead(today):
            return FoundDay(today)
        case None | Which.THIS | Which.COMING:
            return FoundDay(following)
        case Which.NEXT:
            disputed = following != next_week
            return FoundDay(next_week, Remark.NEXT_WEEK_MEANT if disputed else None)
        case Which.AFTER_NEXT:
            return FoundDay(next_week + timedelta(days=7), Remark.NEXT_WEEK_MEANT)
        case Which.PREVIOUS:
            raise BadDate(Reason.PAST, day=following - timedelta(days=7))


def _workday(which: Which, scene: Scene) -> date:
    if which is Which.PREVIOUS:
        raise BadDate(Reason.PAST, day=scene.days.last_working_day(scene.today - timedelta(days=1)))
    return scene.days.working_days_after(scene.today, 2 if which is Which.AFTER_NEXT else 1)


def _date(said: Date, scene: Scene) -> FoundDay:
    if not 1 <= said.month <= 12 or not 1 <= said.day <= _LONGEST_MONTH:
        raise BadDate(Reason.INVALID)
    today = scene.today
    if said.year is not None:
        day = day_in_month(year_of(said.year, scene), said.month, said.day)
        if day < today:
            raise BadDate(Reason.PAST, day=day)
        return FoundDay(day)
    if (said.month, said.day) >= (today.month, today.day):
        return FoundDay(day_in_month(today.year, said.month, said.day))
    day = day_in_month(today.year + 1, said.month, said.day)
    return FoundDay(day, Remark.NEXT_YEAR)


def _either_way(said: Slashed, scene: Scene) -> BadDate:
    ways = Date(said.one, said.other, said.year), Date(said.other, said.one, said.year)
    return BadDate(Reason.AMBIGUOUS, days=tuple(_date(way, scene).day for way in ways))


def _day_of_month(said: DayOfMonth, scene: Scene) -> date:
    if not 1 <= said.day <= _LONGEST_MONTH:
        raise BadDate(Reason.INVALID)
    of = said.of or Stretch(Unit.MONTH)
    first = span(of, scene)[0]
    day = day_in_month(first.year, first.month, said.day)
    if of.which is None and of.number is None and not scene.ahead(day):
        size = 3 if of.unit is Unit.QUARTER else of.months
        later = month_span(first.year, first.month + size)[0]
        return day_in_month(later.year, later.month, said.day)
    return day


def _nth(said: Nth, scene: Scene) -> date:
    of = said.of
    if of is None:
        # "letzten Freitag" has been; which one "der erste Montag" is, nobody knows.
        if said.place < 0 and isinstance(said.what, int):
            back = (scene.today.weekday() - said.what - 1) % 7 + 1
            raise BadDate(Reason.PAST, day=scene.today - timedelta(days=back))
        raise BadDate(Reason.AMBIGUOUS)
    day = nth_of(said, of, scene)
    if scene.ahead(day) or of.which not in {None, Which.THIS} or of.year is not None:
        return day
    if of.number is not None:
        return nth_of(said, replace(of, year=scene.today.year + 1), scene)
    # In this month or quarter it has been; nobody says "dieses Monats" of the next.
    if of.which is Which.THIS:
        raise BadDate(Reason.PAST, day=day)
    return nth_of(said, replace(of, which=Which.NEXT), scene)


def _named(said: NamedDay, scene: Scene) -> FoundDay:
    if said.year is not None:
        year = year_of(said.year, scene)
        if year < scene.today.year:
            raise BadDate(Reason.PAST)
        day = named_day(said.name, year)
        if day < scene.today:
            raise BadDate(Reason.PAST, day=day)
        return FoundDay(day)
    day = named_day(said.name, scene.today.year)
    if day >= scene.today:
        return FoundDay(day)
    return FoundDay(named_day(said.name, scene.today.year + 1), Remark.NEXT_YEAR)


def _weekend(said: Weekend, scene: Scene) -> date:
    weeks = 1 if said.which in {Which.NEXT, Which.AFTER_NEXT} else 0
    saturday = scene.monday + timedelta(days=_SATURDAY + 7 * weeks)
    if weeks or scene.use is Use.REMINDER:
        raise BadDate(Reason.AMBIGUOUS, days=(saturday, saturday + timedelta(days=1)))
    return last_day(Stretch(Unit.WEEK), scene)


def _stretch(said: Stretch, scene: Scene) -> date:
    """A numbered week ends on its Friday; any other stretch is no day."""
    if said.unit is Unit.WEEK and said.number is not None:
        return last_day(said, scene)
    if said.which is Which.PREVIOUS:
        raise BadDate(Reason.PAST, day=span(said, scene)[0])
    first, last = span(said, scene)
    if said.unit is Unit.WEEK:
        last = first + timedelta(days=_FRIDAY)
    ahead = tuple(day for day in (first, last) if scene.ahead(day))
    raise BadDate(Reason.AMBIGUOUS, days=ahead)


def named_weekday(weekday: int, day: date) -> BadDate:
    """The refusal of a weekday that `day` is not."""
    near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    return BadDate(Reason.CONTRADICTION, day=day, said=weekday, days=(day, near))
