"""What a date comes to: one moment, or a rule for many."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """What the date is for; it decides the time of a day that was named without one."""

    REMINDER = "reminder"
    DEADLINE = "deadline"


class Remark(StrEnum):
    """Something the reader chose and the writer should see."""

    # "nächsten Donnerstag" is disputed; the one of the following week was taken.
    NEXT_WEEK_MEANT = "next_week_meant"
    # Day and month have passed this year.
    NEXT_YEAR = "next_year"
    # The clock shows this time twice in that night; the first, in summer time, was taken.
    TWICE = "twice"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A single time, in the reader's zone, to the minute.

    `timed`: a time of day was said. `elapsed`: a length in hours or minutes was said, which runs
    on through nights and weekends.
    """

    at: datetime
    timed: bool
    elapsed: bool = False
    remark: Remark | None = None


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """Again and again: `rrule` as in RFC 5545, `dtstart` the first time after now.

    `working_days`: "jeden Werktag" was said, which the rule can only call Monday to Friday; who
    uses it leaves out the holidays.
    """

    rrule: str
    dtstart: datetime
    timed: bool
    working_days: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """A date found in a sentence, and `what` is left of the sentence without it."""

    when: Moment | Recurrence
    what: str
