"""Bodies are kept with their seats, in the order in which they were named first."""

from dataclasses import replace

import pytest

from kaz_bot.domain.committee.bodies import Body, BodyId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId
from kaz_bot.store import Work
from tests.domain.committee.papers import BODY, KIM, LEA, MAX, NIA, NOON, ROOM

KAZ = replace(BODY, id=BodyId(0), name="Kaz", members=(KIM,))


async def added(work: Work, body: Body = BODY) -> Body:
    return await work.bodies.add(replace(body, id=BodyId(0)))


async def test_a_body_comes_back_as_it_went(work: Work) -> None:
    body = await added(work, replace(BODY, members=(NIA, LEA), deputies=(MAX,)))
    assert await work.bodies.of(ROOM) == [body]


async def test_the_order_is_that_of_their_first_naming(work: Work) -> None:
    first, second = await added(work), await added(work, KAZ)
    saved = await work.bodies.save(first.seated([MAX], [NIA]))
    assert await work.bodies.of(ROOM) == [saved, second]
    assert (saved.members, saved.deputies) == ((MAX,), (NIA,))


async def test_those_of_another_room_are_not_among_them(work: Work) -> None:
    await added(work, replace(BODY, room_id=RoomId("!other:kaz.test")))
    assert await work.bodies.of(ROOM) == []


async def test_a_body_is_there_once_however_it_is_typed(work: Work) -> None:
    await added(work)
    with pytest.raises(StaleRecord):
        await added(work, replace(BODY, name="LANDKREISTAG"))


async def test_of_two_who_save_the_second_is_told(work: Work) -> None:
    body = await added(work)
    await work.bodies.save(body.seated([MAX], []))
    with pytest.raises(StaleRecord):
        await work.bodies.save(body.seated([NIA], []))


async def test_a_removed_body_leaves_no_seats(work: Work) -> None:
    body = await added(work, replace(BODY, deputies=(MAX,)))
    await work.bodies.remove(body)
    assert await work.bodies.of(ROOM) == []
    assert (await added(work, replace(KAZ, members=(LEA,)))).members == (LEA,)


async def test_bodies_follow_their_room_when_it_is_upgraded(work: Work) -> None:
    body = await added(work)
    await work.rooms.move(ROOM, RoomId("!new:kaz.test"), NOON)
    [moved] = await work.bodies.of(RoomId("!new:kaz.test"))
    assert moved == replace(body, room_id=moved.room_id, version=moved.version)
