"""One parcel becomes one event; what keeps it from that decides whether it is tried again."""

import asyncio
from dataclasses import replace

import pytest

from kaz_bot.errors import SendDelayed, SendRejected
from kaz_bot.matrix import Session
from kaz_bot.messages import EventId, Parcel, RoomId, UserId
from tests.matrix.conftest import Listener
from tests.matrix.events import ANN, ROOM, joined, member, room_state, state, sync
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Says

HELLO = Parcel(
    room_id=RoomId(ROOM),
    txn_id="letter-1",
    event_type="m.room.message",
    content={"msgtype": "m.text", "body": "hello"},
)


@pytest.fixture
async def in_the_room(server: FakeHomeserver, listener: Listener) -> None:
    server.brings("s1", sync("s2", joined(room_state=room_state())))
    listener.follow("s1")
    await listener.until("s2")


@pytest.mark.usefixtures("in_the_room")
async def test_a_parcel_is_one_request_under_its_own_transaction_id(
    server: FakeHomeserver, session: Session
) -> None:
    delivered = await session.deliver(HELLO)
    sent = server.asked("/send/")
    assert (delivered, [(r.method, r.path, r.body) for r in sent]) == (
        "$sent-0",
        [("PUT", f"rooms/{ROOM}/send/m.room.message/letter-1", HELLO.content)],
    )


@pytest.mark.usefixtures("in_the_room")
async def test_the_same_parcel_again_is_the_same_event(session: Session) -> None:
    assert await session.deliver(HELLO) == await session.deliver(HELLO)


@pytest.mark.usefixtures("in_the_room")
async def test_a_redaction_names_its_target(server: FakeHomeserver, session: Session) -> None:
    redaction = Parcel(
        room_id=RoomId(ROOM),
        txn_id="letter-2",
        event_type="m.room.redaction",
        content={},
        redacts=EventId("$old"),
    )
    await session.deliver(redaction)
    assert [r.path for r in server.asked("redact")] == [f"rooms/{ROOM}/redact/$old/letter-2"]


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Says(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 7000}), 7),
        (Says(429, "<html>slow down</html>"), 5),
        (Says(502, "<html>"), 2),
        (Says(500, {"errcode": "M_UNKNOWN", "error": "oops"}), 2),
        (Says(200, "<html>"), 2),
        (Says(200, {}), 2),
        (Says(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "gone"}), 60),
    ],
)
@pytest.mark.usefixtures("in_the_room")
async def test_trouble_that_passes_delays_the_letter(
    server: FakeHomeserver, session: Session, answer: Says, seconds: float
) -> None:
    server.fails("/send/", answer)
    with pytest.raises(SendDelayed) as delayed:
        await session.deliver(HELLO)
    assert (delayed.value.seconds, len(server.asked("/send/"))) == (seconds, 1)


@pytest.mark.usefixtures("in_the_room")
async def test_a_homeserver_that_is_down_delays_the_letter(
    server: FakeHomeserver, session: Session
) -> None:
    await server.stop()
    with pytest.raises(SendDelayed):
        await session.deliver(HELLO)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Says(403, {"errcode": "M_FORBIDDEN", "error": "no power"}), "M_FORBIDDEN: no power"),
        (Says(413, {"errcode": "M_TOO_LARGE", "error": "too big"}), "M_TOO_LARGE: too big"),
        (Says(413, "<html>too big for the proxy</html>"), "413"),
        (Says(400, {"errcode": "M_BAD_JSON", "error": "floats"}), "M_BAD_JSON: floats"),
        (Says(404, {"errcode": "M_NOT_FOUND", "error": "no room"}), "M_NOT_FOUND: no room"),
    ],
)
@pytest.mark.usefixtures("in_the_room")
async def test_a_refusal_rejects_the_letter_in_the_words_of_the_homeserver(
    server: FakeHomeserver, session: Session, answer: Says, words: str
) -> None:
    server.fails("/send/", answer)
    with pytest.raises(SendRejected) as rejected:
        await session.deliver(HELLO)
    assert str(rejected.value) == words


async def test_before_the_first_sync_nothing_is_said(
    server: FakeHomeserver, session: Session
) -> None:
    with pytest.raises(SendDelayed):
        await session.deliver(HELLO)
    assert server.asked("/send/") == []


@pytest.mark.usefixtures("in_the_room")
async def test_a_room_the_bot_is_not_in_rejects_the_letter(session: Session) -> None:
    elsewhere = Parcel(
        room_id=RoomId("!other:kaz.test"), txn_id="l", event_type="m.room.message", content={}
    )
    with pytest.raises(SendRejected):
        await session.deliver(elsewhere)


@pytest.mark.usefixtures("in_the_room")
async def test_a_room_just_joined_is_waited_for(session: Session) -> None:
    await session.join(RoomId("!other:kaz.test"), via=["kaz.test"])
    elsewhere = Parcel(
        room_id=RoomId("!other:kaz.test"), txn_id="l", event_type="m.room.message", content={}
    )
    with pytest.raises(SendDelayed):
        await session.deliver(elsewhere)


@pytest.mark.usefixtures("in_the_room")
async def test_a_direct_chat_is_waited_for_until_its_person_is_told_to_be_in_it(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    made = await session.create_direct(UserId(ANN))
    marked = {"room_version": "12", "de.kaz.direct": ANN}
    create = state("m.room.create", marked, sender=BOT)
    encryption = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    server.brings("s2", sync("s3", joined([create, member(BOT), encryption], room=made)))
    await listener.until("s3")
    with pytest.raises(SendDelayed):
        await session.deliver(replace(HELLO, room_id=made))
    assert server.asked("/send/") == []


@pytest.mark.usefixtures("in_the_room")
async def test_who_stops_waiting_does_not_stop_the_sending(
    server: FakeHomeserver, session: Session
) -> None:
    waiting = asyncio.create_task(session.deliver(HELLO))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    await session.close()
    assert (waiting.cancelled(), server.sent) == (True, {"letter-1": "$sent-0"})


@pytest.mark.usefixtures("in_the_room")
async def test_the_second_letter_waits_for_the_first(
    server: FakeHomeserver, session: Session
) -> None:
    server.gates["/send/"] = asyncio.Event()
    letters = [replace(HELLO, txn_id=txn_id) for txn_id in ("l1", "l2")]
    sending = asyncio.gather(*(session.deliver(letter) for letter in letters))
    await server.until(lambda: len(server.asked("/send/")) > 0)
    await session.fetch(RoomId(ROOM), EventId("$x"))
    before = len(server.asked("/send/"))
    server.gates["/send/"].set()
    assert (before, await sending) == (1, ["$sent-0", "$sent-1"])


@pytest.mark.usefixtures("in_the_room")
async def test_rooms_do_not_wait_for_each_other(
    server: FakeHomeserver, session: Session, listener: Listener
) -> None:
    other = RoomId("!other:kaz.test")
    server.brings("s2", sync("s3", joined(room_state=room_state(), room=other)))
    await listener.until("s3")
    server.gates[f"{ROOM}/send/"] = asyncio.Event()
    slow = asyncio.create_task(session.deliver(HELLO))
    await server.until(lambda: len(server.asked("/send/")) == 1)
    delivered = await session.deliver(replace(HELLO, room_id=other, txn_id="l2"))
    server.gates[f"{ROOM}/send/"].set()
    assert (delivered, await slow) == ("$sent-0", "$sent-1")


@pytest.mark.usefixtures("in_the_room")
async def test_letters_of_a_room_go_one_after_the_other(
    server: FakeHomeserver, session: Session
) -> None:
    letters = [
        Parcel(
            room_id=RoomId(ROOM), txn_id=f"l{n}", event_type="m.room.message", content=HELLO.content
        )
        for n in range(20)
    ]
    await asyncio.gather(*(session.deliver(letter) for letter in letters))
    assert list(server.sent) == [f"l{n}" for n in range(20)]
