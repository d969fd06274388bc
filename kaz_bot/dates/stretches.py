"""Finds the first and the last day of a week, month, quarter or year that was spoken of."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import MOST_YEARS, Scene
from kaz_bot.dates.spoken import Stretch, Unit, Which, Year

_STEPS = {
    None: 0,
    Which.THIS: 0,
    Which.COMING: 1,
    Which.NEXT: 1,
    Which.AFTER_NEXT: 2,
    Which.PREVIOUS: -1,
}
_FRIDAY = 4

Span = tuple[date, date]


def year_of(year: Year, scene: Scene) -> int:
    """2027, or "nächstes Jahr". Raises `BadDate` if no calendar goes so far."""
    number = year if isinstance(year, int) else scene.today.year + _STEPS[year]
    if not scene.today.year - MOST_YEARS <= number <= scene.today.year + MOST_YEARS:
        raise BadDate(Reason.TOO_FAR if number > scene.today.year else Reason.PAST)
    return number


def span(stretch: Stretch, scene: Scene) -> Span:
    """From when to when. One named without a year is the next that is not over."""
    match stretch:
        case Stretch(unit=Unit.WEEK, number=None):
            monday = scene.monday + timedelta(weeks=_STEPS[stretch.which])
            return monday, monday + timedelta(days=6)
        case Stretch(unit=Unit.WEEK):
            return _week(stretch, scene)
        case Stretch(unit=Unit.YEAR):
            year = year_of(stretch.year or stretch.which or Which.THIS, scene)
            return date(year, 1, 1), date(year, 12, 31)
        case Stretch(unit=Unit.QUARTER):
            return _months(replace(stretch, months=3), scene)
        case _:
            return _months(stretch, scene)


def last_day(stretch: Stretch, scene: Scene) -> date:
    """The end: of a week its Friday, and when that is over its Sunday."""
    first, last = span(stretch, scene)
    if stretch.unit is not Unit.WEEK:
        return last
    friday = first + timedelta(days=_FRIDAY)
    return last if friday < scene.today <= last else friday


def days_in(stretch: Stretch, scene: Scene) -> list[date]:
    """All its days."""
    first, last = span(stretch, scene)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def month_span(year: int, month: int, months: int = 1) -> Span:
    """From the first of a month to the last of that many months; `month` may lie outside 1-12."""
    first_year, first_month = divmod(year * 12 + month - 1, 12)
    last_year, last_month = divmod(year * 12 + month + months - 2, 12)
    try:
        last = date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
        return date(first_year, first_month + 1, 1), last
    except (ValueError, OverflowError) as problem:
        raise BadDate(Reason.TOO_FAR) from problem


def _months(stretch: Stretch, scene: Scene) -> Span:
    size = stretch.months
    if stretch.number is None:
        place = (scene.today.month - 1) // size + _STEPS[stretch.which]
        return month_span(scene.today.year, place * size + 1, size)
    if not 1 <= stretch.number <= 12 // size:
        raise BadDate(Reason.INVALID)
    first_month = (stretch.number - 1) * size + 1
    if stretch.year is not None:
        return month_span(year_of(stretch.year, scene), first_month, size)
    this_year = month_span(scene.today.year, first_month, size)
    if this_year[1] >= scene.today:
        return this_year
    return month_span(scene.today.year + 1, first_month, size)


def _week(stretch: Stretch, scene: Scene) -> Span:
    assert stretch.number is not None
    if stretch.year is not None:
        return week_span(year_of(stretch.year, scene), stretch.number)
    year = scene.today.isocalendar().year
    # A week that this year does not have lies ahead in no year we may choose.
    if stretch.number <= _last_week(year) and week_span(year, stretch.number)[1] < scene.today:
        year += 1
    return week_span(year, stretch.number)


def week_span(year: int, week: int) -> Span:
    """A week of the year by its number. Raises `BadDate` if the year has none of that number."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError as problem:
        raise BadDate(Reason.INVALID) from problem
    return monday, monday + timedelta(days=6)


def _last_week(year: int) -> int:
    return date(year, 12, 28).isocalendar().week
