"""Keeps the files that go with letters, no longer than until they are sent."""

import base64

from sqlalchemy import ColumnElement, TextClause, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.messages import Enclosure, LetterId
from kaz_bot.store.tables import letters
from kaz_bot.store.tables_of_time import enclosures


class Enclosures:
    """The files of our own that wait for their letter to be sent."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, letter_id: LetterId, enclosure: Enclosure) -> None:
        await self._connection.execute(
            insert(enclosures),
            {
                "letter_id": letter_id,
                "name": enclosure.name,
                "media_type": enclosure.media_type,
                "content": base64.b64encode(enclosure.content).decode("ascii"),
                "making": enclosure.making,
            },
        )

    async def of(self, letter_id: LetterId) -> Enclosure | None:
        """The file that goes with the letter, if it has one."""
        found = await self._connection.execute(
            select(enclosures).where(enclosures.c.letter_id == letter_id)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return Enclosure(
            name=row.name,
            media_type=row.media_type,
            content=base64.b64decode(row.content),
            making=row.making,
        )

    async def drop(self, *of_letters: ColumnElement[bool] | TextClause) -> None:
        """The letters of which this is true are sent, or never will be."""
        which = select(letters.c.id).where(*of_letters)
        await self._connection.execute(delete(enclosures).where(enclosures.c.letter_id.in_(which)))
