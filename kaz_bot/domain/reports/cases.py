"""A ticket as a report sees it: what is kept of it, and what it was at the end of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.tickets import AreaKey, Priority, Rating, TicketId, TicketState


class Outcome(StrEnum):
    """What became of a question."""

    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class TicketFacts:
    """What the record of a ticket says now: no person, no text. `imported`: it is from elsewhere,
    and its times are not ours."""

    id: TicketId
    state: TicketState
    area: AreaKey
    priority: Priority
    municipality: MunicipalityKey | None = None
    confidential: bool = False
    imported: bool = False
    rating: Rating | None = None
    opened_at: datetime
    resolved_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the trail, without whoever made the change."""

    at: datetime
    event: str
    state: TicketState
    details: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Wait:
    """For how long somebody waited, in business time. `at` is empty if they waited still."""

    at: datetime | None
    priority: Priority
    passed: timedelta
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class Case:
    """A ticket as it was. `before`: what had become of it when the period began, if it was there.

    `closed_by`: the answer that existed before and ended it, `L-3` or the number of a ticket.
    """

    area: AreaKey
    municipality: MunicipalityKey | None
    confidential: bool
    imported: bool
    incomplete: bool
    asked_at: datetime
    before: Outcome | None
    outcome: Outcome
    outcome_at: datetime
    rating: Rating | None
    offered: tuple[datetime, ...]
    closed_by: str
    answer: Wait | None
    solution: Wait | None


@dataclass(frozen=True, kw_only=True)
class History:
    """A ticket's record and its trail, in its order."""

    facts: TicketFacts
    changes: tuple[Change, ...]
