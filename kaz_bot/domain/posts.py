"""A post: what somebody wrote for a ticket, so that it can be relayed, edited and taken back."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self

from kaz_bot.domain.tickets import TicketId
from kaz_bot.messages import Attachment, EventId, RoomId, UserId

PostId = NewType("PostId", int)


class PostKind(StrEnum):
    """Who wrote to whom."""

    QUESTION = "question"
    ASKER = "asker"
    ANSWER = "answer"
    QUERY = "query"
    RESOLUTION = "resolution"
    CLOSURE = "closure"
    NOTE = "note"


# What can be the solution of a ticket.
ANSWERS = frozenset({PostKind.ANSWER, PostKind.RESOLUTION})
# What a model solution is made of.
SOURCES = ANSWERS | {PostKind.QUESTION}


@dataclass(frozen=True, kw_only=True)
class Post:
    """One contribution to a ticket. `sealed`: written in an encrypted room.

    `text` is what was said without the command in front of it; `html` is sanitized. `author` is
    the name the room knew the person by.
    """

    id: PostId
    ticket_id: TicketId
    event_id: EventId
    room_id: RoomId
    sender: UserId
    author: str
    kind: PostKind
    text: str
    html: str | None = None
    attachment: Attachment | None = None
    sealed: bool = False
    said_at: datetime
    edited_at: datetime | None = None
    erased_at: datetime | None = None

    def may_stand_in(self, *, encrypted: bool) -> bool:
        """Whether a room may show it: nothing goes from an encrypted room into one that is not;
        what was erased goes nowhere."""
        return self.erased_at is None and (encrypted or not self.sealed)

    def reworded(self, *, text: str, html: str | None, sealed: bool, at: datetime) -> Self:
        """As its author edited it; `sealed`: in a room that is encrypted by now."""
        sealed = self.sealed or sealed
        return replace(self, text=text, html=html, sealed=sealed, edited_at=at)

    def erased(self, at: datetime) -> Self:
        """Without text and file; that something was said stays known."""
        return replace(self, text="", html=None, attachment=None, erased_at=at)
