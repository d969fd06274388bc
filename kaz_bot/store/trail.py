"""Keeps the audit trail: one row for every change of a ticket."""

import json
from dataclasses import replace

from sqlalchemy import String, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.tickets import TicketId
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.messages import UserId
from kaz_bot.store.rows import columns_for, row_of
from kaz_bot.store.tables import trail

_COLUMNS = columns_for(TrailEntry, trail)
# Made once: to make a statement anew takes longer than to run it.
_ADD = insert(trail)


class Trail:
    """Who changed what, when, and because of which event."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: TrailEntry) -> None:
        await self._connection.execute(_ADD, row_of(entry))

    async def of(self, ticket_id: TicketId) -> list[TrailEntry]:
        """The ticket's changes in their order."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(trail.c.ticket_id == ticket_id).order_by(trail.c.id)
        )
        return [TrailEntry(**row._mapping) for row in found]

    async def pseudonymise(self, user: UserId, as_: UserId) -> None:
        """What `user` did was done by `as_`, and what was done to `user` was done to `as_`."""
        await self._connection.execute(update(trail).where(trail.c.actor == user).values(actor=as_))
        # The details are few and short, and erasing is rare: no index is kept for it.
        named = await self._connection.execute(
            select(trail.c.id, *_COLUMNS).where(
                type_coerce(trail.c.details, String).contains(json.dumps(user), autoescape=True)
            )
        )
        for row_id, *values in named.all():
            entry = TrailEntry(**dict(zip((c.name for c in _COLUMNS), values, strict=True)))
            details = {key: as_ if value == user else value for key, value in entry.details.items()}
            await self._connection.execute(
                update(trail)
                .where(trail.c.id == row_id)
                .values(row_of(replace(entry, details=details)))
            )
