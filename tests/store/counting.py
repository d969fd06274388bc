"""Counts what SQLite has to do for a question, which is the same on every machine."""

from collections.abc import Awaitable, Callable

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from kaz_bot.store import Work
from kaz_bot.store.engine import address_of, connect


async def steps(url: str, act: Callable[[Work], Awaitable[object]]) -> int:
    """How many instructions SQLite's own machine runs for it."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    def watch(connection: DBAPIConnection, _record: object) -> None:
        connection.run_async(lambda driver: driver.set_progress_handler(step, 1))

    engine = connect(address_of(url))
    event.listen(engine.sync_engine, "connect", watch)
    async with engine.connect() as connection:
        begun = count
        await act(Work(connection))
        taken = count - begun
    await engine.dispose()
    return taken
