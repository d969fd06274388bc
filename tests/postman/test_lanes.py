"""Letters reach Matrix once and in their room's order; rooms do not wait for each other."""

import asyncio

import pytest

from kaz_bot.errors import StoreUnavailable
from kaz_bot.messages import Parcel, RoomId
from tests.desk import (
    ANN,
    BOT,
    EVA,
    MARKET,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
)
from tests.dispatcher.troubles import TroubledStore
from tests.fakes import room


def _tried(desk: DeskAtWork, place: RoomId) -> list[Parcel]:
    return [parcel for parcel in desk.homeserver.requests if parcel.room_id == place]


async def test_letters_of_a_room_keep_their_order(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.away = True
    said = [desk.said(EVA, f"Nummer {n}.", thread=question) for n in range(20)]
    await desk.takes(*said)
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    told = [body.partition("Nummer ")[2].partition(".")[0] for body in desk.bodies(PROCUREMENT)]
    assert told == [str(number) for number in range(20)]


async def test_a_room_that_has_to_wait_holds_up_no_other(desk: DeskAtWork) -> None:
    desk.homeserver.slow[PROJECT] = 30.0
    await desk.has_ticket()
    assert (desk.told(PROJECT), desk.told(PROCUREMENT)) == ([], ["ticket:opened"])


async def test_a_room_is_left_alone_as_long_as_the_homeserver_said(desk: DeskAtWork) -> None:
    desk.homeserver.slow[PROJECT] = 30.0
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.slow.clear()
    desk.clock.advance(seconds=29)
    await desk.delivers()
    assert len(_tried(desk, PROJECT)) == 1
    desk.clock.advance(seconds=2)
    await desk.delivers()
    assert desk.told(PROJECT) == ["info:help"]


async def test_after_a_start_a_room_is_left_alone_as_well(desk: DeskAtWork) -> None:
    desk.homeserver.slow[PROJECT] = 30.0
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.slow.clear()
    await desk.restarts()
    assert await desk.delivers() == []
    desk.clock.advance(seconds=31)
    await desk.delivers()
    assert desk.told(PROJECT) == ["info:help"]


async def test_what_is_said_meanwhile_waits_behind(desk: DeskAtWork) -> None:
    desk.homeserver.slow[PROJECT] = 30.0
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.slow.clear()
    await desk.says(EVA, "!kaz meine")
    assert desk.last == []
    desk.clock.advance(seconds=31)
    await desk.delivers()
    assert desk.told(PROJECT) == ["info:help", "info:mine"]


async def test_each_letter_is_repeated_under_its_own_transaction(desk: DeskAtWork) -> None:
    desk.homeserver.away = True
    await desk.says(EVA, "!kaz hilfe")
    desk.clock.advance(minutes=1)
    await desk.delivers()
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert len({parcel.txn_id for parcel in _tried(desk, PROJECT)}) == 1
    assert desk.told(PROJECT) == ["info:help"]


async def test_a_letter_the_homeserver_will_never_take_does_not_stop_the_next(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.unwilling.add(PROJECT)
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.unwilling.clear()
    await desk.says(EVA, "!kaz meine")
    assert desk.told(PROJECT) == ["info:mine"]
    assert len(_tried(desk, PROJECT)) == 2


async def test_what_is_about_a_letter_that_never_arrived_is_not_sent(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.unwilling.add(PROCUREMENT)
    said = desk.said(EVA, "Es eilt.", thread=question)
    await desk.takes(said)
    desk.homeserver.unwilling.clear()
    await desk.edits(EVA, said.event_id, "Es eilt sehr.")
    assert desk.last == []


async def test_a_database_that_is_away_is_waited_for(desk: DeskAtWork, desk_url: str) -> None:
    desk.homeserver.away = True
    await desk.says(EVA, "!kaz hilfe")
    desk.homeserver.away = False
    desk.starts(TroubledStore(desk_url, *(StoreUnavailable("away") for _ in range(3))))
    assert await desk.delivers() == []
    desk.clock.advance(minutes=1)
    await desk.delivers()
    desk.clock.advance(minutes=1)
    await desk.delivers()
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert [sent.told for sent in desk.homeserver.sent] == ["info:help"]


async def test_a_direct_chat_is_made_once_for_all_that_waits_for_the_person(
    desk: DeskAtWork,
) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    desk.homeserver.away = True
    await desk.says(ANN, "!kaz antwort 1 Ja.")
    await desk.says(ANN, "!kaz antwort 1 Bis 100.000 Euro.")
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    private = [sent for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT}]
    assert [("Ja." in one.body, one.thread) for one in private] == [
        (True, None),
        (False, private[0].event_id),
    ]


async def test_the_language_of_a_chat_that_is_known_stays(desk: DeskAtWork) -> None:
    await desk.asks(UDO, "Dürfen wir freihändig vergeben? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz antwort 1 Ja.")
    chat = next(sent.room_id for sent in desk.last if sent.room_id not in {MARKET, PROCUREMENT})
    await desk.binds(chat, language="en")
    desk.homeserver.rooms.put(room(chat, BOT, name="Udo"))
    await desk.asks(UDO, "Und hier? #vergabe", room=MARKET)
    await desk.says(ANN, "!kaz antwort 2 Ja.")
    assert "Anfrage" not in desk.bodies(chat)[0]


async def test_the_postman_on_duty_carries_what_is_written(desk: DeskAtWork) -> None:
    duty = asyncio.create_task(desk.postman.run())
    desk.homeserver.arrived.clear()
    await desk.dispatcher.take(desk.said(EVA, "!kaz hilfe"))
    await asyncio.wait_for(desk.homeserver.arrived.wait(), 5)
    duty.cancel()
    await asyncio.gather(duty, return_exceptions=True)
    assert [sent.told for sent in desk.homeserver.sent] == ["info:help"]


@pytest.mark.parametrize("error", [ValueError, KeyError])
async def test_a_bug_with_one_lane_holds_up_no_other(
    desk: DeskAtWork, error: type[Exception]
) -> None:
    desk.homeserver.breaks_in[PROJECT] = error("bug")
    await desk.has_ticket()
    assert (desk.told(PROJECT), desk.told(PROCUREMENT)) == ([], ["ticket:opened"])
    desk.homeserver.breaks_in.clear()
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert desk.told(PROJECT) == ["ticket:opened"]


async def test_the_postman_on_duty_survives_a_bug_of_the_store(
    desk: DeskAtWork, desk_url: str
) -> None:
    await desk.dispatcher.take(desk.said(EVA, "!kaz hilfe"))
    desk.starts(TroubledStore(desk_url, RuntimeError("bug")))
    duty = asyncio.create_task(desk.postman.run())
    ended, _ = await asyncio.wait([duty], timeout=0.3)
    await desk.postman.collect()
    await asyncio.wait_for(desk.homeserver.arrived.wait(), 5)
    duty.cancel()
    await asyncio.gather(duty, return_exceptions=True)
    assert (ended, [sent.told for sent in desk.homeserver.sent]) == (set(), ["info:help"])
