"""Opens the database for one command, and says so if it is not fit for it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.errors import DatabaseError
from kaz_bot.matrix.files import make_folder
from kaz_bot.store import Store

_SQLITE = "sqlite+aiosqlite:///"


def is_to_be_made(url: str) -> bool:
    """Whether there is no database yet: to open one of SQLite would make its file."""
    return url.startswith(_SQLITE) and not Path(url.removeprefix(_SQLITE)).exists()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The store with the present schema; DatabaseError if it has another, or none."""
    store = Store(settings.database_url)
    try:
        has, needs = await store.schema()
        if has != needs:
            raise DatabaseError(
                f"The database {store.address} has schema {has or 'nothing'}, needed is {needs}: "
                "run kaz-bot migrate first"
            )
        yield store
    finally:
        await store.close()


async def migrate(settings: Settings, progress: Callable[[str], None]) -> tuple[str | None, str]:
    """Bring the schema up to date, of a new database as well; from where to where it went."""
    make_folder(settings.data_dir)
    store = Store(settings.database_url)
    try:
        return await store.migrate(progress)
    finally:
        await store.close()
