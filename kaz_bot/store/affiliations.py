"""Keeps for which municipality each room and each person asks."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.municipalities import Affiliation
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.rows import added_id, contents_of
from kaz_bot.store.tables_of_knowledge import affiliations


class Affiliations:
    """What rooms and people are bound to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_room(self, room_id: RoomId) -> Affiliation | None:
        return await self._one(select(affiliations).where(affiliations.c.room_id == room_id))

    async def of_person(self, person: UserId) -> Affiliation | None:
        return await self._one(select(affiliations).where(affiliations.c.person == person))

    async def room(self, room_id: RoomId, now: datetime) -> Affiliation:
        """The room's; a new one, not kept yet, if nobody was asked there."""
        return await self.of_room(room_id) or Affiliation(room_id=room_id, changed_at=now)

    async def person(self, person: UserId, now: datetime) -> Affiliation:
        """The person's; a new one, not kept yet, if they were never asked."""
        return await self.of_person(person) or Affiliation(person=person, changed_at=now)

    async def save(self, affiliation: Affiliation) -> Affiliation:
        """Raises StaleRecord when somebody else was faster."""
        if not affiliation.id:
            added = await added_id(self._connection, affiliations, affiliation)
            return replace(affiliation, id=added)
        saved = await self._connection.execute(
            update(affiliations)
            .where(
                affiliations.c.id == affiliation.id, affiliations.c.version == affiliation.version
            )
            .values(contents_of(affiliation) | {"version": affiliation.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"affiliation {affiliation.id}, version {affiliation.version}")
        return replace(affiliation, version=affiliation.version + 1)

    async def forget(self, person: UserId) -> None:
        """Nobody knows any more for whom they asked, nor whether they were asked."""
        await self._connection.execute(delete(affiliations).where(affiliations.c.person == person))

    async def _one(self, query: Select[tuple[object, ...]]) -> Affiliation | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Affiliation(**row._mapping)
