"""A message in a thread leads to the ticket the thread belongs to."""

from dataclasses import replace

from kaz_bot.domain.threads import Side, ThreadId
from kaz_bot.messages import EventId, RoomId
from kaz_bot.store import Work
from tests.store.records import DIRECT, LETTER, NOON, PROJECT, THREAD, TICKET

ROOT = EventId("$root")


async def test_the_threads_of_a_ticket_are_listed_as_they_came(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    other = await work.tickets.add(TICKET)
    root = await work.letters.add(LETTER)
    asked = await work.threads.add(replace(THREAD, root_event=ROOT))
    worked_on = await work.threads.add(replace(THREAD, side=Side.AREA, root_letter=root.id))
    await work.threads.add(replace(THREAD, ticket_id=other.id))
    assert worked_on.id == ThreadId(2)
    assert await work.threads.of(ticket.id) == [asked, worked_on]


async def test_a_thread_is_found_by_the_message_it_hangs_on(work: Work) -> None:
    await work.tickets.add(TICKET)
    thread = await work.threads.add(replace(THREAD, root_event=ROOT))
    assert await work.threads.at(PROJECT, ROOT) == thread


async def test_a_thread_is_found_by_the_letter_it_hangs_on_once_that_is_sent(work: Work) -> None:
    await work.tickets.add(TICKET)
    root = await work.letters.add(LETTER)
    thread = await work.threads.add(replace(THREAD, root_letter=root.id))
    assert await work.threads.at(PROJECT, ROOT) is None
    await work.letters.sent(root.id, ROOT, NOON)
    assert await work.threads.at(PROJECT, ROOT) == thread


async def test_the_same_message_in_another_room_is_no_thread(work: Work) -> None:
    await work.tickets.add(TICKET)
    await work.threads.add(replace(THREAD, root_event=ROOT))
    assert await work.threads.at(RoomId("!other:kaz.test"), ROOT) is None


async def test_of_several_tickets_in_a_thread_the_newest_counts(work: Work) -> None:
    await work.tickets.add(TICKET)
    newest = await work.tickets.add(TICKET)
    await work.threads.add(replace(THREAD, root_event=ROOT))
    thread = await work.threads.add(replace(THREAD, ticket_id=newest.id, root_event=ROOT))
    assert await work.threads.at(PROJECT, ROOT) == thread


async def test_a_thread_left_behind_still_belongs_to_its_ticket(work: Work) -> None:
    await work.tickets.add(TICKET)
    thread = await work.threads.add(replace(THREAD, root_event=ROOT))
    await work.threads.leave(thread.id)
    assert await work.threads.at(PROJECT, ROOT) == replace(thread, current=False)


async def test_a_thread_of_a_person_is_in_their_chat_once_that_is_known(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    thread = await work.threads.add(replace(THREAD, room_id=None, person=TICKET.asker))
    await work.letters.settle(TICKET.asker, DIRECT)
    assert await work.threads.of(ticket.id) == [replace(thread, room_id=DIRECT)]
