"""Keeps what people wrote for a ticket."""

from dataclasses import replace

from sqlalchemy import Column, Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.domain.posts import Post, PostId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, UserId
from kaz_bot.store.rows import added_id, contents_of
from kaz_bot.store.tables import posts


def _where(column: Column[object]) -> Select[tuple[object, ...]]:
    # Made once: to make a statement anew takes longer than to run it.
    return select(posts).where(column == bindparam("sought")).order_by(posts.c.id)


_BY_ID = _where(posts.c.id)
_BY_EVENT = _where(posts.c.event_id)
_OF_TICKET = _where(posts.c.ticket_id)
_OF_SENDER = _where(posts.c.sender)


class Posts:
    """The contributions to the tickets."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, post: Post) -> Post:
        number = await added_id(self._connection, posts, post)
        return replace(post, id=PostId(number))

    async def get(self, post_id: PostId) -> Post:
        (found,) = await self._listed(_BY_ID, post_id)
        return found

    async def by_event(self, event_id: EventId) -> list[Post]:
        """What one message was for the tickets it belongs to."""
        return await self._listed(_BY_EVENT, event_id)

    async def of(self, ticket_id: TicketId) -> list[Post]:
        """The ticket's conversation in its order."""
        return await self._listed(_OF_TICKET, ticket_id)

    async def of_sender(self, sender: UserId) -> list[Post]:
        return await self._listed(_OF_SENDER, sender)

    async def save(self, post: Post) -> None:
        await self._connection.execute(
            update(posts).where(posts.c.id == post.id).values(contents_of(post))
        )

    async def _listed(self, query: Select[tuple[object, ...]], sought: object) -> list[Post]:
        found = await self._connection.execute(query, {"sought": sought})
        return [Post(**row._mapping) for row in found]
