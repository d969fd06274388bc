"""For which municipality a room or a person asks is kept once, goes along, and is forgotten."""

from dataclasses import replace

import pytest

from kaz_bot.domain.municipalities import Affiliation, MunicipalityKey
from kaz_bot.domain.tickets import TicketState
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId
from kaz_bot.store import Work
from tests.store.records import ANN, BEK, DIRECT, NOON, PROJECT, TICKET, after

PM, OHV = MunicipalityKey("12069"), MunicipalityKey("12065")
NEXT = RoomId("!next:kaz.test")


async def bound(work: Work, affiliation: Affiliation, to: MunicipalityKey) -> Affiliation:
    return await work.affiliations.save(affiliation.bound_to(to, after(1)))


async def test_a_room_and_a_person_ask_for_what_they_said(work: Work) -> None:
    room = await bound(work, await work.affiliations.room(PROJECT, NOON), PM)
    ann = await bound(work, await work.affiliations.person(ANN, NOON), OHV)
    assert await work.affiliations.of_room(PROJECT) == room
    assert await work.affiliations.of_person(ANN) == ann
    assert (room.municipality, ann.municipality) == (PM, OHV)


async def test_of_whom_nobody_knows_there_is_nothing(work: Work) -> None:
    await bound(work, await work.affiliations.room(PROJECT, NOON), PM)
    assert await work.affiliations.of_room(NEXT) is None is await work.affiliations.of_person(ANN)


async def test_an_answer_is_awaited_from_the_question_until_anything_is_said(work: Work) -> None:
    blank = await work.affiliations.room(PROJECT, NOON)
    asked = await work.affiliations.save(blank.asked(after(1)))
    kept = await work.affiliations.room(PROJECT, after(2))
    none = await work.affiliations.save(kept.bound_to(None, after(2)))
    assert [one.awaits_answer for one in (blank, asked, kept, none)] == [False, True, True, False]


async def test_of_two_who_say_it_at_once_the_second_is_told(work: Work) -> None:
    read = await bound(work, await work.affiliations.room(PROJECT, NOON), PM)
    await bound(work, read, OHV)
    with pytest.raises(StaleRecord):
        await bound(work, read, PM)


async def test_an_upgraded_room_asks_for_the_same(work: Work) -> None:
    await bound(work, await work.affiliations.room(PROJECT, NOON), PM)
    await work.rooms.move(PROJECT, NEXT, after(2))
    moved = await work.affiliations.of_room(NEXT)
    assert moved is not None
    assert (moved.municipality, await work.affiliations.of_room(PROJECT)) == (PM, None)


async def test_what_was_said_in_the_new_room_already_stays(work: Work) -> None:
    await bound(work, await work.affiliations.room(PROJECT, NOON), PM)
    newer = await bound(work, await work.affiliations.room(NEXT, NOON), OHV)
    await work.rooms.move(PROJECT, NEXT, after(2))
    assert await work.affiliations.of_room(NEXT) == newer


async def test_a_person_is_forgotten_and_no_other(work: Work) -> None:
    await bound(work, await work.affiliations.person(ANN, NOON), PM)
    bek = await bound(work, await work.affiliations.person(BEK, NOON), OHV)
    assert await work.people.known() == {ANN, BEK}
    await work.affiliations.forget(ANN)
    assert await work.affiliations.of_person(ANN) is None
    assert await work.affiliations.of_person(BEK) == bek
    assert await work.people.known() == {BEK}


async def test_a_ticket_keeps_for_whom_it_was_asked(work: Work) -> None:
    ticket = await work.tickets.add(replace(TICKET, municipality=PM))
    assert (await work.tickets.get(ticket.id)).municipality == PM


async def test_what_has_not_ended_in_a_room_is_listed(work: Work) -> None:
    first = await work.tickets.add(TICKET)
    await work.tickets.add(replace(TICKET, room_id=DIRECT))
    await work.tickets.add(replace(TICKET, state=TicketState.CLOSED))
    resolved = await work.tickets.add(replace(TICKET, state=TicketState.RESOLVED))
    assert await work.tickets.open_in(PROJECT) == [first, resolved]
