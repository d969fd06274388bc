"""Decides by the whole what single parts leave open: is 9.10 a day or a time, "morgen" which?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaz_bot.dates.days import Findable
from kaz_bot.dates.moments import Use
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import (
    Again,
    AgainOn,
    Ahead,
    Apart,
    Clock,
    Date,
    DayOfMonth,
    Daypart,
    Dotted,
    EndOf,
    EndOfDay,
    HalfPastOrTo,
    HourOrHours,
    Instant,
    Length,
    Mark,
    Midnight,
    Morgen,
    NamedDay,
    Nth,
    Number,
    OnWeekday,
    OnWorkday,
    Part,
    RelativeDay,
    Slashed,
    Stretch,
    Time,
    Unit,
    Weekend,
)

TIMES = (Clock, Number, HalfPastOrTo, Midnight, EndOfDay, Daypart)
DAYS = (
    RelativeDay,
    OnWeekday,
    OnWorkday,
    Date,
    Slashed,
    Dotted,
    DayOfMonth,
    Nth,
    NamedDay,
    Weekend,
    EndOf,
    Stretch,
)
OPEN = frozenset({Mark.VAGUE, Mark.ROUGHLY, Mark.BETWEEN})
# "2h" alone is so few hours from now; "9h" is a time of day.
_MOST_HOURS_ALONE = 6
_HOURS_A_DAY = 24
_TWO_DIGIT_YEARS = range(25, 100)


@dataclass(frozen=True, kw_only=True)
class Said:
    """The parts of a date by what they are."""

    times: tuple[Time, ...] = ()
    days: tuple[Findable, ...] = ()
    ahead: Ahead | None = None
    apart: Apart | None = None
    instant: Instant | None = None


def decided(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The same parts, each of them one thing only."""
    told = any(isinstance(part, TIMES) for part in parts)
    kept: list[Part] = []
    for part in parts:
        match part:
            case Morgen():
                kept.append(_morgen(kept))
            case HourOrHours(number):
                kept.append(_hours(number, alone=len(parts) == 1))
            case Dotted():
                kept.append(_dotted(part, parts, told=told))
            case Number(value) if value in _TWO_DIGIT_YEARS and _lacks_year(kept):
                kept[-1] = _with_year(kept[-1], 2000 + value)
            case _:
                kept.append(part)
    return tuple(kept)


def sorted_out(parts: Sequence[Part], scene: Scene) -> Said:
    """The parts of a single date. Raises `BadDate` if it names a range or leaves it open."""
    single = _start_of_range(_related(parts, scene), scene)
    days = tuple(part for part in single if isinstance(part, DAYS))
    aheads = [part for part in single if isinstance(part, Ahead)]
    aparts = [part for part in single if isinstance(part, Apart)]
    instants = [part for part in single if isinstance(part, Instant)]
    if len(aheads) > 1 or len(aparts) > 1 or len(instants) > 1:
        raise BadDate(Reason.AMBIGUOUS)
    return Said(
        times=tuple(part for part in single if isinstance(part, TIMES)),
        days=days,
        ahead=aheads[0] if aheads else None,
        apart=aparts[0] if aparts else None,
        instant=instants[0] if instants else None,
    )


def _morgen(before: Sequence[Part]) -> Part:
    """ "heute Morgen", "Montag Morgen" are mornings; "bis morgen" is a day."""
    follows = bool(before) and isinstance(
        before[-1], RelativeDay | OnWeekday | Date | Again | AgainOn | NamedDay
    )
    return Daypart.MORNING if follows else RelativeDay(1)


def _hours(number: int, *, alone: bool) -> Part:
    if alone and (number <= _MOST_HOURS_ALONE or number >= _HOURS_A_DAY):
        return Ahead((Length(number, Unit.HOUR),), plain=True)
    return Clock(hour=number, literal=True)


def _dotted(part: Dotted, parts: Sequence[Part], *, told: bool) -> Part:
    clock = Clock(hour=part.one, minute=part.other, literal=True)
    is_clock = part.one <= _HOURS_A_DAY and part.other < 60
    others = [other for other in parts if other is not part]
    dated = any(isinstance(other, DAYS) and not isinstance(other, OnWeekday) for other in others)
    is_date = 1 <= part.other <= 12 and 1 <= part.one <= 31
    if is_clock and not told and (dated or not is_date or _repeats(others)):
        return clock
    if is_clock and is_date and any(isinstance(other, OnWeekday) for other in others):
        return part
    return Date(part.one, part.other)


def _repeats(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Again | AgainOn) for part in parts)


def _lacks_year(kept: Sequence[Part]) -> bool:
    return bool(kept) and isinstance(kept[-1], Date) and kept[-1].year is None


def _with_year(part: Part, year: int) -> Part:
    return replace(part, year=year) if isinstance(part, Date) else part


def _related(parts: Sequence[Part], scene: Scene) -> list[Part]:
    """Without the words that only relate; those that leave the moment open are refused."""
    kept: list[Part] = []
    for place, part in enumerate(parts):
        after = parts[place + 1] if place + 1 < len(parts) else None
        if part in {Mark.BEFORE, Mark.AFTER}:
            if isinstance(after, Ahead) and part is Mark.BEFORE:
                raise BadDate(Reason.PAST)
            by_then = part is Mark.BEFORE and scene.use is Use.DEADLINE
            if isinstance(after, DAYS) and kept and isinstance(kept[-1], OnWeekday):
                sign = 1 if part is Mark.AFTER else -1
                kept[-1] = Apart((), sign, weekday=kept[-1].day)
            elif not isinstance(after, Ahead) and not (by_then and isinstance(after, TIMES)):
                raise BadDate(Reason.AMBIGUOUS)
        elif part not in {Mark.INSIDE, Mark.ALWAYS}:
            kept.append(part)
    return kept


def _start_of_range(parts: Sequence[Part], scene: Scene) -> list[Part]:
    """ "9 bis 11 Uhr" begins at nine; from one day to another there is no one day to take."""
    kept: list[Part] = []
    ended = False
    for place, part in enumerate(parts):
        if part in {Mark.UNTIL, Mark.ALSO}:
            before, after = parts[:place], parts[place + 1 :]
            if (_have(before, DAYS) and _have(after, DAYS)) or (part is Mark.ALSO and kept):
                raise BadDate(Reason.AMBIGUOUS)
            ended = bool(before) and isinstance(before[-1], TIMES) and _have(after[:1], TIMES)
            if ended and scene.use is Use.DEADLINE:
                raise BadDate(Reason.AMBIGUOUS)
        elif part is Mark.STARTING:
            continue
        elif ended and isinstance(part, TIMES):
            kept[-1] = as_literal_as(kept[-1], part)
            ended = False
        else:
            kept.append(part)
    return kept


def as_literal_as(start: Part, end: Part) -> Part:
    """In "2 bis 4 Uhr" both are of the same clock."""
    if isinstance(start, Number) and isinstance(end, Clock):
        return replace(end, hour=start.value, minute=0)
    return start


def _have(parts: Sequence[Part], kinds: tuple[type, ...]) -> bool:
    return any(isinstance(part, kinds) for part in parts)
