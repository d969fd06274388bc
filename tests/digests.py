"""The desk on a Monday morning, when digests are told."""

from datetime import datetime, timedelta

from kaz_bot.domain.digests import DigestOrder
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.jobs.digest import DigestDuty
from kaz_bot.messages import RoomId, UserId
from tests.desk import BOT, EVA, DeskAtWork
from tests.fakes import MORNING, Sent, room

# From Wednesday, 30 September 2026, at noon in Brandenburg, where a desk begins, to Monday at 8.
TO_MONDAY = {"days": 4, "hours": 20}
FIRST_MONDAY = MORNING + timedelta(**TO_MONDAY)


async def opens(desk: DeskAtWork) -> None:
    """The rooms are known, and each has ordered a digest."""
    await desk.ticks(DigestDuty(desk.desk))


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(DigestDuty(desk.desk)) if sent.is_message]


async def monday(desk: DeskAtWork, place: RoomId) -> str:
    """What is told in the room on the first Monday."""
    await passes(desk, seconds=(FIRST_MONDAY - desk.clock.now()).total_seconds())
    (told,) = [
        sent for sent in desk.last if sent.room_id == place and "filename" not in sent.content
    ]
    return told.body


async def order_of(desk: DeskAtWork, place: RoomId) -> DigestOrder | None:
    async with desk.store.work() as work:
        return await work.digests.of_room(place)


async def next_at(desk: DeskAtWork, place: RoomId) -> datetime | None:
    """When the room's next digest is due, as the clock on the wall shows it."""
    order = await order_of(desk, place)
    zone = desk.settings.timezone
    return order.next_at.astimezone(zone) if order and order.next_at else None


async def direct_chat(desk: DeskAtWork, person: UserId, *, encrypted: bool = True) -> RoomId:
    """A direct chat of somebody with the bot."""
    place = RoomId(f"!chat-{person[1:4]}:kaz.test")
    desk.homeserver.rooms.put(room(place, BOT, person, name="Chat", encrypted=encrypted))
    async with desk.store.work() as work:
        await work.rooms.save(
            BoundRoom(room_id=place, kind=RoomKind.DIRECT, person=person, bound_at=desk.clock.now())
        )
    return place


async def asks_weekly(desk: DeskAtWork, *counts: int) -> None:
    """So many questions of procurement in each week, the last one up to this moment."""
    desk.clock.advance(days=-7 * len(counts))
    for count in counts:
        for _ in range(count):
            await desk.asks(EVA, "Dürfen wir freihändig vergeben? #vergabe")
            desk.clock.advance(minutes=1)
        desk.clock.advance(days=7, minutes=-count)
