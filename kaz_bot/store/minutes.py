"""Keeps the minutes of meetings as they were approved."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.store.tables_of_committee import minutes


class ApprovedMinutes:
    """The documents that somebody stands by; only ever added to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, meeting_id: MeetingId, document: bytes) -> None:
        """Keep the document, which is JSON, for good."""
        row = {"meeting_id": meeting_id, "document": document.decode("ascii")}
        await self._connection.execute(insert(minutes), row)

    async def of(self, meeting_id: MeetingId) -> bytes | None:
        """What was approved of the meeting, if it was."""
        found = await self._connection.scalar(
            select(minutes.c.document).where(minutes.c.meeting_id == meeting_id)
        )
        return found.encode("ascii") if found is not None else None
