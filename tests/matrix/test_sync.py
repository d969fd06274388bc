"""The loop that follows the homeserver outlasts everything but the end of its token."""

import asyncio
import logging

import pytest

from kaz_bot.errors import LoggedOut
from kaz_bot.matrix import Session
from kaz_bot.messages import Said
from tests.matrix.conftest import Listener
from tests.matrix.events import joined, message, sync
from tests.matrix.fake_homeserver import FakeHomeserver, Says

BAD_GATEWAY = Says(502, "<html>Bad Gateway</html>")


@pytest.mark.parametrize(
    "fault",
    [
        BAD_GATEWAY,
        Says(500, {"errcode": "M_UNKNOWN", "error": "Internal server error"}),
        Says(200, "<html>the proxy's own page</html>"),
        Says(200, {"rooms": {}}),
        Says(404, "<html>nobody here</html>"),
        Says(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 10}),
    ],
)
async def test_a_sync_is_repeated_until_the_homeserver_answers(
    server: FakeHomeserver, listener: Listener, fault: Says
) -> None:
    server.fails("sync", fault, fault)
    server.brings("s1", sync("s2", joined([message("still here")])))
    listener.follow("s1")
    await listener.until("s2")
    assert [said.text for said in listener.events if isinstance(said, Said)] == ["still here"]


async def test_a_broken_homeserver_is_asked_with_growing_pauses(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.fails("sync", *[BAD_GATEWAY] * 3)
    server.brings("s1", sync("s2", {}))
    started = asyncio.get_running_loop().time()
    listener.follow("s1")
    await listener.until("s2")
    # 0.25 s, 0.5 s and 1 s, where nio makes thousands of requests.
    assert asyncio.get_running_loop().time() - started > 1.7


async def test_a_homeserver_that_comes_back_is_followed_on(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.brings("s1", sync("s2", {}))
    listener.follow("s1")
    await listener.until("s2")
    await server.stop()
    server.brings("s2", sync("s3", {}))
    await server.restart()
    await listener.until("s3")
    assert [batch.next_batch for batch in listener.batches[-1:]] == ["s3"]


async def test_a_token_that_has_ended_ends_the_run(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    server.tokens.clear()
    with pytest.raises(LoggedOut):
        await asyncio.wait_for(session.run("s1", listener.handle), 5)
    assert len(server.asked("sync")) == 1


async def test_a_soft_logout_ends_the_run(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    words = {"errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": True}
    server.fails("sync", Says(401, words))
    with pytest.raises(LoggedOut):
        await asyncio.wait_for(session.run("s1", listener.handle), 5)


async def test_a_cancelled_run_leaves_no_task_behind(
    server: FakeHomeserver, listener: Listener
) -> None:
    before = len(asyncio.all_tasks())
    server.brings("s1", sync("s2", {}))
    listener.follow("s1")
    await listener.until("s2")
    await listener.stop()
    kept = {task for task in asyncio.all_tasks() if "session" in str(task.get_coro())}
    assert (len(kept), before > 0) == (0, True)


ODD_TO_DEVICE = [
    {},
    [],
    "m.room.encrypted",
    {"type": "m.room.encrypted"},
    {"type": 5, "sender": 7, "content": []},
    {"type": "m.room.encrypted", "sender": "@eve:kaz.test", "content": {}},
    {"type": "m.room.encrypted", "sender": "@eve:kaz.test", "content": {"algorithm": "odd"}},
    {"type": "m.room_key", "sender": "@eve:kaz.test", "content": {"room_id": 4}},
    {"type": "m.room_key_request", "sender": "@eve:kaz.test", "content": {"action": "request"}},
    {"type": "m.key.verification.start", "sender": "@eve:kaz.test", "content": {"method": 1}},
    {"type": "m.key.verification.request", "sender": "@eve:kaz.test", "content": {"x": 1}},
    {"type": "m.forwarded_room_key", "sender": "@eve:kaz.test", "content": {"x": 1}},
]


def olm(ciphertext: object) -> object:
    content = {
        "algorithm": "m.olm.v1.curve25519-aes-sha2",
        "sender_key": "x",
        "ciphertext": ciphertext,
    }
    return {"type": "m.room.encrypted", "sender": "@eve:kaz.test", "content": content}


ODD_CIPHERTEXTS: list[object] = [
    {"body": "AAAA", "type": 0},
    {"body": "AAAA", "type": 1},
    {"body": "%%%", "type": 0},
    {"body": "%%%", "type": 1},
    {"body": "", "type": 0},
    {"body": "AwogAAAA", "type": 0},
    {"body": "AAAA"},
    {"type": 0},
    {"body": "AAAA", "type": 7},
    {"body": 4, "type": "x"},
    "AAAA",
    [],
    None,
]


@pytest.mark.parametrize("odd", ODD_TO_DEVICE)
async def test_no_malformed_to_device_event_stops_the_bot(
    server: FakeHomeserver, listener: Listener, odd: object
) -> None:
    rooms = joined([message("still here")])
    server.brings("s1", sync("s2", rooms, to_device={"events": [odd]}))
    listener.follow("s1")
    await listener.until("s2")
    assert [said.text for said in listener.events if isinstance(said, Said)] == ["still here"]


@pytest.mark.parametrize("odd", ODD_CIPHERTEXTS)
async def test_no_malformed_ciphertext_for_us_stops_the_bot(
    server: FakeHomeserver, listener: Listener, odd: object
) -> None:
    own_key = server.device_keys["keys"][f"curve25519:{server.device_id}"]
    events = [olm({own_key: odd}), olm(odd)]
    rooms = joined([message("still here")])
    server.brings("s1", sync("s2", rooms, to_device={"events": events}))
    listener.follow("s1")
    await listener.until("s2")
    assert [said.text for said in listener.events if isinstance(said, Said)] == ["still here"]


@pytest.mark.parametrize(
    "odd",
    [
        {"to_device": 4},
        {"to_device": {"events": {}}},
        {"device_lists": {"changed": [4, {}], "left": "x"}},
        {"device_one_time_keys_count": {"signed_curve25519": "many"}},
        {"device_one_time_keys_count": 4},
        {"device_unused_fallback_key_types": 4},
        {"rooms": 4},
        {"rooms": {"join": [], "invite": 4, "leave": None}},
        {"rooms": {"join": {"!r:kaz.test": 4}}},
        {"rooms": {"join": {"!r:kaz.test": {"timeline": 4, "state": {"events": 4}}}}},
        {"rooms": {"join": {"!r:kaz.test": {"timeline": {"events": [4, None, {}]}}}}},
        {"rooms": {"join": {"": {}}, "leave": {"": {}}, "invite": {"": {}}}},
    ],
)
async def test_no_malformed_part_of_a_sync_stops_the_bot(
    server: FakeHomeserver, listener: Listener, odd: dict[str, object]
) -> None:
    server.brings("s1", {"next_batch": "s2", **odd})
    server.brings("s2", sync("s3", joined([message("still here")])))
    listener.follow("s1")
    await listener.until("s3")
    assert [said.text for said in listener.events if isinstance(said, Said)] == ["still here"]


async def test_neither_texts_nor_tokens_are_logged(
    server: FakeHomeserver, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fails("sync", BAD_GATEWAY)
    odd = message("a secret", format=4)
    rooms = joined([message("a secret"), odd], prev_batch="t1")
    server.brings("s1", sync("s2", rooms, to_device={"events": [olm({"a secret": 4})]}))
    listener.follow("s1")
    await listener.until("s2")
    assert ("secret" in caplog.text, "token-of" in caplog.text) == (False, False)


async def test_used_up_one_time_keys_are_replaced(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    server.one_time_keys.clear()
    server.brings("s1", sync("s2", {}))
    listener.follow("s1")
    await listener.until("s2")
    await server.until(lambda: len(server.one_time_keys) == 50)
    assert len(server.one_time_keys) == 50


async def test_a_used_fallback_key_is_replaced(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    first = server.asked("keys/upload")[-1].body["fallback_keys"]
    server.brings("s1", sync("s2", {}, device_unused_fallback_key_types=[]))
    listener.follow("s1")
    await listener.until("s2")
    await server.until(lambda: len(server.asked("keys/upload")) == 2)
    assert server.asked("keys/upload")[-1].body["fallback_keys"].keys().isdisjoint(first)
