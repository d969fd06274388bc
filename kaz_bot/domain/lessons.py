"""What a moved ticket teaches: questions in nearly its words belong where it went."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kaz_bot.domain.tickets import AreaKey, TicketId

# Two questions with fewer words in common, or with more of them apart, are two questions.
LEAST_SHARED = 3
LEAST_LIKENESS = 0.6
# To read and compare so many takes two to three milliseconds; what was asked long ago fades.
COMPARED_LESSONS = 500
# The model learns from more of them.
KEPT_LESSONS = 5000


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Where a person said that a question belongs. `words` are the question's, in basic form."""

    ticket_id: TicketId
    area: AreaKey
    words: tuple[str, ...]
    learned_at: datetime


class Saying(NamedTuple):
    """What a lesson says, whoever taught it and when."""

    area: AreaKey
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaughtQuestion:
    """A question as it is now, with the area where a person said it belongs."""

    ticket_id: TicketId
    area: AreaKey
    question: str


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A lesson that fits: the words both have, and their share of all words of the two."""

    area: AreaKey
    shared: frozenset[str]
    likeness: float


def remembered(sayings: Iterable[Saying], asked: Collection[str]) -> Remembered | None:
    """What the first of `sayings` that fits says about a question in the words `asked`."""
    sought = frozenset(asked)
    if len(sought) < LEAST_SHARED:
        return None
    for area, words in sayings:
        shared = sought.intersection(words)
        # The words of a lesson are each there once.
        likeness = len(shared) / (len(sought) + len(words) - len(shared))
        if len(shared) >= LEAST_SHARED and likeness >= LEAST_LIKENESS:
            return Remembered(area=area, shared=shared, likeness=likeness)
    return None
