"""Keeps model solutions and all their editions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, and_, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.knowledge.solutions import (
    Solution,
    SolutionEdition,
    SolutionNotFound,
    SolutionState,
)
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import EventId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, contents_of, row_of
from kaz_bot.store.tables_of_knowledge import RELEASED_SOLUTIONS, solution_editions, solutions


class Solutions:
    """What was answered so well that others may use it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, solution: Solution) -> Solution:
        """A new one, with the number it keeps."""
        return replace(
            solution, id=SolutionId(await added_id(self._connection, solutions, solution))
        )

    async def get(self, solution_id: SolutionId) -> Solution:
        """Raises SolutionNotFound."""
        if solution_id <= LARGEST_ID:
            found = await self._listed(select(solutions).where(solutions.c.id == solution_id))
            if found:
                return found[0]
        raise SolutionNotFound(number=solution_id)

    async def save(self, solution: Solution) -> Solution:
        """Raises StaleRecord when somebody else was faster."""
        saved = await self._connection.execute(
            update(solutions)
            .where(solutions.c.id == solution.id, solutions.c.version == solution.version)
            .values(contents_of(solution) | {"version": solution.version + 1})
        )
        if saved.rowcount == 0:
            raise StaleRecord(f"solution {solution.id}, version {solution.version}")
        return replace(solution, version=solution.version + 1)

    async def of_ticket(self, ticket_id: TicketId) -> list[Solution]:
        """Those made of its answer, the first one first."""
        return await self._listed(
            select(solutions).where(solutions.c.ticket_id == ticket_id).order_by(solutions.c.id)
        )

    async def listed(self, area: AreaKey | None = None, *, open_too: bool) -> list[Solution]:
        """Those that were not withdrawn, the newest first; with `open_too` also those that nobody
        has released."""
        states = (SolutionState.RELEASED, SolutionState.PROPOSED)
        query = select(solutions).where(solutions.c.state.in_(states if open_too else states[:1]))
        if area is not None:
            query = query.where(solutions.c.area == area)
        return await self._listed(query.order_by(solutions.c.id.desc()))

    async def in_use(self, limit: int) -> list[tuple[Solution, SolutionEdition]]:
        """What others may be offered, each as it was released last, the newest first."""
        return await self.with_words(
            await self._listed(
                select(solutions)
                .where(RELEASED_SOLUTIONS)
                .order_by(solutions.c.released_at.desc(), solutions.c.id.desc())
                .limit(limit)
            )
        )

    async def with_words(
        self, several: Sequence[Solution]
    ) -> list[tuple[Solution, SolutionEdition]]:
        """Each with the edition that was released last, or its latest if none was."""
        keys = [(one.id, one.released_edition or one.edition) for one in several]
        editions = await self._editions(
            select(solution_editions).where(
                tuple_(solution_editions.c.solution_id, solution_editions.c.number).in_(keys)
            )
        )
        wording = {edition.solution_id: edition for edition in editions}
        return [(one, wording[one.id]) for one in several if one.id in wording]

    async def released_between(self, since: datetime, until: datetime) -> list[Solution]:
        """What others could first use from after `since` to `until`, the newest first."""
        return await self._listed(
            select(solutions)
            .where(
                solutions.c.released_at > since,
                solutions.c.released_at <= until,
                RELEASED_SOLUTIONS,
            )
            .order_by(solutions.c.released_at.desc(), solutions.c.id.desc())
        )

    async def add_edition(self, edition: SolutionEdition) -> None:
        await self._connection.execute(insert(solution_editions), row_of(edition))

    async def save_edition(self, edition: SolutionEdition) -> None:
        """Its wording, or who released it, is another."""
        key = and_(
            solution_editions.c.solution_id == edition.solution_id,
            solution_editions.c.number == edition.number,
        )
        await self._connection.execute(update(solution_editions).where(key).values(row_of(edition)))

    async def drop_edition(self, edition: SolutionEdition) -> None:
        """As if it had never been written."""
        await self._connection.execute(
            delete(solution_editions).where(
                solution_editions.c.solution_id == edition.solution_id,
                solution_editions.c.number == edition.number,
            )
        )

    async def edition(self, solution: Solution, number: int | None = None) -> SolutionEdition:
        """The edition of that number, or the latest one. Raises SolutionNotFound."""
        wanted = solution.edition if number is None else number
        found = [one for one in await self.editions(solution.id) if one.number == wanted]
        if not found:
            raise SolutionNotFound(number=solution.id)
        return found[0]

    async def released_edition(self, solution: Solution) -> SolutionEdition | None:
        """The one that others see, if there is one."""
        if solution.released_edition is None:
            return None
        return await self.edition(solution, solution.released_edition)

    async def editions(self, solution_id: SolutionId) -> list[SolutionEdition]:
        """All of them, in their order."""
        return await self._editions(
            select(solution_editions)
            .where(solution_editions.c.solution_id == solution_id)
            .order_by(solution_editions.c.number)
        )

    async def written_by(self, event_id: EventId) -> list[SolutionEdition]:
        """The editions that a message wrote."""
        return await self._editions(
            select(solution_editions).where(solution_editions.c.event_id == event_id)
        )

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Solution]:
        return [Solution(**row._mapping) for row in await self._connection.execute(query)]

    async def _editions(self, query: Select[tuple[object, ...]]) -> list[SolutionEdition]:
        return [SolutionEdition(**row._mapping) for row in await self._connection.execute(query)]
