"""Somebody who is in many rooms and reads in all of them, from their beginning, as it happens."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Self

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import at, mapping
from tests.homeserver.people import Event, Person, Timeline

_FILTER = json.dumps(
    {
        "presence": {"not_types": ["*"]},
        "account_data": {"not_types": ["*"]},
        "room": {"timeline": {"limit": 1}, "ephemeral": {"not_types": ["*"]}},
    }
)
# A message may be here before its key.
_KEY_COMES = 0.2
_LONG_POLL = 10_000


class Observer:
    """Reads along while the `async with` block runs."""

    def __init__(self, homeserver: Homeserver, reader: Person) -> None:
        self._reader = reader
        # A device of its own waits for news, so that the reader's keys are not taken from it.
        self._bell = Person(homeserver, reader.name)
        self._timelines: dict[str, Timeline] = {}
        self._news = asyncio.Condition()
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._bell.log_in()
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._watching is not None
        self._watching.cancel()
        await asyncio.wait([self._watching])
        await self._bell.leave_off()

    def events(self, room: str) -> list[Event]:
        """All that has been read in the room so far."""
        timeline = self._timelines.get(room)
        return timeline.events if timeline else []

    def read(self) -> Mapping[str, list[Event]]:
        """All that has been read, room by room."""
        return {room: timeline.events for room, timeline in self._timelines.items()}

    async def until(self, condition: Callable[[], bool], what: str, patience: float) -> None:
        """Return as soon as it holds for what has been read."""
        try:
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(lambda: self._failed() or condition())
        except TimeoutError:
            raise AssertionError(f"not seen within {patience} s: {what}") from None
        if self._failed():
            assert self._watching is not None
            self._watching.result()

    def _failed(self) -> bool:
        return self._watching is not None and self._watching.done()

    async def _watch(self) -> None:
        try:
            since, rooms = await self._rung(None)
            while True:
                for room in rooms:
                    await self._timelines.setdefault(room, Timeline(self._reader, room)).look()
                async with self._news:
                    self._news.notify_all()
                unread = {room for room in rooms if self._unread(room)}
                since, rung = await self._rung(since, _KEY_COMES * 1000 if unread else _LONG_POLL)
                rooms = rung | unread
        finally:
            async with self._news:
                self._news.notify_all()

    def _unread(self, room: str) -> bool:
        return any(e.type == "m.room.encrypted" and not e.redacted for e in self.events(room))

    async def _rung(self, since: str | None, patience: float = 0) -> tuple[str, set[str]]:
        """Where this sync ends, and the rooms in which something happened."""
        query = {"filter": _FILTER, "timeout": str(int(patience))}
        if since is not None:
            query["since"] = since
        answer = await self._bell.ask("GET", "sync", query=query)
        return str(answer["next_batch"]), set(mapping(at(answer, "rooms", "join")))
