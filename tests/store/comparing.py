"""Compares the schema a database has with the one the program's tables say."""

from collections.abc import Mapping

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from kaz_bot.store.tables import metadata
from kaz_bot.store.tables_of_search import FULL_TEXT, VECTOR

_INDEXES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


async def indexes(engine: AsyncEngine) -> set[str]:
    """As the database words them: with the conditions, which Alembic does not compare."""
    async with engine.connect() as connection:
        return set(await connection.scalars(text(_INDEXES[engine.dialect.name])))


def _is_ours(name: str | None, kind: str, _parents: Mapping[str, object]) -> bool:
    """What each database has besides for its full text stands in no table of both."""
    if kind == "table":
        return name is None or not name.startswith(FULL_TEXT)
    return name not in {VECTOR, f"ix_documents_{VECTOR}"}


async def differences(engine: AsyncEngine) -> list[object]:
    """What Alembic would change to make the database what the tables say."""

    def compared(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": _is_ours}
        )
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        return await connection.run_sync(compared)
