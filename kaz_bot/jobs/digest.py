"""Tells each room, and whoever wants it in their direct chat, what happened since the last time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kaz_bot.config import WhenEmpty
from kaz_bot.context import Desk
from kaz_bot.digesting import digest_of_person, digest_of_room, picture_of
from kaz_bot.digests_due import DIGEST_ROOMS, next_time
from kaz_bot.domain.digest_contents import Digest
from kaz_bot.domain.digest_events import DigestTold
from kaz_bot.domain.digests import DigestOrder, Rhythm
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.ladders import GRACE
from kaz_bot.domain.rooms import BoundRoom
from kaz_bot.messages import RoomState, UserId
from kaz_bot.rights import served
from kaz_bot.store import Work

# Each looks through a room's tickets; the next tick takes the next ones.
AT_ONCE = 20
_WEEK = timedelta(days=7)


class DigestDuty:
    """The duty."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings = desk.settings

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Tell those whose time has come, the longest due first."""
        await self._know_rooms(work, now)
        return await self._tell(work, await work.digests.due(now, AT_ONCE), now)

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """Of the orders whose time has come."""
        return await work.digests.numbers_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """Tell this one, unless somebody has ended or changed it."""
        order = await work.digests.get(number)
        awaited = order is not None and order.next_at is not None and order.next_at <= now
        return await self._tell(work, [order], now) if order is not None and awaited else []

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.digests.set_aside(number, until)

    async def _know_rooms(self, work: Work, now: datetime) -> None:
        """A room that is new reads a digest each week, the first of what it did since it is bound;
        of a room that was there before there were digests, of the past week."""
        known = await work.digests.rooms()
        for room in await work.rooms.all():
            if room.kind in DIGEST_ROOMS and room.room_id not in known:
                await work.digests.save(
                    DigestOrder(
                        room_id=room.room_id,
                        next_at=next_time(Rhythm.WEEKLY, self._settings, now),
                        covered_until=max(room.bound_at, now - _WEEK),
                        changed_at=now,
                    )
                )

    async def _tell(
        self, work: Work, orders: Iterable[DigestOrder], now: datetime
    ) -> list[DeskEvent]:
        told = [await self._told(work, order, now) for order in orders]
        return [event for event in told if event is not None]

    async def _told(self, work: Work, order: DigestOrder, now: datetime) -> DigestTold | None:
        """One digest, however many were missed; the next one begins where it ends."""
        due = order.next_at or now
        working = self._settings.working_time
        late = now - due > GRACE
        if late and working.is_open(due) and not working.is_open(now):
            # Meant for the day and missed then, it disturbs nobody at night.
            return None
        upcoming = next_time(order.rhythm, self._settings, now)
        told = await self._composed(work, order, now)
        if told is None:
            # Nobody is there to read it; who comes back is told of all that was missed.
            await work.digests.save(replace(order, next_at=upcoming, changed_at=now))
            return None
        await work.digests.save(order.told(now, next_at=upcoming))
        silent = self._settings.digest_when_empty is WhenEmpty.SILENCE
        if told.digest.empty and silent:
            return None
        return replace(told, due=due if late else None)

    async def _composed(self, work: Work, order: DigestOrder, now: datetime) -> DigestTold | None:
        """The digest, if somebody is there to whom it can be told."""
        if order.person is not None:
            return await self._for_person(work, order, order.person, now)
        room = await work.rooms.get(order.room_id) if order.room_id else None
        state = self._desk.rooms.get(room.room_id) if room else None
        if room is None or state is None or room.left_at or room.kind not in DIGEST_ROOMS:
            return None
        digest = await digest_of_room(
            work, self._desk, room, state, since=order.covered_until, now=now
        )
        picture = await picture_of(work, self._desk, room, now)
        told = _told_in(room, digest, order, now)
        return replace(told, picture=picture) if not digest.empty else told

    async def _for_person(
        self, work: Work, order: DigestOrder, person: UserId, now: datetime
    ) -> DigestTold | None:
        room = await work.rooms.direct_with(person)
        state = self._desk.rooms.get(room.room_id) if room else None
        if room is None or state is None or not self._reads(person, state):
            return None
        digest = await digest_of_person(
            work, self._desk, person, state, since=order.covered_until, now=now
        )
        return _told_in(room, digest, order, now)

    def _reads(self, person: UserId, state: RoomState) -> bool:
        """Whether they are in their chat with the bot, and nobody else is."""
        others = state.members.keys() - {person, self._desk.bot}
        return served(person, self._settings) and person in state.members and not others


def _told_in(room: BoundRoom, digest: Digest, order: DigestOrder, now: datetime) -> DigestTold:
    return DigestTold(room_id=room.room_id, digest=digest, rhythm=order.rhythm, at=now)
