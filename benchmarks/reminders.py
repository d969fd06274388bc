"""Measures whether a million pending reminders make a tick slower than a thousand.

    python -m benchmarks.reminders [--reminders 1000000] [--rounds 30] [sqlite] [postgresql]

Two databases of each kind are filled alike: of ten reminders eight are due once, one each week and
one is a deadline of somebody; all lie ahead. Then, on both in turn, a hundred of them fall due,
drawn from all, and the clock ticks: the job finds them, tells of them, saves them and writes a
message for each, in one transaction of the real dispatcher. Nothing is sent. Also measured is the
tick that finds nothing due, which is what happens nearly every second. SQLite waits for the disk at
each commit, as in production; PostgreSQL is the server the tests start, which does not.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine, func, select, update

from benchmarks.reminders_filling import ZONE, fill
from kaz_bot.dispatcher import Dispatcher
from kaz_bot.domain.ladders import Ladder
from kaz_bot.domain.letters import LetterKind
from kaz_bot.domain.reminders import ReminderState, Told, wall_of
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.routing import Router
from kaz_bot.store.engine import address_of
from kaz_bot.store.tables import letters
from kaz_bot.store.tables_of_time import reminders
from kaz_bot.texts import Texts
from tests.desk import SETTINGS, DeskAtWork, furnish
from tests.postgresql import Postgresql

FEW = 1_000
DUE = 100
MOST_TIMES_SLOWER = 2.0
WARMING = 5
IDLE_PER_ROUND = 10
DRIVERS = {"sqlite+aiosqlite": "sqlite", "postgresql+psycopg": "postgresql+psycopg"}
FAR_AWAY = timedelta(days=3650)


class Office:
    """A filled store, and the desk that ticks over it."""

    def __init__(self, url: str, count: int) -> None:
        self._count = count
        self._draw = random.Random(count)
        self._desk = DeskAtWork(url, SETTINGS, Router.shipped(), Texts())
        address = address_of(url)
        self._engine = create_engine(address.set(drivername=DRIVERS[address.drivername]))
        working = SETTINGS.working_time
        self._job = Reminding(Ladder(working=working), working.days)
        self._dispatcher = Dispatcher(
            store=self._desk.store,
            homeserver=self._desk.homeserver,
            texts=Texts(),
            desk=self._desk.desk,
            clock=self._desk.clock,
            device="DEVICE",
            written=_nothing_is_sent,
        )
        self.due: list[float] = []
        self.idle: list[float] = []

    async def migrates(self) -> None:
        await self._desk.store.migrate()

    async def opens(self) -> None:
        await furnish(self._desk)

    async def measure(self) -> None:
        """A tick with a hundred due, and some with none; afterwards all lie ahead again."""
        self._desk.clock.advance(seconds=1)
        before = self._told_of()
        drawn = self._draw.sample(range(1, self._count + 1), DUE)
        self._put(drawn, self._desk.clock.now())
        self.due.append(await self._tick())
        assert self._told_of() == before + DUE
        self._put(drawn, self._desk.clock.now() + FAR_AWAY)
        for _ in range(IDLE_PER_ROUND):
            self._desk.clock.advance(seconds=1)
            self.idle.append(await self._tick())
        assert self._told_of() == before + DUE

    async def closes(self) -> None:
        await self._desk.closes()
        self._engine.dispose()

    async def _tick(self) -> float:
        begun = time.perf_counter()
        await self._dispatcher.tick(self._job)
        return time.perf_counter() - begun

    def _told_of(self) -> int:
        """How many messages were written; the reactions offered on them are letters too."""
        messages = select(func.count()).where(letters.c.kind == LetterKind.MESSAGE)
        with self._engine.connect() as connection:
            return connection.scalar(messages) or 0

    def _put(self, drawn: list[int], due: datetime) -> None:
        """Due then, and nothing told of it yet."""
        with self._engine.begin() as connection:
            connection.execute(
                update(reminders)
                .where(reminders.c.id.in_(drawn))
                .values(
                    state=ReminderState.OPEN,
                    due_at=due,
                    wall=wall_of(due, ZONE),
                    next_at=due,
                    told=Told.NOTHING,
                    told_at=None,
                )
            )


async def _nothing_is_sent() -> None:
    return None


async def filled(url: str, count: int) -> Office:
    begun = time.perf_counter()
    office = Office(url, count)
    await office.migrates()
    await asyncio.to_thread(fill, address_of(url), count)
    await office.opens()
    seconds = time.perf_counter() - begun
    print(f"  filled with {count:>9,} reminders in {seconds:.0f} s", flush=True)
    return office


async def compare(kind: str, urls: tuple[str, str], count: int, rounds: int) -> bool:
    """Prints the medians side by side; whether both stay within the limit."""
    print(kind, flush=True)
    small, large = await filled(urls[0], FEW), await filled(urls[1], count)
    # The first rounds only make the caches of both warm.
    for turn in range(rounds + WARMING):
        if turn == WARMING:
            for office in (small, large):
                office.due, office.idle = [], []
        for office in (small, large) if turn % 2 else (large, small):
            await office.measure()
    print(f"  {'milliseconds of a tick':24}{FEW:>12,}{count:>12,}{'ratio':>8}")
    ratios = [
        _told(f"{DUE} due", small.due, large.due),
        _told("nothing due", small.idle, large.idle),
    ]
    await small.closes()
    await large.closes()
    return max(ratios) <= MOST_TIMES_SLOWER


def _told(what: str, few: list[float], many: list[float]) -> float:
    ratio = median(many) / median(few)
    print(f"  {what:24}{median(few) * 1000:12.2f}{median(many) * 1000:12.2f}{ratio:8.2f}")
    return ratio


async def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--reminders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    asked = parser.parse_args()
    passed = []
    with tempfile.TemporaryDirectory(prefix="kaz-benchmark-") as folder:
        if "sqlite" in asked.kinds:
            urls = (f"sqlite:///{folder}/few.db", f"sqlite:///{folder}/many.db")
            passed.append(await compare("SQLite", urls, asked.reminders, asked.rounds))
        if "postgresql" in asked.kinds:
            with Postgresql(Path(folder)) as server:
                urls = (server.url(server.create_database()), server.url(server.create_database()))
                passed.append(await compare("PostgreSQL", urls, asked.reminders, asked.rounds))
    print(f"at most {MOST_TIMES_SLOWER:.0f} times slower: {'yes' if all(passed) else 'no'}")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
