"""A message that cannot be read is not forgotten: it is read when its key comes, or asked for."""

import pytest

from kaz_bot.jobs.retention import Retention
from kaz_bot.jobs.unread import Unread
from kaz_bot.messages import RoomId, Undecryptable
from tests.desk import ANN, BOT, EVA, FRED, PROCUREMENT, PROJECT, UDO, DeskAtWork
from tests.fakes import room


def _sealed(desk: DeskAtWork, text: str = "!kaz frage Wer prüft das? #vergabe") -> Undecryptable:
    said = desk.said(EVA, text)
    return desk.homeserver.sealed(said, "session", opens_to=said)


def _unread(desk: DeskAtWork) -> Unread:
    return Unread(desk.settings.decrypt_patience)


async def test_it_takes_effect_when_its_key_comes(desk: DeskAtWork) -> None:
    await desk.takes(_sealed(desk))
    assert desk.last == []
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_it_takes_effect_once_however_often_its_key_comes(desk: DeskAtWork) -> None:
    unread = _sealed(desk)
    await desk.takes(unread, unread)
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    await desk.takes(sessions=frozenset({"session"}))
    await desk.dispatcher.retry_undecrypted()
    await desk.delivers()
    assert [sent.told for sent in desk.homeserver.sent_to(PROJECT)] == ["ticket:opened"]


async def test_a_key_that_came_before_a_crash_is_used_after_it(desk: DeskAtWork) -> None:
    await desk.takes(_sealed(desk))
    desk.homeserver.keys.add("session")
    await desk.restarts()
    await desk.dispatcher.retry_undecrypted()
    await desk.delivers()
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_several_are_read_in_the_order_they_came(desk: DeskAtWork) -> None:
    await desk.takes(
        _sealed(desk, "!kaz frage Eins #vergabe"), _sealed(desk, "!kaz frage Zwei #vergabe")
    )
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    assert ((await desk.ticket(1)).question, (await desk.ticket(2)).question) == ("Eins", "Zwei")


async def test_after_a_while_its_sender_is_asked_once_to_send_it_again(desk: DeskAtWork) -> None:
    first, unread = _sealed(desk), _sealed(desk)
    await desk.takes(first, unread)
    desk.clock.advance(minutes=4)
    assert await desk.ticks(_unread(desk)) == []
    desk.clock.advance(minutes=2)
    [asked] = await desk.ticks(_unread(desk))
    assert (asked.room_id, asked.replies_to, asked.calls) == (PROJECT, unread.event_id, [EVA])
    assert (asked.msgtype, asked.told) == ("m.text", "info:unreadable")
    assert await desk.ticks(_unread(desk)) == []


async def test_a_key_that_comes_after_that_is_not_too_late(desk: DeskAtWork) -> None:
    await desk.takes(_sealed(desk))
    desk.clock.advance(minutes=6)
    await desk.ticks(_unread(desk))
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_nobody_is_asked_for_what_could_be_read_in_time(desk: DeskAtWork) -> None:
    await desk.takes(_sealed(desk))
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    desk.clock.advance(minutes=6)
    assert await desk.ticks(_unread(desk)) == []


async def test_what_was_taken_back_is_neither_read_nor_asked_for(desk: DeskAtWork) -> None:
    unread = _sealed(desk)
    await desk.takes(unread)
    await desk.redacts(EVA, unread.event_id)
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    desk.clock.advance(minutes=6)
    assert await desk.ticks(_unread(desk)) == []
    assert desk.homeserver.sent == []


async def test_what_turns_out_to_mean_nothing_is_not_asked_for(desk: DeskAtWork) -> None:
    said = desk.said(EVA, "")
    await desk.takes(desk.homeserver.sealed(said, "session", opens_to=None))
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    desk.clock.advance(minutes=6)
    assert await desk.ticks(_unread(desk)) == []


@pytest.mark.parametrize("sender", [FRED])
async def test_people_of_elsewhere_are_not_asked(desk: DeskAtWork, sender: str) -> None:
    desk.homeserver.rooms.enter(PROJECT, FRED)
    said = desk.said(FRED, "!kaz hilfe")
    await desk.takes(desk.homeserver.sealed(said, "session", opens_to=said))
    desk.clock.advance(minutes=6)
    assert await desk.ticks(_unread(desk)) == []


async def test_in_a_room_nobody_bound_nothing_is_kept(desk: DeskAtWork) -> None:
    somewhere = RoomId("!somewhere:kaz.test")
    desk.homeserver.rooms.put(room(somewhere, BOT, UDO, name="Irgendwo"))
    said = desk.said(UDO, "Hallo", room=somewhere)
    await desk.takes(desk.homeserver.sealed(said, "session", opens_to=said))
    assert somewhere not in await desk.remembers()


async def test_after_a_week_it_is_given_up(desk: DeskAtWork) -> None:
    await desk.takes(_sealed(desk))
    desk.clock.advance(days=8)
    settings = desk.settings
    await desk.ticks(
        Retention(ordinary=settings.retention, confidential=settings.retention_confidential)
    )
    assert "session" not in await desk.remembers()


async def test_a_message_that_cannot_even_be_decoded_stops_nobody(desk: DeskAtWork) -> None:
    broken = Undecryptable(
        event_id=desk.homeserver.new_event_id(),
        room_id=PROJECT,
        sender=EVA,
        sent_at=desk.clock.now(),
        session_id="session",
        source="not known to the fake: it raises",
    )
    await desk.takes(broken, _sealed(desk))
    desk.homeserver.keys.add("session")
    await desk.takes(sessions=frozenset({"session"}))
    assert desk.told(PROJECT) == ["ticket:opened"]
    await desk.says(ANN, "!kaz claim 1")
    assert desk.told(PROCUREMENT) == ["ticket:claimed"]
