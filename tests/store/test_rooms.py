"""The bot knows what each room is to it, also after the room has moved."""

from dataclasses import replace

from kaz_bot.domain.rooms import Language, RoomKind
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Work
from tests.store.records import (
    ANN,
    BEK,
    DIRECT,
    LETTER,
    NOON,
    PROJECT,
    ROOM,
    SECURITY,
    THREAD,
    TICKET,
    after,
)

AREA = replace(ROOM, room_id=RoomId("!security:kaz.test"), kind=RoomKind.AREA, area=SECURITY)
CHAT = replace(ROOM, room_id=DIRECT, kind=RoomKind.DIRECT, person=ANN)
NEW_HOME = RoomId("!upgraded:kaz.test")


async def test_a_room_is_found_as_it_was_bound(work: Work) -> None:
    bound = replace(AREA, language=Language.EN, by_settings=True, left_at=after(1))
    await work.rooms.save(bound)
    assert await work.rooms.get(AREA.room_id) == bound
    assert await work.rooms.get(PROJECT) is None


async def test_a_room_bound_anew_is_what_it_is_now(work: Work) -> None:
    await work.rooms.save(AREA)
    await work.rooms.save(replace(AREA, kind=RoomKind.COMMITTEE, area=None))
    assert await work.rooms.all() == [replace(AREA, kind=RoomKind.COMMITTEE, area=None)]


async def test_rooms_are_listed_by_what_they_are(work: Work) -> None:
    await work.rooms.save(AREA)
    await work.rooms.save(ROOM)
    await work.rooms.save(CHAT)
    assert await work.rooms.of_kind(RoomKind.PROJECT) == [ROOM]
    assert await work.rooms.of_area(SECURITY) == [AREA]
    assert await work.rooms.direct_with(ANN) == CHAT
    assert await work.rooms.direct_with(BEK) is None


async def test_of_several_direct_chats_the_latest_counts(work: Work) -> None:
    latest = replace(CHAT, room_id=RoomId("!a:kaz.test"), bound_at=after(1))
    await work.rooms.save(latest)
    await work.rooms.save(CHAT)
    assert await work.rooms.direct_with(ANN) == latest


async def test_a_room_the_bot_has_left_is_known_but_not_listed(work: Work) -> None:
    await work.rooms.save(CHAT)
    await work.rooms.left(DIRECT, after(1))
    assert await work.rooms.get(DIRECT) == replace(CHAT, left_at=after(1))
    assert await work.rooms.all() == []
    assert await work.rooms.direct_with(ANN) is None


async def test_all_that_hangs_on_a_room_moves_with_it(work: Work) -> None:
    await work.rooms.save(ROOM)
    ticket = await work.tickets.add(TICKET)
    thread = await work.threads.add(replace(THREAD, root_event=EventId("$root")))
    sent = await work.letters.add(LETTER)
    await work.letters.sent(sent.id, EventId("$sent"), NOON)
    letter = await work.letters.add(LETTER)
    await work.rooms.move(PROJECT, NEW_HOME, after(1))
    assert await work.rooms.all() == [ROOM.moved_to(NEW_HOME, after(1))]
    assert await work.tickets.get(ticket.id) == replace(ticket, room_id=NEW_HOME, version=2)
    assert await work.threads.of(ticket.id) == [replace(thread, room_id=NEW_HOME, root_event=None)]
    assert await work.letters.next_in(NEW_HOME) == replace(letter, room_id=NEW_HOME)
    assert (await work.letters.get(sent.id)).room_id == PROJECT


async def test_a_room_moves_into_one_that_is_bound_already(work: Work) -> None:
    await work.rooms.save(AREA)
    await work.rooms.save(replace(ROOM, room_id=NEW_HOME))
    await work.rooms.move(AREA.room_id, NEW_HOME, after(1))
    assert await work.rooms.all() == [AREA.moved_to(NEW_HOME, after(1))]
