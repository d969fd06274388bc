"""An inverted index of open and of solved questions, the same on both databases."""

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    delete,
    func,
    insert,
    select,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Ticket, TicketId, TicketState
from kaz_bot.store.index import Index
from kaz_bot.store.tables import ACTIVE_TICKETS, tickets, words

# However many tickets share a word and however long the question is, a search reads no more: the
# newest solved tickets of each word are the candidates, among which only open ones are passed over;
# or the area's newest tickets of each state that is open.
WORDS_SOUGHT = 16
CANDIDATES_PER_WORD = 300
CANDIDATES_PER_STATE = 100
_SOLVED = tickets.c.state.in_((TicketState.RESOLVED, TicketState.CLOSED)) & (
    tickets.c.solution != ""
)


class Search:
    """Which words lead to which ticket. What has ended without an answer is not to be in it."""

    def __init__(self, connection: AsyncConnection, index: Index) -> None:
        self._connection = connection
        self._index = index

    async def index(self, ticket_id: TicketId, found_by: Iterable[str]) -> None:
        """From now on these words, and no others, lead to the ticket."""
        await self._remove_words(ticket_id)
        rows = [{"word": word, "ticket_id": ticket_id} for word in sorted(set(found_by))]
        if rows:
            await self._connection.execute(insert(words), rows)

    async def remove(self, ticket_id: TicketId) -> None:
        """Nothing leads to the ticket any more, whoever searches."""
        await self._remove_words(ticket_id)
        await self._index.remove(FindKind.TICKET, str(ticket_id))

    async def _remove_words(self, ticket_id: TicketId) -> None:
        await self._connection.execute(delete(words).where(words.c.ticket_id == ticket_id))

    async def find(self, sought: Iterable[str], limit: int) -> list[Ticket]:
        """The solved tickets most of the words lead to, the newest of equals first."""
        several = _first(sought)
        if not several:
            return []
        newest = [
            select(words.c.ticket_id)
            .join(tickets, tickets.c.id == words.c.ticket_id)
            .where(words.c.word == word, _SOLVED)
            .order_by(words.c.ticket_id.desc())
            .limit(CANDIDATES_PER_WORD)
            .subquery()
            for word in several
        ]
        best = _hits(several, words.c.ticket_id.in_(union(*map(select, newest))))
        return await self._listed(_most_hit(best).limit(limit))

    async def find_open(self, sought: Iterable[str], area: AreaKey, limit: int) -> list[Ticket]:
        """The same of the area's open tickets that are not merged into another."""
        several = _first(sought)
        newest = [
            select(tickets.c.id)
            # The index of active tickets gives the order within one state.
            .where(tickets.c.area == area, tickets.c.state == state, ACTIVE_TICKETS)
            .where(tickets.c.merged_into.is_(None))
            .order_by(tickets.c.id.desc())
            .limit(CANDIDATES_PER_STATE)
            .subquery()
            for state in sorted(ACTIVE)
        ]
        best = _hits(several, words.c.ticket_id.in_(union_all(*map(select, newest))))
        return await self._listed(_most_hit(best).limit(limit))

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Ticket]:
        return [Ticket(**row._mapping) for row in await self._connection.execute(query)]


def _first(sought: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sought))[:WORDS_SOUGHT]


def _hits(several: list[str], among: ColumnElement[bool]) -> Subquery:
    """How many of the words lead to each ticket."""
    return (
        select(words.c.ticket_id, func.count().label("hits"))
        .where(words.c.word.in_(several), among)
        .group_by(words.c.ticket_id)
        .subquery()
    )


def _most_hit(best: Subquery) -> Select[tuple[object, ...]]:
    return (
        select(tickets)
        .join(best, best.c.ticket_id == tickets.c.id)
        # A confidential ticket is not indexed; were it, it still would not be found.
        .where(tickets.c.confidential.is_(False))
        .order_by(best.c.hits.desc(), tickets.c.id.desc())
    )
