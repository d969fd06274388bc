"""Keeps which room the bot serves as what."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import LetterId, RoomId, UserId
from kaz_bot.store.rows import insert_into, row_of
from kaz_bot.store.tables import QUEUED_LETTERS, letters, rooms, threads, tickets
from kaz_bot.store.tables_of_committee import (
    agenda_items,
    ballots,
    bodies,
    decisions,
    meetings,
    papers,
    tasks,
)
from kaz_bot.store.tables_of_knowledge import affiliations, catalogue, digest_orders, solutions
from kaz_bot.store.tables_of_search import documents
from kaz_bot.store.tables_of_time import LIVE_FEEDS, feeds, reminders

# Made once: to make a statement anew takes longer than to run it.
_BY_ID = select(rooms).where(rooms.c.room_id == bindparam("room_id"))
_SERVED = select(rooms).where(rooms.c.left_at.is_(None)).order_by(rooms.c.bound_at, rooms.c.room_id)


class BoundRooms:
    """The rooms. Lists name only those the bot has not left.

    An event asks for them again and again: what was read is kept until something is written, at
    most as long as the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._found: dict[RoomId, BoundRoom | None] = {}
        self._served: list[BoundRoom] | None = None

    async def get(self, room_id: RoomId) -> BoundRoom | None:
        """What the room is, or was before the bot left it."""
        if room_id not in self._found:
            found = await self._connection.execute(_BY_ID, {"room_id": room_id})
            row = found.one_or_none()
            self._found[room_id] = None if row is None else BoundRoom(**row._mapping)
        return self._found[room_id]

    async def save(self, bound: BoundRoom) -> None:
        """Binds the room, or binds it anew."""
        self._forget_what_was_read()
        row = row_of(bound)
        await self._connection.execute(
            insert_into(self._connection, rooms)
            .values(row)
            .on_conflict_do_update(index_elements=["room_id"], set_=row)
        )

    async def left(self, room_id: RoomId, at: datetime) -> None:
        self._forget_what_was_read()
        await self._connection.execute(
            update(rooms).where(rooms.c.room_id == room_id).values(left_at=at)
        )

    async def all(self) -> list[BoundRoom]:
        if self._served is None:
            found = await self._connection.execute(_SERVED)
            self._served = [BoundRoom(**row._mapping) for row in found]
        return list(self._served)

    async def of_kind(self, kind: RoomKind) -> list[BoundRoom]:
        return [room for room in await self.all() if room.kind is kind]

    async def of_area(self, area: AreaKey) -> list[BoundRoom]:
        return [room for room in await self.of_kind(RoomKind.AREA) if room.area == area]

    async def direct_with(self, person: UserId) -> BoundRoom | None:
        """The direct chat with the person; of several the latest."""
        found = [room for room in await self.of_kind(RoomKind.DIRECT) if room.person == person]
        return found[-1] if found else None

    def _forget_what_was_read(self) -> None:
        self._found.clear()
        self._served = None

    async def move(self, old: RoomId, new: RoomId, at: datetime) -> None:
        """The room was upgraded: all that hangs on it goes along.

        The old one stays known as left, so that it is never taken for a new room. Messages of
        the old room are unknown in the new one: threads lose their roots, queued letters too.
        """
        bound = await self.get(old)
        if bound is not None:
            await self.left(old, at)
            await self.save(bound.moved_to(new, at))
        await self._connection.execute(
            update(tickets)
            .where(tickets.c.room_id == old)
            .values(room_id=new, version=tickets.c.version + 1)
        )
        waiting = await self._move_letters(old, new)
        uprooted = or_(threads.c.root_letter.is_(None), threads.c.root_letter.not_in(waiting))
        await self._connection.execute(
            update(threads)
            .where(threads.c.room_id == old, uprooted)
            .values(root_event=None, root_letter=None)
        )
        await self._connection.execute(
            update(threads).where(threads.c.room_id == old).values(room_id=new)
        )
        await self._connection.execute(
            update(reminders)
            .where(reminders.c.room_id == old)
            .values(room_id=new, thread=None, about_event=None, version=reminders.c.version + 1)
        )
        await self._move_feeds(old, new)
        await self._move_affiliation(old, new)
        await self._move_committee(old, new)
        await self._move_catalogue(old, new)
        await self._move_digest(old, new)

    async def _move_digest(self, old: RoomId, new: RoomId) -> None:
        """It is read as often as before; one that the new room may have was nobody's wish."""
        kept = select(digest_orders.c.id).where(digest_orders.c.room_id == old)
        if await self._connection.scalar(kept) is None:
            return
        await self._connection.execute(delete(digest_orders).where(digest_orders.c.room_id == new))
        await self._connection.execute(
            update(digest_orders)
            .where(digest_orders.c.room_id == old)
            .values(room_id=new, version=digest_orders.c.version + 1)
        )

    async def _move_committee(self, old: RoomId, new: RoomId) -> None:
        """Its papers, ballots, tasks and meetings; the register, to which nothing is ever done but
        this, says for good where each decision was made."""
        for table in (bodies, papers, ballots, tasks, meetings, agenda_items):
            await self._connection.execute(
                update(table)
                .where(table.c.room_id == old)
                .values(room_id=new, version=table.c.version + 1)
            )
        for table in (decisions, documents):
            await self._connection.execute(
                update(table).where(table.c.room_id == old).values(room_id=new)
            )

    async def _move_catalogue(self, old: RoomId, new: RoomId) -> None:
        """Where its entries were written last, and solutions proposed."""
        for table in (catalogue, solutions):
            await self._connection.execute(
                update(table)
                .where(table.c.room_id == old)
                .values(room_id=new, version=table.c.version + 1)
            )

    async def _move_affiliation(self, old: RoomId, new: RoomId) -> None:
        """It asks for the same municipality, unless somebody has said another in the new room."""
        taken = select(affiliations.c.id).where(affiliations.c.room_id == new)
        if await self._connection.scalar(taken) is None:
            await self._connection.execute(
                update(affiliations)
                .where(affiliations.c.room_id == old)
                .values(room_id=new, version=affiliations.c.version + 1)
            )

    async def _move_feeds(self, old: RoomId, new: RoomId) -> None:
        """Who has subscribed goes on reading, unless the new room has an address already."""
        taken = select(feeds.c.id).where(feeds.c.room_id == new, LIVE_FEEDS)
        if await self._connection.scalar(taken) is None:
            await self._connection.execute(
                update(feeds).where(feeds.c.room_id == old).values(room_id=new)
            )

    async def _move_letters(self, old: RoomId, new: RoomId) -> set[LetterId]:
        """Messages that wait go to the new room; what is about sent ones stays behind."""
        found = await self._connection.execute(
            select(letters.c.id, letters.c.thread, letters.c.target)
            .where(letters.c.lane == old, QUEUED_LETTERS)
            .order_by(letters.c.id)
        )
        moved: set[LetterId] = set()
        for letter_id, thread, target in found.all():
            if target is not None and target.letter not in moved:
                continue
            under = thread if thread is not None and thread.letter in moved else None
            await self._connection.execute(
                update(letters)
                .where(letters.c.id == letter_id)
                .values(room_id=new, lane=new, thread=under, reply_to=None)
            )
            moved.add(letter_id)
        return moved
