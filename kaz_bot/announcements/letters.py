"""The letters an announcement is made of, before they are rendered."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.letters import Place, StoredLetter
from kaz_bot.domain.posts import PostId
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.domain.threads import Side, ThreadId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import Attachment, Enclosure, EventId, RoomId, UserId


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a letter goes: a room or a person's direct chat, and there into a thread.

    `opened`: into the thread that the letter before it has opened on this side. `rootless`: into
    this thread, which lost its root with an upgraded room; the letter becomes its root.
    """

    room_id: RoomId | None = None
    person: UserId | None = None
    thread: Place | None = None
    reply_to: EventId | None = None
    opened: Side | None = None
    rootless: ThreadId | None = None


@dataclass(frozen=True, kw_only=True)
class Key:
    """The part of the content that other programs read, such as `de.kaz.ticket`."""

    name: str
    content: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to be rendered. It notifies when it calls somebody or is `loud`.

    `reminders` and `subjects`: what a reaction on it is meant for. `attachment` is somebody's file
    passed on, `enclosure` one of our own; at most one of the two.
    """

    spot: Spot
    template: str
    facts: Mapping[str, object]
    key: Key
    calls: tuple[UserId, ...] = ()
    loud: bool = False
    ticket_id: TicketId | None = None
    post_id: PostId | None = None
    sealed: bool = False
    attachment: Attachment | None = None
    enclosure: Enclosure | None = None
    opens: Side | None = None
    reactions: tuple[str, ...] = ()
    reminders: tuple[ReminderId, ...] = ()
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Poll:
    """A question that is answered by picking one answer; all see at any time how it stands.

    `answers` are ids, as they come back in a `PollAnswered`. What they are called stands in the
    table `words`, `templates/<language>/words/<words>.html`.
    """

    spot: Spot
    template: str
    facts: Mapping[str, object]
    answers: tuple[str, ...]
    words: str
    key: Key
    sealed: bool = False
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PollEnd:
    """The letter of a poll, closed with a last word; nobody can answer it any more."""

    of: StoredLetter
    template: str
    facts: Mapping[str, object]
    key: Key
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A sent letter in new words."""

    of: StoredLetter
    facts: Mapping[str, object]
    key: Key
    sealed: bool
    attachment: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A sent letter taken back."""

    of: StoredLetter


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """A reaction of the bot on somebody's message."""

    room_id: RoomId
    target: EventId
    key: str


Announcement = Letter | Edit | Redaction | Reaction | Poll | PollEnd


def info_key(topic: str, **more: object) -> Key:
    """The `de.kaz.info` part of a letter."""
    return Key(name="de.kaz.info", content={"topic": topic, **more})
