"""Reminders follow a room that moves, and forget whoever is forgotten."""

from dataclasses import replace

import pytest

from kaz_bot.domain.reminders import Responsible
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, DIRECT, PROJECT, REMINDER, REMINDER_ENTRY, TICKET, after

NEWER = RoomId("!newer:kaz.test")
SOMEBODY = UserId("@erased-1:erased.invalid")


async def test_reminders_go_along_with_their_room(work: Work) -> None:
    moved = await work.reminders.add(
        replace(REMINDER, thread=EventId("$root"), about_event=EventId("$message"))
    )
    stays = await work.reminders.add(
        replace(REMINDER, room_id=DIRECT, thread=EventId("$root"), about_event=EventId("$message"))
    )
    await work.rooms.move(PROJECT, NEWER, after(1))
    # Its root and the message it points at stand in the old room, where nobody is any more.
    there = replace(moved, room_id=NEWER, thread=None, about_event=None, version=2)
    assert await work.reminders.open_in_room(NEWER) == [there]
    assert await work.reminders.open_in_room(PROJECT) == []
    assert await work.reminders.open_in_room(DIRECT) == [stays]
    assert await work.reminders.due(after(1), 9) == [there, stays]


async def test_a_forgotten_person_is_somebody_in_all_of_a_reminder(work: Work) -> None:
    named = await work.reminders.add(replace(REMINDER, owner=ANN, target=ANN), [ANN, BEK])
    await work.reminders.note(REMINDER_ENTRY)
    await work.people.rename(ANN, SOMEBODY)
    forgotten = await work.reminders.get(named.id)
    assert forgotten == replace(named, owner=SOMEBODY, target=SOMEBODY, version=forgotten.version)
    assert await work.reminders.people(named.id) == [
        Responsible(person=BEK),
        Responsible(person=SOMEBODY),
    ]
    assert await work.reminders.history(named.id, 9) == [replace(REMINDER_ENTRY, actor=SOMEBODY)]
    assert await work.people.known() == {BEK, SOMEBODY}


async def test_nobody_who_read_a_reminder_before_can_name_the_forgotten_again(work: Work) -> None:
    read = await work.reminders.add(replace(REMINDER, owner=ANN, target=None))
    await work.people.rename(ANN, SOMEBODY)
    with pytest.raises(StaleRecord):
        await work.reminders.save(read)


async def test_nobody_who_read_a_ticket_before_can_name_the_forgotten_again(work: Work) -> None:
    read = await work.tickets.add(replace(TICKET, asker=BEK, assignee=ANN))
    await work.people.rename(ANN, SOMEBODY)
    with pytest.raises(StaleRecord):
        await work.tickets.save(read)


async def test_nobody_who_read_them_before_can_put_them_back_into_the_old_room(work: Work) -> None:
    reminder, ticket = await work.reminders.add(REMINDER), await work.tickets.add(TICKET)
    await work.rooms.move(PROJECT, NEWER, after(1))
    with pytest.raises(StaleRecord):
        await work.reminders.save(reminder)
    with pytest.raises(StaleRecord):
        await work.tickets.save(ticket)


async def test_others_keep_their_names(work: Work) -> None:
    other = await work.reminders.add(replace(REMINDER, owner=BEK, target=None), [BEK])
    entry = replace(REMINDER_ENTRY, actor=BEK)
    await work.reminders.note(entry)
    await work.people.rename(ANN, SOMEBODY)
    assert await work.reminders.get(other.id) == other
    assert await work.reminders.people(other.id) == [Responsible(person=BEK)]
    assert await work.reminders.history(other.id, 9) == [entry]


async def test_whoever_is_named_but_in_a_reminder_is_known_too(work: Work) -> None:
    people = [UserId(f"@{name}:kaz.test") for name in ("owner", "target", "doer", "actor")]
    owner, target, doer, actor = people
    await work.reminders.add(replace(REMINDER, owner=owner, target=target), [doer])
    await work.reminders.note(replace(REMINDER_ENTRY, actor=actor))
    assert await work.people.known() == {*people}
