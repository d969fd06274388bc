"""Keeps which old tickets were brought in, so that a file read twice brings them in once."""

from collections.abc import Collection

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.tickets import TicketId
from kaz_bot.store.tables_of_knowledge import imported_tickets

# No database takes more values than a few thousand at once.
_AT_ONCE = 500


class ImportedTickets:
    """By what they were called where they come from."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, references: Collection[str]) -> set[str]:
        """Those of them that were brought in before."""
        sought = sorted(references)
        known: set[str] = set()
        for start in range(0, len(sought), _AT_ONCE):
            some = sought[start : start + _AT_ONCE]
            known.update(
                await self._connection.scalars(
                    select(imported_tickets.c.reference).where(
                        imported_tickets.c.reference.in_(some)
                    )
                )
            )
        return known

    async def note(self, reference: str, ticket_id: TicketId) -> None:
        """It is this ticket from now on; a second one of the same reference cannot be noted."""
        await self._connection.execute(
            insert(imported_tickets).values(reference=reference, ticket_id=ticket_id)
        )
