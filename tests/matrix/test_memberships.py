"""Rooms the bot enters, leaves and makes."""

import pytest

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix import HomeserverRefused, Session
from kaz_bot.messages import RoomId, UserId
from tests.matrix.events import ANN, ROOM
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Says


async def test_joining_goes_by_the_servers_that_know_the_room(
    server: FakeHomeserver, session: Session
) -> None:
    await session.join(RoomId(ROOM), via=["kaz.test"])
    [asked] = server.asked("join/")
    assert (asked.path, asked.query["via"], asked.query["server_name"]) == (
        f"join/{ROOM}",
        "kaz.test",
        "kaz.test",
    )


async def test_a_room_that_does_not_want_the_bot_says_so(
    server: FakeHomeserver, session: Session
) -> None:
    server.fails("join/", Says(403, {"errcode": "M_FORBIDDEN", "error": "You are not invited"}))
    with pytest.raises(HomeserverRefused, match="M_FORBIDDEN: You are not invited"):
        await session.join(RoomId(ROOM))


async def test_leaving_can_fail_only_for_a_while(server: FakeHomeserver, session: Session) -> None:
    server.fails("leave", Says(502, "<html>"))
    with pytest.raises(HomeserverUnavailable):
        await session.leave(RoomId(ROOM))
    await session.leave(RoomId(ROOM))
    assert len(server.asked("leave")) == 2


async def test_an_alias_that_points_nowhere_is_refused(session: Session) -> None:
    with pytest.raises(HomeserverRefused):
        await session.resolve("#nowhere:kaz.test")


async def test_an_event_that_is_gone_is_nothing(session: Session) -> None:
    assert await session.fetch(RoomId(ROOM), "$gone") is None  # type: ignore[arg-type]  # any id


async def test_a_direct_chat_is_encrypted_and_says_whom_it_is_for(
    server: FakeHomeserver, session: Session
) -> None:
    made = await session.create_direct(UserId(ANN))
    body = server.asked("createRoom")[0].body
    assert (made, body["creation_content"], body["invite"], body["initial_state"][0]["type"]) == (
        "!made:kaz.test",
        {"de.kaz.direct": ANN},
        [ANN],
        "m.room.encryption",
    )


async def test_a_direct_chat_is_listed_beside_the_others(
    server: FakeHomeserver, session: Session
) -> None:
    server.account_data["m.direct"] = {ANN: ["!older:kaz.test"], "@cem:kaz.test": ["!x:kaz.test"]}
    await session.create_direct(UserId(ANN))
    assert server.account_data["m.direct"] == {
        ANN: ["!older:kaz.test", "!made:kaz.test"],
        "@cem:kaz.test": ["!x:kaz.test"],
    }


@pytest.mark.parametrize("path", [f"user/{BOT}/account_data", "nothing"])
async def test_a_direct_chat_is_made_once_also_before_the_sync_has_told_of_it(
    server: FakeHomeserver, session: Session, path: str
) -> None:
    server.fails(path, Says(502, "<html>"))
    first = await session.create_direct(UserId(ANN))
    second = await session.create_direct(UserId(ANN))
    assert (first, len(server.asked("createRoom"))) == (second, 1)
