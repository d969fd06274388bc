"""Keeps who reads a digest, and when the next one is due."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.digests import DigestOrder
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.rows import added_id, contents_of
from kaz_bot.store.tables_of_knowledge import AWAITED_DIGESTS, digest_orders


class DigestOrders:
    """The digests of rooms and of people."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_room(self, room_id: RoomId) -> DigestOrder | None:
        return await self._one(select(digest_orders).where(digest_orders.c.room_id == room_id))

    async def of_person(self, person: UserId) -> DigestOrder | None:
        return await self._one(select(digest_orders).where(digest_orders.c.person == person))

    async def get(self, number: int) -> DigestOrder | None:
        return await self._one(select(digest_orders).where(digest_orders.c.id == number))

    async def rooms(self) -> set[RoomId]:
        """The rooms of which it is known whether they read one."""
        found = await self._connection.scalars(
            select(digest_orders.c.room_id).where(digest_orders.c.room_id.is_not(None))
        )
        return {room_id for room_id in found if room_id is not None}

    async def save(self, order: DigestOrder) -> DigestOrder:
        """Raises StaleRecord when somebody else was faster."""
        if not order.id:
            return replace(order, id=await added_id(self._connection, digest_orders, order))
        saved = await self._connection.execute(
            update(digest_orders)
            .where(digest_orders.c.id == order.id, digest_orders.c.version == order.version)
            .values(contents_of(order) | {"version": order.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"digest order {order.id}, version {order.version}")
        return replace(order, version=order.version + 1)

    async def due(self, now: datetime, limit: int) -> list[DigestOrder]:
        """Those whose time has come, the longest due first."""
        found = await self._connection.execute(
            select(digest_orders)
            .where(digest_orders.c.next_at <= now, AWAITED_DIGESTS)
            .order_by(digest_orders.c.next_at, digest_orders.c.id)
            .limit(limit)
        )
        return [DigestOrder(**row._mapping) for row in found]

    async def numbers_due(self, now: datetime, limit: int) -> list[int]:
        """The numbers of those: known also of one that cannot be read."""
        found = await self._connection.scalars(
            select(digest_orders.c.id)
            .where(digest_orders.c.next_at <= now, AWAITED_DIGESTS)
            .order_by(digest_orders.c.next_at, digest_orders.c.id)
            .limit(limit)
        )
        return list(found)

    async def set_aside(self, number: int, until: datetime) -> None:
        """Let time look at it again then."""
        await self._connection.execute(
            update(digest_orders)
            .where(digest_orders.c.id == number, digest_orders.c.next_at < until)
            .values(next_at=until, version=digest_orders.c.version + 1)
        )

    async def drop_of(self, person: UserId) -> None:
        """They read none any more."""
        await self._connection.execute(
            delete(digest_orders).where(digest_orders.c.person == person)
        )

    async def _one(self, query: Select[tuple[object, ...]]) -> DigestOrder | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else DigestOrder(**row._mapping)
