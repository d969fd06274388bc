"""Keeps which tickets wait for which papers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.blocks import Block
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.store.rows import columns_for, insert_into, row_of
from kaz_bot.store.tables_of_committee import LIVE_BLOCKS, blocks

_COLUMNS = columns_for(Block, blocks)


class Blocks:
    """Tickets that wait for the committee."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, block: Block) -> None:
        """From now on the ticket waits; StaleRecord when it does already."""
        adding = insert_into(self._connection, blocks).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(blocks.c.id), row_of(block))
        if added.one_or_none() is None:
            raise StaleRecord(f"block of ticket {block.ticket_id}")

    async def of(self, ticket_id: TicketId) -> Block | None:
        """What the ticket waits for."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(blocks.c.ticket_id == ticket_id, LIVE_BLOCKS)
        )
        row = found.one_or_none()
        return None if row is None else Block(**row._mapping)

    async def holding(self, ticket: Ticket) -> Block | None:
        """What it waits for, by itself or with the ticket it is merged into."""
        return await self.of(ticket.merged_into or ticket.id)

    async def holding_all(self, tickets: Sequence[Ticket]) -> dict[TicketId, Block]:
        """The same of several tickets, by their own numbers."""
        leads = {ticket.id: ticket.merged_into or ticket.id for ticket in tickets}
        found = await self._connection.execute(
            select(*_COLUMNS).where(blocks.c.ticket_id.in_({*leads.values()}), LIVE_BLOCKS)
        )
        live = {row.ticket_id: Block(**row._mapping) for row in found}
        return {ticket: live[lead] for ticket, lead in leads.items() if lead in live}

    async def on(self, paper_id: PaperId) -> list[Block]:
        """The tickets that wait for the paper, the longest waiting first."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(blocks.c.paper_id == paper_id, LIVE_BLOCKS)
            .order_by(blocks.c.since, blocks.c.ticket_id)
        )
        return [Block(**row._mapping) for row in found]

    async def end(self, ticket_id: TicketId, at: datetime) -> None:
        """It waits no more."""
        await self._connection.execute(
            update(blocks).where(blocks.c.ticket_id == ticket_id, LIVE_BLOCKS).values(ended_at=at)
        )

    async def pass_on(self, ticket_id: TicketId, heir: TicketId) -> None:
        """Another ticket, which was merged into it, waits instead; if it waits at all."""
        await self._connection.execute(
            update(blocks)
            .where(blocks.c.ticket_id == ticket_id, LIVE_BLOCKS)
            .values(ticket_id=heir)
        )
