"""Keeps that something was erased, and not what it said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.store.rows import columns_for, row_of
from kaz_bot.store.tables import erasures


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """One act of erasing: of `what` kind, which `subject`, without content."""

    what: str
    subject: str
    at: datetime


_COLUMNS = columns_for(Erasure, erasures)


class Erasures:
    """The register of what was erased."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, what: str, subject: str, at: datetime) -> None:
        await self._connection.execute(
            insert(erasures), row_of(Erasure(what=what, subject=subject, at=at))
        )

    async def all(self) -> list[Erasure]:
        """Every erasure, the oldest first."""
        found = await self._connection.execute(select(*_COLUMNS).order_by(erasures.c.id))
        return [Erasure(**row._mapping) for row in found]

    async def of(self, what: str) -> list[Erasure]:
        """Every erasure of one kind, the oldest first."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(erasures.c.what == what).order_by(erasures.c.id)
        )
        return [Erasure(**row._mapping) for row in found]
