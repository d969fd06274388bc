"""What the desk does all day takes SQLite as many steps with many tickets as with few."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.store_filling import BUSY, fill
from kaz_bot.domain.posts import PostId
from kaz_bot.domain.threads import ThreadId
from kaz_bot.domain.tickets import ACTIVE, AreaKey, TicketId, TicketState
from kaz_bot.messages import EventId, LetterId, RoomId, UserId
from kaz_bot.store import Store, Work
from kaz_bot.store import search as limits
from kaz_bot.store.engine import address_of
from tests.store.counting import steps
from tests.store.records import ANN, DIRECT, NOON, POST, PROJECT, after

FEW, MANY = 2_000, 20_000
AREA = AreaKey("area1")
SPECIALIST = UserId("@specialist1")
TICKET = TicketId(7)
# Every ticket is found by the first of them, every seventh by the second.
SOUGHT = ("schlüssel", "keller", "unbekannt")


async def claim(work: Work) -> None:
    (found,) = await work.tickets.in_area(AREA, [TicketState.NEW], limit=1)
    await work.tickets.save(found.claimed_by(ANN, NOON))


async def find_by_letter(work: Work) -> None:
    letter = await work.letters.get(LetterId(7))
    assert letter.room_id is not None
    assert letter.event_id is not None
    await work.letters.by_event(letter.event_id)
    await work.threads.at(letter.room_id, letter.event_id)


async def resolved_together(work: Work) -> None:
    await work.tickets.resolved_with(replace(await work.tickets.get(TICKET), resolved_at=NOON))


OPERATIONS: dict[str, Callable[[Work], Awaitable[object]]] = {
    "claiming": claim,
    "a ticket by its number": lambda work: work.tickets.get(TICKET),
    "a page of an area": lambda work: work.tickets.in_area(AREA, ACTIVE, limit=5, offset=5),
    "what a specialist has": lambda work: work.tickets.of_assignee(SPECIALIST, limit=2),
    "what a busy asker has open": lambda work: work.tickets.open_of(UserId(BUSY), limit=5),
    "a ticket's clock": lambda work: work.clocks.get(TICKET),
    "the clocks that are due": lambda work: work.clocks.due(NOON, limit=5),
    "what is overdue": lambda work: work.clocks.overdue_in(AREA, NOON, limit=5),
    "who follows": lambda work: work.tickets.followers(TICKET),
    "whom a post answered": lambda work: work.tickets.answered_by(POST),
    "solved questions with these words": lambda work: work.search.find(SOUGHT, limit=40),
    "who was resolved with it": resolved_together,
    "what to close": lambda work: work.tickets.resolved_before(after(0), limit=5),
    "what to erase": lambda work: work.tickets.ended_before(after(0), confidential=False, limit=5),
    "a thread by its message": lambda work: work.threads.at(RoomId("!project1"), EventId("$q7")),
    "a thread by its letter": find_by_letter,
    "the threads of a ticket": lambda work: work.threads.of(TICKET),
    "leaving a thread": lambda work: work.threads.leave(ThreadId(7)),
    "the posts of an event": lambda work: work.posts.by_event(EventId("$q7")),
    "the posts of a ticket": lambda work: work.posts.of(TICKET),
    "the trail of a ticket": lambda work: work.trail.of(TICKET),
    "the letters of a ticket": lambda work: work.letters.of_ticket(TICKET),
    "the letters of a post": lambda work: work.letters.carrying(PostId(7)),
    "the letters about a letter": lambda work: work.letters.editing(LetterId(7)),
    "the next letter": lambda work: work.letters.next_in("!project1"),
    "marking a letter": lambda work: work.letters.sent(LetterId(7), EventId("$1"), NOON),
    "an echo": lambda work: work.letters.confirm("kaz", EventId("$1"), NOON),
    "who waits": lambda work: work.letters.lanes(),
    "finding a chat": lambda work: work.letters.settle(ANN, DIRECT),
    "what was rejected": lambda work: work.letters.rejected_unreported(),
    "how full the outbox is": lambda work: work.letters.counts(),
    "a new event": lambda work: work.seen.first_sight(EventId("$new"), PROJECT, NOON),
}


async def filled(file: Path, tickets: int) -> str:
    url = f"sqlite:///{file}"
    store = Store(url)
    await store.migrate()
    await store.close()
    fill(address_of(url), tickets)
    store = Store(url)
    async with store.work() as work:
        for number in range(1, tickets + 1):
            await work.search.index(TicketId(number), SOUGHT[: 1 if number % 7 else 2])
    await store.close()
    return url


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> str:
    return asyncio.run(filled(tmp_path_factory.mktemp("few") / "kaz.db", FEW))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    return asyncio.run(filled(tmp_path_factory.mktemp("many") / "kaz.db", MANY))


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_it_takes_as_many_steps_as_with_few_tickets(
    few: str, many: str, operation: str
) -> None:
    act = OPERATIONS[operation]
    assert 0 < await steps(many, act) <= 1.5 * await steps(few, act)


async def test_however_many_are_open_so_many_are_compared(
    few: str, many: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Fewer than an area of the smaller database has open.
    monkeypatch.setattr(limits, "CANDIDATES_PER_STATE", 5)

    async def act(work: Work) -> None:
        await work.search.find_open(SOUGHT, AREA, limit=40)

    assert 0 < await steps(many, act) <= 1.5 * await steps(few, act)
