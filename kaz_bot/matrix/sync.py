"""Follows the homeserver: each sync becomes batches, and only then the next one is asked for."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.gaps import PAGE, patiently
from kaz_bot.matrix.history import History
from kaz_bot.matrix.keys import Keys
from kaz_bot.matrix.known_room import STATE_TYPES
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.matrix.shapes import Json, text
from kaz_bot.matrix.touch import Touch
from kaz_bot.messages import Batch, Incoming, Invitation

Handle = Callable[[Batch], Awaitable[None]]

_LONG_POLL = 30.0
_ANSWER_IS_LATE = 15.0
# Sooner than we give up, we no longer say that all has been heard.
_ANSWER_IS_OVERDUE = 5.0
# A first sync tells the state of all rooms, and a big homeserver takes its time over that.
_PATIENCE_WITH_FIRST = 300.0

_NOTHING = {"not_types": ["*"]}
_FILTER = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        # Synapse cuts a higher limit down to this one.
        "timeline": {"limit": PAGE},
        # Without lazy loading: who is in a room decides what they may do.
        "state": {"types": list(STATE_TYPES), "lazy_load_members": False},
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    },
}
_ONLY_INVITATIONS = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "timeline": {"limit": 1, "not_types": ["*"]},
        "state": _NOTHING,
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    },
}


class Follower:
    """Asks for what is new, in order, for as long as it runs."""

    def __init__(
        self,
        *,
        api: Api,
        machine: Machine,
        keys: Keys,
        rooms: RoomBook,
        history: History,
        on_sync: Callable[[], None],
    ) -> None:
        self._api = api
        self._machine = machine
        self._keys = keys
        self._rooms = rooms
        self._history = history
        self._on_sync = on_sync
        self._touch = Touch(_LONG_POLL + _ANSWER_IS_OVERDUE)

    @property
    def in_touch(self) -> bool:
        """Whether all that was said until `HEARD_WITHIN` ago has been handled."""
        return self._touch.is_close

    async def run(self, since: str | None, handle: Handle) -> None:
        """Never return. Raise LoggedOut, and whatever `handle` raises."""
        self._touch = Touch(_LONG_POLL + _ANSWER_IS_OVERDUE)
        batches = self._first(since)
        while True:
            async for batch in batches:
                await handle(batch)
                since = batch.next_batch
            self._touch.acted()
            batches = self._next(since)

    async def _first(self, since: str | None) -> AsyncIterator[Batch]:
        """All rooms with all their state, and the invitations nobody has answered yet."""
        answer = await patiently(lambda: self._ask(since, full_state=True), "First sync")
        pending: list[Invitation] = []
        if since is not None:
            # An invitation is told once. Who was killed over it hears of it only here.
            everything = await patiently(self._ask_for_invitations, "Sync of invitations")
            pending = list(self._history.invitations(everything))
        async for batch in self._batches(answer, since, pending):
            yield batch

    async def _next(self, since: str | None) -> AsyncIterator[Batch]:
        answer = await patiently(lambda: self._ask(since), "Sync")
        async for batch in self._batches(answer, since, []):
            yield batch

    async def _ask(self, since: str | None, *, full_state: bool = False) -> Json:
        query = {"filter": json.dumps(_FILTER), "set_presence": "offline"}
        if since is not None:
            query["since"] = since
        if full_state:
            query |= {"full_state": "true", "timeout": "0"}
            patience = _PATIENCE_WITH_FIRST
        else:
            # After a failure it must be known soon, not with the next news, that all is well again.
            longest = _LONG_POLL if self._touch.is_kept else 0
            query["timeout"] = str(int(longest * 1000))
            patience = _LONG_POLL + _ANSWER_IS_LATE
        with self._touch.asking():
            return await self._sync(query, patience)

    async def _ask_for_invitations(self) -> Json:
        query = {"filter": json.dumps(_ONLY_INVITATIONS), "set_presence": "offline", "timeout": "0"}
        return await self._sync(query, _PATIENCE_WITH_FIRST)

    async def _sync(self, query: Mapping[str, str], patience: float) -> Json:
        try:
            answer = await self._api.get("sync", query=query, patience=patience)
        except HomeserverRefused as refused:
            # A proxy asked the wrong worker, or an administrator locked the account: both pass.
            raise HomeserverUnavailable(str(refused)) from refused
        if text(answer.get("next_batch")) is None:
            raise HomeserverUnavailable("a sync that does not say where it ends")
        return answer

    async def _batches(
        self, answer: Json, since: str | None, pending: list[Invitation]
    ) -> AsyncIterator[Batch]:
        """What one answer brought. A long gap comes page by page, before the rest.

        Until the last batch `next_batch` is where this sync began: whoever is killed between two
        pages reads the gap again.
        """
        sessions = self._take(answer)
        events: list[Incoming] = []
        async for page in self._history.happened(answer, since):
            if since is not None and len(events) >= PAGE:
                yield Batch(
                    events=tuple(events), invitations=(), sessions=sessions, next_batch=since
                )
                events, sessions = [], frozenset()
            events.extend(page)
        invited = {i.room_id: i for i in (*pending, *self._history.invitations(answer))}
        yield Batch(
            events=tuple(events),
            invitations=tuple(invited.values()),
            sessions=sessions,
            next_batch=str(answer["next_batch"]),
        )

    def _take(self, answer: Json) -> frozenset[str]:
        """Keys before rooms before events: each needs what comes before it."""
        sessions = self._machine.receive(answer)
        for room in self._rooms.update(answer):
            self._machine.renew(room)
        self._keys.follow(answer)
        self._on_sync()
        return sessions
