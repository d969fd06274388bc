"""An inverted index of the solved questions, the same on both databases."""

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.store.tables import tickets, words

# However many tickets share a word and however long the question is, a search reads no more:
# the newest tickets of each word are the candidates.
WORDS_SOUGHT = 16
CANDIDATES_PER_WORD = 300


class Search:
    """Which words lead to which ticket."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def index(self, ticket_id: TicketId, found_by: Iterable[str]) -> None:
        """From now on these words, and no others, lead to the ticket."""
        await self.remove(ticket_id)
        rows = [{"word": word, "ticket_id": ticket_id} for word in sorted(set(found_by))]
        if rows:
            await self._connection.execute(insert(words), rows)

    async def remove(self, ticket_id: TicketId) -> None:
        await self._connection.execute(delete(words).where(words.c.ticket_id == ticket_id))

    async def find(self, sought: Iterable[str], limit: int) -> list[Ticket]:
        """The tickets most of the words lead to, the newest of equals first."""
        several = list(dict.fromkeys(sought))[:WORDS_SOUGHT]
        if not several:
            return []
        newest = [
            select(words.c.ticket_id)
            .where(words.c.word == word)
            .order_by(words.c.ticket_id.desc())
            .limit(CANDIDATES_PER_WORD)
            .subquery()
            for word in several
        ]
        best = (
            select(words.c.ticket_id, func.count().label("hits"))
            .where(
                words.c.word.in_(several),
                words.c.ticket_id.in_(union(*map(select, newest))),
            )
            .group_by(words.c.ticket_id)
            .subquery()
        )
        found = await self._connection.execute(
            select(tickets)
            .join(best, best.c.ticket_id == tickets.c.id)
            # A confidential ticket is not indexed; were it, it still would not be found.
            .where(tickets.c.confidential.is_(False))
            .order_by(best.c.hits.desc(), tickets.c.id.desc())
            .limit(limit)
        )
        return [Ticket(**row._mapping) for row in found]
