"""Keys and ciphertexts between the bot and people in an encrypted room."""

from pathlib import Path
from typing import Any

import pytest

from kaz_bot.errors import SendDelayed
from kaz_bot.matrix import Session, SessionSettings
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.room_keys import NotDecryptable
from kaz_bot.matrix.shapes import Json, at
from kaz_bot.messages import Parcel, RoomId, Said, Undecryptable, UserId
from tests.matrix.conftest import Listener
from tests.matrix.events import ANN, ROOM, Event, event, joined, member, room_state, state, sync
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Says
from tests.matrix.friend import Friend

ENCRYPTION = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
CEM = "@cem:kaz.test"


@pytest.fixture
def ann(server: FakeHomeserver, tmp_path: Path, session: Session) -> Friend:
    return Friend(server, tmp_path / "ann", ANN)


@pytest.fixture
async def encrypted_room(server: FakeHomeserver, ann: Friend, listener: Listener) -> None:
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION))))
    listener.follow("s1")
    await listener.until("s2")


HELLO = {"msgtype": "m.text", "body": "hello Ann"}


def letter(txn_id: str = "l1", event_type: str = "m.room.message", content: Json = HELLO) -> Parcel:
    return Parcel(room_id=RoomId(ROOM), txn_id=txn_id, event_type=event_type, content=content)


def sent(server: FakeHomeserver) -> Event:
    """The newest event of the bot, as Ann's client gets it."""
    return event("m.room.encrypted", server.asked("/send/")[-1].body, sender=BOT)


def key_came(*keys: Event) -> dict[str, Any]:
    return {"to_device": {"events": list(keys)}}


@pytest.mark.usefixtures("encrypted_room")
async def test_what_ann_says_is_understood(
    server: FakeHomeserver, ann: Friend, listener: Listener
) -> None:
    key = ann.key_for_bot()
    server.brings("s2", sync("s3", joined([ann.says("hello bot")]), **key_came(key)))
    await listener.until("s3")
    heard = [e for e in listener.events if isinstance(e, Said)]
    assert [(e.text, e.encrypted, e.sender) for e in heard] == [("hello bot", True, ANN)]


@pytest.mark.usefixtures("encrypted_room")
async def test_what_ann_says_unencrypted_is_known_to_be_so(
    server: FakeHomeserver, ann: Friend, listener: Listener
) -> None:
    plain = event("m.room.message", {"msgtype": "m.text", "body": "in the clear"})
    server.brings("s2", sync("s3", joined([plain])))
    await listener.until("s3")
    assert [e.encrypted for e in listener.events if isinstance(e, Said)] == [False]


@pytest.mark.usefixtures("encrypted_room")
async def test_ann_reads_what_the_bot_says(
    server: FakeHomeserver, session: Session, ann: Friend
) -> None:
    await session.deliver(letter())
    assert ann.reads(sent(server)) == {
        "type": "m.room.message",
        "room_id": ROOM,
        "content": {"msgtype": "m.text", "body": "hello Ann"},
    }


@pytest.mark.usefixtures("encrypted_room")
async def test_nothing_of_a_letter_is_readable_on_its_way(
    server: FakeHomeserver, session: Session, ann: Friend
) -> None:
    await session.deliver(letter())
    outside = server.asked("/send/")[-1]
    assert (outside.path.split("/")[3], "hello" in str(outside.body)) == ("m.room.encrypted", False)


@pytest.mark.usefixtures("encrypted_room")
async def test_a_reaction_is_never_encrypted(
    server: FakeHomeserver, session: Session, ann: Friend
) -> None:
    relation = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$x", "key": "🎫"}}
    await session.deliver(letter(event_type="m.reaction", content=relation))
    assert server.asked("/send/")[-1].body == relation


@pytest.mark.usefixtures("encrypted_room")
async def test_a_relation_stays_outside_the_ciphertext(
    server: FakeHomeserver, session: Session, ann: Friend
) -> None:
    relation = {"rel_type": "m.thread", "event_id": "$root"}
    await session.deliver(letter(content={**HELLO, "m.relates_to": relation}))
    assert server.asked("/send/")[-1].body["m.relates_to"] == relation


@pytest.mark.usefixtures("encrypted_room")
async def test_the_second_letter_is_one_request(
    server: FakeHomeserver, session: Session, ann: Friend
) -> None:
    await session.deliver(letter("l1"))
    server.requests.clear()
    await session.deliver(letter("l2"))
    spoken = [request.path for request in server.requests if request.path != "sync"]
    assert spoken == [f"rooms/{ROOM}/send/m.room.encrypted/l2"]


@pytest.mark.parametrize("path", ["keys/query", "keys/claim", "sendToDevice"])
async def test_when_keys_cannot_be_exchanged_the_letter_waits_and_is_readable_then(
    server: FakeHomeserver, session: Session, listener: Listener, tmp_path: Path, path: str
) -> None:
    ann = Friend(server, tmp_path / "ann", ANN)
    server.fails("keys/query", *[Says(502, "<html>")] * 1)
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION))))
    listener.follow("s1")
    await listener.until("s2")
    server.works()
    server.fails(path, *[Says(502, "<html>")] * 3)
    with pytest.raises(SendDelayed):
        await session.deliver(letter())
    assert server.asked("/send/") == []
    server.works()
    await session.deliver(letter())
    assert dict(ann.reads(sent(server)) or {})["content"]["body"] == "hello Ann"


async def test_a_fault_in_the_middle_of_a_crowd_leaves_nobody_without_the_key(
    server: FakeHomeserver, session: Session, listener: Listener, tmp_path: Path
) -> None:
    crowd = [f"@person{number}:kaz.test" for number in range(25)]
    friends = [Friend(server, tmp_path / person, person) for person in crowd]
    members = [member(person) for person in crowd]
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION, *members))))
    listener.follow("s1")
    await listener.until("s2")
    server.fails("sendToDevice", Says(502, "<html>"))
    with pytest.raises(SendDelayed):
        await session.deliver(letter())
    await session.deliver(letter())
    heard = [at(friend.reads(sent(server)), "content", "body") for friend in friends]
    assert (heard, len(server.asked("sendToDevice"))) == (["hello Ann"] * 25, 3)


@pytest.mark.usefixtures("encrypted_room")
async def test_a_key_that_comes_late_opens_what_was_kept(
    server: FakeHomeserver,
    session: Session,
    ann: Friend,
    listener: Listener,
) -> None:
    key = ann.key_for_bot()
    server.brings("s2", sync("s3", joined([ann.says("hello bot")])))
    await listener.until("s3")
    [kept] = [e for e in listener.events if isinstance(e, Undecryptable)]
    still_kept = session.decrypt(kept.source)
    server.brings("s3", sync("s4", {}, **key_came(key)))
    await listener.until("s4")
    opened = session.decrypt(kept.source)
    assert isinstance(opened, Said)
    assert (still_kept, opened.text, kept.session_id in listener.batches[-1].sessions) == (
        kept,
        "hello bot",
        True,
    )


@pytest.mark.usefixtures("encrypted_room")
async def test_messages_outlast_a_restart_and_a_repeated_sync(
    server: FakeHomeserver,
    session: Session,
    settings: SessionSettings,
    ann: Friend,
    listener: Listener,
) -> None:
    key = ann.key_for_bot()
    server.brings("s2", sync("s3", joined([ann.says("hello bot")]), **key_came(key)))
    await listener.until("s3")
    await listener.stop()
    await session.close()
    again = Session(settings)
    await again.open()
    second = Listener(again)
    second.follow("s2")
    await second.until("s3")
    await second.stop()
    await again.close()
    assert [e.text for e in second.events if isinstance(e, Said)] == ["hello bot"]


@pytest.mark.usefixtures("encrypted_room")
async def test_a_ciphertext_that_is_sent_again_is_not_believed(
    server: FakeHomeserver, ann: Friend, listener: Listener
) -> None:
    key, said = ann.key_for_bot(), ann.says("close the ticket")
    again = said | {"event_id": "$again"}
    server.brings("s2", sync("s3", joined([said, again]), **key_came(key)))
    await listener.until("s3")
    assert [type(e) for e in listener.events] == [Said, Undecryptable]


@pytest.mark.usefixtures("encrypted_room")
async def test_nobody_can_send_the_words_of_another_as_their_own(
    server: FakeHomeserver,
    session: Session,
    ann: Friend,
    listener: Listener,
) -> None:
    key, said = ann.key_for_bot(), ann.says("close the ticket")
    await session.deliver(letter())  # By now the bot knows whose device it is.
    stolen = said | {"event_id": "$stolen", "sender": CEM}
    server.brings("s2", sync("s3", joined([stolen]), **key_came(key)))
    await listener.until("s3")
    assert [type(e) for e in listener.events] == [Undecryptable]


@pytest.mark.usefixtures("encrypted_room")
async def test_a_message_without_the_deprecated_sender_key_is_understood(
    server: FakeHomeserver, ann: Friend, listener: Listener
) -> None:
    key, said = ann.key_for_bot(), ann.says("hello bot")
    del said["content"]["sender_key"], said["content"]["device_id"]
    server.brings("s2", sync("s3", joined([said]), **key_came(key)))
    await listener.until("s3")
    assert [e.text for e in listener.events if isinstance(e, Said)] == ["hello bot"]


@pytest.mark.usefixtures("encrypted_room")
async def test_who_joins_gets_a_key_although_their_device_is_known(
    server: FakeHomeserver,
    session: Session,
    ann: Friend,
    listener: Listener,
    tmp_path: Path,
) -> None:
    cem = Friend(server, tmp_path / "cem", CEM)
    elsewhere = joined(room_state=room_state(ENCRYPTION, member(CEM)), room="!other:kaz.test")
    server.brings("s2", sync("s3", elsewhere))
    await listener.until("s3")
    await session.deliver(letter("l1"))
    server.brings("s3", sync("s4", joined([member(CEM)])))
    await listener.until("s4")
    await session.deliver(letter("l2"))
    assert dict(cem.reads(sent(server)) or {})["content"]["body"] == "hello Ann"


@pytest.mark.usefixtures("encrypted_room")
async def test_who_left_gets_no_key(
    server: FakeHomeserver,
    session: Session,
    ann: Friend,
    listener: Listener,
) -> None:
    await session.deliver(letter("l1"))
    server.brings("s2", sync("s3", joined([member(ANN, "leave", before="join")])))
    await listener.until("s3")
    await session.deliver(letter("l2"))
    with pytest.raises(NotDecryptable):
        ann.reads(sent(server))


@pytest.mark.usefixtures("encrypted_room")
async def test_a_room_that_wants_so_gets_a_new_key_for_each_letter(
    server: FakeHomeserver, session: Session, ann: Friend, listener: Listener
) -> None:
    strict = {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 1}
    server.brings("s2", sync("s3", joined([state("m.room.encryption", strict)])))
    await listener.until("s3")
    await session.deliver(letter("l1"))
    await session.deliver(letter("l2"))
    first, second = (request.body["session_id"] for request in server.asked("/send/"))
    assert first != second


@pytest.mark.usefixtures("encrypted_room")
async def test_a_new_device_gets_the_next_key(
    server: FakeHomeserver,
    session: Session,
    ann: Friend,
    listener: Listener,
    tmp_path: Path,
) -> None:
    await session.deliver(letter("l1"))
    laptop = Friend(server, tmp_path / "laptop", ANN, "LAPTOP")
    server.brings("s2", sync("s3", {}, device_lists={"changed": [ANN]}))
    await listener.until("s3")
    await session.deliver(letter("l2"))
    assert dict(laptop.reads(sent(server)) or {})["content"]["body"] == "hello Ann"


@pytest.mark.parametrize(
    "odd",
    [
        {},
        "keys",
        {"user_id": ANN, "device_id": "ODD"},
        {"user_id": CEM, "device_id": "ODD", "keys": {}},
        {"user_id": ANN, "device_id": "ODD", "keys": {"ed25519:ODD": "x"}, "signatures": {}},
        {
            "user_id": ANN,
            "device_id": "ODD",
            "keys": {"ed25519:ODD": "x", "curve25519:ODD": "y"},
            "signatures": {ANN: {"ed25519:ODD": "z"}},
            "unsigned": 5,
        },
        {
            "user_id": ANN,
            "device_id": "ODD",
            # At 33 bytes vodozemac panics.
            "keys": {"ed25519:ODD": "eHh4" * 11, "curve25519:ODD": "A" * 43},
            "signatures": {ANN: {"ed25519:ODD": "A" * 86}},
        },
    ],
)
async def test_an_odd_device_keeps_nobody_else_from_reading(
    server: FakeHomeserver, session: Session, ann: Friend, listener: Listener, odd: object
) -> None:
    server.others[ANN] = {"ODD": odd, **server.others[ANN]}
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION))))
    listener.follow("s1")
    await listener.until("s2")
    await session.deliver(letter())
    assert dict(ann.reads(sent(server)) or {})["content"]["body"] == "hello Ann"


@pytest.mark.parametrize(
    "odd", [{}, "key", {"signed_curve25519:A": "key"}, {"signed_curve25519:A": {"key": "x"}}]
)
async def test_an_odd_one_time_key_keeps_nobody_else_from_reading(
    server: FakeHomeserver, session: Session, listener: Listener, tmp_path: Path, odd: object
) -> None:
    ann, _ = Friend(server, tmp_path / "ann", ANN), Friend(server, tmp_path / "cem", CEM)
    server.claimable[CEM]["PHONE"] = odd
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION, member(CEM)))))
    listener.follow("s1")
    await listener.until("s2")
    await session.deliver(letter())
    assert dict(ann.reads(sent(server)) or {})["content"]["body"] == "hello Ann"


async def test_a_silent_homeserver_of_somebody_is_not_asked_before_each_letter(
    server: FakeHomeserver, session: Session, ann: Friend, listener: Listener
) -> None:
    away = "@dua:away.test"
    server.brings("s1", sync("s2", joined(room_state=room_state(ENCRYPTION, member(away)))))
    silent = {"device_keys": {ANN: server.others[ANN]}, "failures": {"away.test": {}}}
    server.fails("keys/query", *[Says(200, silent)] * 500)
    listener.follow("s1")
    await listener.until("s2")
    await session.deliver(letter("l1"))
    await session.deliver(letter("l2"))
    asked = [
        request for request in server.asked("keys/query") if away in request.body["device_keys"]
    ]
    assert len(asked) == 1


@pytest.mark.usefixtures("encrypted_room")
async def test_one_time_keys_the_homeserver_has_otherwise_are_passed_over(
    server: FakeHomeserver, listener: Listener
) -> None:
    words = "One time key signed_curve25519:AAAAAA already exists."
    server.one_time_keys.clear()
    server.fails("keys/upload", Says(400, {"errcode": "M_INVALID_PARAM", "error": words}))
    server.brings("s2", sync("s3", {}))
    await listener.until("s3")
    await server.until(lambda: len(server.one_time_keys) == 50)
    refused, taken = [r.body["one_time_keys"].keys() for r in server.asked("keys/upload")[-2:]]
    assert refused.isdisjoint(taken)


class PowerCut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["save_account", "save_session", "save_inbound_group_session"])
def test_a_key_is_not_lost_when_the_bot_is_killed_while_storing_it(
    server: FakeHomeserver, tmp_path: Path, step: str
) -> None:
    bot = started_first(server, tmp_path)
    bot.own_keys.mark_published(50)
    ann = Friend(server, tmp_path / "ann", ANN)
    came, said = key_came(ann.key_for_bot()), ann.says("hello bot")

    def cut(*_: object) -> None:
        raise PowerCut

    setattr(bot.store, step, cut)
    with pytest.raises(PowerCut):
        bot.receive(came)
    bot.close()
    assert read(started(tmp_path), came, said) == "hello bot"


def test_keys_are_stored_before_they_are_published(server: FakeHomeserver, tmp_path: Path) -> None:
    started_first(server, tmp_path).close()
    ann = Friend(server, tmp_path / "ann", ANN)
    came, said = key_came(ann.key_for_bot()), ann.says("hello bot")
    assert read(started(tmp_path), came, said) == "hello bot"


def test_a_key_sent_again_later_does_not_close_what_was_open(
    server: FakeHomeserver, tmp_path: Path
) -> None:
    bot = started_first(server, tmp_path)
    ann = Friend(server, tmp_path / "ann", ANN)
    bot.receive(key_came(ann.key_for_bot()))
    said = ann.says("the first message")
    again = key_came(ann.same_key_again())
    assert read(bot, again, said) == "the first message"


def started(folder: Path) -> Machine:
    return Machine(folder / "bot.db", UserId(BOT), "DEVICE", "pickle key")


def started_first(server: FakeHomeserver, folder: Path) -> Machine:
    """A machine whose keys have just been published; it does not know that yet."""
    bot = started(folder)
    body: dict[str, Any] = dict(bot.own_keys.unpublished())
    server.device_keys, server.one_time_keys = body["device_keys"], body["one_time_keys"]
    return bot


def read(bot: Machine, came: Json, said: Event) -> object:
    bot.receive(came)
    return at(bot.room_keys.decrypt(RoomId(ROOM), said), "content", "body")
