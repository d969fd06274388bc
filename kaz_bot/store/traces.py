"""Finds in the records of the committee all that they hold of one person."""

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.ballots import Ballot
from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.meetings import AgendaItem, Meeting
from kaz_bot.domain.committee.papers import CommitteeEntry, Edition, Paper
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.domain.committee.traces import (
    EditionWritten,
    Entitlement,
    MeetingAttended,
    SeatTaken,
    SolutionRead,
    Traces,
    VoteCast,
)
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.solutions import SolutionEdition
from kaz_bot.messages import UserId
from kaz_bot.store.rows import columns_for
from kaz_bot.store.tables_of_committee import (
    agenda_items,
    attendance,
    ballots,
    blocks,
    bodies,
    committee_trail,
    editions,
    electors,
    meetings,
    papers,
    seats,
    tasks,
    votes,
)
from kaz_bot.store.tables_of_knowledge import catalogue, solution_editions, solutions

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

_PAPERS = select(*columns_for(Paper, papers)).order_by(papers.c.id)
_EDITIONS = (
    select(*columns_for(Edition, editions), papers.c.sealed)
    .join_from(editions, papers)
    .order_by(editions.c.paper_id, editions.c.number)
)
_SEATS = (
    select(bodies.c.room_id, bodies.c.name.label("body"), seats.c.seat)
    .join_from(seats, bodies)
    .order_by(seats.c.body_id)
)
_ENTITLED = (
    select(ballots.c.paper_id, electors.c.body, electors.c.seat, ballots.c.opened_at)
    .join_from(electors, ballots)
    .order_by(electors.c.ballot_id)
)
_VOTES = (
    select(
        ballots.c.paper_id,
        votes.c.choice,
        votes.c.reason,
        votes.c.way,
        votes.c.cast_at,
        ballots.c.sealed,
    )
    .join_from(votes, ballots)
    .order_by(votes.c.id)
)
_BALLOTS = select(*columns_for(Ballot, ballots)).order_by(ballots.c.id)
_TASKS = select(*columns_for(Task, tasks)).order_by(tasks.c.id)
_MEETINGS = select(*columns_for(Meeting, meetings)).order_by(meetings.c.id)
_ATTENDANCE = select(*columns_for(MeetingAttended, attendance)).order_by(attendance.c.meeting_id)
_ITEMS = select(*columns_for(AgendaItem, agenda_items)).order_by(agenda_items.c.id)
_BLOCKS = select(*columns_for(Block, blocks)).order_by(blocks.c.id)
_CATALOGUE = select(*columns_for(CatalogueEntry, catalogue)).order_by(catalogue.c.id)
_SOLUTIONS = (
    select(*columns_for(SolutionEdition, solution_editions), solutions.c.sealed)
    .join_from(solution_editions, solutions)
    .order_by(solution_editions.c.solution_id, solution_editions.c.number)
)
_ENTRIES = select(*columns_for(CommitteeEntry, committee_trail)).order_by(committee_trail.c.id)


class PersonalTraces:
    """What somebody may ask to be shown of themselves."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person: UserId) -> Traces:
        """Everything, each kind in its order."""
        charged = or_(tasks.c.owner == person, tasks.c.person == person)
        called = or_(meetings.c.owner == person, meetings.c.approved_by == person)
        return Traces(
            papers=await self._all(Paper, _PAPERS.where(papers.c.author == person)),
            editions=await self._editions(person),
            seats=await self._all(SeatTaken, _SEATS.where(seats.c.person == person)),
            entitlements=await self._all(Entitlement, _ENTITLED.where(electors.c.person == person)),
            votes=await self._all(VoteCast, _VOTES.where(votes.c.person == person)),
            ballots=await self._all(Ballot, _BALLOTS.where(ballots.c.opened_by == person)),
            tasks=await self._all(Task, _TASKS.where(charged)),
            meetings=await self._all(Meeting, _MEETINGS.where(called)),
            attendance=await self._all(
                MeetingAttended, _ATTENDANCE.where(attendance.c.person == person)
            ),
            items=await self._all(AgendaItem, _ITEMS.where(agenda_items.c.by == person)),
            blocks=await self._all(Block, _BLOCKS.where(blocks.c.by == person)),
            entries=await self._all(
                CommitteeEntry, _ENTRIES.where(committee_trail.c.actor == person)
            ),
            catalogue=await self._all(
                CatalogueEntry, _CATALOGUE.where(catalogue.c.author == person)
            ),
            solutions=await self._solutions(person),
        )

    async def _solutions(self, person: UserId) -> tuple[SolutionRead, ...]:
        wrote, released = solution_editions.c.author, solution_editions.c.released_by
        found = await self._connection.execute(
            _SOLUTIONS.where(or_(wrote == person, released == person))
        )
        read = []
        for row in found:
            said = dict(row._mapping)
            sealed = said.pop("sealed")
            read.append(SolutionRead(edition=SolutionEdition(**said), sealed=sealed))
        return tuple(read)

    async def _all(
        self, record: type[Record], query: Select[tuple[object, ...]]
    ) -> tuple[Record, ...]:
        found = await self._connection.execute(query)
        return tuple(record(**row._mapping) for row in found)

    async def _editions(self, person: UserId) -> tuple[EditionWritten, ...]:
        found = await self._connection.execute(_EDITIONS.where(editions.c.author == person))
        return tuple(EditionWritten(edition=_edition(row), sealed=row.sealed) for row in found)


def _edition(row: Row[tuple[object, ...]]) -> Edition:
    said = dict(row._mapping)
    del said["sealed"]
    return Edition(**said)
