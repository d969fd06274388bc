"""Keeps the messages whose keys have not come."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.messages import EventId, Undecryptable
from kaz_bot.store.rows import added_once, columns_for, row_of
from kaz_bot.store.tables import undecrypted

_COLUMNS = columns_for(Undecryptable, undecrypted)


class UndecryptedMessages:
    """The messages that wait for their keys, in the order they came."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, message: Undecryptable, at: datetime) -> bool:
        """Whether the message is new."""
        row = row_of(message) | {"noticed_at": at, "asked_at": None}
        return await added_once(self._connection, undecrypted, row)

    async def of_sessions(self, session_ids: Iterable[str]) -> list[Undecryptable]:
        """The messages these keys may open."""
        return await self._where(undecrypted.c.session_id.in_(list(session_ids)))

    async def all(self) -> list[Undecryptable]:
        return await self._where()

    async def unasked(self, before: datetime) -> list[Undecryptable]:
        """Messages from before that moment whose senders were not asked to send them again."""
        return await self._where(
            undecrypted.c.noticed_at < before, undecrypted.c.asked_at.is_(None)
        )

    async def asked(self, event_ids: Iterable[EventId], at: datetime) -> None:
        await self._connection.execute(
            update(undecrypted)
            .where(undecrypted.c.event_id.in_(list(event_ids)))
            .values(asked_at=at)
        )

    async def remove(self, event_id: EventId) -> None:
        await self._connection.execute(
            delete(undecrypted).where(undecrypted.c.event_id == event_id)
        )

    async def purge(self, before: datetime) -> int:
        """Gives up on messages from before that moment; how many there were."""
        purged = await self._connection.execute(
            delete(undecrypted).where(undecrypted.c.noticed_at < before)
        )
        return purged.rowcount

    async def _where(self, *conditions: ColumnElement[bool]) -> list[Undecryptable]:
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(*conditions)
            .order_by(undecrypted.c.noticed_at, undecrypted.c.sent_at)
        )
        return [Undecryptable(**row._mapping) for row in found]
