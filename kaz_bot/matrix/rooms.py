"""Knows who is where: folds the state events of the sync into one record per room."""

from collections.abc import Iterator

from kaz_bot.matrix.known_room import STATE_TYPES as STATE_TYPES
from kaz_bot.matrix.known_room import KnownRoom, Rotation, rotation, snapshot
from kaz_bot.matrix.shapes import Json, mapping, objects, room_id
from kaz_bot.messages import RoomId, RoomState, UserId


class RoomBook:
    """The rooms the bot is in, as of the latest sync (messages.Rooms)."""

    def __init__(self, own_id: UserId) -> None:
        self._own_id = own_id
        self._rooms: dict[RoomId, KnownRoom] = {}
        self._snapshots: dict[RoomId, RoomState] = {}

    def get(self, room_id: RoomId) -> RoomState | None:
        if not self.knows(room_id):
            return None
        if room_id not in self._snapshots:
            self._snapshots[room_id] = snapshot(room_id, self._rooms[room_id])
        return self._snapshots[room_id]

    def joined(self) -> Iterator[RoomState]:
        found = (self.get(room) for room in tuple(self._rooms))
        return (room for room in found if room is not None)

    def knows(self, room_id: RoomId) -> bool:
        """Whether the bot is in the room, and has been told what it must know before speaking."""
        return room_id in self._rooms and self._rooms[room_id].is_told

    def with_member(self, person: UserId) -> Iterator[RoomId]:
        """The rooms in which `person` reads what is said, or will once they accept."""
        for identifier, room in self._rooms.items():
            if person in room.joined or person in room.invited:
                yield identifier

    def readers(self, room_id: RoomId) -> set[UserId]:
        """Everybody for whom a message must be encrypted."""
        room = self._rooms.get(room_id)
        return set() if room is None else {*room.joined, *room.invited}

    def is_encrypted(self, room_id: RoomId) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and "m.room.encryption" in room.state

    def rotation(self, room_id: RoomId) -> Rotation:
        """How long one key is used in the room."""
        return rotation(self._rooms.get(room_id, KnownRoom(self._own_id)))

    def direct_with(self, person: UserId) -> RoomId | None:
        """The direct chat the bot made for `person`, while both belong to it."""
        for identifier, room in self._rooms.items():
            belongs = person in room.joined or person in room.invited
            if room.made_for == person and room.is_told and belongs:
                return identifier
        return None

    def update(self, sync: Json) -> set[RoomId]:
        """Take in a sync; the rooms whose readers are others now."""
        changed: set[RoomId] = set()
        sections = mapping(sync.get("rooms"))
        for key, section in mapping(sections.get("join")).items():
            room = room_id(key)
            if room is None:
                continue
            for event in state_events(mapping(section)):
                if self._take(room, event):
                    changed.add(room)
        for key in mapping(sections.get("leave")):
            self._rooms.pop(RoomId(key), None)
            self._snapshots.pop(RoomId(key), None)
            changed.add(RoomId(key))
        return changed

    def _take(self, room_id: RoomId, event: Json) -> bool:
        self._snapshots.pop(room_id, None)
        return self._rooms.setdefault(room_id, KnownRoom(self._own_id)).take(event)


def state_events(section: Json) -> Iterator[Json]:
    """The state events of a room's part of a sync, in their order."""
    yield from objects(mapping(section.get("state")).get("events"))
    for event in objects(mapping(section.get("timeline")).get("events")):
        if "state_key" in event:
            yield event
