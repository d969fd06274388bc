"""Remembers which events have taken effect."""

from datetime import datetime

from sqlalchemy import bindparam, delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.messages import EventId, RoomId
from kaz_bot.store.tables import seen

# Made once, and as text: SQLAlchemy compiles its own `ON CONFLICT` anew for each event. Not by
# savepoint: before the first write, SQLite commits one on its own.
_ADD = text(
    "INSERT INTO seen (event_id, room_id, seen_at) VALUES (:event_id, :room_id, :seen_at)"
    " ON CONFLICT DO NOTHING"
).bindparams(*(bindparam(column.name, type_=column.type) for column in seen.c))


class SeenEvents:
    """The events of the past, so that a repeat has no effect."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def first_sight(self, event_id: EventId, room_id: RoomId, at: datetime) -> bool:
        """Whether the event is new; from now on it is not."""
        facts = {"event_id": event_id, "room_id": room_id, "seen_at": at}
        return (await self._connection.execute(_ADD, facts)).rowcount == 1

    async def purge(self, before: datetime) -> int:
        """Forgets events nobody will send again; how many there were."""
        purged = await self._connection.execute(delete(seen).where(seen.c.seen_at < before))
        return purged.rowcount
