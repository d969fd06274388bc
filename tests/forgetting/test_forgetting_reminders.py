"""Forgetting takes names out of reminders, as far as nobody has to be called any more."""

from dataclasses import replace

import pytest

from kaz_bot.domain.reminders import Reminder
from kaz_bot.domain.tickets import Ticket
from kaz_bot.errors import StaleRecord
from kaz_bot.forgetting import forget_ticket, forget_user
from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Store, Work
from tests.forgetting.desk import new_ticket
from tests.store.records import ANN, BEK, REMINDER, REMINDER_ENTRY, after

NOBODY = UserId("@erased:erased.invalid")
CAUSE = EventId("$remind")


async def new_reminder(work: Work, ticket: Ticket) -> Reminder:
    """Ann wants Bek to be reminded; both have to do it."""
    added = await work.reminders.add(
        replace(REMINDER, owner=ANN, target=BEK, about_author=BEK, ticket_id=ticket.id), [ANN, BEK]
    )
    await work.reminders.note(replace(REMINDER_ENTRY, reminder_id=added.id, cause=CAUSE))
    return added


async def test_nobody_is_named_in_what_has_ended_on_a_forgotten_ticket(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        standing = await new_reminder(work, ticket)
        await work.reminders.save(standing.cancelled(after(1)))
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        found = await work.reminders.get(standing.id)
        people = await work.reminders.people(standing.id)
        history = await work.reminders.caused_by(CAUSE)
    assert (found.owner, found.target, found.about_author) == (NOBODY, NOBODY, None)
    assert people == []
    assert [entry.actor for entry in history] == [NOBODY]


async def test_what_still_stands_on_it_still_calls_whom_it_should(store: Store) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work)
        standing = await new_reminder(work, ticket)
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        found = await work.reminders.get(standing.id)
        people = await work.reminders.people(standing.id)
        history = await work.reminders.caused_by(CAUSE)
    assert (found.owner, found.target, found.about) == (ANN, BEK, "")
    assert [one.person for one in people] == [ANN, BEK]
    assert [entry.actor for entry in history] == [NOBODY]


async def test_reminders_on_other_tickets_keep_their_names(store: Store) -> None:
    async with store.work() as work:
        ticket, other = await new_ticket(work), await new_ticket(work)
        ended = await work.reminders.save((await new_reminder(work, other)).cancelled(after(1)))
        await forget_ticket(work, ticket, after(2))
    async with store.work() as work:
        assert await work.reminders.get(ended.id) == ended
        assert [entry.actor for entry in await work.reminders.caused_by(CAUSE)] == [ANN]


async def test_who_has_read_a_name_before_it_was_forgotten_cannot_put_it_back(
    store: Store,
) -> None:
    async with store.work() as work:
        ticket = await new_ticket(work, BEK)
        read = await new_reminder(work, ticket)
        await forget_user(work, ANN, after(2))
    async with store.work() as work:
        with pytest.raises(StaleRecord):
            await work.reminders.save(read)
