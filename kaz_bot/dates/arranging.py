"""Arranges the parts of a recurrence: which say how often, which from when, which until when."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kaz_bot.dates.days import Findable
from kaz_bot.dates.moments import Use
from kaz_bot.dates.parts import DAYS, TIMES, as_literal_as
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.spoken import (
    Again,
    AgainDate,
    AgainDayOfMonth,
    AgainEnd,
    AgainNamed,
    AgainNth,
    AgainOn,
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
    Time,
    Times,
    Unit,
    Weekend,
)

_REPEATING = (Again, AgainOn, AgainNth, AgainDayOfMonth, AgainDate, AgainEnd, AgainNamed)


@dataclass(kw_only=True)
class Arranged:
    """What was said of a recurrence. Filled while it is arranged, read afterwards."""

    again: list[Again] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    weeks: int = 1
    # Said as "jeden ersten …" without saying of what.
    nths: list[Nth] = field(default_factory=list)
    days: list[Findable] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    since: list[Findable] = field(default_factory=list)
    until: list[Findable | Ahead] = field(default_factory=list)
    lasting: Ahead | None = None
    count: int | None = None


def is_recurring(parts: Sequence[Part], use: Use) -> bool:
    """Whether it comes again. "letzter Freitag im Monat" does so for a reminder."""
    return (use is Use.REMINDER and _is_working_week(parts)) or any(
        isinstance(part, _REPEATING)
        or part in {Mark.ALWAYS, Mark.EXCEPT}
        or _of_every(part)
        or (use is Use.REMINDER and _of_any(part))
        for part in parts
    )


def _is_working_week(parts: Sequence[Part]) -> bool:
    """ "Mo–Fr 9 Uhr" is said of every week, though it does not say so."""
    week = (OnWeekday(0), Mark.UNTIL, OnWeekday(4))
    return tuple(parts[:3]) == week and len(parts) > 3


def arranged(parts: Sequence[Part]) -> Arranged:
    """Raises `BadDate` for what cannot stand in a recurrence."""
    said = Arranged()
    place = 0
    while place < len(parts):
        part = parts[place]
        if part is Mark.UNTIL:
            place += _until(said, parts, place)
        elif part is Mark.EXCEPT:
            place += _except(said, parts, place)
        elif part is Mark.STARTING:
            run = _days_from(parts, place + 1)
            said.since += [day for day in run if not isinstance(day, Ahead)]
            place += len(run)
        else:
            _one(said, part, place)
        place += 1
    return said


def _until(said: Arranged, parts: Sequence[Part], place: int) -> int:
    """What stands behind "bis": another weekday, the end of a range of hours, or the last day."""
    before = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    if isinstance(before, AgainOn | OnWeekday) and isinstance(after, AgainOn | OnWeekday):
        first = before.weekday if isinstance(before, AgainOn) else before.day
        last = after.weekday if isinstance(after, AgainOn) else after.day
        said.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
        if isinstance(before, OnWeekday):
            said.days.remove(before)
        return 1
    if isinstance(after, TIMES):
        if not isinstance(before, TIMES):
            return 0
        said.times[-1:] = [
            time for time in [as_literal_as(before, after)] if isinstance(time, TIMES)
        ]
        return 1
    run = _days_from(parts, place + 1)
    if not run:
        raise BadDate(Reason.NOT_UNDERSTOOD)
    said.until += run
    return len(run)


def _except(said: Arranged, parts: Sequence[Part], place: int) -> int:
    """The weekdays left out: "täglich außer am Wochenende"."""
    count = 0
    for part in parts[place + 1 :]:
        match part:
            case OnWeekday(weekday, None) | AgainOn(weekday, 1):
                said.without.append(weekday)
            case Weekend(None):
                said.without += [5, 6]
            case Mark.ALSO:
                pass
            case _:
                break
        count += 1
    if not said.without:
        raise BadDate(Reason.NOT_UNDERSTOOD)
    return count


def _days_from(parts: Sequence[Part], place: int) -> list[Findable | Ahead]:
    """The days said one after another from `place` on."""
    run: list[Findable | Ahead] = []
    for part in parts[place:]:
        if not isinstance(part, (*DAYS, Ahead)) or _of_every(part):
            break
        run.append(part)
    return run


def _one(said: Arranged, part: Part, place: int) -> None:
    match part:
        case Times(count):
            _times(said, count, place)
        case Ahead():
            said.lasting = part
        case _ if isinstance(part, TIMES):
            said.times.append(part)
        case _ if isinstance(part, DAYS):
            said.days.append(part)
        case _:
            _repeating(said, part)


def _repeating(said: Arranged, part: Part) -> None:
    match part:
        case Again():
            said.again.append(part)
        case AgainOn(weekday, weeks):
            said.weekdays.append(weekday)
            said.weeks = max(said.weeks, weeks)
        case AgainNth(nth):
            said.nths.append(nth)
        case AgainDayOfMonth(day):
            said.days.append(DayOfMonth(day, Stretch(Unit.MONTH, every=1)))
        case AgainDate(day, month):
            said.days.append(Date(day, month))
            said.again.append(Again(Unit.YEAR))
        case AgainEnd(stretch):
            said.days.append(EndOf(stretch))
        case AgainNamed(name):
            said.days.append(NamedDay(name))
            said.again.append(Again(Unit.YEAR))


def _times(said: Arranged, count: int, place: int) -> None:
    # "dreimal täglich" is three times a day, "täglich dreimal" three days.
    if place == 0 and count > 1:
        raise BadDate(Reason.AMBIGUOUS)
    # "einmal wöchentlich" is as often as "wöchentlich".
    said.count = count if count > 1 else None


def _of_every(part: Part) -> bool:
    whole = _whole(part)
    return whole is not None and whole.every > 0


def _of_any(part: Part) -> bool:
    """ "im Monat", without saying of which."""
    of = part.of if isinstance(part, Nth | DayOfMonth) else None
    return of is not None and of.number is None and of.which is None and of.year is None


def _whole(part: Part) -> Stretch | None:
    if isinstance(part, Nth | DayOfMonth):
        return part.of
    return part.stretch if isinstance(part, EndOf) else None
