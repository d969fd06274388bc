"""Remembers which events have taken effect."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.messages import EventId, RoomId
from kaz_bot.store.rows import added_once
from kaz_bot.store.tables import seen


class SeenEvents:
    """The events of the past, so that a repeat has no effect."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def first_sight(self, event_id: EventId, room_id: RoomId, at: datetime) -> bool:
        """Whether the event is new; from now on it is not."""
        return await added_once(
            self._connection, seen, {"event_id": event_id, "room_id": room_id, "seen_at": at}
        )

    async def purge(self, before: datetime) -> int:
        """Forgets events nobody will send again; how many there were."""
        purged = await self._connection.execute(delete(seen).where(seen.c.seen_at < before))
        return purged.rowcount
