"""Solved and open questions are found by their words, and by no more of them than is fair."""

from dataclasses import replace

import pytest

from kaz_bot.domain.tickets import Ticket, TicketState
from kaz_bot.store import Work
from kaz_bot.store import search as limits
from tests.store.records import ANN, SECURITY, SOLVED, STANDARDS, TICKET, after


async def indexed(work: Work, *found: Ticket) -> None:
    """Let one word lead to all of them."""
    for ticket in found:
        await work.search.index(ticket.id, ["schlüssel"])


async def test_the_ticket_with_most_of_the_words_comes_first(work: Work) -> None:
    one = await work.tickets.add(SOLVED)
    both = await work.tickets.add(SOLVED)
    newer = await work.tickets.add(SOLVED)
    await work.search.index(one.id, ["schlüssel"])
    await work.search.index(both.id, ["schlüssel", "tür"])
    await work.search.index(newer.id, ["tür"])
    assert await work.search.find(["schlüssel", "tür"], limit=9) == [both, newer, one]
    assert await work.search.find(["schlüssel", "tür"], limit=1) == [both]


async def test_without_words_nothing_is_found(work: Work) -> None:
    assert await work.search.find([], limit=9) == []
    assert await work.search.find(["unbekannt"], limit=9) == []


async def test_a_ticket_is_found_by_its_latest_words_only(work: Work) -> None:
    ticket = await work.tickets.add(SOLVED)
    await work.search.index(ticket.id, ["alt", "alt"])
    await work.search.index(ticket.id, ["neu"])
    assert await work.search.find(["alt"], limit=9) == []
    assert await work.search.find(["neu"], limit=9) == [ticket]


async def test_a_removed_ticket_is_not_found(work: Work) -> None:
    ticket = await work.tickets.add(SOLVED)
    await work.search.index(ticket.id, ["schlüssel"])
    await work.search.remove(ticket.id)
    assert await work.search.find(["schlüssel"], limit=9) == []


async def test_a_confidential_ticket_is_not_found_even_if_indexed(work: Work) -> None:
    ticket = await work.tickets.add(replace(SOLVED, confidential=True))
    await work.search.index(ticket.id, ["schlüssel"])
    assert await work.search.find(["schlüssel"], limit=9) == []


async def test_a_rare_word_finds_what_a_common_word_has_long_left_behind(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CANDIDATES_PER_WORD", 1)
    old = await work.tickets.add(SOLVED)
    new = await work.tickets.add(SOLVED)
    await work.search.index(old.id, ["antrag", "drohne"])
    await work.search.index(new.id, ["antrag"])
    assert await work.search.find(["antrag"], limit=9) == [new]
    assert await work.search.find(["antrag", "drohne"], limit=9) == [old, new]


async def test_of_a_long_text_only_the_first_words_are_sought(work: Work) -> None:
    ticket = await work.tickets.add(SOLVED)
    await work.search.index(ticket.id, ["17"])
    assert await work.search.find(map(str, range(1, 17)), limit=9) == []
    assert await work.search.find(map(str, range(2, 18)), limit=9) == [ticket]


@pytest.mark.parametrize(
    "ticket",
    [
        TICKET,
        replace(TICKET, state=TicketState.WITHDRAWN),
        replace(SOLVED, solution=""),
        replace(SOLVED, state=TicketState.CLAIMED),
    ],
)
async def test_what_is_not_solved_is_no_solved_question(work: Work, ticket: Ticket) -> None:
    unsolved = await work.tickets.add(ticket)
    await work.search.index(unsolved.id, ["schlüssel"])
    assert await work.search.find(["schlüssel"], limit=9) == []


async def test_open_questions_do_not_push_out_solved_ones(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CANDIDATES_PER_WORD", 1)
    solved = await work.tickets.add(SOLVED)
    await indexed(work, solved, await work.tickets.add(TICKET), await work.tickets.add(TICKET))
    assert await work.search.find(["schlüssel"], limit=9) == [solved]


async def test_open_questions_are_found_in_their_area(work: Work) -> None:
    new = await work.tickets.add(TICKET)
    claimed = await work.tickets.add(TICKET.claimed_by(ANN, after(1)))
    elsewhere = await work.tickets.add(replace(TICKET, area=STANDARDS))
    await indexed(work, new, claimed, elsewhere)
    await work.search.index(new.id, ["schlüssel", "tür"])
    assert await work.search.find_open(["schlüssel", "tür"], SECURITY, limit=9) == [new, claimed]
    assert await work.search.find_open(["schlüssel", "tür"], SECURITY, limit=1) == [new]
    assert await work.search.find_open(["schlüssel"], STANDARDS, limit=9) == [elsewhere]


async def test_what_is_done_merged_or_confidential_is_no_open_question(work: Work) -> None:
    lead = await work.tickets.add(TICKET)
    merged = (await work.tickets.add(TICKET)).merged(lead, after(1))
    others = (SOLVED, TICKET.withdrawn(after(1)), replace(TICKET, confidential=True))
    stored = [await work.tickets.save(merged), *[await work.tickets.add(one) for one in others]]
    await indexed(work, *stored)
    assert await work.search.find_open(["schlüssel"], SECURITY, limit=9) == []


async def test_of_a_state_the_newest_are_candidates(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CANDIDATES_PER_STATE", 1)
    claimed = await work.tickets.add(TICKET.claimed_by(ANN, after(1)))
    old, new = await work.tickets.add(TICKET), await work.tickets.add(TICKET)
    await indexed(work, claimed, old, new)
    assert await work.search.find_open(["schlüssel"], SECURITY, limit=9) == [new, claimed]
