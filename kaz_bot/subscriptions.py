"""Reads a subscribed calendar anew: from the secret of its address to the file."""

import asyncio

from kaz_bot.agenda import Agenda, agenda_of_feed
from kaz_bot.calendars import written
from kaz_bot.clock import Clock
from kaz_bot.context import Desk
from kaz_bot.store import Store


class Subscriptions:
    """The calendars behind live addresses."""

    def __init__(self, store: Store, desk: Desk, clock: Clock) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock

    async def file(self, token: str) -> bytes | None:
        """The calendar as it is now; nothing when the address is revoked or was never given."""
        agenda = await self._agenda(token)
        if agenda is None:
            return None
        words = self._desk.words("calendar", agenda.language)
        # A room with a thousand dates takes a while; meanwhile people are answered.
        return await asyncio.to_thread(written, agenda.calendar, words)

    async def _agenda(self, token: str) -> Agenda | None:
        async with self._store.work() as work:
            feed = await work.feeds.live(token)
            if feed is None:
                return None
            return await agenda_of_feed(work, self._desk, feed, self._clock.now())
