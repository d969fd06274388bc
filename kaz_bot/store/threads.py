"""Keeps which thread of which room belongs to which ticket."""

from dataclasses import replace

from sqlalchemy import bindparam, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.threads import Thread, ThreadId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, LetterId, RoomId
from kaz_bot.store.rows import added_id
from kaz_bot.store.tables import letters, threads

# Made once: to make a statement anew takes longer than to run it.
_OF_TICKET = (
    select(threads).where(threads.c.ticket_id == bindparam("ticket_id")).order_by(threads.c.id)
)
_UNDER = union_all(
    select(threads).where(
        threads.c.room_id == bindparam("room_id"), threads.c.root_event == bindparam("root")
    ),
    # Without the room: SQLite, asked for both, may go through all threads of the room.
    select(threads)
    .join(letters, letters.c.id == threads.c.root_letter)
    .where(letters.c.event_id == bindparam("root")),
).order_by("ticket_id", "id")


class Threads:
    """The threads of the tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, thread: Thread) -> Thread:
        number = await added_id(self._connection, threads, thread)
        return replace(thread, id=ThreadId(number))

    async def of(self, ticket_id: TicketId) -> list[Thread]:
        """All threads of the ticket, also those left behind, in the order they came."""
        found = await self._connection.execute(_OF_TICKET, {"ticket_id": ticket_id})
        return [Thread(**row._mapping) for row in found]

    async def at(self, room_id: RoomId, root: EventId) -> Thread | None:
        """The thread under this message, also one left behind; of several the newest ticket's."""
        found = await self._connection.execute(_UNDER, {"room_id": room_id, "root": root})
        here = [row for row in found if row.room_id == room_id]
        return Thread(**here[-1]._mapping) if here else None

    async def leave(self, thread_id: ThreadId) -> None:
        """The ticket has gone elsewhere; what is said here still belongs to it."""
        await self._connection.execute(
            update(threads).where(threads.c.id == thread_id).values(current=False)
        )

    async def take_root(self, thread_id: ThreadId, root: LetterId) -> None:
        """The thread goes on under this letter."""
        await self._connection.execute(
            update(threads).where(threads.c.id == thread_id).values(root_letter=root)
        )
