"""Finds what digests tell of: what was answered, opened and solved, and solutions to look after."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, TextClause, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.knowledge.solutions import Solution, SolutionState
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketState
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.tables import ACTIVE_TICKETS, OPEN_TICKETS, tickets
from kaz_bot.store.tables_of_knowledge import RELEASED_SOLUTIONS, solution_editions, solutions

_ANSWERED = (TicketState.RESOLVED, TicketState.CLOSED)


class DigestCounts:
    """The tickets and solutions behind a digest."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_in_room(self, room_id: RoomId) -> list[Ticket]:
        """What was asked in the room and has not ended, the oldest first."""
        return await self._tickets(tickets.c.room_id == room_id, OPEN_TICKETS)

    async def answered_in_room(
        self, room_id: RoomId, since: datetime, until: datetime
    ) -> list[Ticket]:
        """What was asked in the room and answered after `since`, up to `until`."""
        return await self._tickets(tickets.c.room_id == room_id, _answered(since, until))

    async def answered_of(self, asker: UserId, since: datetime, until: datetime) -> list[Ticket]:
        """What somebody asked and was answered after `since`, up to `until`."""
        return await self._tickets(tickets.c.asker == asker, _answered(since, until))

    async def active(self, areas: Sequence[AreaKey]) -> dict[TicketState, int]:
        """How many active tickets those areas have, but for those that another one leads."""
        counted = await self._connection.execute(
            select(tickets.c.state, func.count())
            .where(ACTIVE_TICKETS, tickets.c.area.in_(areas), tickets.c.merged_into.is_(None))
            .group_by(tickets.c.state)
        )
        return dict(counted.tuples().all())

    async def opened(
        self, area: AreaKey | None, since: datetime, until: datetime
    ) -> list[datetime]:
        """When questions came in, from `since` to before `until`, in an area or in all."""
        found = await self._connection.scalars(
            select(tickets.c.opened_at).where(
                tickets.c.opened_at >= since, tickets.c.opened_at < until, *_in(area)
            )
        )
        return list(found)

    async def solved(
        self, area: AreaKey | None, since: datetime, until: datetime
    ) -> list[datetime]:
        """When questions were solved in that time, whenever they came in."""
        found = await self._connection.scalars(
            select(tickets.c.resolved_at).where(
                tickets.c.state.in_(_ANSWERED),
                tickets.c.resolved_at >= since,
                tickets.c.resolved_at < until,
                *_in(area),
            )
        )
        return [at for at in found if at is not None]

    async def solutions_to_release(self, area: AreaKey) -> list[Solution]:
        """Those of the area whose latest edition nobody has released, the oldest first."""
        return await self._solutions(
            solutions.c.area == area,
            solutions.c.state != SolutionState.WITHDRAWN,
            or_(
                solutions.c.released_edition.is_(None),
                solutions.c.released_edition != solutions.c.edition,
            ),
        )

    async def stale_solutions(self, area: AreaKey, today: date) -> list[Solution]:
        """Those of the area that should be looked at again, the oldest first."""
        shown = and_(
            solution_editions.c.solution_id == solutions.c.id,
            solution_editions.c.number == solutions.c.released_edition,
        )
        stale = select(solution_editions.c.solution_id).where(
            shown, solution_editions.c.valid_until < today
        )
        return await self._solutions(
            solutions.c.area == area, RELEASED_SOLUTIONS, stale.correlate(solutions).exists()
        )

    async def _tickets(self, *conditions: ColumnElement[bool] | TextClause) -> list[Ticket]:
        found = await self._connection.execute(
            select(tickets).where(*conditions).order_by(tickets.c.opened_at, tickets.c.id)
        )
        return [Ticket(**row._mapping) for row in found]

    async def _solutions(self, *conditions: ColumnElement[bool] | TextClause) -> list[Solution]:
        found = await self._connection.execute(
            select(solutions).where(*conditions).order_by(solutions.c.id)
        )
        return [Solution(**row._mapping) for row in found]


def _in(area: AreaKey | None) -> tuple[ColumnElement[bool], ...]:
    return () if area is None else (tickets.c.area == area,)


def _answered(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Also by an answer that somebody else was given, which ends a ticket at once."""
    resolved = and_(tickets.c.resolved_at > since, tickets.c.resolved_at <= until)
    reused = and_(
        tickets.c.resolved_at.is_(None),
        tickets.c.solution != "",
        tickets.c.ended_at > since,
        tickets.c.ended_at <= until,
    )
    return and_(tickets.c.state.in_(_ANSWERED), or_(resolved, reused))
