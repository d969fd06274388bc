"""Keeps the addresses under which calendars can be subscribed to."""

from dataclasses import replace

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.feeds import Feed
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.rows import columns_for, contents_of, insert_into
from kaz_bot.store.tables_of_time import LIVE_FEEDS, feeds

_COLUMNS = columns_for(Feed, feeds)
_BY_TOKEN = select(*_COLUMNS).where(feeds.c.token == bindparam("token"), LIVE_FEEDS)


class Feeds:
    """The feeds. Of a room, and of a person, one at most is live."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, feed: Feed) -> Feed:
        """A new address. Raises StaleRecord when another was made meanwhile that is live."""
        adding = insert_into(self._connection, feeds).on_conflict_do_nothing()
        added = await self._connection.execute(adding.returning(feeds.c.id), contents_of(feed))
        number = added.scalar_one_or_none()
        if number is None:
            raise StaleRecord("a feed that is live already")
        return replace(feed, id=number)

    async def save(self, feed: Feed) -> None:
        await self._connection.execute(
            update(feeds).where(feeds.c.id == feed.id).values(contents_of(feed))
        )

    async def of_room(self, room_id: RoomId) -> Feed | None:
        """The room's latest address, also when it is revoked."""
        return await self._latest(feeds.c.room_id == room_id)

    async def of_person(self, person: UserId) -> Feed | None:
        """The person's latest address, also when it is revoked."""
        return await self._latest(feeds.c.person == person)

    async def live(self, token: str) -> Feed | None:
        """What is to be read there; of a revoked one no more than of one there never was."""
        found = await self._connection.execute(_BY_TOKEN, {"token": token})
        row = found.one_or_none()
        return None if row is None else Feed(**row._mapping)

    async def forget(self, person: UserId) -> None:
        """No trace is left of the person's addresses."""
        await self._connection.execute(delete(feeds).where(feeds.c.person == person))

    async def _latest(self, condition: ColumnElement[bool]) -> Feed | None:
        found = await self._connection.execute(
            select(*_COLUMNS).where(condition).order_by(feeds.c.id.desc()).limit(1)
        )
        row = found.one_or_none()
        return None if row is None else Feed(**row._mapping)
