"""Measures whether a million tickets make the desk slower than a thousand.

    python -m benchmarks.store [--tickets 1000000] [--rounds 200] [sqlite] [postgresql]

Two databases of each kind are filled alike: one ticket in ten is active; each has two threads,
two letters, a post, two lines of trail and a seen event; an asker has 50 tickets, one of them a
tenth of all. Then each operation runs on both in turn, as a transaction of its own, and the
medians are compared. SQLite waits for the disk at each commit, as in production. PostgreSQL is
the server the tests start, which does not: so what is measured is what could grow.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.store_filling import AREAS, BUSY, TICKETS_PER_ASKER, fill
from kaz_bot.domain.letters import LetterKind, StoredLetter
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketId, TicketState
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.messages import EventId, LetterId, RoomId, UserId
from kaz_bot.store import Store, Work
from kaz_bot.store.engine import address_of
from tests.postgresql import Postgresql

FEW = 1_000
MOST_TIMES_SLOWER = 1.5
# What a list shows; also the smaller database has that many active tickets in each area.
PAGE = 10
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
SPECIALIST = UserId("@ann:kaz.test")
ROOM = RoomId("!room:kaz.test")
WARMING = 20


class Desk:
    """A filled store, and what people do with it."""

    def __init__(self, store: Store, tickets: int) -> None:
        self.store = store
        self.tickets = tickets
        self.draw = random.Random(tickets)
        self.new: list[Ticket] = []
        self.seconds: dict[str, list[float]] = {}

    async def prepare(self) -> None:
        async with self.store.work() as work:
            for area in range(AREAS):
                key = AreaKey(f"area{area}")
                self.new += await work.tickets.in_area(key, [TicketState.NEW], 100)

    async def list_area(self, work: Work) -> None:
        area = AreaKey(f"area{self.draw.randrange(AREAS)}")
        assert len(await work.tickets.in_area(area, ACTIVE, PAGE)) == PAGE

    async def claim(self, work: Work) -> None:
        place = self.draw.randrange(len(self.new))
        found = await work.tickets.get(self.new[place].id)
        saved = await work.tickets.save(found.claimed_by(SPECIALIST, NOW))
        await work.trail.add(
            TrailEntry(
                ticket_id=found.id, at=NOW, actor=SPECIALIST, event="claimed", state="claimed"
            )
        )
        self.new[place] = saved

    async def release(self) -> None:
        """Undoes the claim, so that there is always something to claim."""
        async with self.store.work() as work:
            for place, ticket in enumerate(self.new):
                if ticket.state is TicketState.CLAIMED:
                    self.new[place] = await work.tickets.save(ticket.released(NOW))

    async def find_by_number(self, work: Work) -> None:
        await work.tickets.get(TicketId(self.draw.randint(1, self.tickets)))

    async def find_by_asking_thread(self, work: Work) -> None:
        number = self.draw.randint(1, self.tickets)
        ticket = await work.tickets.get(TicketId(number))
        assert await work.threads.at(ticket.room_id, EventId(f"$q{number}")) is not None

    async def find_by_working_thread(self, work: Work) -> None:
        number = self.draw.randint(1, self.tickets)
        letter = await work.letters.get(LetterId(self.tickets + number))
        assert letter.room_id is not None
        assert letter.event_id is not None
        assert await work.threads.at(letter.room_id, letter.event_id) is not None

    async def find_by_asker(self, work: Work) -> None:
        asker = f"@asker{self.draw.randrange(self.tickets // TICKETS_PER_ASKER)}"
        await work.tickets.open_of(UserId(asker), PAGE)

    async def find_by_busy_asker(self, work: Work) -> None:
        assert await work.tickets.open_of(UserId(BUSY), PAGE)

    async def answer_an_event(self, work: Work) -> None:
        event = EventId(f"${self.draw.random()}")
        await work.seen.first_sight(event, ROOM, NOW)
        letter = await work.letters.add(
            StoredLetter(
                id=LetterId(0),
                txn_id="",
                kind=LetterKind.MESSAGE,
                room_id=ROOM,
                content={"body": "Guten Tag"},
                written_at=NOW,
            )
        )
        assert await work.letters.next_in(ROOM) == letter
        await work.letters.sent(letter.id, event, NOW)

    async def measure(self, operation: str) -> None:
        act = getattr(self, operation)
        begun = time.perf_counter()
        async with self.store.work() as work:
            await act(work)
        self.seconds.setdefault(operation, []).append(time.perf_counter() - begun)

    def median(self, operation: str) -> float:
        return median(self.seconds[operation])


OPERATIONS = (
    "list_area",
    "claim",
    "find_by_number",
    "find_by_asking_thread",
    "find_by_working_thread",
    "find_by_asker",
    "find_by_busy_asker",
    "answer_an_event",
)


async def filled(url: str, tickets: int) -> Desk:
    begun = time.perf_counter()
    store = Store(url)
    await store.migrate()
    await asyncio.to_thread(fill, address_of(url), tickets)
    desk = Desk(store, tickets)
    await desk.prepare()
    print(f"  filled with {tickets:>9,} tickets in {time.perf_counter() - begun:.0f} s", flush=True)
    return desk


async def compare(kind: str, urls: tuple[str, str], tickets: int, rounds: int) -> bool:
    """Prints the medians side by side; whether all stay within the limit."""
    print(kind, flush=True)
    small, large = await filled(urls[0], FEW), await filled(urls[1], tickets)
    # The first rounds only make the caches of both warm.
    for turn in range(rounds + WARMING):
        if turn == WARMING:
            small.seconds, large.seconds = {}, {}
        for operation in OPERATIONS:
            for desk in (small, large) if turn % 2 else (large, small):
                await desk.measure(operation)
        await small.release()
        await large.release()
    print(f"  {'milliseconds':24}{FEW:>12,}{tickets:>12,}{'ratio':>8}")
    ratios = []
    for operation in OPERATIONS:
        few, many = small.median(operation), large.median(operation)
        ratios.append(many / few)
        print(f"  {operation:24}{few * 1000:12.2f}{many * 1000:12.2f}{many / few:8.2f}")
    await small.store.close()
    await large.store.close()
    return max(ratios) <= MOST_TIMES_SLOWER


async def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    passed = []
    with tempfile.TemporaryDirectory(prefix="kaz-benchmark-") as folder:
        if "sqlite" in asked.kinds:
            urls = (f"sqlite:///{folder}/few.db", f"sqlite:///{folder}/many.db")
            passed.append(await compare("SQLite", urls, asked.tickets, asked.rounds))
        if "postgresql" in asked.kinds:
            with Postgresql(Path(folder)) as server:
                urls = (server.url(server.create_database()), server.url(server.create_database()))
                passed.append(await compare("PostgreSQL", urls, asked.tickets, asked.rounds))
    print(f"at most {MOST_TIMES_SLOWER} times slower: {'yes' if all(passed) else 'no'}")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
