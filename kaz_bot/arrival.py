"""Binds the rooms that the settings name, as soon as the bot is in them."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from kaz_bot.clock import Clock
from kaz_bot.context import Desk
from kaz_bot.dispatcher import Dispatcher
from kaz_bot.domain.events import DeskEvent
from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.handlers.rooms import adopt, bind_by_settings
from kaz_bot.journeys import pause_after
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.messages import Batch, RoomId, RoomState
from kaz_bot.store import Work

log = logging.getLogger(__name__)

# An operator who mends a room or an alias need not start the bot anew.
_PAUSE_BEYOND_REACH = timedelta(minutes=1)


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

    def __init__(
        self, desk: Desk, dispatcher: Dispatcher, directory: Directory, clock: Clock
    ) -> None:
        self._desk = desk
        self._dispatcher = dispatcher
        self._directory = directory
        self._clock = clock
        # The operators' room first: there they hear what is wrong with the others.
        rooms = desk.settings.rooms
        self._missing = {name: rooms[name] for name in sorted(rooms, key=lambda n: n != "admin")}
        self._beyond_reach: set[str] = set()
        self._failed: set[str] = set()
        self._found: dict[str, RoomId] = {}
        self._not_before: dict[str, datetime] = {}
        self._first = True

    @property
    def settled(self) -> bool:
        """Every room of the settings is bound, or was found to be out of reach."""
        return set(self._missing) <= self._beyond_reach

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
            state = self._entered(name)
            if state is None and self._is_due(name):
                await self._enter(name, reference)
                state = self._entered(name)
            if state is not None:
                await self._dispatcher.tick(partial(self._bind_one, state, name))
                del self._missing[name]

    async def _bind_one(
        self, state: RoomState, name: str, work: Work, now: datetime
    ) -> Sequence[DeskEvent]:
        return await bind_by_settings(self._desk, work, state, name, now)

    def _entered(self, name: str) -> RoomState | None:
        """The room, if it is known and the bot in it, perhaps by somebody's invitation."""
        return self._desk.rooms.get(self._found[name]) if name in self._found else None

    def _is_due(self, name: str) -> bool:
        until = self._not_before.get(name)
        return until is None or self._clock.now() >= until

    async def _enter(self, name: str, reference: str) -> None:
        """Find the room and go there; told once why the homeserver refuses that."""
        try:
            alias = reference.startswith("#")
            room_id = await self._directory.resolve(reference) if alias else RoomId(reference)
            self._found[name] = room_id
            if self._desk.rooms.get(room_id) is None:
                await self._directory.join(room_id)
        except HomeserverRefused as refused:
            if name not in self._beyond_reach:
                log.warning("The room %s for %s cannot be entered: %s", reference, name, refused)
            self._beyond_reach.add(name)
            self._not_before[name] = self._clock.now() + _PAUSE_BEYOND_REACH
        except HomeserverUnavailable as problem:
            self._not_reached(name, reference, problem)

    def _not_reached(self, name: str, reference: str, problem: HomeserverUnavailable) -> None:
        log.warning("The room %s for %s is not reached: %s", reference, name, problem)
        pause = pause_after(problem)
        # The second time it may be the room's own homeserver that is away: each try can be slow.
        if name in self._failed:
            self._beyond_reach.add(name)
            pause = max(pause, _PAUSE_BEYOND_REACH)
        self._failed.add(name)
        self._not_before[name] = self._clock.now() + pause

    async def _adopt_all(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        for state in self._desk.rooms.joined():
            await adopt(self._desk, work, state, now)
        return []
