"""Hears times of day and lengths of time."""

from lark import Token, Transformer, v_args

from kaz_bot.dates.spoken import (
    Ahead,
    Apart,
    Clock,
    Daypart,
    EndOfDay,
    HalfPastOrTo,
    HourOrHours,
    Length,
    Midnight,
    Number,
    Part,
    Time,
    Unit,
    Which,
)

_UNITS = {
    "MINUTE": Unit.MINUTE,
    "HOUR": Unit.HOUR,
    "H": Unit.HOUR,
    "DAY": Unit.DAY,
    "WORKDAY": Unit.WORKDAY,
    "WEEK": Unit.WEEK,
    "MONTHS": Unit.MONTH,
    "QUARTERS": Unit.QUARTER,
    "YEARS": Unit.YEAR,
}
_HOURS = 24


def number(token: Token) -> int:
    """The whole number that a terminal stands for."""
    value = token.value
    assert isinstance(value, int)
    return value


def pair(token: Token) -> tuple[int, int]:
    """The two numbers that a terminal stands for."""
    one, other, *_ = token.value
    return int(one), int(other)


def unit_of(token: Token) -> Unit:
    """The unit a word names."""
    return _UNITS[token.type]


def _clock(hour: int, minute: int, literal: bool) -> Clock:
    return Clock(hour=hour, minute=minute, literal=literal)


def _minutes_from(hour: int, minutes: int) -> Clock:
    """A time told from an hour: five to three is 2:55, half to one is after noon."""
    if not 0 <= hour <= _HOURS:
        return _clock(hour, 0, literal=True)
    told, minute = divmod(hour * 60 + minutes, 60)
    return _clock(12 if told == 0 and hour == 1 else told % 24, minute, literal=False)


def _before_noon_or_after(hour: int, minutes: int, meridiem: Token) -> Clock:
    """A quarter to 5 p.m. is 16:45, a quarter to 12 p.m. before noon."""
    if not 1 <= hour <= 12:
        return _clock(99, 99, literal=True)
    noon = hour % 12 + (12 if meridiem.value == "pm" else 0)
    told, minute = divmod(noon * 60 + minutes, 60)
    return _clock(told % 24, minute, literal=True)


def _minutes(sign: Token, minutes: int) -> int:
    return minutes if sign.type == "NACH" else -minutes


@v_args(inline=True)
class TimeEars(Transformer[Token, Part]):
    """A time in figures is meant as it stands; one in words in office hours."""

    def same(self, _um: Token, time: Time | HourOrHours) -> Time:
        return _clock(time.number, 0, literal=True) if isinstance(time, HourOrHours) else time

    def hour(self, _um: Token, hour: Token) -> Time:
        return _clock(number(hour), 0, literal=False)

    def hour_minute(self, _um: Token, hour: Token, minute: Token) -> Time:
        return _clock(number(hour), number(minute), literal=False)

    def number(self, said: Token) -> Time:
        return Number(number(said))

    def clock(self, said: Token, *_: object) -> Time:
        return _clock(*pair(said), literal=True)

    def dated_clock(self, _um: Token, said: Token) -> Time:
        return _clock(*pair(said), literal=True)

    def dotted_clock(self, *said: Token) -> Time:
        dotted = next(token for token in said if token.type == "DOTTED")
        return _clock(*pair(dotted), literal=True)

    def four_digits(self, *said: Token) -> Time:
        year = next(token for token in said if token.type == "YEAR")
        return _clock(*divmod(number(year), 100), literal=True)

    def no_time(self, *_: Token) -> Time:
        return _clock(99, 99, literal=True)

    def oclock(self, hour: Token, _uhr: Token, minute: Token | None = None) -> Time:
        minutes = number(minute) if minute else 0
        return _clock(number(hour), minutes, literal=True)

    def oclock_said(self, hour: Token, _uhr: Token, minute: Token | None = None) -> Time:
        return _clock(number(hour), number(minute) if minute else 0, literal=False)

    def clock_h(self, hour: Token, _h: Token, minute: Token) -> Time:
        return _clock(number(hour), number(minute), literal=True)

    def clock_meridiem(self, said: Token, meridiem: Token) -> Time:
        hour, minute = pair(said)
        return Clock(hour=hour, minute=minute, literal=True, meridiem=str(meridiem.value))

    def dotted_meridiem(self, said: Token, meridiem: Token) -> Time:
        return self.clock_meridiem(said, meridiem)

    def hour_meridiem(self, hour: Token, *rest: Token) -> Time:
        return Clock(hour=number(hour), literal=True, meridiem=str(rest[-1].value))

    def half_to(self, half: Token, hour: Token, _uhr: Token | None) -> Time:
        # The English word stands in the vocabulary as 2.
        if half.value == 2:
            return HalfPastOrTo(number(hour))
        return _minutes_from(number(hour), -30)

    def half_past(self, _half: Token, _past: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), 30)

    def quarter_of(self, _quarter: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), -45)

    def three_quarters_of(self, _quarters: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), -15)

    def quarters_of(self, count: Token, _quarter: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), 15 * number(count) - 60)

    def quarter_from(self, _quarter: Token, sign: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), _minutes(sign, 15))

    def quarter_from_meridiem(
        self, _quarter: Token, sign: Token, hour: Token, meridiem: Token
    ) -> Time:
        return _before_noon_or_after(number(hour), _minutes(sign, 15), meridiem)

    def minutes_from_meridiem(
        self, minute: Token, sign: Token, hour: Token, meridiem: Token
    ) -> Time:
        return _before_noon_or_after(number(hour), _minutes(sign, number(minute)), meridiem)

    def minutes_from(self, minute: Token, sign: Token, hour: Token, _uhr: Token | None) -> Time:
        return _minutes_from(number(hour), _minutes(sign, number(minute)))

    def minutes_from_half(
        self, minute: Token, sign: Token, half: Token, hour: Token, _uhr: Token | None
    ) -> Time:
        if half.value == 2:
            return HalfPastOrTo(number(hour))
        return _minutes_from(number(hour), _minutes(sign, number(minute)) - 30)

    def daypart(self, said: Token) -> Time:
        return Daypart(said.value)

    def midnight(self, _said: Token) -> Time:
        return Midnight()

    def end_of_day(self, _said: Token) -> Time:
        return EndOfDay()

    def h(self, hour: Token, _h: Token) -> HourOrHours:
        return HourOrHours(number(hour))


@v_args(inline=True)
class LengthEars(Transformer[Token, Part]):
    """Lengths, from now or from a day, forward or back."""

    def unit(self, said: Token) -> Length:
        # Some words hold several units: a "Vierteljahr" is three months.
        return Length(number(said), unit_of(said))

    def counted(self, count: Token, unit: Length) -> Length:
        return _times(float(count.value), unit)

    def half(self, _half: Token, unit: Length) -> Length:
        return _times(0.5, unit)

    def quarter(self, _quarter: Token, unit: Length) -> Length:
        return _times(0.25, unit)

    def three_quarters(self, _quarters: Token, unit: Length) -> Length:
        return _times(0.75, unit)

    def counted_halves(self, count: Token, _half: Token, unit: Length) -> Length:
        return _times(float(count.value) * 0.5, unit)

    def counted_quarters(self, count: Token, _quarter: Token, unit: Length) -> Length:
        return _times(float(count.value) * 0.25, unit)

    def counted_three_quarters(self, count: Token, _quarters: Token, unit: Length) -> Length:
        return _times(float(count.value) * 0.75, unit)

    def hours(self, count: Token, _h: Token) -> Length:
        return Length(number(count), Unit.HOUR)

    def hours_minutes(self, count: Token, _h: Token, minutes: Token) -> Length:
        return Length(number(count) * 60 + number(minutes), Unit.MINUTE)

    def hours_and_minutes(self, count: Token, _h: Token, minutes: Token, _unit: Token) -> Ahead:
        lengths = Length(number(count), Unit.HOUR), Length(float(minutes.value), Unit.MINUTE)
        return Ahead(lengths, plain=True)

    def lengths(self, *lengths: Length | Token) -> tuple[Length, ...]:
        return tuple(length for length in lengths if isinstance(length, Length))

    lengths_apart = lengths

    def in_lengths(self, *said: Token | tuple[Length, ...]) -> Ahead:
        lengths = said[-1]
        assert isinstance(lengths, tuple)
        return Ahead(lengths)

    def plain_lengths(self, lengths: tuple[Length, ...]) -> Ahead:
        return Ahead(lengths, plain=True)

    def from_now(self, lengths: tuple[Length, ...], _now: Token) -> Ahead:
        return Ahead(lengths)

    def ago(self, lengths: tuple[Length, ...], _ago: Token) -> Apart:
        return Apart(lengths, -1)

    def apart(self, lengths: tuple[Length, ...], sign: Token) -> Apart:
        return Apart(lengths, 1 if sign.type == "NACH" else -1)

    def apart_one(self, unit: Token, sign: Token) -> Apart:
        return self.apart((Length(number(unit), unit_of(unit)),), sign)

    def apart_workday(self, _place: Token, _workday: Token, sign: Token) -> Apart:
        return self.apart((Length(1, Unit.WORKDAY),), sign)

    def apart_workday_which(self, which: Token, _workday: Token, sign: Token) -> Apart:
        count = 2 if which.value == Which.AFTER_NEXT else 1
        return self.apart((Length(count, Unit.WORKDAY),), sign)


def _times(count: float, unit: Length) -> Length:
    return Length(count * unit.number, unit.unit)
