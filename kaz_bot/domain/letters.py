"""A letter: a message on its way out, whose place may name another letter not yet sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from kaz_bot.domain.posts import PostId
from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import EventId, LetterId, RoomId, UserId

# Of what is told again and again, older messages than this are not all redacted.
TAKEN_BACK_WITHIN = timedelta(days=30)
# The templates of letters that offer an asker what somebody else was answered.
OFFERS = frozenset({"ticket/suggested", "ticket/suggested_file"})


class LetterKind(StrEnum):
    """What the letter does in its room."""

    MESSAGE = "message"
    EDIT = "edit"
    REACTION = "reaction"
    REDACTION = "redaction"
    POLL = "poll"
    POLL_END = "poll_end"


class LetterState(StrEnum):
    """Where the letter is on its way. `cancelled`: erased before it was sent."""

    QUEUED = "queued"
    SENT = "sent"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A message that exists (`event`), or will once `letter` is sent; one of the two is set."""

    event: EventId | None = None
    letter: LetterId | None = None


@dataclass(frozen=True, kw_only=True)
class StoredLetter:
    """A letter as the outbox holds it, rendered; relations are added when it is sent.

    `room_id` is empty for a letter to a `person` whose direct chat is yet to be found or made.
    `target` is the message an edit, a reaction or a redaction is about, or the poll that ends.
    `sealed` letters carry text from an encrypted room and are never sent into one that is not.
    `content` is emptied when the letter has been sent: what must be kept is in the posts.
    """

    id: LetterId
    txn_id: str
    kind: LetterKind
    state: LetterState = LetterState.QUEUED
    room_id: RoomId | None
    person: UserId | None = None
    content: Mapping[str, object] = field(default_factory=dict)
    thread: Place | None = None
    reply_to: EventId | None = None
    target: Place | None = None
    sealed: bool = False
    ticket_id: TicketId | None = None
    post_id: PostId | None = None
    template: str = ""
    event_id: EventId | None = None
    attempts: int = 0
    not_before: datetime | None = None
    problem: str = ""
    written_at: datetime
    sent_at: datetime | None = None

    @property
    def offers(self) -> bool:
        """Whether its post is an answer given to somebody else, and only offered here."""
        return self.template in OFFERS

    def about(self, kind: LetterKind, content: Mapping[str, object], at: datetime) -> Self:
        """A new letter about this one: its edit, or its redaction."""
        return replace(
            self,
            id=LetterId(0),
            txn_id="",
            kind=kind,
            state=LetterState.QUEUED,
            content=content,
            thread=None,
            reply_to=None,
            target=Place(letter=self.id),
            sealed=False,
            event_id=None,
            attempts=0,
            not_before=None,
            problem="",
            written_at=at,
            sent_at=None,
        )
