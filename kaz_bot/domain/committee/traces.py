"""What the records of the committee hold of one person."""

from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.committee.ballots import Ballot, Choice, Way
from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.meetings import AgendaItem, Meeting, Presence
from kaz_bot.domain.committee.numbers import MeetingId, PaperId
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.solutions import SolutionEdition
from kaz_bot.messages import RoomId


@dataclass(frozen=True, kw_only=True)
class SeatTaken:
    """Somebody speaks for a body."""

    room_id: RoomId
    body: str
    seat: Seat


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """Somebody could vote in a ballot for a body, as it was when it opened."""

    paper_id: PaperId
    body: str
    seat: Seat
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class VoteCast:
    """A vote somebody cast, also if another has replaced it."""

    paper_id: PaperId
    choice: Choice
    reason: str
    way: Way
    cast_at: datetime
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class EditionWritten:
    """A wording of a paper that somebody wrote."""

    edition: Edition
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class MeetingAttended:
    """Whether somebody was at a meeting."""

    meeting_id: MeetingId
    presence: Presence
    noted_at: datetime


@dataclass(frozen=True, kw_only=True)
class SolutionRead:
    """A wording of a solution that somebody wrote or released."""

    edition: SolutionEdition
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class Traces:
    """All of it; `blocks` are tickets that they let wait, `entries` what the trail says of them,
    `catalogue` what they wrote last there, `solutions` what they wrote or released."""

    papers: tuple[Paper, ...] = ()
    editions: tuple[EditionWritten, ...] = ()
    seats: tuple[SeatTaken, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    votes: tuple[VoteCast, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    tasks: tuple[Task, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    attendance: tuple[MeetingAttended, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    blocks: tuple[Block, ...] = ()
    entries: tuple[CommitteeEntry, ...] = ()
    catalogue: tuple[CatalogueEntry, ...] = ()
    solutions: tuple[SolutionRead, ...] = ()
