"""Time and the homeserver as the tests want them; everything else in the tests is real."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from kaz_bot.errors import HomeserverUnavailable, SendDelayed, SendRejected
from kaz_bot.matrix import HomeserverRefused
from kaz_bot.messages import (
    Echo,
    Enclosure,
    EventId,
    Incoming,
    Parcel,
    RoomId,
    RoomState,
    Said,
    Undecryptable,
    UserId,
)

# A Wednesday morning: 12:00 in Brandenburg.
MORNING = datetime(2026, 9, 30, 10, 0, tzinfo=UTC)
# A homeserver takes no larger event (client-server spec, "Size limits").
LARGEST_EVENT = 65_536


class FakeClock:
    """Stands still until somebody advances it, or sleeps by it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **length: float) -> None:
        self._now += timedelta(**length)

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """An event of the bot's as the homeserver got it."""

    event_id: EventId
    room_id: RoomId
    txn_id: str
    event_type: str
    content: Mapping[str, object]
    redacts: EventId | None

    @property
    def body(self) -> str:
        """The plain text, of an edit the new one."""
        return str(self._shown.get("body", ""))

    @property
    def html(self) -> str:
        return str(self._shown.get("formatted_body", ""))

    @property
    def msgtype(self) -> object:
        return self.content.get("msgtype")

    @property
    def calls(self) -> object:
        """Whom it calls; nothing at all if it does not even say that it calls nobody."""
        mentions = self.content.get("m.mentions")
        return mentions.get("user_ids", []) if isinstance(mentions, dict) else None

    @property
    def thread(self) -> object:
        return self._target if self._relation.get("rel_type") == "m.thread" else None

    @property
    def edits(self) -> object:
        return self._target if self._relation.get("rel_type") == "m.replace" else None

    @property
    def reacts_to(self) -> object:
        return self._target if self.event_type == "m.reaction" else None

    @property
    def refers_to(self) -> object:
        """The poll it ends."""
        return self._target if self._relation.get("rel_type") == "m.reference" else None

    @property
    def reaction(self) -> object:
        return self._relation.get("key")

    @property
    def replies_to(self) -> object:
        reply = self._relation.get("m.in_reply_to")
        if not isinstance(reply, dict) or self._relation.get("is_falling_back"):
            return None
        return reply["event_id"]

    @property
    def is_message(self) -> bool:
        """Whether it is a message of its own: no edit, reaction or redaction."""
        return self.event_type == "m.room.message" and not self.edits and not self.redacts

    @property
    def about(self) -> Mapping[str, object]:
        """The `de.kaz.…` part that programs read."""
        return next((dict(value) for _, value in self._keys()), {})

    @property
    def told(self) -> str:
        """What programs learn, in short: `ticket:claimed`, `error:not_found`, `info:help`."""
        for name, value in self._keys():
            what = value.get("event") or value.get("code") or value.get("topic")
            return f"{name.removeprefix('de.kaz.')}:{what}"
        return ""

    @property
    def _shown(self) -> Mapping[str, object]:
        new = self.content.get("m.new_content")
        return new if isinstance(new, dict) else self.content

    @property
    def _relation(self) -> Mapping[str, object]:
        relation = self.content.get("m.relates_to")
        return relation if isinstance(relation, dict) else {}

    @property
    def _target(self) -> object:
        return self._relation.get("event_id")

    def _keys(self) -> list[tuple[str, Mapping[str, object]]]:
        return [
            (name, value)
            for name, value in self.content.items()
            if name.startswith("de.kaz.") and isinstance(value, dict)
        ]


class FakeRooms:
    """Who is where."""

    def __init__(self) -> None:
        self._states: dict[RoomId, RoomState] = {}

    def get(self, room_id: RoomId) -> RoomState | None:
        return self._states.get(room_id)

    def joined(self) -> Iterable[RoomState]:
        return list(self._states.values())

    def put(self, state: RoomState) -> None:
        self._states[state.room_id] = state

    def drop(self, room_id: RoomId) -> None:
        """The bot is out of it."""
        del self._states[room_id]

    def change(self, room_id: RoomId, **changes: object) -> None:
        self._states[room_id] = replace(self._states[room_id], **changes)  # type: ignore[arg-type]  # named by the tests

    def enter(self, room_id: RoomId, *people: UserId) -> None:
        newcomers = {person: name_of(person) for person in people}
        self.change(room_id, members={**self._states[room_id].members, **newcomers})

    def leave(self, room_id: RoomId, *people: UserId) -> None:
        members = self._states[room_id].members
        self.change(
            room_id, members={user: members[user] for user in members if user not in people}
        )


class FakeHomeserver:
    """Takes parcels, remembers events, is away, slow or unwilling when a test says so."""

    def __init__(self, bot: UserId) -> None:
        self.bot = bot
        self.rooms = FakeRooms()
        self.sent: list[Sent] = []
        self.requests: list[Parcel] = []
        self.uploads: list[tuple[RoomId, Enclosure]] = []
        self.largest_upload = 50_000_000
        self.away = False
        self.in_touch = True
        self.loses_answers = False
        self.slow: dict[RoomId, float] = {}
        self.unwilling: set[RoomId] = set()
        self.breaks_in: dict[RoomId, Exception] = {}
        self.arrived = asyncio.Event()
        self.unwilling_to_join: set[RoomId] = set()
        self.breaks_at_doors: Exception | None = None
        self.breaks_over: dict[EventId, Exception] = {}
        self.joined: list[RoomId] = []
        self.aliases: dict[str, RoomId] = {}
        self.resolved: list[str] = []
        self.left: list[RoomId] = []
        self.events: dict[EventId, Incoming] = {}
        self.keys: set[str] = set()
        # Called before and after each event is taken: a test may end the program there.
        self.interrupts: Callable[[], None] = lambda: None
        self._count = 0
        self._sealed: dict[str, tuple[Undecryptable, Incoming | None]] = {}
        self._directs: dict[UserId, RoomId] = {}

    def new_event_id(self) -> EventId:
        self._count += 1
        return EventId(f"${self._count}")

    def happened(self, incoming: Incoming) -> Incoming:
        """Remember what somebody did, so that it can be fetched."""
        self.events[incoming.event_id] = incoming
        return incoming

    def sealed(self, said: Incoming, session: str, *, opens_to: Incoming | None) -> Undecryptable:
        """What somebody said, as long as its key is missing."""
        unread = Undecryptable(
            event_id=said.event_id,
            room_id=said.room_id,
            sender=said.sender,
            sent_at=said.sent_at,
            session_id=session,
            source=json.dumps({"event_id": said.event_id, "session": session}),
        )
        self._sealed[unread.source] = (unread, opens_to)
        return unread

    def sent_to(self, room_id: RoomId) -> list[Sent]:
        return [sent for sent in self.sent if sent.room_id == room_id]

    def shown_in(self, room_id: RoomId) -> list[str]:
        """What readers of the room see of the bot: edits made, redacted messages gone."""
        gone = {sent.redacts for sent in self.sent}
        edited = {sent.edits: sent.body for sent in self.sent if sent.event_id not in gone}
        return [
            edited.get(sent.event_id, sent.body)
            for sent in self.sent_to(room_id)
            if sent.is_message and sent.event_id not in gone
        ]

    def echo(self, sent: Sent) -> Echo:
        """The bot's message coming back to it."""
        return Echo(
            event_id=sent.event_id,
            room_id=sent.room_id,
            sender=self.bot,
            sent_at=MORNING,
            txn_id=sent.txn_id,
        )

    async def fetch(self, room_id: RoomId, event_id: EventId) -> Incoming | None:
        self._check_reachable()
        if event_id in self.breaks_over:
            raise self.breaks_over[event_id]
        found = self.events.get(event_id)
        return found if found is not None and found.room_id == room_id else None

    def decrypt(self, source: str) -> Incoming | None:
        unread, readable = self._sealed[source]
        return readable if unread.session_id in self.keys else unread

    async def join(self, room_id: RoomId, via: Sequence[str] = ()) -> None:
        self._check_reachable()
        assert all(via)
        if self.breaks_at_doors is not None:
            raise self.breaks_at_doors
        if room_id in self.unwilling_to_join:
            raise HomeserverRefused(403, "M_FORBIDDEN", "You are not invited")
        self.joined.append(room_id)

    async def resolve(self, alias: str) -> RoomId:
        self._check_reachable()
        self.resolved.append(alias)
        if alias not in self.aliases:
            raise HomeserverRefused(404, "M_NOT_FOUND", "There is no such alias")
        return self.aliases[alias]

    async def leave(self, room_id: RoomId) -> None:
        self._check_reachable()
        self.left.append(room_id)

    def has_direct(self, person: UserId, room_id: RoomId) -> None:
        """From now on this is the chat with the person."""
        self._directs[person] = room_id

    def find_direct(self, person: UserId) -> RoomId | None:
        return self._directs.get(person)

    async def create_direct(self, person: UserId) -> RoomId:
        self._check_reachable()
        room_id = self._directs.setdefault(person, RoomId(f"!for-{person[1:4]}:kaz.test"))
        state = room(room_id, self.bot, name=name_of(person), encrypted=True)
        self.rooms.put(replace(state, invited=frozenset({person})))
        return room_id

    async def upload(self, room_id: RoomId, enclosure: Enclosure) -> Mapping[str, object]:
        if self.away:
            raise SendDelayed("the homeserver is away", seconds=2)
        if len(enclosure.content) > self.largest_upload:
            raise SendRejected("M_TOO_LARGE: The file is too large")
        self.interrupts()
        self.uploads.append((room_id, enclosure))
        self.interrupts()
        address = f"mxc://kaz.test/{len(self.uploads)}"
        state = self.rooms.get(room_id)
        encrypted = state is not None and state.encrypted
        return {"file": {"url": address}} if encrypted else {"url": address}

    async def deliver(self, parcel: Parcel) -> EventId:
        self.requests.append(parcel)
        if self.away:
            raise SendDelayed("the homeserver is away", seconds=2)
        if parcel.room_id in self.breaks_in:
            raise self.breaks_in[parcel.room_id]
        if parcel.room_id in self.slow:
            raise SendDelayed("too many requests", seconds=self.slow[parcel.room_id])
        self.interrupts()
        known = [sent.event_id for sent in self.sent if sent.txn_id == parcel.txn_id]
        if not known:
            known = [self._accept(parcel)]
        self.interrupts()
        if self.loses_answers:
            raise SendDelayed("the answer was lost", seconds=2)
        return known[0]

    def _accept(self, parcel: Parcel) -> EventId:
        if parcel.room_id in self.unwilling:
            raise SendRejected("M_FORBIDDEN: You may not post here")
        if self.rooms.get(parcel.room_id) is None:
            raise SendRejected("M_FORBIDDEN: You are not in the room")
        if len(json.dumps(parcel.content, ensure_ascii=False).encode()) > LARGEST_EVENT:
            raise SendRejected("M_TOO_LARGE: The event is too large")
        sent = Sent(
            event_id=self.new_event_id(),
            room_id=parcel.room_id,
            txn_id=parcel.txn_id,
            event_type=parcel.event_type,
            content=parcel.content,
            redacts=parcel.redacts,
        )
        self._check_relation(sent)
        self.sent.append(sent)
        self.arrived.set()
        return sent.event_id

    def _check_relation(self, sent: Sent) -> None:
        """What Synapse refuses: what is about an unknown event, a thread under a thread."""
        for target in (sent.thread, sent.edits, sent.reacts_to, sent.refers_to, sent.redacts):
            if target is not None and target not in self._ids_in(sent.room_id):
                raise SendRejected(f"M_INVALID_PARAM: {target} is not in the room")
        roots = {one.event_id for one in self.sent if one.thread or one.edits}
        roots |= {
            said.event_id
            for said in self.events.values()
            if isinstance(said, Said) and (said.thread or said.edits)
        }
        if sent.thread in roots:
            raise SendRejected(
                "M_INVALID_PARAM: Cannot start threads from an event with a relation"
            )

    def _ids_in(self, room_id: RoomId) -> set[object]:
        said = {event.event_id for event in self.events.values() if event.room_id == room_id}
        return said | {sent.event_id for sent in self.sent_to(room_id)}

    def _check_reachable(self) -> None:
        if self.away:
            raise HomeserverUnavailable("the homeserver is away")


def name_of(person: UserId) -> str:
    """What the fake rooms call somebody: `@ann:kaz.test` is Ann."""
    return person.partition(":")[0].removeprefix("@").capitalize()


def room(
    room_id: RoomId,
    *members: UserId,
    name: str,
    encrypted: bool = True,
    powers: Mapping[UserId, float] | None = None,
) -> RoomState:
    """A room with these people in it."""
    return RoomState(
        room_id=room_id,
        name=name,
        encrypted=encrypted,
        members={person: name_of(person) for person in members},
        powers=powers or {},
    )
