"""What one sync tells about the rooms becomes batches: in order, complete, nothing from before."""

import asyncio

import pytest

from kaz_bot.matrix import Session
from kaz_bot.messages import (
    Batch,
    Invitation,
    Joined,
    Left,
    RoomChanged,
    RoomId,
    Said,
    Upgraded,
    UserId,
)
from tests.matrix.conftest import Listener
from tests.matrix.events import (
    ANN,
    ROOM,
    Event,
    arrival,
    event,
    invited,
    joined,
    member,
    message,
    room_state,
    state,
    sync,
)
from tests.matrix.fake_homeserver import BOT, FakeHomeserver, Says


def texts(listener: Listener) -> list[str]:
    return [said.text for said in listener.events if isinstance(said, Said)]


def numbered(first: int, last: int) -> list[Event]:
    return [message(f"m{number}") for number in range(first, last)]


async def test_the_first_sync_of_all_tells_rooms_and_arrivals_but_no_messages(
    server: FakeHomeserver, listener: Listener
) -> None:
    own = arrival()
    server.brings(None, sync("s1", joined([message("old")], room_state=room_state(own))))
    listener.follow()
    await listener.until("s1")
    assert [(type(e), e.event_id) for e in listener.events] == [(Joined, own["event_id"])]


async def test_messages_come_in_their_order(server: FakeHomeserver, listener: Listener) -> None:
    server.brings("s1", sync("s2", joined(numbered(0, 3), room_state=room_state())))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["m0", "m1", "m2"]


async def test_the_next_sync_waits_until_the_batch_is_handled(
    server: FakeHomeserver, session: Session
) -> None:
    asked: list[list[str | None]] = []

    async def handle(batch: Batch) -> None:
        asked.append([request.query.get("since") for request in server.asked("sync")])
        ends[batch.next_batch].set()

    ends = {name: asyncio.Event() for name in ("s2", "s3")}
    server.brings("s1", sync("s2", joined([message("a")])))
    server.brings("s2", sync("s3", joined([message("b")])))
    running = asyncio.create_task(session.run("s1", handle))
    await asyncio.wait_for(ends["s3"].wait(), 5)
    running.cancel()
    assert asked[:2] == [["s1", None], ["s1", None, "s2"]]


async def test_a_gap_is_read_back_page_by_page(server: FakeHomeserver, listener: Listener) -> None:
    server.pages = {
        "s1": {"chunk": numbered(0, 100), "end": "p1"},
        "p1": {"chunk": numbered(100, 150), "end": "p2"},
        "p2": {"chunk": []},
    }
    server.brings("s1", sync("s2", joined(numbered(150, 250), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == [f"m{number}" for number in range(250)]


async def test_between_the_pages_of_a_gap_the_old_token_counts(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.pages = {
        "s1": {"chunk": numbered(0, 100), "end": "p1"},
        "p1": {"chunk": numbered(100, 200)},
    }
    server.brings("s1", sync("s2", joined(numbered(200, 300), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    told = [(len(batch.events), batch.next_batch) for batch in listener.batches[:3]]
    assert told == [(100, "s1"), (100, "s1"), (100, "s2")]


async def test_a_gap_asks_from_the_last_sync_to_the_start_of_the_timeline(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.brings("s1", sync("s2", joined(numbered(0, 1), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    asked = server.asked("messages")[0].query
    assert asked == {"dir": "f", "from": "s1", "to": "t1", "limit": "100"}


async def test_a_gap_outlasts_a_bad_gateway(server: FakeHomeserver, listener: Listener) -> None:
    server.pages = {"s1": {"chunk": numbered(0, 2)}}
    server.fails("messages", Says(502, "<html>"), Says(200, "<html>not Matrix</html>"))
    server.brings("s1", sync("s2", joined(numbered(2, 3), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["m0", "m1", "m2"]


async def test_a_gap_in_a_room_that_is_closed_to_us_does_not_stop_the_rest(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.fails("messages", Says(403, {"errcode": "M_FORBIDDEN", "error": "not in the room"}))
    server.brings("s1", sync("s2", joined(numbered(0, 1), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["m0"]


async def test_what_was_said_before_the_bot_came_is_not_for_it(
    server: FakeHomeserver, listener: Listener
) -> None:
    timeline = [message("before"), arrival(), message("after")]
    server.brings("s1", sync("s2", joined(timeline, room_state=room_state(), prev_batch="t1")))
    listener.follow("s1")
    await listener.until("s2")
    assert (texts(listener), server.asked("messages")) == (["after"], [])


async def test_the_arrival_is_told_with_who_wanted_it(
    server: FakeHomeserver, listener: Listener
) -> None:
    own = arrival()
    server.brings("s1", sync("s2", joined([own])))
    listener.follow("s1")
    await listener.until("s2")
    expected = Joined(
        event_id=own["event_id"],
        room_id=RoomId(ROOM),
        sender=UserId(BOT),
        sent_at=listener.events[0].sent_at,
        invited_by=UserId(ANN),
        direct=False,
    )
    assert listener.events == [expected]


async def test_an_arrival_inside_a_gap_cuts_off_what_lies_before_it(
    server: FakeHomeserver, listener: Listener
) -> None:
    own = arrival()
    server.pages = {
        "s1": {"chunk": numbered(0, 100), "end": "p1"},
        "p1": {"chunk": [message("old"), own, message("new")]},
    }
    told = joined(numbered(0, 1), room_state=room_state(own), prev_batch="t1")
    server.brings("s1", sync("s2", told))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["new", "m0"]


async def test_a_new_display_name_of_the_bot_is_no_arrival(
    server: FakeHomeserver, listener: Listener
) -> None:
    renamed = member(BOT, before="join")
    server.brings("s1", sync("s2", joined([message("a"), renamed, message("b")])))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["a", "b"]


async def test_a_change_whose_past_is_not_told_is_no_arrival(
    server: FakeHomeserver, listener: Listener
) -> None:
    renamed = member(BOT, unsigned={"replaces_state": "$older"})
    server.brings("s1", sync("s2", joined([message("a"), renamed, message("b")])))
    listener.follow("s1")
    await listener.until("s2")
    assert texts(listener) == ["a", "b"]


async def test_being_removed_is_told_and_the_room_is_gone(
    server: FakeHomeserver, listener: Listener
) -> None:
    kicked = member(BOT, "leave", before="join", sender=ANN)
    rooms = {"leave": {ROOM: {"timeline": {"events": [message("bye"), kicked]}}}}
    server.brings("s1", sync("s2", joined(room_state=room_state())))
    server.brings("s2", sync("s3", rooms))
    listener.follow("s1")
    await listener.until("s3")
    left = listener.events[-1]
    assert (type(left), left.sender, list(listener.rooms.joined())) == (Left, ANN, [])


async def test_an_invitation_taken_back_is_no_leaving(
    server: FakeHomeserver, listener: Listener
) -> None:
    taken_back = member(BOT, "leave", before="invite", sender=ANN)
    rooms = {"leave": {ROOM: {"timeline": {"events": [taken_back]}}}}
    server.brings("s1", sync("s2", rooms))
    listener.follow("s1")
    await listener.until("s2")
    assert listener.events == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}), "encryption"),
        (state("m.room.join_rules", {"join_rule": "public"}), "join_rules"),
        (state("m.room.history_visibility", {}), "history_visibility"),
        (member("@cem:kaz.test"), "member"),
        (member(ANN, "leave", before="join"), "member"),
    ],
)
async def test_a_change_of_the_room_is_told(
    server: FakeHomeserver, listener: Listener, changed: Event, what: str
) -> None:
    server.brings("s1", sync("s2", joined([changed])))
    listener.follow("s1")
    await listener.until("s2")
    assert [e.what for e in listener.events if isinstance(e, RoomChanged)] == [what]


async def test_a_tombstone_names_the_room_that_follows(
    server: FakeHomeserver, listener: Listener
) -> None:
    tombstone = state("m.room.tombstone", {"replacement_room": "!new:kaz.test"})
    server.brings("s1", sync("s2", joined([tombstone])))
    listener.follow("s1")
    await listener.until("s2")
    assert [e.replacement for e in listener.events if isinstance(e, Upgraded)] == ["!new:kaz.test"]


async def test_an_invitation_that_came_while_the_bot_was_down_is_honoured(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.brings(None, sync("s9", invited(is_direct=True)))
    server.brings("s1", sync("s2", {}))
    listener.follow("s1")
    await listener.until("s2")
    expected = Invitation(room_id=RoomId(ROOM), sender=UserId(ANN), direct=True)
    assert listener.invitations == [expected]


async def test_an_invitation_told_twice_is_one(server: FakeHomeserver, listener: Listener) -> None:
    server.brings(None, sync("s9", invited()))
    server.brings("s1", sync("s2", invited()))
    listener.follow("s1")
    await listener.until("s2")
    assert len(listener.invitations) == 1


async def test_nobody_can_invite_the_bot_into_a_space(
    server: FakeHomeserver, listener: Listener
) -> None:
    rooms = invited()
    space = {"type": "m.room.create", "state_key": "", "content": {"type": "m.space"}}
    rooms["invite"][ROOM]["invite_state"]["events"].append(space)
    server.brings("s1", sync("s2", rooms))
    listener.follow("s1")
    await listener.until("s2")
    assert listener.invitations == []


async def test_what_the_handler_raises_ends_the_run(
    server: FakeHomeserver, session: Session
) -> None:
    async def fails(batch: Batch) -> None:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await asyncio.wait_for(session.run("s1", fails), 5)


async def test_a_batch_that_failed_comes_again_with_the_same_event_ids(
    server: FakeHomeserver, listener: Listener
) -> None:
    server.brings("s1", sync("s2", joined([message("once"), event("m.odd", {})])))
    listener.follow("s1")
    await listener.until("s2")
    await listener.stop()
    before = list(listener.events)
    listener.batches.clear()
    listener.follow("s1")
    await listener.until("s2")
    assert (len(before), listener.events) == (1, before)
