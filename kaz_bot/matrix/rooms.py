"""Knows who is where: folds the state events of the sync into one record per room."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

from kaz_bot.matrix.shapes import Json, integer, items, mapping, objects, room_id, text, user_id
from kaz_bot.messages import JoinRule, RoomId, RoomState, UserId

# The state that matters to us; the sync is asked for nothing else.
STATE_TYPES = (
    "m.room.create",
    "m.room.member",
    "m.room.name",
    "m.room.canonical_alias",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.encryption",
    "m.room.tombstone",
)
# Since this room version creators stand above all power levels (MSC4289).
_CREATORS_ABOVE_ALL_SINCE = 12
_OLD_CREATOR_POWER = 100
DIRECT_MARK = "de.kaz.direct"


@dataclass
class _Room:
    """The state events of one room, as they came: the content for each type, and the members."""

    state: dict[str, Json] = field(default_factory=dict)
    creator: UserId | None = None
    joined: dict[UserId, str] = field(default_factory=dict)
    invited: set[UserId] = field(default_factory=set)

    def take(self, event: Json) -> bool:
        """Whether this changed who may read what is said from now on."""
        if event.get("type") == "m.room.member":
            return self._take_member(event)
        kind = event.get("type")
        if kind not in STATE_TYPES or event.get("state_key") != "":
            return False
        # Whatever it says: a room that was encrypted once stays so.
        if kind == "m.room.create":
            self.creator = user_id(event.get("sender"))
        self.state[str(kind)] = mapping(event.get("content"))
        return False

    def _take_member(self, event: Json) -> bool:
        member, content = user_id(event.get("state_key")), mapping(event.get("content"))
        if member is None:
            return False
        was_joined, was_invited = member in self.joined, member in self.invited
        self.joined.pop(member, None)
        self.invited.discard(member)
        if content.get("membership") == "join":
            self.joined[member] = text(content.get("displayname")) or ""
        elif content.get("membership") == "invite":
            self.invited.add(member)
        return (was_joined or was_invited) != (member in self.joined or member in self.invited)


class RoomBook:
    """The rooms the bot is in, as of the latest sync (messages.Rooms)."""

    def __init__(self, own_id: UserId) -> None:
        self._own_id = own_id
        self._rooms: dict[RoomId, _Room] = {}
        self._snapshots: dict[RoomId, RoomState] = {}

    def get(self, room_id: RoomId) -> RoomState | None:
        if room_id not in self._rooms:
            return None
        if room_id not in self._snapshots:
            self._snapshots[room_id] = _snapshot(room_id, self._rooms[room_id], self._own_id)
        return self._snapshots[room_id]

    def joined(self) -> Iterator[RoomState]:
        found = (self.get(room) for room in tuple(self._rooms))
        return (room for room in found if room is not None)

    def knows(self, room_id: RoomId) -> bool:
        """Whether the bot is in the room."""
        return room_id in self._rooms

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

    def direct_with(self, person: UserId) -> RoomId | None:
        """The direct chat the bot made for `person`, while both belong to it."""
        for identifier, room in self._rooms.items():
            mark = room.state.get("m.room.create", {}).get(DIRECT_MARK)
            if mark == person and (person in room.joined or person in room.invited):
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
        return self._rooms.setdefault(room_id, _Room()).take(event)


def state_events(section: Json) -> Iterator[Json]:
    """The state events of a room's part of a sync, in their order."""
    yield from objects(mapping(section.get("state")).get("events"))
    for event in objects(mapping(section.get("timeline")).get("events")):
        if "state_key" in event:
            yield event


def _snapshot(room_id: RoomId, room: _Room, own_id: UserId) -> RoomState:
    state = room.state
    levels = state.get("m.room.power_levels")
    visibility = state.get("m.room.history_visibility", {}).get("history_visibility")
    return RoomState(
        room_id=room_id,
        name=_name(room_id, room, own_id),
        encrypted="m.room.encryption" in state,
        members=dict(room.joined),
        invited=frozenset(room.invited),
        powers=dict(_powers(room, levels)),
        default_power=_level(mapping(levels).get("users_default")) or 0,
        join_rule=_join_rule(state.get("m.room.join_rules", {})),
        world_readable=visibility == "world_readable",
        is_space=state.get("m.room.create", {}).get("type") == "m.space",
    )


def _join_rule(content: Json) -> JoinRule:
    return JoinRule.PUBLIC if content.get("join_rule") == "public" else JoinRule.OTHER


def _powers(room: _Room, levels: Json | None) -> Mapping[UserId, float]:
    create = room.state.get("m.room.create", {})
    creators = {room.creator} if room.creator else set()
    powers: dict[UserId, float] = {}
    for person, level in mapping(mapping(levels).get("users")).items():
        if (number := _level(level)) is not None:
            powers[UserId(person)] = number
    if creators_stand_above_all(create):
        named = (user_id(person) for person in items(create.get("additional_creators")))
        creators |= {person for person in named if person is not None}
        return powers | dict.fromkeys(creators, inf)
    return powers if levels is not None else dict.fromkeys(creators, _OLD_CREATOR_POWER)


def creators_stand_above_all(create: Json) -> bool:
    """Whether the room is of a version that gives its creators infinite power."""
    version = create.get("room_version")
    if version == "org.matrix.hydra.11":
        return True
    return (
        isinstance(version, str)
        and version.isascii()
        and version.isdigit()
        and int(version[:9]) >= _CREATORS_ABOVE_ALL_SINCE
    )


def _level(value: object) -> int | None:
    """A power level; old room versions allow them as text."""
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 20:
        return int(value)
    return integer(value)


def _name(room_id: RoomId, room: _Room, own_id: UserId) -> str:
    named = text(room.state.get("m.room.name", {}).get("name"))
    alias = text(room.state.get("m.room.canonical_alias", {}).get("alias"))
    return named or alias or ", ".join(_others(room, own_id)) or room_id


def _others(room: _Room, own_id: UserId) -> Iterable[str]:
    people = [*room.joined.items(), *((person, "") for person in room.invited)]
    names = sorted(name or person for person, name in people if person != own_id)
    return names[:3]
