"""An address is live or it is nothing; of a room, and of a person, only one is live."""

from dataclasses import replace

import pytest

from kaz_bot.domain.feeds import Feed, new_token
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId
from kaz_bot.store import Store, Work
from tests.store.records import ANN, BEK, NOON, PROJECT, after

NEWER = RoomId("!newer:kaz.test")
OF_ROOM = Feed(token="of-the-room", room_id=PROJECT, made_at=NOON)
OF_ANN = Feed(token="of-ann", person=ANN, sealed=True, made_at=NOON)


def test_a_token_is_256_bits_that_nobody_guesses() -> None:
    tokens = {new_token() for _ in range(100)}
    assert (len(tokens), {len(token) for token in tokens}) == (100, {43})


async def test_a_live_address_is_found_by_its_token(work: Work) -> None:
    room, ann = await work.feeds.add(OF_ROOM), await work.feeds.add(OF_ANN)
    assert await work.feeds.live("of-the-room") == room == await work.feeds.of_room(PROJECT)
    assert await work.feeds.live("of-ann") == ann == await work.feeds.of_person(ANN)


async def test_a_revoked_address_is_as_unknown_as_one_never_made(work: Work) -> None:
    feed = await work.feeds.add(OF_ROOM)
    await work.feeds.save(feed.revoked(after(1)))
    assert await work.feeds.live("of-the-room") is None is await work.feeds.live("never-made")


@pytest.mark.parametrize("token", ["", "\0", "\ud800", "%", "x" * 100_000])
async def test_whatever_somebody_asks_for_is_just_unknown(work: Work, token: str) -> None:
    await work.feeds.add(OF_ROOM)
    assert await work.feeds.live(token) is None


async def test_it_is_remembered_that_an_address_was_revoked(work: Work) -> None:
    feed = await work.feeds.add(OF_ROOM)
    await work.feeds.save(feed.revoked(after(1)).revoked(after(2)))
    assert await work.feeds.of_room(PROJECT) == replace(feed, revoked_at=after(1))


async def test_the_latest_address_is_the_one_that_counts(work: Work) -> None:
    await work.feeds.save((await work.feeds.add(OF_ROOM)).revoked(after(1)))
    newer = await work.feeds.add(replace(OF_ROOM, token="newer"))
    assert await work.feeds.of_room(PROJECT) == newer


@pytest.mark.parametrize("feed", [OF_ROOM, OF_ANN])
async def test_a_second_live_address_is_not_made(store: Store, feed: Feed) -> None:
    async with store.work() as work:
        await work.feeds.add(feed)
    with pytest.raises(StaleRecord):
        async with store.work() as work:
            await work.feeds.add(replace(feed, token="second"))
    async with store.work() as work:
        assert await work.feeds.live("second") is None


async def test_who_is_forgotten_leaves_no_address(work: Work) -> None:
    await work.feeds.save((await work.feeds.add(OF_ANN)).revoked(after(1)))
    await work.feeds.add(replace(OF_ANN, token="newer"))
    others = await work.feeds.add(replace(OF_ANN, token="of-bek", person=BEK))
    await work.feeds.forget(ANN)
    assert await work.feeds.of_person(ANN) is None
    assert await work.feeds.of_person(BEK) == others


async def test_whoever_has_but_an_address_is_known_too(work: Work) -> None:
    await work.feeds.add(OF_ANN)
    assert await work.people.known() == {ANN}


async def test_an_address_goes_along_with_its_room(work: Work) -> None:
    feed = await work.feeds.add(OF_ROOM)
    await work.rooms.move(PROJECT, NEWER, after(1))
    assert await work.feeds.live("of-the-room") == replace(feed, room_id=NEWER)


async def test_the_address_that_the_new_room_has_already_stays(work: Work) -> None:
    await work.feeds.add(OF_ROOM)
    its_own = await work.feeds.add(replace(OF_ROOM, token="newer", room_id=NEWER))
    await work.rooms.move(PROJECT, NEWER, after(1))
    assert await work.feeds.of_room(NEWER) == its_own
