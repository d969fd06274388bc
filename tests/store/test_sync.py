"""What the sync brings takes effect once, and nothing unreadable is forgotten."""

from dataclasses import replace

from kaz_bot.messages import EventId
from kaz_bot.store import Work
from tests.store.records import NOON, PROJECT, UNDECRYPTABLE, after

SAID = EventId("$said")
LATER = replace(UNDECRYPTABLE, event_id=EventId("$later"), session_id="other")


async def test_an_event_is_seen_for_the_first_time_once(work: Work) -> None:
    assert await work.seen.first_sight(SAID, PROJECT, NOON)
    assert not await work.seen.first_sight(SAID, PROJECT, after(1))


async def test_only_what_is_old_enough_is_forgotten(work: Work) -> None:
    await work.seen.first_sight(SAID, PROJECT, NOON)
    await work.seen.first_sight(EventId("$later"), PROJECT, after(1))
    assert await work.seen.purge(after(1)) == 1
    assert not await work.seen.first_sight(EventId("$later"), PROJECT, after(2))


async def test_reading_goes_on_where_it_ended(work: Work) -> None:
    assert await work.checkpoint.get("KAZ") is None
    await work.checkpoint.save("s1", "KAZ")
    await work.checkpoint.save("s2", "KAZ")
    assert await work.checkpoint.get("KAZ") == "s2"


async def test_a_new_device_does_not_go_on_where_another_ended(work: Work) -> None:
    await work.checkpoint.save("s1", "OLD")
    assert await work.checkpoint.get("NEW") is None


async def test_an_unreadable_message_is_kept_once(work: Work) -> None:
    assert await work.undecrypted.add(UNDECRYPTABLE, NOON)
    assert not await work.undecrypted.add(UNDECRYPTABLE, after(1))
    assert await work.undecrypted.all() == [UNDECRYPTABLE]


async def test_a_key_opens_the_messages_of_its_session(work: Work) -> None:
    await work.undecrypted.add(LATER, NOON)
    await work.undecrypted.add(UNDECRYPTABLE, NOON)
    assert await work.undecrypted.of_sessions({"session"}) == [UNDECRYPTABLE]
    assert await work.undecrypted.of_sessions(set()) == []


async def test_messages_come_back_in_the_order_they_came(work: Work) -> None:
    await work.undecrypted.add(LATER, after(1))
    await work.undecrypted.add(UNDECRYPTABLE, NOON)
    assert await work.undecrypted.all() == [UNDECRYPTABLE, LATER]


async def test_a_sender_is_asked_once_and_not_too_early(work: Work) -> None:
    await work.undecrypted.add(UNDECRYPTABLE, NOON)
    await work.undecrypted.add(LATER, after(5))
    assert await work.undecrypted.unasked(after(5)) == [UNDECRYPTABLE]
    await work.undecrypted.asked([UNDECRYPTABLE.event_id], after(5))
    assert await work.undecrypted.unasked(after(5)) == []


async def test_what_is_read_or_given_up_is_gone(work: Work) -> None:
    await work.undecrypted.add(UNDECRYPTABLE, NOON)
    await work.undecrypted.add(LATER, after(5))
    await work.undecrypted.remove(LATER.event_id)
    assert await work.undecrypted.all() == [UNDECRYPTABLE]
    assert await work.undecrypted.purge(after(1)) == 1
    assert await work.undecrypted.all() == []
