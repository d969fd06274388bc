"""Brings a database of any released schema to the present one."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from kaz_bot.errors import DatabaseError
from kaz_bot.store import tables_of_committee as tables_of_committee
from kaz_bot.store import tables_of_knowledge as tables_of_knowledge
from kaz_bot.store import tables_of_search as tables_of_search
from kaz_bot.store import tables_of_time as tables_of_time
from kaz_bot.store.tables import metadata, tickets

# A lock of PostgreSQL, held while the schema changes. Any number will do that nobody else uses.
MIGRATING = 0x4B617A01

# Where Alembic notes the schema.
VERSION_TABLE = "alembic_version"

Progress = Callable[[str], None]


def tell_nobody(_step: str) -> None:
    """For those who migrate without watching."""


def head() -> str:
    """The schema this program works with."""
    return str(_scripts().get_current_head())


def released() -> frozenset[str]:
    """Every schema that this program can bring up to date."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def current(connection: Connection) -> str | None:
    """The schema the database has; `DatabaseError` when this program cannot know it."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in released():
        raise DatabaseError(
            f"The database has schema {revision}, this program knows {head()} and older ones: "
            "use the newer program, or restore a backup into an empty database"
        )
    if revision is None and inspect(connection).has_table(tickets.name):
        raise DatabaseError("The database has tables of another program: name an empty one")
    return revision


def upgrade(
    connection: Connection, progress: Progress = tell_nobody, to: str = "head"
) -> tuple[str | None, str]:
    """From where to where the schema went. Of two who try at once, one finds it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
    before = current(connection)
    config = _config()
    config.attributes["connection"] = connection
    config.attributes["progress"] = progress
    command.upgrade(config, to)
    return before, str(current(connection))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%")
    )
    config.attributes["metadata"] = metadata
    return config
