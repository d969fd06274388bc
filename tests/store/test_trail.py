"""The audit trail tells every change in order, also after a person was forgotten."""

from dataclasses import replace

from kaz_bot.messages import EventId, UserId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, ENTRY, TICKET, after

SOMEBODY = UserId("@erased-1:kaz.test")


async def test_changes_are_told_in_their_order(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    other = await work.tickets.add(TICKET)
    closed = replace(ENTRY, actor=None, event="closed", state="closed", at=after(1))
    await work.trail.add(replace(ENTRY, cause=EventId("$said"), details={"to": "standards"}))
    await work.trail.add(replace(ENTRY, ticket_id=other.id))
    await work.trail.add(closed)
    assert await work.trail.of(ticket.id) == [
        replace(ENTRY, cause=EventId("$said"), details={"to": "standards"}),
        closed,
    ]


async def test_a_forgotten_person_is_somebody_who_did_and_to_whom_was_done(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    await work.trail.add(ENTRY)
    await work.trail.add(
        replace(ENTRY, actor=BEK, details={"to": ANN, "from": "@ann:kaz.test.org"})
    )
    await work.trail.pseudonymise(ANN, SOMEBODY)
    assert await work.trail.of(ticket.id) == [
        replace(ENTRY, actor=SOMEBODY),
        replace(ENTRY, actor=BEK, details={"to": SOMEBODY, "from": "@ann:kaz.test.org"}),
    ]
