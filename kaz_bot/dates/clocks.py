"""Understands a time of day: office hours for words, parts of the day, midnight."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time

from kaz_bot.dates.moments import Use
from kaz_bot.dates.parts import TIMES, as_literal_as
from kaz_bot.dates.refusals import BadDate, Reason
from kaz_bot.dates.scene import SaidTime
from kaz_bot.dates.spoken import (
    Clock,
    Daypart,
    EndOfDay,
    Midnight,
    Number,
    Time,
)

_HOURS = {
    Daypart.MORNING: 8,
    Daypart.FORENOON: 10,
    Daypart.NOON: 12,
    Daypart.AFTERNOON: 15,
    Daypart.EVENING: 18,
}
# In words the clock has twelve hours; they are those of the office, 7:00 to 18:59.
_OFFICE_OPENS = 7
_NIGHT_ENDS = 6


def said_time(times: Sequence[Time], use: Use) -> SaidTime | None:
    """What the words for a time of day come to together. Raises `BadDate`."""
    dayparts = [part for part in times if isinstance(part, Daypart)]
    clocks = [part for part in times if not isinstance(part, Daypart)]
    if len(dayparts) > 1 or len(clocks) > 1:
        raise BadDate(Reason.AMBIGUOUS)
    if not clocks:
        return _of_daypart(dayparts[0]) if dayparts else None
    clock = _clock(clocks[0], use)
    if isinstance(clock, SaidTime):
        return clock
    if not dayparts:
        return _alone(clock)
    night_first = times[0] is Daypart.NIGHT
    return _within(clock, dayparts[0], night_first=night_first)


def hours_said(times: Sequence[Time], use: Use) -> list[SaidTime]:
    """The times of "täglich um 9 und 15 Uhr", in order; a rule has but one minute for all."""
    halves = {isinstance(each, Clock) and each.meridiem is not None for each in times}
    clocks = [as_literal_as(each, times[-1]) for each in times]
    found = [said_time([clock], use) for clock in clocks if isinstance(clock, TIMES)]
    said = sorted((each for each in found if each), key=lambda each: each.time)
    # "um 2 und 4 Uhr": one of them was said of the afternoon, the other of the night.
    mixed = len({isinstance(each, Clock) and each.literal for each in clocks}) > 1
    if len(halves) > 1 or (mixed and said[0].time.hour < _OFFICE_OPENS):
        raise BadDate(Reason.AMBIGUOUS)
    if len({each.time.minute for each in said}) > 1 or any(each.next_day for each in said):
        raise BadDate(Reason.AMBIGUOUS)
    return said


def _of_daypart(part: Daypart) -> SaidTime:
    if part is Daypart.NIGHT:
        raise BadDate(Reason.AMBIGUOUS)
    return SaidTime(time(_HOURS[part]))


def _clock(said: Time, use: Use) -> Clock | SaidTime:
    """Midnight and the like come to a time by themselves; a clock's may be in either half."""
    match said:
        case Midnight():
            return SaidTime(time(0), next_day=True)
        case EndOfDay() if use is Use.DEADLINE:
            return SaidTime(time(23, 59))
        case Number(value):
            return _valid(Clock(hour=value))
        case Clock():
            return _valid(said)
        case _:
            raise BadDate(Reason.AMBIGUOUS)


def _valid(clock: Clock) -> Clock:
    past_midnight = clock.hour == 24 and clock.minute > 0
    if clock.hour > 24 or clock.minute > 59 or past_midnight:
        raise BadDate(Reason.INVALID)
    if clock.meridiem is None:
        return clock
    if not 1 <= clock.hour <= 12:
        raise BadDate(Reason.INVALID)
    return replace(clock, hour=clock.hour % 12 + (12 if clock.meridiem == "pm" else 0))


def _alone(clock: Clock) -> SaidTime:
    hour = clock.hour
    if not clock.literal and 0 < hour < _OFFICE_OPENS:
        hour += 12
    return _at(hour, clock.minute)


def _at(hour: int, minute: int, *, next_day: bool = False) -> SaidTime:
    return SaidTime(time(hour % 24, minute), next_day=next_day or hour == 24)


def _within(clock: Clock, part: Daypart, *, night_first: bool) -> SaidTime:
    """A clock's time in a part of the day: "acht Uhr abends"."""
    hour = _HALVES[part](clock.hour)
    if hour is None:
        raise BadDate(Reason.INVALID)
    # "heute Nacht um zwei" lies in tomorrow, "Freitag, 2 Uhr nachts" in Friday.
    next_day = night_first and part is Daypart.NIGHT and hour < _NIGHT_ENDS
    return _at(hour, clock.minute, next_day=next_day)


def _morning(hour: int) -> int | None:
    return hour if hour < 12 else None


def _noon(hour: int) -> int | None:
    return hour + 12 if 1 <= hour <= 3 else hour if 10 <= hour <= 15 else None


def _afternoon(hour: int) -> int | None:
    return hour + 12 if 1 <= hour <= 7 else hour if 12 <= hour <= 19 else None


def _evening(hour: int) -> int | None:
    if hour in {0, 12, 24}:
        return 24
    return hour + 12 if 4 <= hour <= 11 else hour if hour >= 16 else None


def _night(hour: int) -> int | None:
    if hour in {12, 24}:
        return 24
    return hour + 12 if 8 <= hour <= 11 else hour if hour < 8 or hour > 19 else None


_HALVES: dict[Daypart, Callable[[int], int | None]] = {
    Daypart.MORNING: _morning,
    Daypart.FORENOON: _morning,
    Daypart.NOON: _noon,
    Daypart.AFTERNOON: _afternoon,
    Daypart.EVENING: _evening,
    Daypart.NIGHT: _night,
}
