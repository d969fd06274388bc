"""Keeps the service clocks, one for each ticket."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.service_levels import ServiceClock
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.store.rows import columns_for, insert_into, row_of
from kaz_bot.store.tables import tickets
from kaz_bot.store.tables_of_time import AWAITED_CLOCKS, RUNNING_CLOCKS, service_clocks


class ServiceClocks:
    """By when the askers are answered."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, ticket_id: TicketId) -> ServiceClock | None:
        """The ticket's clock; one opened before there were clocks may have none."""
        found = await self._connection.execute(
            select(service_clocks).where(service_clocks.c.ticket_id == ticket_id)
        )
        row = found.one_or_none()
        return None if row is None else ServiceClock(**row._mapping)

    async def of_all(self, ticket_ids: list[TicketId]) -> dict[TicketId, ServiceClock]:
        """The clocks of these tickets, as far as they have one."""
        found = await self._connection.execute(
            select(service_clocks).where(service_clocks.c.ticket_id.in_(ticket_ids))
        )
        return {row.ticket_id: ServiceClock(**row._mapping) for row in found}

    async def answering(self, ticket: Ticket) -> ServiceClock | None:
        """By when its asker is answered: the clock of the ticket it is merged into, or its own."""
        return await self.get(ticket.merged_into or ticket.id)

    async def answering_all(self, tickets: Sequence[Ticket]) -> dict[TicketId, ServiceClock]:
        """The same for several tickets, by their own numbers."""
        clocks = await self.of_all([ticket.merged_into or ticket.id for ticket in tickets])
        answering = ((ticket.id, clocks.get(ticket.merged_into or ticket.id)) for ticket in tickets)
        return {ticket: clock for ticket, clock in answering if clock is not None}

    async def save(self, clock: ServiceClock) -> ServiceClock:
        """As it is from now on, also if the ticket had none; `StaleRecord` when somebody saved it
        meanwhile."""
        kept = replace(clock, version=clock.version + 1)
        row = row_of(kept)
        changed = {name: value for name, value in row.items() if name != "ticket_id"}
        saving = insert_into(self._connection, service_clocks).on_conflict_do_update(
            index_elements=["ticket_id"],
            set_=changed,
            where=service_clocks.c.version == clock.version,
        )
        saved = await self._connection.execute(saving.returning(service_clocks.c.ticket_id), row)
        if saved.one_or_none() is None:
            raise StaleRecord(f"clock of ticket {clock.ticket_id}, version {clock.version}")
        return kept

    async def due(self, now: datetime, limit: int) -> list[ServiceClock]:
        """Those of which somebody is to be told, the longest waiting first."""
        found = await self._connection.execute(
            select(service_clocks)
            .where(service_clocks.c.next_at <= now, AWAITED_CLOCKS)
            .order_by(service_clocks.c.next_at, service_clocks.c.ticket_id)
            .limit(limit)
        )
        return [ServiceClock(**row._mapping) for row in found]

    async def tickets_due(self, now: datetime, limit: int) -> list[TicketId]:
        """Whose clocks those are: known also of one that cannot be read."""
        found = await self._connection.scalars(
            select(service_clocks.c.ticket_id)
            .where(service_clocks.c.next_at <= now, AWAITED_CLOCKS)
            .order_by(service_clocks.c.next_at, service_clocks.c.ticket_id)
            .limit(limit)
        )
        return [TicketId(ticket_id) for ticket_id in found]

    async def look_at(self, ticket_id: TicketId, at: datetime) -> None:
        """Let whoever looks after the clocks see to this one, since its ticket has changed."""
        await self._connection.execute(
            update(service_clocks)
            .where(service_clocks.c.ticket_id == ticket_id)
            .values(next_at=at, version=service_clocks.c.version + 1)
        )

    async def overdue_in(self, area: AreaKey, now: datetime, limit: int) -> list[Ticket]:
        """The area's tickets whose asker should have heard of us, the most urgent first, then
        those that are overdue longest."""
        found = await self._connection.execute(
            select(*columns_for(Ticket, tickets))
            .join(service_clocks, service_clocks.c.ticket_id == tickets.c.id)
            .where(service_clocks.c.due_at <= now, RUNNING_CLOCKS)
            # Few are overdue and many open: no index of the tickets may tempt the planner.
            .where(tickets.c.area.concat("") == area, tickets.c.state.in_(ACTIVE))
            .where(tickets.c.merged_into.is_(None))
            .order_by(tickets.c.priority, service_clocks.c.due_at, tickets.c.id)
            .limit(limit)
        )
        return [Ticket(**row._mapping) for row in found]
