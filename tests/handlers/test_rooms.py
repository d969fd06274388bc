"""Which rooms the desk serves: by invitation, by settings, by an operator's word."""

from dataclasses import replace
from typing import Any

import pytest

from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.threads import Side
from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix.api import RateLimited
from kaz_bot.messages import Batch, Invitation, Joined, JoinRule, Left, RoomChanged, RoomId, UserId
from tests.desk import (
    ANN,
    BEK,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    FRED,
    MARKET,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
)
from tests.fakes import room

NEW = RoomId("!new:kaz.test")


def _event(desk: DeskAtWork, room_id: RoomId, sender: UserId) -> dict[str, Any]:
    return {
        "event_id": desk.homeserver.new_event_id(),
        "room_id": room_id,
        "sender": sender,
        "sent_at": desk.clock.now(),
    }


def _joined(
    desk: DeskAtWork, room_id: RoomId, *, by: UserId | None = EVA, direct: bool = False
) -> Joined:
    return Joined(**_event(desk, room_id, BOT), invited_by=by, direct=direct)


def _changed(desk: DeskAtWork, room_id: RoomId, what: str = "join_rules") -> RoomChanged:
    return RoomChanged(**_event(desk, room_id, OPA), what=what)


async def _kind(desk: DeskAtWork, room_id: RoomId) -> RoomKind | None:
    async with desk.store.work() as work:
        bound = await work.rooms.get(room_id)
    return bound.kind if bound and bound.left_at is None else None


async def test_who_is_served_may_invite_the_bot(desk: DeskAtWork) -> None:
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=EVA, direct=False),))
    assert desk.homeserver.joined == [NEW]


async def test_others_are_declined(desk: DeskAtWork) -> None:
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=FRED, direct=True),))
    assert (desk.homeserver.joined, desk.homeserver.left) == ([], [NEW])


async def test_an_invitation_waits_until_the_homeserver_is_back(desk: DeskAtWork) -> None:
    desk.homeserver.away = True
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=EVA, direct=False),))
    desk.clock.advance(minutes=5)
    await desk.takes()
    desk.homeserver.away = False
    desk.clock.advance(minutes=5)
    await desk.takes()
    await desk.takes()
    assert desk.homeserver.joined == [NEW]


async def test_a_homeserver_that_wants_to_be_left_alone_is_left_alone(desk: DeskAtWork) -> None:
    desk.homeserver.breaks_at_doors = RateLimited(seconds=120)
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=EVA, direct=False),))
    desk.homeserver.breaks_at_doors = None
    desk.clock.advance(seconds=119)
    await desk.takes()
    assert desk.homeserver.joined == []
    desk.clock.advance(seconds=1)
    await desk.takes()
    assert desk.homeserver.joined == [NEW]


async def test_a_door_that_stays_shut_is_tried_less_and_less_often(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    desk.homeserver.breaks_at_doors = HomeserverUnavailable("HTTP 502")
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=EVA, direct=False),))
    desk.clock.advance(seconds=1)
    await desk.takes()
    desk.clock.advance(seconds=1)
    await desk.takes()
    assert caplog.text.count("barred") == 2
    desk.clock.advance(seconds=1)
    await desk.takes()
    assert caplog.text.count("barred") == 3


async def test_who_waits_at_a_door_keeps_nobody_waiting(desk: DeskAtWork) -> None:
    desk.homeserver.breaks_at_doors = RateLimited(seconds=120)
    since = desk.clock.now()
    await desk.takes(invitations=(Invitation(room_id=NEW, sender=EVA, direct=False),))
    assert desk.clock.now() == since


async def test_a_room_it_is_invited_to_becomes_a_project_room(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(NEW, BOT, EVA, UDO, name="Neu"))
    await desk.takes(_joined(desk, NEW))
    assert desk.told(NEW) == ["info:room"]
    await desk.asks(EVA, "Wer prüft das? #vergabe", room=NEW)
    assert desk.told(NEW)[0] == "ticket:opened"


async def test_a_chat_with_one_person_is_confidential(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(NEW, BOT, UDO, name="Udo"))
    await desk.takes(_joined(desk, NEW, by=UDO, direct=True))
    await desk.says(UDO, "frage Wer prüft das? #vergabe", room=NEW)
    assert (await desk.ticket(1)).confidential is True


async def test_a_chat_into_which_a_third_person_comes_is_a_project_room(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.enter(EVAS_CHAT, UDO)
    await desk.takes(_changed(desk, EVAS_CHAT, "member"))
    assert desk.told(EVAS_CHAT) == ["info:room"]
    assert await _kind(desk, EVAS_CHAT) is RoomKind.PROJECT


async def test_a_space_is_no_room(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(NEW, BOT, EVA, name="Alles"))
    desk.homeserver.rooms.change(NEW, is_space=True)
    await desk.takes(_joined(desk, NEW))
    assert (desk.last, await _kind(desk, NEW)) == ([], None)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("raum projekt", RoomKind.PROJECT),
        ("room project", RoomKind.PROJECT),
        ("raum fachgebiet sicherheit", RoomKind.AREA),
        ("room area security", RoomKind.AREA),
        ("raum gremium", RoomKind.COMMITTEE),
        ("raum betrieb", RoomKind.ADMIN),
    ],
)
async def test_an_admin_binds_a_room(open_desk: OpenDesk, command: str, kind: RoomKind) -> None:
    desk = await open_desk(admins=frozenset({UDO}))
    await desk.says(UDO, f"!kaz {command}", room=PROJECT)
    assert desk.told(PROJECT) == ["info:room"]
    assert await _kind(desk, PROJECT) is kind


async def test_an_admin_sets_the_language(open_desk: OpenDesk) -> None:
    desk = await open_desk(admins=frozenset({EVA}))
    await desk.says(EVA, "!kaz raum sprache en")
    [help_] = await desk.says(EVA, "!kaz help")
    assert "!kaz ask" in help_


@pytest.mark.parametrize("what", ["keller", "fachgebiet", "fachgebiet keller", "sprache fr"])
async def test_an_unknown_kind_of_room_is_refused(open_desk: OpenDesk, what: str) -> None:
    desk = await open_desk(admins=frozenset({EVA}))
    await desk.says(EVA, f"!kaz raum {what}")
    assert desk.told(PROJECT) == ["error:bad_argument"]


OPEN_TO_ALL = [{"join_rule": JoinRule.PUBLIC}, {"world_readable": True}]


@pytest.mark.parametrize("openness", OPEN_TO_ALL)
@pytest.mark.parametrize("kind", ["fachgebiet sicherheit", "gremium", "betrieb"])
async def test_a_room_that_stands_open_is_refused(
    open_desk: OpenDesk, openness: dict[str, object], kind: str
) -> None:
    desk = await open_desk(admins=frozenset({UDO}))
    desk.homeserver.rooms.change(MARKET, **openness)
    await desk.says(UDO, f"!kaz raum {kind}")
    assert desk.told(MARKET) == ["error:not_allowed"]
    assert await _kind(desk, MARKET) is RoomKind.PROJECT


@pytest.mark.parametrize("openness", OPEN_TO_ALL)
async def test_a_room_that_comes_to_stand_open_is_served_no_more(
    desk: DeskAtWork, openness: dict[str, object]
) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, **openness)
    await desk.takes(_changed(desk, PROCUREMENT))
    assert [(sent.room_id, sent.msgtype) for sent in desk.last] == [(OPERATIONS, "m.text")]
    await desk.has_ticket()
    assert desk.told(PROCUREMENT) == []


async def test_closed_again_it_is_served_again_with_what_came_meanwhile(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, join_rule=JoinRule.PUBLIC)
    await desk.takes(_changed(desk, PROCUREMENT))
    await desk.has_ticket()
    desk.homeserver.rooms.change(PROCUREMENT, join_rule=JoinRule.OTHER)
    await desk.takes(_changed(desk, PROCUREMENT))
    assert desk.told(PROCUREMENT) == ["info:room", "ticket:routed"]
    await desk.says(ANN, "!kaz claim 1")
    assert (await desk.ticket(1)).assignee == ANN


async def test_a_project_room_may_stand_open(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(MARKET, join_rule=JoinRule.PUBLIC)
    await desk.takes(_changed(desk, MARKET))
    assert desk.last == []
    assert await _kind(desk, MARKET) is RoomKind.PROJECT


async def test_at_binding_the_bot_says_what_an_open_area_will_not_show(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(admins=frozenset({UDO}))
    [told] = await desk.says(UDO, "!kaz raum fachgebiet sicherheit")
    assert "nicht verschlüsselt" in told


async def test_an_area_that_gets_another_room_takes_its_tickets_along(
    open_desk: OpenDesk,
) -> None:
    desk = await open_desk(admins=frozenset({BEK}))
    await desk.has_ticket("claimed")
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, BEK, name="Vergabe neu"))
    await desk.takes(_joined(desk, NEW, by=BEK))
    await desk.says(BEK, "!kaz raum fachgebiet vergabe", room=NEW)
    assert await desk.threads(1, Side.AREA) == [NEW]
    await desk.says(ANN, "!kaz antwort Ja.", room=NEW, thread=desk.root(1, NEW))
    assert desk.told(PROJECT) == ["ticket:relayed"]
    assert desk.told(PROCUREMENT) == []


async def test_settings_bind_rooms_as_soon_as_the_bot_is_in_them(desk: DeskAtWork) -> None:
    arrival = desk.arrival({"security": str(NEW)})
    await arrival.handle(_no_batch())
    assert desk.homeserver.joined == [NEW]
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, name="Sicherheit neu"))
    desk.clock.advance(hours=1)
    await arrival.handle(_no_batch())
    assert await _kind(desk, NEW) is RoomKind.AREA


async def test_a_homeserver_that_is_away_at_the_start_costs_no_room(desk: DeskAtWork) -> None:
    desk.homeserver.away = True
    arrival = desk.arrival({"security": str(NEW)})
    await arrival.handle(_no_batch())
    assert arrival.settled is False
    desk.homeserver.away = False
    desk.clock.advance(seconds=1)
    await arrival.handle(_no_batch())
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, name="Sicherheit neu"))
    await arrival.handle(_no_batch())
    assert (await _kind(desk, NEW), arrival.settled) == (RoomKind.AREA, True)


async def test_a_room_that_stays_out_of_reach_keeps_nobody_waiting(desk: DeskAtWork) -> None:
    desk.homeserver.breaks_at_doors = HomeserverUnavailable("HTTP 502")
    arrival = desk.arrival({"security": str(NEW)})
    await arrival.handle(_no_batch())
    desk.clock.advance(seconds=30)
    await arrival.handle(_no_batch())
    assert arrival.settled is True
    desk.homeserver.breaks_at_doors = None
    desk.clock.advance(minutes=1)
    await arrival.handle(_no_batch())
    assert desk.homeserver.joined == [NEW]


async def test_an_alias_that_leads_nowhere_is_looked_up_once_a_minute(desk: DeskAtWork) -> None:
    arrival = desk.arrival({"security": "#sicherheit:kaz.test"})
    await arrival.handle(_no_batch())
    await arrival.handle(_no_batch())
    assert (len(desk.homeserver.resolved), arrival.settled) == (1, True)
    desk.homeserver.aliases["#sicherheit:kaz.test"] = NEW
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, name="Sicherheit neu"))
    desk.clock.advance(hours=1)
    await arrival.handle(_no_batch())
    assert await _kind(desk, NEW) is RoomKind.AREA


async def test_a_closed_room_of_the_settings_is_bound_when_the_bot_is_invited(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.aliases["#sicherheit:kaz.test"] = NEW
    desk.homeserver.unwilling_to_join.add(NEW)
    arrival = desk.arrival({"security": "#sicherheit:kaz.test"})
    await arrival.handle(_no_batch())
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, name="Sicherheit neu"))
    desk.clock.advance(seconds=5)
    await arrival.handle(_no_batch())
    assert await _kind(desk, NEW) is RoomKind.AREA


async def test_settings_do_not_bind_what_stands_open(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(NEW, BOT, ANN, name="Sicherheit neu"))
    desk.homeserver.rooms.change(NEW, world_readable=True)
    desk.clock.advance(hours=1)
    await desk.arrival({"security": str(NEW)}).handle(_no_batch())
    await desk.delivers()
    assert [sent.room_id for sent in desk.last] == [OPERATIONS]
    assert await _kind(desk, NEW) is None
    desk.clock.advance(hours=1)
    desk.homeserver.rooms.change(NEW, world_readable=False)
    await desk.takes(_changed(desk, NEW, "history_visibility"))
    assert await _kind(desk, NEW) is RoomKind.AREA
    assert await _kind(desk, SECURITY) is RoomKind.PROJECT


async def test_a_bound_room_that_stands_open_at_the_start_is_served_no_more(
    desk: DeskAtWork,
) -> None:
    await desk.arrival({"procurement": str(PROCUREMENT)}).handle(_no_batch())
    desk.homeserver.rooms.change(PROCUREMENT, join_rule=JoinRule.PUBLIC)
    await desk.arrival({"procurement": str(PROCUREMENT)}).handle(_no_batch())
    assert await _kind(desk, PROCUREMENT) is None


async def test_operators_hear_of_a_room_the_bot_has_lost(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.drop(PROCUREMENT)
    await desk.takes(Left(**_event(desk, PROCUREMENT, ANN)))
    [told] = desk.last
    assert (told.room_id, "ann" in told.body) == (OPERATIONS, True)


async def test_what_was_asked_while_the_room_was_lost_is_there_when_it_is_back(
    desk: DeskAtWork,
) -> None:
    state = desk.homeserver.rooms.get(PROCUREMENT)
    assert state is not None
    desk.homeserver.rooms.drop(PROCUREMENT)
    await desk.takes(Left(**_event(desk, PROCUREMENT, ANN)))
    await desk.has_ticket()
    desk.homeserver.rooms.put(state)
    await desk.takes(_joined(desk, PROCUREMENT, by=ANN))
    assert desk.told(PROCUREMENT) == ["info:room", "ticket:routed"]


async def test_in_a_room_the_bot_has_left_nobody_is_told_anything(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.rooms.drop(PROJECT)
    await desk.takes(Left(**_event(desk, PROJECT, EVA)))
    await desk.says(ANN, "!kaz claim 1")
    assert [sent.room_id for sent in desk.last] == [PROCUREMENT]


async def test_the_answer_of_a_lost_room_goes_to_the_askers_chat(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    desk.homeserver.rooms.drop(PROJECT)
    await desk.takes(Left(**_event(desk, PROJECT, EVA)))
    await desk.says(ANN, "!kaz antwort Ja.", thread=desk.root(1))
    assert "Ja." in desk.bodies(EVAS_CHAT)[0]


@pytest.mark.parametrize("place", [COMMITTEE, OPERATIONS])
async def test_talk_in_other_rooms_is_nobodys_business(desk: DeskAtWork, place: RoomId) -> None:
    await desk.says(OPA, "Wer prüft unsere Ausschreibung?", room=place)
    assert desk.last == []


async def test_a_room_nobody_bound_is_not_served(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(NEW, BOT, EVA, name="Unbekannt"))
    assert await desk.says(EVA, "!kaz hilfe", room=NEW) == []
    assert SECURITY not in desk.homeserver.joined


def _no_batch() -> Batch:
    return Batch(events=(), invitations=(), sessions=frozenset(), next_batch="s0")


async def test_a_chat_the_bot_made_itself_is_a_direct_one_however_it_learns_of_it(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.put(replace(room(NEW, BOT, EVA, name="Eva"), made_for=EVA))
    await desk.arrival({}).handle(_no_batch())
    assert await _kind(desk, NEW) is RoomKind.DIRECT


async def test_a_chat_the_bot_is_making_is_direct_before_anybody_is_invited(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.put(replace(room(NEW, BOT, name=""), made_for=EVA))
    await desk.arrival({}).handle(_no_batch())
    assert await _kind(desk, NEW) is RoomKind.DIRECT
