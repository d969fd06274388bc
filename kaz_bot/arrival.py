"""Binds the rooms that the settings name, as soon as the bot is in them."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kaz_bot.context import Desk
from kaz_bot.dispatcher import Dispatcher
from kaz_bot.domain.events import DeskEvent
from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.handlers.rooms import adopt, bind_by_settings
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.messages import Batch, RoomId
from kaz_bot.store import Work

log = logging.getLogger(__name__)


class Directory(Protocol):
    """Finds rooms and enters them."""

    async def resolve(self, alias: str) -> RoomId:
        """The room of an alias."""
        ...

    async def join(self, room_id: RoomId) -> None:
        """Enter a room."""
        ...


class Arrival:
    """Keeps at it until every room of the settings is found; the others are served meanwhile."""

    def __init__(self, desk: Desk, dispatcher: Dispatcher, directory: Directory) -> None:
        self._desk = desk
        self._dispatcher = dispatcher
        self._directory = directory
        # The operators' room first: there they hear what is wrong with the others.
        rooms = desk.settings.rooms
        self._missing = {name: rooms[name] for name in sorted(rooms, key=lambda n: n != "admin")}
        self._refused: set[str] = set()
        self._first = True

    @property
    def settled(self) -> bool:
        """Every room of the settings is bound, or was found to be out of reach."""
        return set(self._missing) <= self._refused

    async def handle(self, batch: Batch) -> None:
        """Take a batch; before it, bind what the settings name and is there by now."""
        await self._bind()
        if self._first:
            await self._dispatcher.retry_undecrypted()
        await self._dispatcher.handle(batch)
        if self._first:
            await self._dispatcher.tick(self._adopt_all)
            self._first = False

    async def _bind(self) -> None:
        for name, reference in tuple(self._missing.items()):
            room_id = await self._found(name, reference)
            state = self._desk.rooms.get(room_id) if room_id else None
            if state is None:
                continue

            async def bind(work: Work, now: datetime) -> Sequence[DeskEvent]:
                return await bind_by_settings(self._desk, work, state, name, now)  # noqa: B023

            await self._dispatcher.tick(bind)
            del self._missing[name]

    async def _found(self, name: str, reference: str) -> RoomId | None:
        """The room, entered if need be; told once why that fails."""
        try:
            alias = reference.startswith("#")
            room_id = await self._directory.resolve(reference) if alias else RoomId(reference)
            if self._desk.rooms.get(room_id) is None and name not in self._refused:
                await self._directory.join(room_id)
            return room_id
        except (HomeserverRefused, HomeserverUnavailable) as problem:
            if name not in self._refused:
                log.warning("The room %s for %s cannot be entered: %s", reference, name, problem)
            self._refused.add(name)
            return None

    async def _adopt_all(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        for state in self._desk.rooms.joined():
            await adopt(self._desk, work, state, now)
        return []
