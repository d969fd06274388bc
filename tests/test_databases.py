"""What the tests are promised of their databases."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.postgresql import Postgresql


async def _write(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE tickets (id INTEGER)"))
    await engine.dispose()


async def test_a_database_is_empty_and_can_be_written(database_url: str) -> None:
    await _write(database_url)


async def test_the_next_test_finds_nothing_of_the_test_before(database_url: str) -> None:
    await _write(database_url)


async def test_a_copy_has_all_that_its_template_has(postgresql: Postgresql) -> None:
    template = postgresql.create_database()
    await _write(postgresql.url(template))
    engine = create_async_engine(postgresql.url(postgresql.create_database(template)))
    async with engine.connect() as connection:
        assert list(await connection.execute(text("SELECT id FROM tickets"))) == []
    await engine.dispose()
