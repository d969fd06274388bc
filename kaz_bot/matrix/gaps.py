"""Reads what happened in a room between two syncs, when it was more than a sync tells."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix.api import Api, HomeserverRefused, RateLimited
from kaz_bot.matrix.shapes import Json, mapping, objects, text
from kaz_bot.messages import RoomId

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

PAGE = 100
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 10.0


async def patiently(request: Callable[[], Awaitable[Answer]], what: str) -> Answer:
    """Repeat the request until the homeserver answers, with growing pauses.

    The operator reads of the first fault and of the end of it.
    """
    pause, faults = _FIRST_PAUSE, 0
    while True:
        try:
            answer = await request()
        except HomeserverUnavailable as problem:
            level = logging.DEBUG if faults else logging.WARNING
            log.log(level, "%s: no answer from the homeserver, waiting: %s", what, problem)
            await asyncio.sleep(problem.seconds if isinstance(problem, RateLimited) else pause)
            pause, faults = min(pause * 2, _LONGEST_PAUSE), faults + 1
            continue
        if faults:
            log.info("%s: the homeserver answers again, after %d attempts", what, faults)
        return answer


class Gaps:
    """Pages through a room's history, oldest first: one page in memory at a time."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def pages(self, room: RoomId, since: str, until: str) -> AsyncIterator[list[Json]]:
        """The events after the sync `since` and before `until`, the start of a timeline."""
        token: str | None = since
        while token is not None:
            page = await self._page(room, token, until)
            events = list(objects(page.get("chunk")))
            if events:
                yield events
            end = text(page.get("end"))
            # A server at the end says so by an empty page, no token, or the same one again.
            token = end if events and end != token else None

    async def _page(self, room: RoomId, since: str, until: str) -> Json:
        query = {"dir": "f", "from": since, "to": until, "limit": str(PAGE)}
        try:
            return await patiently(
                lambda: self._api.get("rooms", room, "messages", query=query),
                f"Reading the gap in {room}",
            )
        except HomeserverRefused as refused:
            # The bot may have been removed from the room since.
            log.warning("The gap in %s cannot be read: %s", room, refused)
            return mapping(None)
