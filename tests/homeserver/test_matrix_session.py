"""The Matrix session with a real Synapse, and with plain matrix-nio on the other side."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix import IdentityReport, Session
from kaz_bot.messages import Batch, Joined, Left, RoomId, Upgraded, UserId
from tests.homeserver.nio_person import NioPerson, present
from tests.homeserver.session_bot import SessionBot, at_work

_NUMBERS = count(1)


def name(role: str) -> str:
    """A new account for each test; the homeserver serves them all."""
    return f"{role}-{next(_NUMBERS)}"


def localpart(person: str) -> str:
    return person[1:].partition(":")[0]


@pytest.fixture
async def bot(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[SessionBot]:
    arrived = await SessionBot.arrive(homeserver, tmp_path / "bot", name("bot"))
    async with at_work(arrived):
        yield arrived


@pytest.fixture
async def ann(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[NioPerson]:
    arrived = await NioPerson.arrive(homeserver, tmp_path / "ann", name("ann"))
    async with present(arrived):
        yield arrived


async def shared(ann: NioPerson, bot: SessionBot, *, encrypted: bool, version: str = "12") -> str:
    """A room in which both have arrived."""
    room = await ann.make_room(bot.id, encrypted=encrypted, room_version=version)
    await bot.enters(room)
    await ann.sees_join(room, bot.id)
    return room


@pytest.mark.parametrize("encrypted", [True, False])
async def test_both_hear_each_other(ann: NioPerson, bot: SessionBot, encrypted: bool) -> None:
    room = await shared(ann, bot, encrypted=encrypted)
    await ann.say(room, "hello bot")
    heard = await bot.hears("hello bot")
    await bot.says(room, "hello ann")
    answer = await ann.hears("hello ann")
    assert (heard.encrypted, bool(answer.decrypted)) == (encrypted, encrypted)


async def test_the_arrival_names_who_invited(ann: NioPerson, bot: SessionBot) -> None:
    room = await shared(ann, bot, encrypted=True)
    [arrival] = [joined for joined in bot.seen(Joined) if joined.room_id == room]
    assert (arrival.sender, arrival.invited_by, arrival.direct) == (bot.id, ann.id, False)


async def test_what_was_said_before_the_bot_came_is_not_told(
    ann: NioPerson, bot: SessionBot
) -> None:
    room = await ann.make_room(encrypted=False)
    await ann.say(room, "!kaz frage before")
    await ann.client.room_invite(room, bot.id)
    await bot.enters(room)
    await ann.say(room, "after")
    await bot.hears("after")
    assert bot.texts == ["after"]


@pytest.mark.parametrize("encrypted", [True, False])
async def test_two_hundred_messages_while_away_are_all_heard(
    ann: NioPerson, bot: SessionBot, encrypted: bool
) -> None:
    room = await shared(ann, bot, encrypted=encrypted)
    await bot.stop()
    said = [f"m{number:03}" for number in range(200)]
    await ann.say_all(room, said)
    await bot.start()
    await bot.until(lambda: len(bot.texts) >= 200, "200 messages")
    assert sorted(bot.texts) == said


@pytest.mark.parametrize("encrypted", [True, False])
async def test_a_burst_of_two_hundred_is_heard_whole(
    ann: NioPerson, bot: SessionBot, encrypted: bool
) -> None:
    room = await shared(ann, bot, encrypted=encrypted)
    said = [f"m{number:03}" for number in range(200)]
    await ann.say_all(room, said)
    await bot.until(lambda: len(bot.texts) >= 200, "200 messages")
    assert sorted(bot.texts) == said


async def test_a_new_name_of_the_bot_while_away_cuts_nothing_off(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot, tmp_path: Path
) -> None:
    room = await shared(ann, bot, encrypted=False)
    await bot.stop()
    await ann.say(room, "before")
    elsewhere = await NioPerson.log_in(homeserver, tmp_path / "elsewhere", localpart(bot.id))
    async with present(elsewhere):
        await elsewhere.client.set_displayname("Kaz")
    await ann.say_all(room, [f"m{number}" for number in range(120)])
    await bot.start()
    await bot.until(lambda: len(bot.texts) >= 121, "121 messages")
    assert (bot.texts[0], len(bot.texts)) == ("before", 121)


async def test_an_invitation_while_away_is_honoured(ann: NioPerson, bot: SessionBot) -> None:
    await bot.stop()
    room = await ann.make_room(bot.id)
    await bot.start()
    await bot.enters(room)


async def test_an_invitation_is_told_again_until_it_is_answered(
    ann: NioPerson, bot: SessionBot
) -> None:
    await bot.stop()
    room = await ann.make_room(bot.id)
    told = await syncs_once(bot)
    bot.since = told.next_batch
    again = await syncs_once(bot)
    asked = [[i.room_id for i in batch.invitations] for batch in (told, again)]
    assert asked == [[room], [room]]


async def syncs_once(bot: SessionBot) -> Batch:
    """What the bot is told first before it is killed, so that it can answer nothing."""
    first: asyncio.Future[Batch] = asyncio.get_running_loop().create_future()

    async def handle(batch: Batch) -> None:
        first.set_result(batch)
        await asyncio.Event().wait()

    bot.session = Session(bot.settings)
    await bot.session.open()
    running = asyncio.create_task(bot.session.run(bot.since, handle))
    told = await asyncio.wait_for(first, 30)
    running.cancel()
    await asyncio.wait([running])
    await bot.session.close()
    return told


@pytest.mark.parametrize("away", [True, False])
async def test_being_kicked_is_told(ann: NioPerson, bot: SessionBot, away: bool) -> None:
    room = await shared(ann, bot, encrypted=True)
    await (bot.stop() if away else asyncio.sleep(0))
    await ann.client.room_kick(room, bot.id)
    await (bot.start() if away else asyncio.sleep(0))
    await bot.until(lambda: len(bot.seen(Left)) == 1, "the kick")
    gone = bot.session.rooms.get(RoomId(room))
    assert (bot.seen(Left)[0].sender, bot.seen(Left)[0].room_id, gone) == (ann.id, room, None)


async def test_after_kick_and_return_only_the_new_is_heard(ann: NioPerson, bot: SessionBot) -> None:
    room = await shared(ann, bot, encrypted=False)
    await ann.client.room_kick(room, bot.id)
    await bot.until(lambda: len(bot.seen(Left)) == 1, "the kick")
    await ann.say(room, "while it was out")
    await ann.client.room_invite(room, bot.id)
    await bot.until(lambda: len(bot.seen(Joined)) == 2, "the return")
    await ann.say(room, "welcome back")
    await bot.hears("welcome back")
    assert bot.texts == ["welcome back"]


async def test_an_upgrade_names_the_room_that_follows(ann: NioPerson, bot: SessionBot) -> None:
    room = await shared(ann, bot, encrypted=True, version="10")
    answer = await ann.client.send(
        "POST",
        f"/_matrix/client/v3/rooms/{room}/upgrade",
        '{"new_version": "12"}',
        {"Authorization": f"Bearer {ann.client.access_token}"},
    )
    followed = (await answer.json())["replacement_room"]
    await bot.until(lambda: len(bot.seen(Upgraded)) == 1, "the tombstone")
    assert bot.seen(Upgraded)[0].replacement == followed
    await ann.client.room_invite(followed, bot.id)
    await bot.enters(followed)
    old, new = (bot.session.rooms.get(RoomId(identifier)) for identifier in (room, followed))
    assert old is not None
    assert new is not None
    assert new.follows(old)


@pytest.mark.parametrize(("version", "power"), [("10", 100.0), ("12", float("inf"))])
async def test_who_made_the_room_has_the_power_of_its_version(
    ann: NioPerson, bot: SessionBot, version: str, power: float
) -> None:
    room = await shared(ann, bot, encrypted=True, version=version)
    found = bot.session.rooms.get(RoomId(room))
    assert found is not None
    assert (found.power(UserId(ann.id)), found.power(bot.id), found.encrypted) == (power, 0, True)


@pytest.mark.parametrize("encrypted", [True, False])
async def test_the_same_letter_again_is_the_same_event_also_after_a_restart(
    ann: NioPerson, bot: SessionBot, encrypted: bool
) -> None:
    room = await shared(ann, bot, encrypted=encrypted)
    first = await bot.says(room, "once", txn_id="letter-1")
    await bot.stop()
    await bot.start()
    again = await bot.says(room, "once", txn_id="letter-1")
    await ann.hears("once")
    assert (first == again, [e.body for e in ann.heard]) == (True, ["once"])


async def test_an_event_is_fetched_and_decrypted(ann: NioPerson, bot: SessionBot) -> None:
    room = await shared(ann, bot, encrypted=True)
    sent = await ann.say(room, "look here")
    heard = await bot.hears("look here")
    fetched = await bot.session.fetch(RoomId(room), heard.event_id)
    assert (heard.event_id, fetched) == (sent, heard)


async def test_one_time_keys_used_up_while_away_leave_the_fallback_key(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot, tmp_path: Path
) -> None:
    room = await shared(ann, bot, encrypted=True)
    device = (await bot.session.report()).device_id
    await bot.stop()
    for _ in range(60):
        await ann.client.keys_claim({bot.id: [device]})
    laptop = await NioPerson.log_in(homeserver, tmp_path / "laptop", localpart(ann.id))
    async with present(laptop):
        await laptop.say(room, "from a new device")
    await bot.start()
    heard = await bot.hears("from a new device")
    report = await replenished(bot)
    assert (heard.encrypted, report.one_time_keys, report.fallback_key) == (True, 50, True)


async def replenished(bot: SessionBot) -> IdentityReport:
    """What the homeserver has, as soon as it is not running short; keys go up between the syncs."""
    async with asyncio.timeout(30):
        while (report := await bot.session.report()).one_time_keys < 50 or not report.fallback_key:  # noqa: ASYNC110  the homeserver has to be asked
            await asyncio.sleep(0.05)
    return report


async def test_a_new_device_reads_the_next_answer(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot, tmp_path: Path
) -> None:
    room = await shared(ann, bot, encrypted=True)
    await bot.says(room, "to the first device")
    laptop = await NioPerson.log_in(homeserver, tmp_path / "laptop", localpart(ann.id))
    async with present(laptop):
        await laptop.say(room, "do you see me")
        await bot.hears("do you see me")
        await bot.says(room, "to both devices")
        await laptop.hears("to both devices")


async def test_a_late_joiner_reads_the_next_answer(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot, tmp_path: Path
) -> None:
    room = await shared(ann, bot, encrypted=True)
    await bot.says(room, "before")
    cem = await NioPerson.arrive(homeserver, tmp_path / "cem", name("cem"))
    async with present(cem):
        await ann.client.room_invite(room, cem.id)
        await cem.join(room)
        await cem.say(room, "I am here")
        await bot.hears("I am here")
        await bot.says(room, "welcome")
        await cem.hears("welcome")


async def test_the_bot_goes_on_after_the_homeserver_was_killed(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot
) -> None:
    room = await shared(ann, bot, encrypted=True)
    await ann.say(room, "before")
    await bot.hears("before")
    await homeserver.kill()
    await homeserver.start()
    await ann.say(room, "after")
    await bot.hears("after")
    await bot.says(room, "still here")
    await ann.hears("still here")


async def test_the_bot_knows_whether_it_is_in_touch(
    homeserver: Homeserver, ann: NioPerson, bot: SessionBot
) -> None:
    await bot.until_in_touch(True)
    await homeserver.kill()
    await bot.until_in_touch(False)
    await homeserver.start()
    await bot.until_in_touch(True)
    room = await shared(ann, bot, encrypted=False)
    await ann.say(room, "in time")
    await bot.hears("in time")


async def test_a_direct_chat_is_encrypted_and_found_again(ann: NioPerson, bot: SessionBot) -> None:
    room = await bot.session.create_direct(UserId(ann.id))
    await bot.enters(room)
    await ann.until(lambda: room in ann.client.invited_rooms, "the invitation")
    await bot.stop()
    await bot.start()
    again = await bot.session.create_direct(UserId(ann.id))
    await ann.join(room)
    await bot.says(room, "just us")
    answer = await ann.hears("just us")
    assert (again, bot.session.find_direct(UserId(ann.id)), answer.decrypted) == (room, room, True)
