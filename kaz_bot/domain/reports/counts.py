"""A number of questions as it may be told: a small group is told as small, never by its number."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self

# Of a smaller group no number is told. Nobody is no group: 0 is told.
SMALLEST_GROUP = 5


class Disclosure(StrEnum):
    """What a report says of a number."""

    EXACT = "exact"
    # "unter 5": from 1 to 4.
    FEW = "few"
    # Not told, because it would give a smaller one away. Mostly five or more, but not always.
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Count:
    """How many. `number` is empty unless it is told exactly."""

    number: int | None
    told: Disclosure = Disclosure.EXACT

    @classmethod
    def of(cls, number: int, told: Disclosure = Disclosure.EXACT) -> Self:
        """The number, or what is said instead of it."""
        return cls(number if told is Disclosure.EXACT else None, told)

    @property
    def suppressed(self) -> bool:
        """Whether something else is said instead of the number."""
        return self.told is not Disclosure.EXACT

    @property
    def any(self) -> bool:
        """Whether there was at least one, which is no secret."""
        return self.number != 0


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long a group waited, in business time.

    `number`: those that were answered (or solved) in the period, and those that were overdue at its
    end. `share` of them was in time, from 0 to 1; `median` is that of those answered. Both are
    empty if the group is empty or too small.
    """

    number: Count
    share: float | None = None
    median: timedelta | None = None
