"""What was said, before anybody looks at a calendar: a record for each part of the grammar."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Unit(StrEnum):
    """Lengths of time; the words are those of the terminals."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Which(StrEnum):
    """Which of those that follow one another."""

    THIS = "this"
    # "kommenden Freitag" is "diesen Freitag", but "kommende Woche" is not "diese Woche".
    COMING = "coming"
    NEXT = "next"
    AFTER_NEXT = "after_next"
    PREVIOUS = "previous"


class Daypart(StrEnum):
    MORNING = "morning"
    FORENOON = "forenoon"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


Year = int | Which


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time on the clock. One in words means office hours; `literal` ones are as they stand."""

    hour: int
    minute: int = 0
    literal: bool = False
    meridiem: str | None = None


@dataclass(frozen=True)
class Number:
    """A number with nothing that says of what."""

    value: int


@dataclass(frozen=True)
class HalfPastOrTo:
    """English "half three": half past it in London, half to it for a German."""

    hour: int


@dataclass(frozen=True)
class Midnight:
    """The end of the day it is said of."""


@dataclass(frozen=True)
class EndOfDay:
    """The last minute of a deadline's day."""


@dataclass(frozen=True)
class RelativeDay:
    days: int


@dataclass(frozen=True)
class Morgen:
    """Tomorrow, or after a day the morning of it."""


@dataclass(frozen=True)
class OnWeekday:
    day: int
    which: Which | None = None


@dataclass(frozen=True)
class OnWorkday:
    """The next working day, or the one after it."""

    which: Which


@dataclass(frozen=True)
class Date:
    day: int
    month: int
    year: Year | None = None


@dataclass(frozen=True)
class Slashed:
    """Two numbers that are day and month in one country, month and day in another."""

    one: int
    other: int
    year: int | None


@dataclass(frozen=True)
class Dotted:
    """`15.10` is a day, `9.30` a time; `9.10` may be both."""

    one: int
    other: int


@dataclass(frozen=True)
class Stretch:
    """A week, month, quarter or year: by its number, relative to now, or any (`im Monat`).

    `every` is 1 for "jedes Monats", 2 for "jedes zweiten Monats".
    """

    unit: Unit
    number: int | None = None
    year: Year | None = None
    which: Which | None = None
    every: int = 0
    months: int = 1


@dataclass(frozen=True)
class DayOfMonth:
    day: int
    of: Stretch | None = None


@dataclass(frozen=True)
class Nth:
    """The first, last (-1), … weekday, working day or day of a stretch."""

    place: int
    what: Unit | int
    of: Stretch | None = None


@dataclass(frozen=True)
class NamedDay:
    name: str
    year: Year | None = None


@dataclass(frozen=True)
class Weekend:
    which: Which | None = None


@dataclass(frozen=True)
class EndOf:
    stretch: Stretch


@dataclass(frozen=True)
class Instant:
    at: datetime


@dataclass(frozen=True)
class Length:
    number: float
    unit: Unit


@dataclass(frozen=True)
class Ahead:
    """So long from now, or from the day it is said of. `plain`: without "in"."""

    lengths: tuple[Length, ...]
    plain: bool = False


@dataclass(frozen=True)
class HourOrHours:
    """`9h`: nine o'clock, or in nine hours."""

    number: int


@dataclass(frozen=True)
class Apart:
    """So long before (`sign` is -1) or after what is said next; or the nearest such weekday."""

    lengths: tuple[Length, ...]
    sign: int
    weekday: int | None = None


@dataclass(frozen=True)
class Again:
    """Every so many units."""

    unit: Unit
    interval: int = 1


@dataclass(frozen=True)
class AgainOn:
    """On a day of every week, or of every so many weeks."""

    weekday: int
    interval: int = 1


@dataclass(frozen=True)
class AgainNth:
    """Every n-th: of each month, or one in n. Which, is not always said."""

    nth: Nth


@dataclass(frozen=True)
class AgainDayOfMonth:
    day: int


@dataclass(frozen=True)
class AgainDate:
    """Every year on this day."""

    day: int
    month: int


@dataclass(frozen=True)
class AgainEnd:
    stretch: Stretch


@dataclass(frozen=True)
class AgainNamed:
    """Every year on a day with a name."""

    name: str


@dataclass(frozen=True)
class Times:
    count: int


class Mark(StrEnum):
    """How the parts belong together."""

    UNTIL = "until"
    STARTING = "starting"
    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"
    ALSO = "also"
    ALWAYS = "always"
    EXCEPT = "except"
    # What follows or stands here leaves the moment open.
    BETWEEN = "between"
    ROUGHLY = "roughly"
    VAGUE = "vague"
    # Even or odd weeks, which no rule can name: after a week 53 two odd ones follow each other.
    PARITY = "parity"


Time = Clock | Number | HalfPastOrTo | Midnight | EndOfDay | Daypart
Day = (
    RelativeDay
    | Morgen
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
    | Instant
)
Repeating = Again | AgainOn | AgainNth | AgainDayOfMonth | AgainDate | AgainEnd | AgainNamed
Part = Time | Day | Stretch | Ahead | HourOrHours | Apart | Repeating | Times | Mark
