"""Hears days, and the weeks, months, quarters and years they lie in."""

from dataclasses import replace

from lark import Token, Transformer, v_args

from kaz_bot.dates.hearing_times import number, pair, unit_of
from kaz_bot.dates.spoken import (
    Date,
    DayOfMonth,
    Dotted,
    EndOf,
    Instant,
    Mark,
    Morgen,
    NamedDay,
    Nth,
    OnWeekday,
    OnWorkday,
    Part,
    RelativeDay,
    Slashed,
    Stretch,
    Unit,
    Weekend,
    Which,
    Year,
)


def _which(token: Token) -> Which:
    return Which(token.value)


def nth(place: Token, countable: Token, of: Stretch | None) -> Nth:
    """ "der letzte Freitag im Monat" """
    what = number(countable) if countable.type == "WEEKDAY" else unit_of(countable)
    return Nth(number(place), what, of)


def nths(places: Token, countable: Token, of: Stretch | None) -> tuple[Nth, ...]:
    """ "der erste und dritte Freitag im Monat" """
    one = nth(Token("ORDINAL", 1), countable, of)
    return tuple(replace(one, place=int(place)) for place in places.value)


@v_args(inline=True)
class DayEars(Transformer[Token, Part]):
    """Days, near and far."""

    def relative_day(self, said: Token) -> RelativeDay:
        return RelativeDay(number(said))

    def morgen(self, _said: Token) -> Morgen:
        return Morgen()

    def weekday(self, *said: Token) -> OnWeekday:
        which = _which(said[0]) if len(said) > 1 else None
        return OnWeekday(number(said[-1]), which)

    def next_workday(self, which: Token, _workday: Token) -> OnWorkday:
        return OnWorkday(_which(which))

    def next_day(self, which: Token, _day: Token) -> RelativeDay:
        days = {Which.THIS: 0, Which.AFTER_NEXT: 2, Which.PREVIOUS: -1}
        return RelativeDay(days.get(_which(which), 1))

    def year(self, *said: Token) -> Year:
        if said[0].type == "WHICH":
            return _which(said[0])
        return number(said[-1])

    def date(self, said: Token, year: Year | None) -> Date:
        day, month, written = said.value
        return Date(day, month, written or year)

    def slashed(self, said: Token) -> Slashed:
        return Slashed(*said.value)

    def dotted(self, said: Token) -> Dotted:
        return Dotted(*pair(said))

    def month_day(self, day: Token, month: Token, year: Year | None) -> Date:
        return Date(number(day), number(month), year)

    def day_of_named(self, month: Token, day: Token, year: Year | None) -> Date:
        return Date(number(day), number(month), year)

    def day_of_month(self, *said: Token | Stretch) -> DayOfMonth:
        day, *of = said
        assert isinstance(day, Token)
        stretch = of[-1] if of else None
        return DayOfMonth(number(day), stretch if isinstance(stretch, Stretch) else None)

    def day_of_quarter(self, day: Token, *_: Token) -> DayOfMonth:
        return DayOfMonth(number(day), Stretch(Unit.QUARTER))

    def coming_day_of_month(self, _which: Token, day: Token) -> DayOfMonth:
        return DayOfMonth(number(day))

    def nth(self, place: Token, countable: Token, of: Stretch | None) -> Nth:
        return nth(place, countable, of)

    def nths(self, places: Token, countable: Token, of: Stretch | None) -> tuple[Part, ...]:
        return nths(places, countable, of)

    def countable(self, said: Token) -> Token:
        return said

    def named_day(self, said: Token, year: Year | None) -> NamedDay:
        return NamedDay(str(said.value), year)

    def coming_named_day(self, which: Token, said: Token) -> NamedDay | Mark:
        if _which(which) is Which.AFTER_NEXT:
            return Mark.VAGUE
        return NamedDay(str(said.value))

    def weekend(self, *said: Token) -> Weekend:
        return Weekend(_which(said[0]) if len(said) > 1 else None)

    def end_of(self, _end: Token, stretch: Stretch | RelativeDay) -> EndOf | RelativeDay:
        return EndOf(stretch) if isinstance(stretch, Stretch) else stretch

    def instant(self, said: Token) -> Instant:
        return Instant(said.value)


@v_args(inline=True)
class StretchEars(Transformer[Token, Part]):
    """Weeks, months, quarters and years."""

    def which_period(self, which: Token, unit: Token) -> Stretch:
        return Stretch(unit_of(unit), which=_which(which), months=number(unit))

    def last_period(self, _last: Token, unit: Token) -> Stretch:
        return Stretch(unit_of(unit), which=Which.PREVIOUS, months=number(unit))

    def which_month(self, _which: Token, _month: Token) -> Mark:
        return Mark.VAGUE

    def week(self, *said: Token | Year | None) -> Stretch:
        tokens = [part for part in said if isinstance(part, Token)]
        if tokens[0].type == "ISO_WEEK":
            week, year = pair(tokens[0])
            return Stretch(Unit.WEEK, number=week, year=year)
        if tokens[0].type == "WHICH":
            return Stretch(Unit.WEEK, which=_which(tokens[0]))
        figure = next(token for token in tokens if token.type != "KW")
        year_said = said[-1] if not isinstance(said[-1], Token) else None
        return Stretch(Unit.WEEK, number=number(figure), year=year_said)

    def named_quarter(self, *said: Token | Year | None) -> Stretch:
        figure = next(
            part for part in said if isinstance(part, Token) and part.type in {"INT", "ORDINAL"}
        )
        year_said = said[-1] if not isinstance(said[-1], Token) else None
        return Stretch(Unit.QUARTER, number=number(figure), year=year_said)

    def month(self, said: Token, year: Token | Year | None) -> Stretch:
        year_said = number(year) if isinstance(year, Token) else year
        return Stretch(Unit.MONTH, number=number(said), year=year_said)

    def named_months(self, _months: Token, said: Token, year: Year | None) -> Stretch:
        return Stretch(Unit.MONTH, number=number(said), year=year)

    def month_of_year(self, said: Token, which: Token, _years: Token) -> Stretch:
        return Stretch(Unit.MONTH, number=number(said), year=_which(which))

    def part_of_year(self, place: Token, months: Token, year: Year | None) -> Stretch:
        """ "des ersten Halbjahres" """
        return Stretch(Unit.MONTH, number=number(place), year=year, months=number(months))

    def whole_year(self, *said: Token | Year) -> Stretch:
        year = said[-1]
        return Stretch(Unit.YEAR, year=number(year) if isinstance(year, Token) else year)

    def any_day(self, _said: Token) -> RelativeDay:
        return RelativeDay(0)

    def bounded_day(self, said: Token) -> RelativeDay:
        return RelativeDay(number(said))

    def any_week(self, *_: Token) -> Stretch:
        return Stretch(Unit.WEEK)

    def any_month(self, said: Token) -> Stretch:
        return Stretch(Unit.MONTH, months=number(said))

    def any_quarter(self, *_: Token) -> Stretch:
        return Stretch(Unit.QUARTER)

    def any_year(self, *said: Token) -> Stretch:
        which = next((_which(token) for token in said if token.type == "WHICH"), None)
        return Stretch(Unit.YEAR, which=which)

    def every_week(self, *_: Token) -> Stretch:
        return Stretch(Unit.WEEK, every=1)

    def every_month(self, _every: Token, months: Token) -> Stretch:
        return Stretch(Unit.MONTH, every=1, months=number(months))

    def every_other_month(self, _every: Token, interval: Token, _months: Token) -> Stretch:
        return Stretch(Unit.MONTH, every=number(interval))

    def every_quarter(self, *_: Token) -> Stretch:
        return Stretch(Unit.QUARTER, every=1)

    def every_year(self, *_: Token) -> Stretch:
        return Stretch(Unit.YEAR, every=1)
