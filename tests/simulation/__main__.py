"""Writes a simulated year into a database to look at: `python -m tests.simulation FOLDER YEAR`."""

import asyncio
import sys
from pathlib import Path

from kaz_bot.store import Store
from tests.simulation.year import write_year


async def main(folder: Path, year: int) -> None:
    """A SQLite file with the name that a bot gives its own, in a folder that is there."""
    file = folder / "kaz.sqlite3"
    store = Store(f"sqlite:///{file}")
    await store.migrate()
    written = await write_year(store, year)
    await store.close()
    sys.stdout.write(f"{len(written.ledgers)} tickets of {year} in {file}\n")


if __name__ == "__main__":
    [place, year] = sys.argv[1:]
    asyncio.run(main(Path(place), int(year)))
