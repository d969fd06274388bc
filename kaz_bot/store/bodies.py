"""Keeps who votes for whom."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.bodies import Body, BodyId, Seat
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.rows import insert_into
from kaz_bot.store.tables_of_committee import bodies, seats


class Bodies:
    """The bodies of each committee, with their members and deputies."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, room_id: RoomId) -> list[Body]:
        """All that vote in the room, in the order in which they were named first."""
        found = await self._connection.execute(
            select(bodies).where(bodies.c.room_id == room_id).order_by(bodies.c.id)
        )
        seated = await self._connection.execute(
            select(seats.c.body_id, seats.c.seat, seats.c.person)
            .join(bodies, bodies.c.id == seats.c.body_id)
            .where(bodies.c.room_id == room_id)
            .order_by(seats.c.body_id, seats.c.place)
        )
        people: dict[tuple[int, Seat], list[UserId]] = {}
        for body_id, seat, person in seated:
            people.setdefault((body_id, seat), []).append(UserId(person))
        return [
            Body(
                id=BodyId(row.id),
                version=row.version,
                room_id=RoomId(row.room_id),
                name=row.name,
                members=tuple(people.get((row.id, Seat.MEMBER), ())),
                deputies=tuple(people.get((row.id, Seat.DEPUTY), ())),
            )
            for row in found
        ]

    async def add(self, body: Body) -> Body:
        """A new one; StaleRecord when one of that name was added meanwhile."""
        row = {
            "version": body.version,
            "room_id": body.room_id,
            "name": body.name,
            "key": body.key,
        }
        adding = insert_into(self._connection, bodies).on_conflict_do_nothing()
        added = (await self._connection.execute(adding.returning(bodies.c.id), row)).one_or_none()
        if added is None:
            raise StaleRecord(f"body {body.name} in {body.room_id}")
        known = replace(body, id=BodyId(added.id))
        await self._seat(known)
        return known

    async def save(self, body: Body) -> Body:
        """With its seats as they are from now on; StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(bodies)
            .where(bodies.c.id == body.id, bodies.c.version == body.version)
            .values(name=body.name, key=body.key, version=body.version + 1)
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"body {body.id}, version {body.version}")
        await self._connection.execute(delete(seats).where(seats.c.body_id == body.id))
        await self._seat(body)
        return replace(body, version=body.version + 1)

    async def remove(self, body: Body) -> None:
        """It has no vote any more; ballots that are open keep their electors."""
        await self._connection.execute(delete(seats).where(seats.c.body_id == body.id))
        await self._connection.execute(delete(bodies).where(bodies.c.id == body.id))

    async def _seat(self, body: Body) -> None:
        named: Sequence[tuple[Seat, UserId]] = [
            *((Seat.MEMBER, person) for person in body.members),
            *((Seat.DEPUTY, person) for person in body.deputies),
        ]
        rows = [
            {"body_id": body.id, "person": person, "seat": seat, "place": place}
            for place, (seat, person) in enumerate(named)
        ]
        if rows:
            await self._connection.execute(insert(seats), rows)
