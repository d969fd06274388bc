"""A room that is upgraded is followed with all that hangs on it."""

from dataclasses import replace

import pytest

from kaz_bot.domain.rooms import RoomKind
from kaz_bot.messages import Batch, Joined, JoinRule, RoomId, Upgraded, UserId
from tests.desk import (
    ANN,
    BEK,
    BOT,
    EVA,
    EVAS_CHAT,
    MARKET,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
)
from tests.fakes import room

NEXT = RoomId("!next:kaz.test")


def _tombstone(desk: DeskAtWork, old: RoomId, new: RoomId, by: UserId = ANN) -> Upgraded:
    desk.homeserver.rooms.change(old, replacement=new)
    return Upgraded(
        event_id=desk.homeserver.new_event_id(),
        room_id=old,
        sender=by,
        sent_at=desk.clock.now(),
        replacement=new,
    )


def _arrival(desk: DeskAtWork, new: RoomId) -> Joined:
    return Joined(
        event_id=desk.homeserver.new_event_id(),
        room_id=new,
        sender=BOT,
        sent_at=desk.clock.now(),
        invited_by=None,
        direct=False,
    )


async def _upgrade(desk: DeskAtWork, old: RoomId, new: RoomId = NEXT) -> None:
    """The room is replaced, and the bot comes along."""
    state = desk.homeserver.rooms.get(old)
    assert state is not None
    await desk.takes(_tombstone(desk, old, new))
    desk.homeserver.rooms.put(replace(state, room_id=new, predecessor=old))
    await desk.takes(_arrival(desk, new))


async def _bound(desk: DeskAtWork, room_id: RoomId) -> RoomKind | None:
    async with desk.store.work() as work:
        bound = await work.rooms.get(room_id)
    return bound.kind if bound and bound.left_at is None else None


async def test_the_bot_follows(desk: DeskAtWork) -> None:
    await _upgrade(desk, PROJECT)
    assert desk.homeserver.joined == [NEXT]
    await desk.asks(EVA, "Wer prüft das? #vergabe", room=NEXT)
    assert desk.told(NEXT) == ["ticket:opened"]


async def test_the_specialists_thread_goes_on_under_a_new_root(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await _upgrade(desk, PROCUREMENT)
    await desk.says(EVA, "Es eilt.", thread=question)
    [root] = desk.last
    assert (root.room_id, root.thread) == (NEXT, None)
    await desk.says(EVA, "Sehr sogar.", thread=question)
    assert desk.last[0].thread == root.event_id
    await desk.says(ANN, "!kaz antwort Ja.", room=NEXT, thread=root.event_id)
    assert desk.told(PROJECT) == ["ticket:relayed"]


async def test_the_askers_thread_goes_on_under_a_new_root(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await _upgrade(desk, PROJECT)
    await desk.says(ANN, "!kaz rückfrage Wie teuer?", thread=desk.root(1))
    root = next(sent for sent in desk.last if sent.room_id == NEXT)
    assert (root.thread, root.calls) == (None, [EVA])
    await desk.says(EVA, "90.000 Euro.", room=NEXT, thread=root.event_id)
    assert (await desk.ticket(1)).state == "claimed"
    assert "90.000 Euro." in desk.bodies(PROCUREMENT)[0]


async def test_several_letters_at_once_stand_under_one_root(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await _upgrade(desk, PROCUREMENT)
    await desk.says(EVA, "Und bei Bauleistungen?", thread=question)
    first, second = [sent for sent in desk.last if sent.room_id == NEXT]
    assert (first.thread, second.thread) == (None, first.event_id)


async def test_letters_that_wait_go_to_the_new_room(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    desk.homeserver.away = True
    await desk.says(EVA, "Es eilt.", thread=question)
    await _upgrade(desk, PROCUREMENT)
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert [(sent.room_id, sent.told) for sent in desk.last] == [(NEXT, "ticket:relayed")]


async def test_a_root_that_waits_stays_the_root(desk: DeskAtWork) -> None:
    desk.homeserver.away = True
    question = await desk.asks(EVA, "Wer prüft das? #vergabe")
    await _upgrade(desk, PROCUREMENT)
    await desk.says(EVA, "Es eilt.", thread=question)
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    root, relayed = [sent for sent in desk.last if sent.room_id == NEXT]
    assert (root.told, relayed.thread) == ("ticket:opened", root.event_id)


async def test_until_the_bot_is_there_nothing_is_lost(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    desk.homeserver.unwilling_to_join.add(NEXT)
    state = desk.homeserver.rooms.get(PROCUREMENT)
    assert state is not None
    await desk.takes(_tombstone(desk, PROCUREMENT, NEXT))
    assert desk.homeserver.joined == []
    await desk.says(EVA, "Es eilt.", thread=question)
    desk.homeserver.rooms.put(replace(state, room_id=NEXT, predecessor=PROCUREMENT))
    await desk.takes(_arrival(desk, NEXT))
    assert await _bound(desk, NEXT) is RoomKind.AREA


async def test_the_old_room_is_served_no_more(desk: DeskAtWork) -> None:
    await _upgrade(desk, PROJECT)
    assert await desk.says(EVA, "!kaz hilfe") == []


async def test_settings_that_name_the_old_room_do_not_bring_it_back(desk: DeskAtWork) -> None:
    settings = {"procurement": str(PROCUREMENT)}
    batch = Batch(events=(), invitations=(), sessions=frozenset(), next_batch="s0")
    await desk.binds(PROCUREMENT, by_settings=True)
    await _upgrade(desk, PROCUREMENT)
    await desk.arrival(settings).handle(batch)
    assert (await _bound(desk, PROCUREMENT), await _bound(desk, NEXT)) == (None, RoomKind.AREA)


async def test_a_tombstone_seen_after_the_arrival_is_followed_all_the_same(
    desk: DeskAtWork,
) -> None:
    state = desk.homeserver.rooms.get(PROCUREMENT)
    assert state is not None
    desk.homeserver.rooms.put(replace(state, room_id=NEXT, predecessor=PROCUREMENT))
    await desk.takes(_arrival(desk, NEXT))
    await desk.takes(_tombstone(desk, PROCUREMENT, NEXT))
    assert await _bound(desk, NEXT) is RoomKind.AREA


@pytest.mark.parametrize("target", [SECURITY, OPERATIONS, PROJECT])
async def test_nobody_takes_over_a_room_that_is_something_already(
    desk: DeskAtWork, target: RoomId
) -> None:
    before = await _bound(desk, target)
    await desk.takes(_tombstone(desk, PROJECT, target, by=UDO))
    assert await _bound(desk, target) is before
    assert await desk.says(EVA, "!kaz hilfe") != []


async def test_nobody_takes_over_a_room_by_a_tombstone_in_their_own(desk: DeskAtWork) -> None:
    await desk.takes(_tombstone(desk, EVAS_CHAT, MARKET, by=EVA))
    assert (await _bound(desk, MARKET), await _bound(desk, EVAS_CHAT)) == (
        RoomKind.PROJECT,
        RoomKind.DIRECT,
    )


async def test_nobody_takes_over_a_room_by_one_that_only_claims_to_follow(
    desk: DeskAtWork,
) -> None:
    desk.homeserver.rooms.put(
        replace(room(NEXT, BOT, UDO, name="Vergabe"), predecessor=PROCUREMENT)
    )
    await desk.takes(_arrival(desk, NEXT))
    assert (await _bound(desk, NEXT), await _bound(desk, PROCUREMENT)) == (
        RoomKind.PROJECT,
        RoomKind.AREA,
    )


async def test_a_room_that_was_entered_later_must_name_the_old_one_too(desk: DeskAtWork) -> None:
    await desk.takes(_tombstone(desk, EVAS_CHAT, NEXT, by=EVA))
    desk.homeserver.rooms.put(room(NEXT, BOT, EVA, name="Markt"))
    await desk.takes(_arrival(desk, NEXT))
    assert await _bound(desk, NEXT) is RoomKind.PROJECT


async def test_a_direct_chat_is_not_followed_into_a_room_with_others(desk: DeskAtWork) -> None:
    await desk.takes(_tombstone(desk, EVAS_CHAT, NEXT, by=EVA))
    others = room(NEXT, BOT, EVA, UDO, name="Markt")
    desk.homeserver.rooms.put(replace(others, predecessor=EVAS_CHAT))
    await desk.takes(_arrival(desk, NEXT))
    assert await _bound(desk, NEXT) is RoomKind.PROJECT


async def test_a_new_room_of_specialists_that_stands_open_is_refused(desk: DeskAtWork) -> None:
    state = desk.homeserver.rooms.get(PROCUREMENT)
    assert state is not None
    await desk.takes(_tombstone(desk, PROCUREMENT, NEXT))
    desk.homeserver.rooms.put(
        replace(state, room_id=NEXT, predecessor=PROCUREMENT, join_rule=JoinRule.PUBLIC)
    )
    await desk.takes(_arrival(desk, NEXT))
    assert [sent.room_id for sent in desk.last] == [OPERATIONS]
    assert await _bound(desk, NEXT) is None


async def test_a_repeated_tombstone_changes_nothing(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await _upgrade(desk, PROCUREMENT)
    await desk.takes(_tombstone(desk, PROCUREMENT, RoomId("!elsewhere:kaz.test")))
    assert await _bound(desk, NEXT) is RoomKind.AREA


async def test_what_is_taken_back_in_the_old_room_is_forgotten(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, "Was kostet Zinnober? #vergabe")
    await _upgrade(desk, PROJECT)
    root = desk.root(1)
    await desk.redacts(EVA, question)
    assert root in [sent.redacts for sent in desk.last]
    assert "Zinnober" not in await desk.remembers()


async def test_what_is_taken_back_in_the_new_room_is_forgotten(desk: DeskAtWork) -> None:
    await _upgrade(desk, PROJECT)
    question = await desk.asks(EVA, "Was kostet Zinnober? #vergabe", room=NEXT)
    await desk.redacts(EVA, question)
    assert "Zinnober" not in await desk.remembers()


async def test_a_solution_that_was_proposed_is_released_in_the_new_room(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await _upgrade(desk, PROCUREMENT)
    async with desk.store.work() as work:
        assert [one.room_id for one in await work.solutions.listed(open_too=True)] == [NEXT]
    await desk.says(BEK, "!kaz lösung freigeben L-1", room=NEXT)
    assert desk.told(NEXT) == ["solution:released"]
