"""Goes into rooms and out of them, again and again until the homeserver has answered."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from kaz_bot.clock import Clock
from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.matrix.api import RateLimited
from kaz_bot.messages import RoomId

log = logging.getLogger(__name__)

# How long to leave a homeserver alone that did not answer and did not say when to come again.
_PAUSE = timedelta(seconds=1)
# Twice as long each time, because each try may take half a minute if another homeserver is silent.
_LONGEST_PAUSE = timedelta(minutes=10)
# The better part of a day.
_TRIES = 100


class Doors(Protocol):
    """Where one comes in and goes out."""

    async def join(self, room_id: RoomId, via: Sequence[str] = ()) -> None:
        """Enter a room; entering one's own room again changes nothing."""
        ...

    async def leave(self, room_id: RoomId) -> None:
        """Leave a room, or decline an invitation."""
        ...


@dataclass(frozen=True, kw_only=True)
class _Journey:
    room_id: RoomId
    via: tuple[str, ...] = ()
    inwards: bool
    not_before: datetime
    tries: int = 1

    @property
    def pause(self) -> timedelta:
        """How long to wait after the latest try."""
        return min(_PAUSE * 2.0 ** min(self.tries - 1, 10), _LONGEST_PAUSE)


class Journeys:
    """What could not be done waits for the next batch: nobody will ask the bot a second time.

    Kept in memory only: after a restart the homeserver tells of unanswered invitations itself.
    """

    def __init__(self, doors: Doors, clock: Clock) -> None:
        self._doors = doors
        self._clock = clock
        self._waiting: dict[RoomId, _Journey] = {}

    async def enter(self, room_id: RoomId, via: str) -> None:
        """Come into the room, now or later."""
        await self._go(self._journey(room_id, inwards=True, via=via))

    async def decline(self, room_id: RoomId) -> None:
        """Turn the invitation down, now or later."""
        await self._go(self._journey(room_id, inwards=False))

    async def go_on(self) -> None:
        """Try again what is due."""
        for journey in tuple(self._waiting.values()):
            if journey.not_before <= self._clock.now():
                await self._go(journey)

    def _journey(self, room_id: RoomId, *, inwards: bool, via: str = "") -> _Journey:
        return _Journey(
            room_id=room_id,
            via=(via,) if via else (),
            inwards=inwards,
            not_before=self._clock.now(),
        )

    async def _go(self, journey: _Journey) -> None:
        # The latest wish counts.
        self._waiting.pop(journey.room_id, None)
        try:
            if journey.inwards:
                await self._doors.join(journey.room_id, journey.via)
            else:
                await self._doors.leave(journey.room_id)
        except HomeserverRefused as refused:
            log.warning("The homeserver refuses %s: %s", journey.room_id, refused)
        except HomeserverUnavailable as problem:
            log.warning("The way to %s is barred for now: %s", journey.room_id, problem)
            self._wait(journey, max(journey.pause, pause_after(problem)))

    def _wait(self, journey: _Journey, pause: timedelta) -> None:
        if journey.tries >= _TRIES:
            log.error("The way to %s stays barred: given up", journey.room_id)
            return
        self._waiting[journey.room_id] = replace(
            journey, not_before=self._clock.now() + pause, tries=journey.tries + 1
        )


def pause_after(problem: HomeserverUnavailable) -> timedelta:
    """How long the homeserver wants to be left alone."""
    return timedelta(seconds=problem.seconds) if isinstance(problem, RateLimited) else _PAUSE
