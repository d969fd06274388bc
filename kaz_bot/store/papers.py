"""Keeps papers and their editions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.drafts import Part
from kaz_bot.domain.committee.numbers import PaperId
from kaz_bot.domain.committee.papers import Edition, Paper, PaperNotFound, PaperState
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId, RoomId, UserId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, columns_for, contents_of, row_of
from kaz_bot.store.tables_of_committee import OPEN_PAPERS, decisions, editions, papers

_COLUMNS = columns_for(Paper, papers)
_EDITION = columns_for(Edition, editions)
_WORDS = ("title", "wording", "reasons", "money", "lead", "involved", "annexes")


class Papers:
    """What the committee is asked to decide."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, paper: Paper) -> Paper:
        """A new one, with the number it keeps."""
        return replace(paper, id=PaperId(await added_id(self._connection, papers, paper)))

    async def get(self, paper_id: PaperId) -> Paper:
        """Raises PaperNotFound."""
        if paper_id <= LARGEST_ID:
            found = await self._connection.execute(select(*_COLUMNS).where(papers.c.id == paper_id))
            row = found.one_or_none()
            if row is not None:
                return Paper(**row._mapping)
        raise PaperNotFound(number=paper_id)

    async def save(self, paper: Paper) -> Paper:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(papers)
            .where(papers.c.id == paper.id, papers.c.version == paper.version)
            .values(contents_of(paper) | {"version": paper.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"paper {paper.id}, version {paper.version}")
        return replace(paper, version=paper.version + 1)

    async def open_in(self, room_id: RoomId, limit: int) -> list[Paper]:
        """Those not decided yet, the oldest first."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(papers.c.room_id == room_id, OPEN_PAPERS)
            .order_by(papers.c.id)
            .limit(limit)
        )
        return [Paper(**row._mapping) for row in found]

    async def many(self, paper_ids: Iterable[PaperId]) -> dict[PaperId, Paper]:
        """Several by their numbers."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(papers.c.id.in_(list(paper_ids)))
        )
        return {row.id: Paper(**row._mapping) for row in found}

    async def filed_by(self, event_id: EventId) -> list[Paper]:
        """The papers that a message filed, or of which it is an edition."""
        filed = select(editions.c.paper_id).where(editions.c.event_id == event_id)
        found = await self._connection.execute(
            select(*_COLUMNS).where(papers.c.id.in_(filed)).order_by(papers.c.id)
        )
        return [Paper(**row._mapping) for row in found]

    async def by_author(self, author: UserId) -> list[Paper]:
        """What somebody filed."""
        found = await self._connection.execute(
            select(*_COLUMNS).where(papers.c.author == author).order_by(papers.c.id)
        )
        return [Paper(**row._mapping) for row in found]

    async def withdrawn_before(self, until: datetime, limit: int) -> list[Paper]:
        """Those that nobody wants to be decided any more, as long as they have words."""
        found = await self._connection.execute(
            select(*_COLUMNS)
            .where(
                papers.c.state == PaperState.WITHDRAWN,
                papers.c.changed_at < until,
                papers.c.erased_at.is_(None),
            )
            .order_by(papers.c.id)
            .limit(limit)
        )
        return [Paper(**row._mapping) for row in found]

    async def add_edition(self, edition: Edition) -> None:
        """Another wording; earlier ones stay."""
        await self._connection.execute(insert(editions), row_of(edition))

    async def edition(self, paper: Paper) -> Edition:
        """The wording that counts now."""
        return await self.edition_of(paper.id, paper.edition)

    async def edition_of(self, paper_id: PaperId, number: int) -> Edition:
        """One of its wordings."""
        found = await self._connection.execute(
            select(*_EDITION).where(editions.c.paper_id == paper_id, editions.c.number == number)
        )
        return Edition(**found.one()._mapping)

    async def editions(self, paper_id: PaperId) -> list[Edition]:
        """All its wordings, the first one first."""
        found = await self._connection.execute(
            select(*_EDITION).where(editions.c.paper_id == paper_id).order_by(editions.c.number)
        )
        return [Edition(**row._mapping) for row in found]

    async def wordings_decided(self) -> dict[tuple[PaperId, int], dict[Part, str]]:
        """What the papers say that the register has, in each of their editions."""
        words = [editions.c[part.value] for part in Part]
        found = await self._connection.execute(
            select(editions.c.paper_id, editions.c.number, *words).where(
                editions.c.paper_id.in_(select(decisions.c.paper_id))
            )
        )
        return {
            (row.paper_id, row.number): {part: row._mapping[part.value] for part in Part}
            for row in found
        }

    async def change_words(self, edition: Edition) -> None:
        """Other words in an edition that is kept: what somebody took back goes from it."""
        words = {name: getattr(edition, name) for name in _WORDS}
        await self._connection.execute(
            update(editions)
            .where(editions.c.paper_id == edition.paper_id, editions.c.number == edition.number)
            .values(words)
        )

    async def erase_editions(self, paper_id: PaperId) -> None:
        """Without the words of any of its editions; that there were so many stays."""
        await self._connection.execute(
            update(editions)
            .where(editions.c.paper_id == paper_id)
            .values(dict.fromkeys(_WORDS, ""))
        )
