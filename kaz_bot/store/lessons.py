"""Keeps what moved tickets taught, the newest lessons only."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.lessons import COMPARED_LESSONS, KEPT_LESSONS, Lesson, Saying, TaughtQuestion
from kaz_bot.domain.tickets import TicketId
from kaz_bot.store.rows import row_of
from kaz_bot.store.tables import lessons, tickets

_NEWEST_FIRST = (lessons.c.learned_at.desc(), lessons.c.ticket_id.desc())


class Lessons:
    """What each ticket teaches: one lesson, or none."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, lesson: Lesson) -> None:
        """From now on the ticket teaches this and nothing else; the oldest lessons go."""
        await self.forget(lesson.ticket_id)
        await self._connection.execute(insert(lessons), row_of(lesson))
        outdated = select(lessons.c.ticket_id).order_by(*_NEWEST_FIRST).offset(KEPT_LESSONS)
        await self._connection.execute(delete(lessons).where(lessons.c.ticket_id.in_(outdated)))

    async def of(self, ticket_id: TicketId) -> Lesson | None:
        """What the ticket teaches."""
        found = await self._connection.execute(
            select(lessons).where(lessons.c.ticket_id == ticket_id)
        )
        row = found.one_or_none()
        return None if row is None else Lesson(**row._mapping)

    async def sayings(self) -> list[Saying]:
        """What the newest lessons say, in this order. Read for many a question, so few of them."""
        found = await self._connection.execute(
            select(lessons.c.area, lessons.c.words).order_by(*_NEWEST_FIRST).limit(COMPARED_LESSONS)
        )
        return [Saying(area, words) for area, words in found]

    async def taught(self) -> list[TaughtQuestion]:
        """The questions of all lessons in their own words, by their number.

        A confidential one teaches nothing; were it kept, it still would not be learned.
        """
        found = await self._connection.execute(
            select(lessons.c.ticket_id, lessons.c.area, tickets.c.question)
            .join(tickets, tickets.c.id == lessons.c.ticket_id)
            .where(tickets.c.confidential.is_(False), tickets.c.question != "")
            .order_by(lessons.c.ticket_id)
        )
        return [TaughtQuestion(**row._mapping) for row in found]

    async def forget(self, ticket_id: TicketId) -> None:
        """The ticket teaches nothing any more."""
        await self._connection.execute(delete(lessons).where(lessons.c.ticket_id == ticket_id))
