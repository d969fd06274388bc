"""State events become a record of who is where, and of what they may do."""

from datetime import timedelta
from itertools import permutations
from math import inf
from typing import Any

import pytest

from kaz_bot.matrix.known_room import Rotation
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.messages import JoinRule, RoomId, RoomState, UserId
from tests.matrix.events import ANN, ROOM, Event, joined, member, room_state, state, sync
from tests.matrix.fake_homeserver import BOT

CEM = "@cem:kaz.test"


def book(*events: Event) -> RoomBook:
    """The bot's rooms after one sync that told these state events."""
    rooms = RoomBook(UserId(BOT))
    rooms.update(sync("s", joined(room_state=events)))
    return rooms


def room(*events: Event) -> RoomState:
    found = book(*events).get(RoomId(ROOM))
    assert found is not None
    return found


def create(version: str, **content: Any) -> Event:
    return state("m.room.create", {"room_version": version, **content})


def test_an_ordinary_room_is_told_whole() -> None:
    named = state("m.room.name", {"name": "Wustermark"})
    expected = RoomState(
        room_id=RoomId(ROOM),
        name="Wustermark",
        encrypted=False,
        members={UserId(ANN): "ann", UserId(BOT): "bot"},
        powers={UserId(ANN): 100},
    )
    assert room(*room_state(named)) == expected


def test_a_room_names_the_one_before_and_the_one_after() -> None:
    made = create("12", predecessor={"room_id": "!old:kaz.test"})
    found = room(made, state("m.room.tombstone", {"replacement_room": "!new:kaz.test"}))
    assert (found.predecessor, found.replacement) == ("!old:kaz.test", "!new:kaz.test")


@pytest.mark.parametrize("odd", [None, "!old:kaz.test", {}, {"room_id": 5}, {"room_id": "old"}])
def test_a_room_without_a_sound_predecessor_has_none(odd: object) -> None:
    assert room(create("11", predecessor=odd)).predecessor is None


@pytest.mark.parametrize(
    ("version", "power"), [("1", 0), ("10", 0), ("11", 0), ("12", inf), ("13", inf), ("odd", 0)]
)
def test_creators_stand_above_all_levels_since_version_12(version: str, power: float) -> None:
    levels = state("m.room.power_levels", {"users": {}})
    assert room(create(version), levels).power(UserId(ANN)) == power


def test_further_creators_are_as_high_as_the_first() -> None:
    levels = state("m.room.power_levels", {"users": {CEM: 5}})
    found = room(create("12", additional_creators=[CEM, 5, None]), levels)
    assert found.powers == {ANN: inf, CEM: inf}


def test_without_levels_the_creator_of_an_old_room_has_100() -> None:
    assert room(create("10")).powers == {ANN: 100}


@pytest.mark.parametrize(
    ("level", "power"),
    [(50, 50), ("50", 50), (" 50 ", 50), (None, 0), ("high", 0), (True, 0), ([], 0), ("²", 0)],
)
def test_a_level_is_a_number_or_nothing(level: object, power: float) -> None:
    levels = state("m.room.power_levels", {"users": {CEM: level}})
    assert room(create("10"), levels).power(UserId(CEM)) == power


@pytest.mark.parametrize("content", [{}, {"users": []}, {"users": 5}, {"users_default": "x"}])
def test_broken_levels_give_nobody_power(content: dict[str, object]) -> None:
    assert room(create("10"), state("m.room.power_levels", content)).power(UserId(CEM)) == 0


def test_the_default_level_is_for_everybody_else() -> None:
    levels = state("m.room.power_levels", {"users": {CEM: 5}, "users_default": 10})
    assert room(create("10"), levels).power(UserId(ANN)) == 10


@pytest.mark.parametrize(
    "content", [{"algorithm": "m.megolm.v1.aes-sha2"}, {"algorithm": 5}, {}, {"algorithm": "odd"}]
)
def test_a_room_with_any_encryption_event_is_encrypted(content: dict[str, object]) -> None:
    assert room(state("m.room.encryption", content)).encrypted


def test_encryption_cannot_be_switched_off() -> None:
    rooms = book(state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}))
    rooms.update(sync("s", joined([state("m.room.encryption", {})])))
    assert rooms.is_encrypted(RoomId(ROOM))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ({"join_rule": "public"}, JoinRule.PUBLIC),
        ({"join_rule": "invite"}, JoinRule.OTHER),
        ({"join_rule": ["public"]}, JoinRule.OTHER),
        ({}, JoinRule.OTHER),
    ],
)
def test_a_room_is_public_when_it_says_so(content: dict[str, object], rule: JoinRule) -> None:
    assert room(state("m.room.join_rules", content)).join_rule == rule


def test_history_for_the_world_and_spaces_are_recognised() -> None:
    visible = state("m.room.history_visibility", {"history_visibility": "world_readable"})
    found = room(create("10", type="m.space"), visible)
    assert (found.world_readable, found.is_space) == (True, True)


def test_members_come_and_go_with_the_timeline() -> None:
    rooms = book(*room_state(member(CEM)))
    timeline = [member(CEM, "leave", before="join"), member("@dua:kaz.test", "invite", sender=ANN)]
    changed = rooms.update(sync("s", joined(timeline)))
    found = rooms.get(RoomId(ROOM))
    assert found is not None
    told = (sorted(found.members), sorted(found.invited), changed)
    assert told == ([ANN, BOT], ["@dua:kaz.test"], {RoomId(ROOM)})


def test_a_leaving_with_odd_extras_is_a_leaving() -> None:
    rooms = book(*room_state(member(CEM)))
    gone = member(CEM, "leave", before="join")
    gone["content"] |= {"displayname": 5, "avatar_url": [], "reason": {}}
    rooms.update(sync("s", joined([gone])))
    assert CEM not in rooms.readers(RoomId(ROOM))


def test_a_new_display_name_changes_no_readers() -> None:
    rooms = book(*room_state())
    assert rooms.update(sync("s", joined([member(ANN, before="join")]))) == set()


@pytest.mark.parametrize(
    ("events", "name"),
    [
        ([state("m.room.name", {"name": "A"})], "A"),
        ([state("m.room.name", {"name": 5}), member(ANN)], "ann"),
        ([state("m.room.canonical_alias", {"alias": "#a:kaz.test"})], "#a:kaz.test"),
        ([member(ANN), member(BOT), member(CEM)], "ann, cem"),
        ([member(BOT)], ROOM),
    ],
)
def test_a_room_has_a_name_people_recognise(events: list[Event], name: str) -> None:
    assert room(*events).name == name


def test_a_room_that_was_left_is_gone() -> None:
    rooms = book(*room_state())
    rooms.update(sync("s", {"leave": {ROOM: {}}}))
    assert (rooms.get(RoomId(ROOM)), list(rooms.joined())) == (None, [])


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "m.room.member", "state_key": 5, "content": {"membership": "join"}},
        {"type": "m.room.member", "state_key": "cem", "content": {"membership": "join"}},
        {"type": "m.room.member", "state_key": CEM, "content": "join"},
        {"type": "m.room.member", "state_key": CEM, "content": {"membership": ["join"]}},
        {"type": "m.room.create", "state_key": "", "content": {"room_version": 12}},
        {"type": "m.room.create", "state_key": "", "content": {"room_version": "9" * 5000}},
        {"type": ["m.room.name"], "state_key": "", "content": {}},
        {"type": "m.room.name", "state_key": "elsewhere", "content": {"name": "x"}},
        {},
    ],
)
def test_broken_state_changes_nothing_else(odd: Event) -> None:
    assert set(room(*room_state(odd)).members) == {ANN, BOT}


def test_a_snapshot_is_made_once_per_change() -> None:
    rooms = book(*room_state())
    assert rooms.get(RoomId(ROOM)) is rooms.get(RoomId(ROOM))


ENCRYPTION = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})


MADE_FOR_CEM = state("m.room.create", {"room_version": "12", "de.kaz.direct": CEM}, sender=BOT)


def test_the_direct_chat_made_for_somebody_is_found_again() -> None:
    rooms = book(MADE_FOR_CEM, ENCRYPTION, member(CEM, "invite"))
    assert [rooms.direct_with(UserId(CEM)), rooms.direct_with(UserId(ANN))] == [ROOM, None]


def test_a_direct_chat_its_person_has_left_is_not_found() -> None:
    rooms = book(MADE_FOR_CEM, ENCRYPTION, member(CEM, "leave"))
    assert rooms.direct_with(UserId(CEM)) is None


def test_nobody_else_can_make_a_direct_chat_of_the_bot_with_somebody() -> None:
    trap = create("12", **{"de.kaz.direct": CEM})
    rooms = book(trap, ENCRYPTION, member(ANN), member(CEM, "invite"))
    assert (rooms.direct_with(UserId(CEM)), rooms.knows(RoomId(ROOM))) == (None, True)


@pytest.mark.parametrize("told", [(), (ENCRYPTION,), (member(CEM, "invite"),)])
def test_a_direct_chat_told_in_part_is_not_known_yet(told: tuple[Event, ...]) -> None:
    rooms = book(MADE_FOR_CEM, member(BOT), *told)
    assert not rooms.knows(RoomId(ROOM))
    assert rooms.get(RoomId(ROOM)) is None
    assert rooms.direct_with(UserId(CEM)) is None


@pytest.mark.parametrize(
    "told", list(permutations([MADE_FOR_CEM, ENCRYPTION, member(CEM, "invite")]))
)
def test_a_direct_chat_is_known_once_all_of_it_was_told_in_any_order(
    told: tuple[Event, ...],
) -> None:
    rooms = book(told[0], member(BOT))
    rooms.update(sync("s", joined(told[1:])))
    assert rooms.knows(RoomId(ROOM))
    assert rooms.direct_with(UserId(CEM)) == ROOM


@pytest.mark.parametrize(
    ("content", "messages", "age"),
    [
        ({}, 100, timedelta(days=7)),
        ({"rotation_period_msgs": 10, "rotation_period_ms": 7_200_000}, 10, timedelta(hours=2)),
        ({"rotation_period_msgs": 10**9, "rotation_period_ms": 10**30}, 100, timedelta(days=7)),
        ({"rotation_period_msgs": -1, "rotation_period_ms": 1}, 1, timedelta(hours=1)),
        ({"rotation_period_msgs": "x", "rotation_period_ms": None}, 100, timedelta(days=7)),
    ],
)
def test_a_room_may_want_its_keys_replaced_sooner(
    content: dict[str, object], messages: int, age: timedelta
) -> None:
    rooms = book(state("m.room.encryption", content))
    assert rooms.rotation(RoomId(ROOM)) == Rotation(messages=messages, age=age)
