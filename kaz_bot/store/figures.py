"""Reads what reports count, a few hundred tickets at a time: no person, no text."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import DecisionNumber, Series, Subject, TaskId, subject_of
from kaz_bot.domain.reports.cases import Change, History, TicketFacts
from kaz_bot.domain.reports.committee import Note
from kaz_bot.domain.tickets import TicketId, TicketState
from kaz_bot.store.tables import tickets, trail
from kaz_bot.store.tables_of_committee import committee_trail, tasks
from kaz_bot.store.tables_of_knowledge import imported_tickets, solutions

# So many tickets are in memory at once.
BATCH = 500
# What says nothing about a question's way.
_IMMATERIAL = ("note", "edited", "erased", "overdue", "escalated")
_FACTS = select(
    tickets.c.id,
    tickets.c.state,
    tickets.c.area,
    tickets.c.priority,
    tickets.c.municipality,
    tickets.c.confidential,
    imported_tickets.c.ticket_id.is_not(None).label("imported"),
    tickets.c.rating,
    tickets.c.opened_at,
    tickets.c.resolved_at,
    tickets.c.ended_at,
).join_from(tickets, imported_tickets, imported_tickets.c.ticket_id == tickets.c.id, isouter=True)
_CHANGES = select(trail.c.ticket_id, trail.c.at, trail.c.event, trail.c.state, trail.c.details)


class Figures:
    """What happened in a period."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, since: datetime, until: datetime) -> int:
        """How many tickets `histories` will give."""
        query = select(func.count()).select_from(tickets).where(_concerned(since, until))
        return await self._connection.scalar(query) or 0

    async def histories(self, since: datetime, until: datetime) -> AsyncIterator[Sequence[History]]:
        """The tickets that were opened before `until` and had not ended before `since`, by their
        numbers; of their trails what happened before `until`."""
        last = 0
        while batch := await self._facts(since, until, last):
            changes = await self._changes([facts.id for facts in batch], until)
            yield [History(facts=facts, changes=tuple(changes[facts.id])) for facts in batch]
            last = batch[-1].id

    async def notes(self, until: datetime) -> list[Note]:
        """What happened to decisions and tasks before `until`, in its order."""
        found = await self._connection.execute(
            select(
                committee_trail.c.subject,
                committee_trail.c.at,
                committee_trail.c.event,
                committee_trail.c.details,
            )
            .where(
                committee_trail.c.at < until,
                or_(
                    committee_trail.c.subject.like(f"{Series.TASK}-%"),
                    committee_trail.c.subject.contains(Series.DECISION),
                ),
            )
            .order_by(committee_trail.c.id)
        )
        return [Note(**row._mapping) for row in found]

    async def tasks_of_decisions(self) -> dict[DecisionNumber, list[Subject]]:
        """The tasks that follow from each decision."""
        found = await self._connection.execute(
            select(tasks.c.id, tasks.c.decision)
            .where(tasks.c.decision.is_not(None))
            .order_by(tasks.c.id)
        )
        following: defaultdict[DecisionNumber, list[Subject]] = defaultdict(list)
        for number, decision in found:
            following[decision].append(subject_of(Series.TASK, TaskId(number)))
        return dict(following)

    async def solutions_released(self, since: datetime, until: datetime) -> int:
        """How many others could first use in that time, also of those withdrawn since."""
        released = and_(solutions.c.released_at >= since, solutions.c.released_at < until)
        query = select(func.count()).select_from(solutions).where(released)
        return await self._connection.scalar(query) or 0

    async def _facts(self, since: datetime, until: datetime, after: int) -> list[TicketFacts]:
        found = await self._connection.execute(
            _FACTS.where(_concerned(since, until), tickets.c.id > after)
            .order_by(tickets.c.id)
            .limit(BATCH)
        )
        return [TicketFacts(**row._mapping) for row in found]

    async def _changes(
        self, numbers: Sequence[TicketId], until: datetime
    ) -> dict[TicketId, list[Change]]:
        found = await self._connection.execute(
            _CHANGES.where(
                trail.c.ticket_id.in_(numbers),
                trail.c.at < until,
                trail.c.event.not_in(_IMMATERIAL),
            ).order_by(trail.c.ticket_id, trail.c.id)
        )
        changes: defaultdict[TicketId, list[Change]] = defaultdict(list)
        for number, at, event, state, details in found:
            change = Change(at=at, event=event, state=TicketState(state), details=details)
            changes[number].append(change)
        return changes


def _concerned(since: datetime, until: datetime) -> ColumnElement[bool]:
    """What has ended does not begin again, so that it is nothing to a later period."""
    going_on = or_(tickets.c.ended_at.is_(None), tickets.c.ended_at >= since)
    return and_(tickets.c.opened_at < until, going_on)
