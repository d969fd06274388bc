"""Tells what happened in the rooms during one sync: each room in order, nothing from before us."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator

from kaz_bot.matrix.decoding import Decoder, arrival, heading_of, is_arrival
from kaz_bot.matrix.gaps import Gaps
from kaz_bot.matrix.shapes import Json, mapping, objects, room_id, text, user_id
from kaz_bot.messages import Incoming, Invitation, Joined, RoomId, UserId

log = logging.getLogger(__name__)


class History:
    """Reads the rooms' parts of a sync, and behind them what the sync left out."""

    def __init__(self, own_id: UserId, decoder: Decoder, gaps: Gaps) -> None:
        self._own_id = own_id
        self._decoder = decoder
        self._gaps = gaps

    async def happened(self, sync: Json, since: str | None) -> AsyncIterator[list[Incoming]]:
        """Pages of events, room after room.

        Before the very first sync there was nobody to serve: then there are only arrivals.
        """
        rooms = mapping(sync.get("rooms"))
        for section in ("join", "leave"):
            for room, part in _rooms(rooms.get(section)):
                if since is not None:
                    async for page in self._since(room, part, since):
                        yield list(self._decoded(room, page))
                elif section == "join":
                    yield list(self._arrivals(room, part))

    async def _since(self, room: RoomId, part: Json, since: str) -> AsyncIterator[list[Json]]:
        timeline = mapping(part.get("timeline"))
        events = list(objects(timeline.get("events")))
        start, own_time = text(timeline.get("prev_batch")), self._own_time(events)
        if own_time is not None:
            yield events[own_time:]
            return
        if timeline.get("limited") is True and start is not None:
            # Our membership is told when we arrived in the gap, and when all state is told.
            may_have_come = any(self._is_own_membership(event) for event in _state(part))
            arrived_at = await self._last_arrival(room, since, start) if may_have_come else None
            async for page in self._gaps.pages(room, since, start):
                own = _from(page, arrived_at)
                if own:
                    arrived_at = None
                    yield own
        yield events

    async def _last_arrival(self, room: RoomId, since: str, until: str) -> object:
        """The id of the event in the gap with which our present stay in the room began."""
        found: object = None
        async for page in self._gaps.pages(room, since, until):
            own_time = self._own_time(page)
            if own_time is not None:
                found = page[own_time].get("event_id")
        return found

    def _own_time(self, events: list[Json]) -> int | None:
        """Where in the list the bot came into the room. What others said before is not for it."""
        arrivals = [i for i, event in enumerate(events) if is_arrival(event, self._own_id)]
        return arrivals[-1] if arrivals else None

    def _decoded(self, room: RoomId, events: Iterable[Json]) -> Iterator[Incoming]:
        for event in events:
            try:
                incoming = self._decoder.decode(room, event)
            except Exception:
                # Whatever somebody has sent: the others' messages must still be heard.
                log.exception("Event %s in %s cannot be read", text(event.get("event_id")), room)
                continue
            if incoming is not None:
                yield incoming

    def _arrivals(self, room: RoomId, part: Json) -> Iterator[Joined]:
        everything = (*_state(part), *objects(mapping(part.get("timeline")).get("events")))
        own = [event for event in everything if is_arrival(event, self._own_id)]
        heading = heading_of(room, own[-1]) if own else None
        if heading is not None:
            yield arrival(heading, own[-1])

    def invitations(self, sync: Json) -> Iterator[Invitation]:
        """Who wants us where. Spaces hold no conversation: they are left unanswered."""
        for room, part in _rooms(mapping(sync.get("rooms")).get("invite")):
            events = list(objects(mapping(part.get("invite_state")).get("events")))
            create = next((e for e in events if e.get("type") == "m.room.create"), {})
            if mapping(mapping(create).get("content")).get("type") == "m.space":
                continue
            own = [e for e in events if self._is_invitation(e)]
            sender = user_id(own[-1].get("sender")) if own else None
            if sender is not None:
                direct = mapping(own[-1].get("content")).get("is_direct") is True
                yield Invitation(room_id=room, sender=sender, direct=direct)

    def _is_own_membership(self, event: Json) -> bool:
        return event.get("type") == "m.room.member" and event.get("state_key") == self._own_id

    def _is_invitation(self, event: Json) -> bool:
        return (
            self._is_own_membership(event)
            and mapping(event.get("content")).get("membership") == "invite"
        )


def _rooms(section: object) -> Iterator[tuple[RoomId, Json]]:
    for key, part in mapping(section).items():
        room = room_id(key)
        if room is not None:
            yield room, mapping(part)


def _state(part: Json) -> list[Json]:
    return list(objects(mapping(part.get("state")).get("events")))


def _from(page: list[Json], arrived_at: object) -> list[Json]:
    """The page from the arrival on; all of it once that is behind us."""
    if arrived_at is None:
        return page
    for index, event in enumerate(page):
        if event.get("event_id") == arrived_at:
            return page[index:]
    return []
