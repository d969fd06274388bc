"""Counts what came in and what was solved, in a span of time or week by week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from kaz_bot.digesting.sight import Sight
from kaz_bot.domain.digest_weeks import WEEKS_SHOWN, Week
from kaz_bot.domain.tickets import AreaKey

_WEEK = timedelta(days=7)


async def spans_of(sight: Sight, areas: Sequence[AreaKey]) -> list[tuple[int, int]]:
    """How many questions came in and were solved in some spans as long as that which the digest
    tells of, that one last. Those before there was a desk are left out."""
    length = sight.now - sight.since
    begins = [sight.since - length * number for number in range(WEEKS_SHOWN, -1, -1)]
    opened, solved = await _times(sight, areas, begins[0], sight.now)
    spans = [
        (_between(opened, since, since + length), _between(solved, since, since + length))
        for since in begins
    ]
    used = [number for number, span in enumerate(spans) if any(span)]
    return spans[min([*used, len(spans) - 1]) :]


def _between(times: Iterable[datetime], since: datetime, until: datetime) -> int:
    return sum(1 for at in times if since <= at < until)


async def weeks_before(sight: Sight, areas: Sequence[AreaKey] | None) -> tuple[Week, ...]:
    """The last weeks that are over, from Monday to Sunday, of those areas or of all."""
    this_monday = sight.today - timedelta(days=sight.today.weekday())
    mondays = [this_monday - _WEEK * number for number in range(WEEKS_SHOWN, 0, -1)]
    since, until = _midnight(sight, mondays[0]), _midnight(sight, this_monday)
    opened, solved = await _times(sight, areas, since, until)
    return tuple(
        Week(
            monday=monday,
            opened=_in_week(sight, monday, opened),
            solved=_in_week(sight, monday, solved),
        )
        for monday in mondays
    )


async def _times(
    sight: Sight, areas: Sequence[AreaKey] | None, since: datetime, until: datetime
) -> tuple[list[datetime], list[datetime]]:
    """When questions came in, and when some were solved, whenever those came in."""
    counts = sight.work.digest_counts
    each: Sequence[AreaKey | None] = (None,) if areas is None else areas
    opened = [at for area in each for at in await counts.opened(area, since, until)]
    solved = [at for area in each for at in await counts.solved(area, since, until)]
    return opened, solved


def _midnight(sight: Sight, day: date) -> datetime:
    return datetime.combine(day, time.min, sight.desk.settings.timezone)


def _in_week(sight: Sight, monday: date, times: Sequence[datetime]) -> int:
    return sum(1 for at in times if monday <= sight.day(at) < monday + _WEEK)
