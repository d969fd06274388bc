"""Solved questions are found by their words, and by no more of them than is fair."""

from dataclasses import replace

import pytest

from kaz_bot.store import Work
from kaz_bot.store import search as limits
from tests.store.records import TICKET


async def test_the_ticket_with_most_of_the_words_comes_first(work: Work) -> None:
    one = await work.tickets.add(TICKET)
    both = await work.tickets.add(TICKET)
    newer = await work.tickets.add(TICKET)
    await work.search.index(one.id, ["schlüssel"])
    await work.search.index(both.id, ["schlüssel", "tür"])
    await work.search.index(newer.id, ["tür"])
    assert await work.search.find(["schlüssel", "tür"], limit=9) == [both, newer, one]
    assert await work.search.find(["schlüssel", "tür"], limit=1) == [both]


async def test_without_words_nothing_is_found(work: Work) -> None:
    assert await work.search.find([], limit=9) == []
    assert await work.search.find(["unbekannt"], limit=9) == []


async def test_a_ticket_is_found_by_its_latest_words_only(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    await work.search.index(ticket.id, ["alt", "alt"])
    await work.search.index(ticket.id, ["neu"])
    assert await work.search.find(["alt"], limit=9) == []
    assert await work.search.find(["neu"], limit=9) == [ticket]


async def test_a_removed_ticket_is_not_found(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    await work.search.index(ticket.id, ["schlüssel"])
    await work.search.remove(ticket.id)
    assert await work.search.find(["schlüssel"], limit=9) == []


async def test_a_confidential_ticket_is_not_found_even_if_indexed(work: Work) -> None:
    ticket = await work.tickets.add(replace(TICKET, confidential=True))
    await work.search.index(ticket.id, ["schlüssel"])
    assert await work.search.find(["schlüssel"], limit=9) == []


async def test_a_rare_word_finds_what_a_common_word_has_long_left_behind(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CANDIDATES_PER_WORD", 1)
    old = await work.tickets.add(TICKET)
    new = await work.tickets.add(TICKET)
    await work.search.index(old.id, ["antrag", "drohne"])
    await work.search.index(new.id, ["antrag"])
    assert await work.search.find(["antrag"], limit=9) == [new]
    assert await work.search.find(["antrag", "drohne"], limit=9) == [old, new]


async def test_of_a_long_text_only_the_first_words_are_sought(work: Work) -> None:
    ticket = await work.tickets.add(TICKET)
    await work.search.index(ticket.id, ["17"])
    assert await work.search.find(map(str, range(1, 17)), limit=9) == []
    assert await work.search.find(map(str, range(2, 18)), limit=9) == [ticket]
