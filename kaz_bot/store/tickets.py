"""Keeps the tickets, each list of them by an index of its own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
    union,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.letters import OFFERS
from kaz_bot.domain.posts import Post
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId, TicketNotFound, TicketState
from kaz_bot.errors import StaleRecord
from kaz_bot.messages import RoomId, UserId
from kaz_bot.store.columns import LARGEST_ID
from kaz_bot.store.rows import added_id, contents_of
from kaz_bot.store.tables import (
    ACTIVE_TICKETS,
    KEPT_TICKETS,
    OPEN_TICKETS,
    RESOLVED_TICKETS,
    letters,
    tickets,
)

# Made once: to make a statement anew takes longer than to run it.
_BY_ID = select(tickets).where(tickets.c.id == bindparam("ticket_id"))
_SAVE = update(tickets).where(
    tickets.c.id == bindparam("ticket_id"), tickets.c.version == bindparam("read")
)


@cache
def _queue(states: tuple[TicketState, ...]) -> CompoundSelect[tuple[object, ...]]:
    """A page of an area's tickets in these states.

    An index gives the order within one state, so the first of each are merged: the cost is that
    of the page, however many tickets there are.
    """
    first = [
        select(tickets)
        .where(tickets.c.area == bindparam("area"), tickets.c.state == state)
        .order_by(tickets.c.priority, tickets.c.opened_at, tickets.c.id)
        .limit(bindparam("last", type_=Integer))
        .subquery()
        for state in states
    ]
    return (
        union_all(*map(select, first))
        .order_by("priority", "opened_at", "id")
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


class Tickets:
    """The tickets. Of two who save the same one at once, the second is told."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, ticket: Ticket) -> Ticket:
        """The ticket with its number, which no other ticket ever gets."""
        number = await added_id(self._connection, tickets, ticket)
        return replace(ticket, id=TicketId(number))

    async def find(self, ticket_id: TicketId) -> Ticket | None:
        # People type numbers that no database counts up to.
        if not 0 < ticket_id <= LARGEST_ID:
            return None
        found = await self._connection.execute(_BY_ID, {"ticket_id": ticket_id})
        row = found.one_or_none()
        return None if row is None else Ticket(**row._mapping)

    async def get(self, ticket_id: TicketId) -> Ticket:
        """The ticket, or the refusal `TicketNotFound`."""
        found = await self.find(ticket_id)
        if found is None:
            raise TicketNotFound(number=ticket_id)
        return found

    async def save(self, ticket: Ticket) -> Ticket:
        """The ticket in its next version; `StaleRecord` when somebody saved it meanwhile."""
        saved = replace(ticket, version=ticket.version + 1)
        changed = await self._connection.execute(
            _SAVE, contents_of(saved) | {"ticket_id": ticket.id, "read": ticket.version}
        )
        if changed.rowcount == 0:
            raise StaleRecord(f"ticket {ticket.id}, version {ticket.version}")
        return saved

    async def open_of(self, asker: UserId, limit: int) -> list[Ticket]:
        """What the asker may still write to, the newest first."""
        return await self._listed(
            select(tickets)
            .where(tickets.c.asker == asker, OPEN_TICKETS)
            .order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())
            .limit(limit)
        )

    async def open_in(self, room_id: RoomId) -> list[Ticket]:
        """What was asked in the room and has not ended, the oldest first."""
        return await self._listed(
            select(tickets).where(tickets.c.room_id == room_id, OPEN_TICKETS).order_by(tickets.c.id)
        )

    async def after(self, ticket_id: TicketId, limit: int) -> list[Ticket]:
        """The tickets whose numbers come next."""
        return await self._listed(
            select(tickets).where(tickets.c.id > ticket_id).order_by(tickets.c.id).limit(limit)
        )

    async def latest(self) -> int:
        """The highest number that a ticket has; 0 as long as there is none."""
        return await self._connection.scalar(select(func.max(tickets.c.id))) or 0

    async def of_asker(self, asker: UserId) -> list[Ticket]:
        """All the asker ever asked, the newest first."""
        return await self._listed(
            select(tickets)
            .where(tickets.c.asker == asker)
            .order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())
        )

    async def in_area(
        self, area: AreaKey, states: Iterable[TicketState], limit: int, offset: int = 0
    ) -> list[Ticket]:
        """The area's tickets in these states, the most urgent first, then the oldest."""
        sought = tuple(sorted(states))
        if not sought:
            return []
        page = await self._connection.execute(
            _queue(sought),
            {"area": area, "last": offset + limit, "limit": limit, "offset": offset},
        )
        return [Ticket(**row._mapping) for row in page]

    async def of_assignee(self, specialist: UserId, limit: int) -> list[Ticket]:
        """What the specialist has in hand, the most urgent first, then the oldest."""
        return await self._listed(
            select(tickets)
            .where(tickets.c.assignee == specialist, ACTIVE_TICKETS)
            .order_by(tickets.c.priority, tickets.c.opened_at, tickets.c.id)
            .limit(limit)
        )

    async def followers(self, lead: TicketId) -> list[Ticket]:
        """The active tickets merged into `lead`."""
        return await self._listed(
            select(tickets)
            .where(tickets.c.merged_into == lead, ACTIVE_TICKETS)
            .order_by(tickets.c.id)
        )

    async def resolved_with(self, lead: Ticket) -> list[Ticket]:
        """The tickets merged into `lead` and resolved by the same answer, not reopened since."""
        return await self._listed(
            select(tickets)
            .where(
                tickets.c.resolved_at == lead.resolved_at,
                tickets.c.merged_into == lead.id,
                RESOLVED_TICKETS,
            )
            .order_by(tickets.c.id)
        )

    async def answered_by(self, post: Post) -> list[Ticket]:
        """The post's own ticket, and those to whose askers it was sent as well; to be offered an
        answer is not to be answered."""
        return await self._reached_by(post, letters.c.template.not_in(OFFERS))

    async def solved_by(self, post: Post) -> list[Ticket]:
        """The tickets whose solution it is, also where it was offered and taken."""
        if not post.text:
            return []
        return [ticket for ticket in await self._reached_by(post) if ticket.solution == post.text]

    async def _reached_by(self, post: Post, *how: ColumnElement[bool]) -> list[Ticket]:
        """The post's own ticket, and those whose letters carry it."""
        carried = select(letters.c.ticket_id).where(letters.c.post_id == post.id, *how)
        return await self._listed(
            select(tickets)
            .where(tickets.c.id.in_(union(select(literal(post.ticket_id)), carried)))
            .order_by(tickets.c.id)
        )

    async def resolved_before(self, cutoff: datetime, limit: int) -> list[Ticket]:
        """Resolved tickets nobody reopened since, the longest silent first."""
        return await self._listed(
            select(tickets)
            .where(tickets.c.resolved_at < cutoff, RESOLVED_TICKETS)
            .order_by(tickets.c.resolved_at)
            .limit(limit)
        )

    async def ended_before(
        self, cutoff: datetime, *, confidential: bool, limit: int
    ) -> list[Ticket]:
        """Ended tickets whose texts are still here, the longest ended first."""
        return await self._listed(
            select(tickets)
            .where(
                tickets.c.confidential == confidential,
                tickets.c.ended_at < cutoff,
                KEPT_TICKETS,
            )
            .order_by(tickets.c.ended_at)
            .limit(limit)
        )

    async def count(self) -> int:
        """How many there are."""
        return await self._connection.scalar(select(func.count()).select_from(tickets)) or 0

    async def counts(self) -> dict[tuple[AreaKey, TicketState], int]:
        """How many active tickets each area has; ended ones are not even looked at."""
        counted = await self._connection.execute(
            select(tickets.c.area, tickets.c.state, func.count())
            .where(ACTIVE_TICKETS)
            .group_by(tickets.c.area, tickets.c.state)
        )
        return {(area, state): count for area, state, count in counted}

    async def _listed(self, query: Select[tuple[object, ...]]) -> list[Ticket]:
        return [Ticket(**row._mapping) for row in await self._connection.execute(query)]
