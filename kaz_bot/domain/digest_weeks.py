"""How much came in and was solved, week by week, and whether that was more than usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEEKS_SHOWN = 8
# Of fewer weeks nobody knows what is usual.
WEEKS_KNOWN = 4
# Below this a picture shows nothing that a sentence would not.
TICKETS_SEEN = 10


class Trend(StrEnum):
    """How much there was, compared with the weeks before."""

    MORE = "more"
    USUAL = "usual"
    LESS = "less"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Load:
    """What an area has to do, and what came in and was solved since the last digest."""

    new: int
    claimed: int
    waiting: int
    opened: int
    solved: int
    coming: Trend = Trend.UNKNOWN
    going: Trend = Trend.UNKNOWN

    @property
    def nothing(self) -> bool:
        """Whether nobody has anything to do, and nobody had."""
        return not (self.new or self.claimed or self.waiting or self.opened or self.solved)


@dataclass(frozen=True, kw_only=True)
class Week:
    """What came in and what was solved in a week that began on `monday`."""

    monday: date
    opened: int
    solved: int


def trend(now: int, before: Sequence[int]) -> Trend:
    """Whether it was clearly more or less than in the weeks before; of few weeks nobody knows."""
    if len(before) < WEEKS_KNOWN:
        return Trend.UNKNOWN
    usual = sum(before) / len(before)
    # A single one more or less says nothing, nor does a small part of many.
    if abs(now - usual) < max(2, usual / 4):
        return Trend.USUAL
    return Trend.MORE if now > usual else Trend.LESS


def worth_seeing(weeks: Sequence[Week]) -> bool:
    """Whether a picture of them shows something: some weeks in which something happened."""
    used = [number for number, week in enumerate(weeks) if week.opened or week.solved]
    known = len(weeks) - used[0] if used else 0
    return known >= WEEKS_KNOWN and sum(week.opened for week in weeks) >= TICKETS_SEEN
