"""Keeps the place in the sync up to which every event has taken effect."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaz_bot.store.rows import insert_into
from kaz_bot.store.tables import checkpoint

THE_ROW = 1


class Checkpoint:
    """Where the bot's device goes on reading."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, device: str) -> str | None:
        """The token to go on from. Another device's is not used: the keys came to that one."""
        found = await self._connection.scalar(
            select(checkpoint.c.next_batch).where(checkpoint.c.device == device)
        )
        return None if found is None else str(found)

    async def save(self, next_batch: str, device: str) -> None:
        adding = insert_into(self._connection, checkpoint)
        await self._connection.execute(
            adding.on_conflict_do_update(
                index_elements=["id"],
                set_={
                    "next_batch": adding.excluded.next_batch,
                    "device": adding.excluded.device,
                },
            ),
            {"id": THE_ROW, "next_batch": next_batch, "device": device},
        )
