"""Hears what comes again and again, and the words that hold the parts together."""

from lark import Token, Transformer, v_args

from kaz_bot.dates.hearing_days import nth, nths
from kaz_bot.dates.hearing_times import number, unit_of
from kaz_bot.dates.spoken import (
    Again,
    AgainDate,
    AgainDayOfMonth,
    AgainEnd,
    AgainNamed,
    AgainNth,
    AgainOn,
    Daypart,
    Length,
    Mark,
    Part,
    RelativeDay,
    Stretch,
    Times,
    Unit,
)

Parts = tuple[Part, ...]


@v_args(inline=True)
class RepeatEars(Transformer[Token, Part]):
    """Recurrences. Two parts may come of one phrase: "jeden Abend" is every day, and evening."""

    def start(self, *parts: Part | Parts) -> Parts:
        flat: list[Part] = []
        for part in parts:
            flat += part if isinstance(part, tuple) else [part]
        return tuple(flat)

    def every_weekday(self, *said: Token) -> AgainOn:
        return AgainOn(number(said[-1]))

    def every_other_weekday(self, _every: Token, other: Token, weekday: Token) -> AgainOn:
        return AgainOn(number(weekday), interval=number(other))

    def every_daypart(self, _every: Token, part: Token) -> Parts:
        return Again(Unit.DAY), Daypart(part.value)

    def every_morning(self, *_: Token) -> Parts:
        return Again(Unit.DAY), Daypart.MORNING

    def every_unit(self, *said: Token | Length) -> Again:
        length = said[-1]
        if isinstance(length, Length):
            return Again(length.unit, int(length.number))
        return Again(unit_of(length), number(length))

    def every_lengths(self, _every: Token, lengths: tuple[Length, ...]) -> Again | Mark:
        length, *more = lengths
        whole = int(length.number)
        if more or whole != length.number:
            return Mark.VAGUE
        return Again(length.unit, whole)

    def every_other(self, _every: Token, other: Token, unit: Length) -> Again:
        return Again(unit.unit, number(other) * int(unit.number))

    def every_nth(
        self, _every: Token, place: Token, countable: Token, of: Stretch | None
    ) -> AgainNth:
        return AgainNth(nth(place, countable, of))

    def every_nths(
        self, _every: Token, places: Token, countable: Token, of: Stretch | None
    ) -> Parts:
        whole = of or Stretch(Unit.MONTH)
        return tuple(AgainNth(each) for each in nths(places, countable, whole))

    def every_nth_unit(self, _every: Token, place: Token, unit: Token) -> Again:
        return Again(unit_of(unit), number(place) * number(unit))

    def every_day_of_month(self, _every: Token, day: Token, *_: Token) -> AgainDayOfMonth:
        return AgainDayOfMonth(number(day))

    def every_date(self, _every: Token, day: Token, month: Token) -> AgainDate:
        return AgainDate(number(day), number(month))

    def every_date_figures(self, _every: Token, said: Token) -> AgainDate | Mark:
        day, month, year = said.value
        return Mark.VAGUE if year else AgainDate(day, month)

    def every_weekend(self, *_: Token) -> Mark:
        return Mark.VAGUE

    def every_named_month(self, *_: Token) -> Mark:
        return Mark.VAGUE

    def every_holiday(self, _every: Token, name: Token) -> AgainNamed:
        return AgainNamed(str(name.value))

    def every_end(self, _every: Token, _end: Token, stretch: Stretch | RelativeDay) -> Part:
        return AgainEnd(stretch) if isinstance(stretch, Stretch) else Again(Unit.DAY)

    def frequency(self, said: Token) -> Again:
        word = str(said.value)
        unit = word.rstrip("0123456789")
        return Again(Unit(unit), int(word.removeprefix(unit)))

    def times(self, said: Token) -> Times:
        return Times(int(said.value))

    def times_per(self, times: Token, unit: Token) -> Again | Mark:
        return Again(unit_of(unit), number(unit)) if times.value == 1 else Mark.VAGUE


@v_args(inline=True)
class MarkEars(Transformer[Token, Part]):
    """The words between."""

    def until(self, _said: Token) -> Mark:
        return Mark.UNTIL

    def starting(self, _said: Token) -> Mark:
        return Mark.STARTING

    def before(self, _said: Token) -> Mark:
        return Mark.BEFORE

    def after(self, _said: Token) -> Mark:
        return Mark.AFTER

    def inside(self, _said: Token) -> Mark:
        return Mark.INSIDE

    def also(self, _said: Token) -> Mark:
        return Mark.ALSO

    def always(self, _said: Token) -> Mark:
        return Mark.ALWAYS

    def without(self, _said: Token) -> Mark:
        return Mark.EXCEPT

    def between(self, _said: Token) -> Mark:
        return Mark.BETWEEN

    def roughly(self, _said: Token) -> Mark:
        return Mark.ROUGHLY

    def parity(self, *_: Token) -> Mark:
        return Mark.PARITY

    def vague(self, _said: Token) -> Mark:
        return Mark.VAGUE
