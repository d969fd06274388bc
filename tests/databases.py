"""Gives each test that asks for it an empty database of its own, SQLite or PostgreSQL."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import Postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Started for the first test that wants it. Its folder is short, for sockets must be."""
    with (
        tempfile.TemporaryDirectory(prefix="kaz-postgresql-") as folder,
        Postgresql(Path(folder)) as server,
    ):
        yield server


@pytest.fixture
def postgresql_url(postgresql: Postgresql) -> Iterator[str]:
    name = postgresql.create_database()
    yield postgresql.url(name)
    postgresql.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'kaz.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A test that asks for it runs twice: whatever holds for one database holds for both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
