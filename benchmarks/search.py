"""Measures a search among 100 000 solved tickets, and what it would take without an index.

    python -m benchmarks.search [--tickets 100000] [--rounds 40] [sqlite] [postgresql]

Each kind of search runs in turn by the index, by the table of words that the desk had before, and
by looking through all texts (LIKE); each as a transaction of its own, from what was typed to the
five finds as they are shown. The medians are compared. None of the others forgives a typing error.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.search_filling import Town, fill
from kaz_bot.domain.knowledge.finds import Viewer, Wish
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import RoomId, UserId
from kaz_bot.routing import words
from kaz_bot.seeking import seek
from kaz_bot.store import Store
from kaz_bot.store.engine import address_of, connect
from kaz_bot.store.tables import tickets
from tests.postgresql import Postgresql

LISTED = 5
MOST_MILLISECONDS = 50.0
TODAY = date(2026, 9, 30)
WARMING = 3


@dataclass(frozen=True)
class Asked:
    """What somebody types, as each round draws it anew."""

    town: Town
    draw: random.Random

    def rare(self) -> Wish:
        return Wish(words=self._rare())

    def frequent(self) -> Wish:
        return Wish(words="Vergabe")

    def frequent_ones(self) -> Wish:
        return Wish(words="Frist Vergabe Lizenzen")

    def three_of_one_ticket(self) -> Wish:
        return Wish(words=" ".join(self._of_a_ticket(3)))

    def sentence(self) -> Wish:
        """Words of a ticket, and some that it has not."""
        return Wish(words=" ".join([*self._of_a_ticket(4), self._rare(), self._rare(), "Vergabe"]))

    def mistyped(self) -> Wish:
        return Wish(words=self._mistyped(self._rare()))

    def two_mistyped(self) -> Wish:
        typed = [self._mistyped(word) for word in self._of_a_ticket(2)]
        return Wish(words=" ".join([*typed, "Vergabe"]))

    def unknown(self) -> Wish:
        return Wish(words=f"Qqxxyyzz{self.draw.randrange(10**6)}")

    def narrowed(self) -> Wish:
        return Wish(words="Vergabe", area=AreaKey("procurement"), since=date(2022, 1, 1))

    def _rare(self) -> str:
        """A word that some tickets have."""
        while True:
            word = self.draw.choice(self.town.typed)
            if word in self.town.known and 3 <= self.town.often[self.town.known[word].stem] <= 60:
                return word

    def _of_a_ticket(self, count: int) -> list[str]:
        question, answer = self.draw.choice(self.town.texts)
        several = [word for word in f"{question} {answer}".split() if len(word) > 6]
        return self.draw.sample(several, min(count, len(several)))

    def _mistyped(self, word: str) -> str:
        """With a letter left out."""
        at = self.draw.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1 :]


SEARCHES = (
    "rare",
    "frequent",
    "frequent_ones",
    "three_of_one_ticket",
    "sentence",
    "mistyped",
    "two_mistyped",
    "unknown",
    "narrowed",
)


class Desk:
    """A filled store, searched in three ways."""

    def __init__(self, url: str) -> None:
        self.store = Store(url)
        self._engine: AsyncEngine = connect(address_of(url))

    async def index(self, wish: Wish) -> None:
        viewer = Viewer(
            person=UserId("@asker7:kaz.test"),
            room_id=RoomId("!project7:kaz.test"),
            kind=RoomKind.PROJECT,
            encrypted=True,
        )
        async with self.store.work() as work:
            await seek(work, wish, viewer, today=TODAY, limit=LISTED)

    async def table(self, wish: Wish) -> None:
        async with self.store.work() as work:
            await work.search.find(words(wish.words), LISTED)

    async def like(self, wish: Wish) -> None:
        told = func.lower(tickets.c.question + " " + tickets.c.solution)
        sought = [told.contains(word.lower(), autoescape=True) for word in wish.words.split()]
        narrowed = [] if wish.area is None else [tickets.c.area == wish.area]
        newest = select(tickets).where(*sought, *narrowed).order_by(tickets.c.id.desc())
        async with self._engine.begin() as connection:
            (await connection.execute(newest.limit(LISTED))).all()

    async def close(self) -> None:
        await self.store.close()
        await self._engine.dispose()


async def seconds(act: Callable[[Wish], Awaitable[None]], wish: Wish) -> float:
    begun = time.perf_counter()
    await act(wish)
    return time.perf_counter() - begun


async def measure(kind: str, url: str, town: Town, rounds: int) -> bool:
    """Prints the medians side by side; whether a search by the index is fast enough."""
    begun = time.perf_counter()
    store = Store(url)
    await store.migrate()
    await store.close()
    await asyncio.to_thread(fill, address_of(url), town)
    print(f"{kind}: filled with {town.count:,} in {time.perf_counter() - begun:.0f} s", flush=True)
    desk = Desk(url)
    asked = Asked(town, random.Random(3))
    took: dict[str, dict[str, list[float]]] = {search: {} for search in SEARCHES}
    for turn in range(rounds + WARMING):
        for search in SEARCHES:
            wish: Wish = getattr(asked, search)()
            for way in ("index", "table", "like"):
                spent = await seconds(getattr(desk, way), wish)
                if turn >= WARMING:
                    took[search].setdefault(way, []).append(spent * 1000)
    await desk.close()
    return show(took)


def show(took: dict[str, dict[str, list[float]]]) -> bool:
    print(f"  {'milliseconds':22}{'index':>8}{'words':>9}{'LIKE':>9}{'ratio':>8}{'slowest':>9}")
    whole: dict[str, list[float]] = {}
    for search, ways in took.items():
        print(line(search, ways))
        for way, spent in ways.items():
            whole.setdefault(way, []).extend(spent)
    print(line("all of them", whole))
    return all(median(ways["index"]) <= MOST_MILLISECONDS for ways in (whole, *took.values()))


def line(name: str, ways: dict[str, list[float]]) -> str:
    """`ratio`: how many times longer it takes to look through all texts."""
    index, table, like = (median(ways[way]) for way in ("index", "table", "like"))
    slowest = max(ways["index"])
    return f"  {name:22}{index:8.1f}{table:9.1f}{like:9.1f}{like / index:8.1f}{slowest:9.1f}"


async def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    town = Town(given.tickets)
    passed = []
    with tempfile.TemporaryDirectory(prefix="kaz-benchmark-") as folder:
        if "sqlite" in given.kinds:
            url = f"sqlite:///{folder}/kaz.db"
            passed.append(await measure("SQLite", url, town, given.rounds))
        if "postgresql" in given.kinds:
            with Postgresql(Path(folder)) as server:
                url = server.url(server.create_database())
                passed.append(await measure("PostgreSQL", url, town, given.rounds))
    print(f"at most {MOST_MILLISECONDS:.0f} ms: {'yes' if all(passed) else 'no'}")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
