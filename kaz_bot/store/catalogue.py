"""Keeps the catalogue of applications, projects and plans."""

from dataclasses import replace

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import EntryId
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry, EntryKind, EntryNotFound
from kaz_bot.errors import StaleRecord
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, contents_of
from kaz_bot.store.tables_of_knowledge import LISTED_ENTRIES, catalogue


class Catalogue:
    """What there is, what runs, what is planned."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: CatalogueEntry) -> CatalogueEntry:
        """A new one, with the number it keeps."""
        return replace(entry, id=EntryId(await added_id(self._connection, catalogue, entry)))

    async def get(self, entry_id: EntryId) -> CatalogueEntry:
        """Also one that was removed. Raises EntryNotFound."""
        if entry_id <= LARGEST_ID:
            found = await self._listed(select(catalogue).where(catalogue.c.id == entry_id))
            if found:
                return found[0]
        raise EntryNotFound(number=entry_id)

    async def save(self, entry: CatalogueEntry) -> CatalogueEntry:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(catalogue)
            .where(catalogue.c.id == entry.id, catalogue.c.version == entry.version)
            .values(contents_of(entry) | {"version": entry.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"catalogue entry {entry.id}, version {entry.version}")
        return replace(entry, version=entry.version + 1)

    async def all(self, kind: EntryKind | None = None) -> list[CatalogueEntry]:
        """All that is listed, by kind and name."""
        listed = select(catalogue).where(LISTED_ENTRIES)
        if kind is not None:
            listed = listed.where(catalogue.c.kind == kind)
        return await self._listed(
            listed.order_by(catalogue.c.kind, catalogue.c.name, catalogue.c.id)
        )

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[CatalogueEntry]:
        return [CatalogueEntry(**row._mapping) for row in await self._connection.execute(query)]
