"""What crosses the borders of the house: events in, letters out, no library's types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

UserId = NewType("UserId", str)
RoomId = NewType("RoomId", str)
EventId = NewType("EventId", str)
LetterId = NewType("LetterId", int)
# The server in the ids that stand for people who were erased. By RFC 2606 it can never exist.
ERASED = "erased.invalid"


def server_of(user: UserId) -> str:
    """The homeserver in a Matrix id; a historical id without one belongs to no server."""
    return user.partition(":")[2]


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file or image as the sender's event named it; its bytes never pass through us.

    `content` holds the keys of the Matrix event that a second event may carry unchanged:
    `msgtype`, `url` or `file`, `info`, `filename` (client-server spec, `m.room.message` msgtypes).
    """

    name: str
    content: Mapping[str, object]


class Making(StrEnum):
    """What must still be made of the content of a file, in a process of its own, on its way."""

    FINISHED = "finished"
    # Of a document in JSON: the PDF, the HTML page, all its pictures packed together.
    PDF = "pdf"
    PAGE = "page"
    PICTURES = "pictures"
    # Of a chart in JSON: its picture.
    PICTURE = "picture"


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file of the bot's own that goes with a letter: a calendar, a report, a picture.

    `content` is the file itself, or the description of which `making` makes it on the way.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    making: Making = Making.FINISHED

    @property
    def finished(self) -> bool:
        """Whether the content is the file itself."""
        return self.making is Making.FINISHED


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One event of a room's timeline, in the order the homeserver gave it."""

    event_id: EventId
    room_id: RoomId
    sender: UserId
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class Said(Incoming):
    """A message. `thread` is its thread's root, `reply_to` a message it really answers.

    For an edit, `edits` names the message and the text is the new one.
    """

    text: str
    html: str | None = None
    thread: EventId | None = None
    reply_to: EventId | None = None
    edits: EventId | None = None
    mentions: frozenset[UserId] = frozenset()
    attachment: Attachment | None = None
    encrypted: bool = False
    notice: bool = False


@dataclass(frozen=True, kw_only=True)
class Reacted(Incoming):
    """A reaction; `key` is normalised: no variation selector, no skin tone."""

    target: EventId
    key: str


@dataclass(frozen=True, kw_only=True)
class Redacted(Incoming):
    """`target` was redacted, by its author or by a moderator."""

    target: EventId


@dataclass(frozen=True, kw_only=True)
class PollAnswered(Incoming):
    """An answer to a poll, the person's only one from now on.

    `target` is the poll, `answers` the ids of what was picked; none takes the answer back. Of more
    than the poll allows the first ones count; that each is one of the poll's is not checked.
    """

    target: EventId
    answers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Undecryptable(Incoming):
    """A message whose key is not here (yet). `source` is the encrypted event as JSON."""

    session_id: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Joined(Incoming):
    """The bot's own arrival in a room. `invited_by` is empty when nobody had to invite it."""

    invited_by: UserId | None
    direct: bool


@dataclass(frozen=True, kw_only=True)
class Left(Incoming):
    """The bot has left a room or was removed from it; `sender` did it."""


@dataclass(frozen=True, kw_only=True)
class Upgraded(Incoming):
    """The room was replaced (`m.room.tombstone`)."""

    replacement: RoomId


@dataclass(frozen=True, kw_only=True)
class RoomChanged(Incoming):
    """Encryption, join rule, history visibility or membership of a room changed."""

    what: str


@dataclass(frozen=True, kw_only=True)
class Echo(Incoming):
    """A message of the bot's own coming back; `txn_id` names its letter."""

    txn_id: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Somebody wants the bot in a room. Stripped state has no event id: joining is idempotent."""

    room_id: RoomId
    sender: UserId
    direct: bool


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What one sync brought, gaps read back; `next_batch` is saved when all of it is done."""

    events: tuple[Incoming, ...]
    invitations: tuple[Invitation, ...]
    sessions: frozenset[str]
    next_batch: str


class JoinRule(StrEnum):
    """The join rules that matter to us (client-server spec, `m.room.join_rules`)."""

    PUBLIC = "public"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class RoomState:
    """What the homeserver says about a room, after the latest sync."""

    room_id: RoomId
    name: str
    encrypted: bool
    members: Mapping[UserId, str]
    invited: frozenset[UserId] = frozenset()
    powers: Mapping[UserId, float] = field(default_factory=dict)
    default_power: float = 0
    join_rule: JoinRule = JoinRule.OTHER
    world_readable: bool = False
    is_space: bool = False
    # The room this one says it replaces, and the one it says it is replaced by. Each says what
    # its own makers want: only where both agree a room has been upgraded.
    predecessor: RoomId | None = None
    replacement: RoomId | None = None
    # Whom the bot itself made it for, as a direct chat.
    made_for: UserId | None = None

    def follows(self, old: "RoomState") -> bool:
        """Whether the rooms name each other: this one as the new, `old` as the replaced."""
        return self.predecessor == old.room_id and old.replacement == self.room_id

    def power(self, user: UserId) -> float:
        """The power level; a creator's is infinite since room version 12 (MSC4289)."""
        return self.powers.get(user, self.default_power)

    def display_name(self, user: UserId) -> str:
        """What members call the person; the local part of the Matrix id when they left."""
        return self.members.get(user) or user.partition(":")[0].removeprefix("@")


class Rooms(Protocol):
    """Who is where, as of the latest sync."""

    def get(self, room_id: RoomId) -> RoomState | None:
        """The room, or nothing when the bot is not in it."""
        ...

    def joined(self) -> Iterable[RoomState]:
        """All rooms the bot is in."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A text in both forms: `html` for clients that show it, `body` complete without it."""

    body: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One request to the homeserver, its places resolved; the same `txn_id` posts nothing twice."""

    room_id: RoomId
    txn_id: str
    event_type: str
    content: Mapping[str, object]
    redacts: EventId | None = None
