"""Holds the state of one room as the homeserver told it, and says what it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf

from kaz_bot.matrix.shapes import Json, integer, items, mapping, room_id, text, user_id
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
# The defaults of the specification are the most we use one key; less than an hour is refused,
# because each key costs a message to every device in the room.
_MESSAGES_PER_KEY = 100
_MILLISECONDS_PER_KEY = 7 * 24 * 3600 * 1000
_AT_LEAST_MILLISECONDS = 3600 * 1000


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """After so many messages, or so long, a room's key is replaced."""

    messages: int
    age: timedelta


@dataclass
class KnownRoom:
    """The state events of one room, as they came: the content for each type, and the members."""

    own_id: UserId
    state: dict[str, Json] = field(default_factory=dict)
    creator: UserId | None = None
    joined: dict[UserId, str] = field(default_factory=dict)
    invited: set[UserId] = field(default_factory=set)
    # Everybody of whom a membership was told, also of those who left.
    met: set[UserId] = field(default_factory=set)

    @property
    def made_for(self) -> str | None:
        """Whom it is for, if the bot made it as a direct chat. Anybody can write so in theirs."""
        if self.creator != self.own_id:
            return None
        return text(self.state.get("m.room.create", {}).get(DIRECT_MARK))

    @property
    def is_told(self) -> bool:
        """Synapse tells of a new room bit by bit. Until a direct chat is known to be encrypted
        and its person to be in it, what is said there would be readable for all, or for nobody."""
        if self.made_for is None:
            return True
        return "m.room.encryption" in self.state and self.made_for in self.met

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
        self.met.add(member)
        was_joined, was_invited = member in self.joined, member in self.invited
        self.joined.pop(member, None)
        self.invited.discard(member)
        if content.get("membership") == "join":
            self.joined[member] = text(content.get("displayname")) or ""
        elif content.get("membership") == "invite":
            self.invited.add(member)
        return (was_joined or was_invited) != (member in self.joined or member in self.invited)


def snapshot(identifier: RoomId, room: KnownRoom) -> RoomState:
    state = room.state
    create, tombstone = state.get("m.room.create", {}), state.get("m.room.tombstone", {})
    levels = state.get("m.room.power_levels")
    visibility = state.get("m.room.history_visibility", {}).get("history_visibility")
    return RoomState(
        room_id=identifier,
        name=_name(identifier, room),
        encrypted="m.room.encryption" in state,
        members=dict(room.joined),
        invited=frozenset(room.invited),
        powers=dict(_powers(room, levels)),
        default_power=_level(mapping(levels).get("users_default")) or 0,
        join_rule=_join_rule(state.get("m.room.join_rules", {})),
        world_readable=visibility == "world_readable",
        is_space=create.get("type") == "m.space",
        predecessor=room_id(mapping(create.get("predecessor")).get("room_id")),
        replacement=room_id(tombstone.get("replacement_room")),
        made_for=user_id(room.made_for),
    )


def _join_rule(content: Json) -> JoinRule:
    return JoinRule.PUBLIC if content.get("join_rule") == "public" else JoinRule.OTHER


def _powers(room: KnownRoom, levels: Json | None) -> Mapping[UserId, float]:
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


def _name(identifier: RoomId, room: KnownRoom) -> str:
    named = text(room.state.get("m.room.name", {}).get("name"))
    alias = text(room.state.get("m.room.canonical_alias", {}).get("alias"))
    return named or alias or ", ".join(_others(room)) or identifier


def _others(room: KnownRoom) -> Iterable[str]:
    people = [*room.joined.items(), *((person, "") for person in room.invited)]
    names = sorted(name or person for person, name in people if person != room.own_id)
    return names[:3]


def rotation(room: KnownRoom) -> Rotation:
    """How long one key is used in the room; those who set it up may want it shorter."""
    content = room.state.get("m.room.encryption", {})
    messages = integer(content.get("rotation_period_msgs")) or _MESSAGES_PER_KEY
    milliseconds = integer(content.get("rotation_period_ms")) or _MILLISECONDS_PER_KEY
    at_least = max(milliseconds, _AT_LEAST_MILLISECONDS)
    return Rotation(
        messages=min(max(messages, 1), _MESSAGES_PER_KEY),
        age=timedelta(milliseconds=min(at_least, _MILLISECONDS_PER_KEY)),
    )
