"""What happened to a ticket: one record per kind, for the audit trail and the announcements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.digest_events import DigestTold
from kaz_bot.domain.knowledge.events import KnowledgeHappened
from kaz_bot.domain.knowledge.solutions import Offer, Solution
from kaz_bot.domain.municipality_events import MunicipalityHappened
from kaz_bot.domain.posts import Post
from kaz_bot.domain.reminder_events import ReminderHappened, RemindersDue
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey, Priority, Rating, Ticket, TicketId
from kaz_bot.domain.trail import TrailEntry
from kaz_bot.messages import EventId, RoomId, UserId


@dataclass(frozen=True)
class Happened:
    """Something happened to `ticket`. `by` is empty for what time brought.

    `follows`: the same happened to the ticket it is merged into, and its area was told there.
    """

    word: ClassVar[str]
    # Whether the audit trail gets a row.
    recorded: ClassVar[bool] = True

    ticket: Ticket
    by: UserId | None = field(kw_only=True)
    at: datetime = field(kw_only=True)
    follows: bool = field(default=False, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        """Short facts for the audit trail, never texts."""
        return {}

    def trail(self, cause: EventId | None) -> TrailEntry:
        """The row of the audit trail."""
        return TrailEntry(
            ticket_id=self.ticket.id,
            at=self.at,
            actor=self.by,
            event=self.word,
            state=self.ticket.state,
            cause=cause,
            details=self.details,
        )


@dataclass(frozen=True)
class TicketOpened(Happened):
    """A question became a ticket. `doubles` are open ones that ask nearly the same, and for so
    many other `municipalities` that was asked before.

    `likeliest` are the areas it may belong to, the likeliest first.
    """

    word: ClassVar[str] = "opened"
    post: Post
    likeliest: tuple[AreaKey, ...] = field(default=(), kw_only=True)
    doubles: tuple[TicketId, ...] = field(default=(), kw_only=True)
    municipalities: int = field(default=0, kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        place = {"area": self.ticket.area, "priority": self.ticket.priority}
        municipality = self.ticket.municipality
        return place | ({"municipality": municipality} if municipality else {})


@dataclass(frozen=True)
class AnswersSuggested(Happened):
    """Its asker is offered what others were answered, before anybody works on it."""

    word: ClassVar[str] = "suggested"
    posts: tuple[Post, ...]

    @property
    def details(self) -> Mapping[str, str]:
        return {"of": " ".join(str(post.ticket_id) for post in self.posts)}


@dataclass(frozen=True)
class SolutionsSuggested(Happened):
    """Its asker is offered model solutions, before anybody works on it."""

    word: ClassVar[str] = "suggested"
    offers: tuple[Offer, ...]

    @property
    def details(self) -> Mapping[str, str]:
        return {"of": " ".join(offer.solution.subject for offer in self.offers)}


@dataclass(frozen=True)
class TicketClaimed(Happened):
    """A specialist took it. `doubles` are open ones that ask nearly the same."""

    word: ClassVar[str] = "claimed"
    doubles: tuple[TicketId, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class TicketReleased(Happened):
    """It lies in the queue again."""

    word: ClassVar[str] = "released"


@dataclass(frozen=True)
class TicketAssigned(Happened):
    """Somebody gave it to a specialist."""

    word: ClassVar[str] = "assigned"

    @property
    def details(self) -> Mapping[str, str]:
        return {"to": self.ticket.assignee or ""}


@dataclass(frozen=True)
class TicketRouted(Happened):
    """It went to another area with all that was said so far, or its asker settled the area."""

    word: ClassVar[str] = "routed"
    origin: AreaKey
    posts: tuple[Post, ...]
    reason: Post | None = None

    @property
    def details(self) -> Mapping[str, str]:
        return {"from": self.origin, "to": self.ticket.area}


@dataclass(frozen=True)
class TicketMoved(Happened):
    """Its area has another room now, or one at last; it goes there with all that was said."""

    word: ClassVar[str] = "routed"
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class AskerWrote(Happened):
    """Somebody wrote in the asker's thread. `desk` is the ticket specialists work on for it."""

    word: ClassVar[str] = "relayed"
    post: Post
    desk: Ticket

    @property
    def details(self) -> Mapping[str, str]:
        return {"post": self.post.kind}


@dataclass(frozen=True)
class SpecialistAnswered(Happened):
    """An answer goes to the asker."""

    word: ClassVar[str] = "relayed"
    post: Post

    @property
    def details(self) -> Mapping[str, str]:
        return {"post": self.post.kind}


@dataclass(frozen=True)
class SpecialistQueried(Happened):
    """A question goes back to the asker, and the ticket waits."""

    word: ClassVar[str] = "waiting"
    post: Post


@dataclass(frozen=True)
class NoteTaken(Happened):
    """Specialists said something among themselves. `asked`: by the verb, so an answer is due."""

    word: ClassVar[str] = "note"
    post: Post
    asked: bool


@dataclass(frozen=True)
class TicketResolved(Happened):
    """Answered; without a post, by the answers given so far."""

    word: ClassVar[str] = "resolved"
    post: Post | None


@dataclass(frozen=True)
class TicketClosed(Happened):
    """Ended: by a specialist with a reason, or by time after it was resolved."""

    word: ClassVar[str] = "closed"
    post: Post | None = None


@dataclass(frozen=True)
class TicketAnsweredBefore(Happened):
    """The answer of `solved`, which was offered to its asker, ended it."""

    word: ClassVar[str] = "closed"
    solved: TicketId

    @property
    def details(self) -> Mapping[str, str]:
        return {"by": str(self.solved)}


@dataclass(frozen=True)
class TicketReusedSolution(Happened):
    """A model solution, which was offered to its asker, ended it."""

    word: ClassVar[str] = "closed"
    solution: Solution

    @property
    def details(self) -> Mapping[str, str]:
        return {"by": self.solution.subject}


@dataclass(frozen=True)
class TicketWithdrawn(Happened):
    """The asker ended it."""

    word: ClassVar[str] = "withdrawn"


@dataclass(frozen=True)
class TicketReopened(Happened):
    """The asker was not helped; with a post when it was words that reopened it."""

    word: ClassVar[str] = "reopened"
    post: Post | None = None


@dataclass(frozen=True)
class TicketMerged(Happened):
    """It is answered together with `lead` from now on."""

    word: ClassVar[str] = "merged"
    lead: Ticket

    @property
    def details(self) -> Mapping[str, str]:
        return {"into": str(self.lead.id), "area": self.ticket.area}


@dataclass(frozen=True)
class TicketLeads(Happened):
    """It leads the others from now on: `former`, which they were merged into, ended alone."""

    word: ClassVar[str] = "merged"
    former: Ticket

    @property
    def details(self) -> Mapping[str, str]:
        return {"instead": str(self.former.id)}


@dataclass(frozen=True)
class TicketPrioritised(Happened):
    """Its priority changed."""

    word: ClassVar[str] = "priority"
    before: Priority

    @property
    def details(self) -> Mapping[str, str]:
        return {"from": self.before, "to": self.ticket.priority}


@dataclass(frozen=True)
class TicketRated(Happened):
    """The asker said whether the answer helped."""

    word: ClassVar[str] = "rated"
    rating: Rating

    @property
    def details(self) -> Mapping[str, str]:
        return {"rating": self.rating}


@dataclass(frozen=True)
class TicketAskedFor(Happened):
    """For which municipality it was asked is known now, or is another one."""

    word: ClassVar[str] = "municipality"

    @property
    def details(self) -> Mapping[str, str]:
        return {"to": self.ticket.municipality or ""}


@dataclass(frozen=True)
class MunicipalityAsked(Happened):
    """Nobody knows for which municipality it was asked; `shared`: it is a room that is asked."""

    word: ClassVar[str] = "municipality_asked"
    recorded: ClassVar[bool] = False
    shared: bool


@dataclass(frozen=True)
class PostEdited(Happened):
    """Somebody edited what was relayed; edits of letters follow."""

    word: ClassVar[str] = "edited"
    post: Post


@dataclass(frozen=True)
class PostErased(Happened):
    """Somebody took back what was relayed; its text is gone, redactions of letters follow."""

    word: ClassVar[str] = "erased"
    post: Post


@dataclass(frozen=True, kw_only=True)
class RoomBound:
    """A room is served from now on; `by` is empty when the settings or an invitation say so."""

    room: BoundRoom
    by: UserId | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BindingRefused:
    """A room of specialists or of the committee stands open to others and is not served."""

    room_id: RoomId
    kind: RoomKind
    area: AreaKey | None
    problem: str
    by: UserId | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoomLost:
    """The bot was removed from a room that it served."""

    room: BoundRoom
    by: UserId | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TicketSuggested:
    """A message looks like a question; its author may make it a ticket."""

    room_id: RoomId
    event_id: EventId
    at: datetime
    explained: bool = False


@dataclass(frozen=True, kw_only=True)
class KeyMissing:
    """A person's messages could not be read within the patience; asked once to send them again."""

    room_id: RoomId
    sender: UserId
    events: tuple[EventId, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LettersRejected:
    """The homeserver will never take these letters; the operators hear of it."""

    count: int
    problems: tuple[str, ...]
    tickets: tuple[TicketId, ...]
    at: datetime


DeskEvent = (
    Happened
    | RoomBound
    | BindingRefused
    | RoomLost
    | TicketSuggested
    | KeyMissing
    | LettersRejected
    | ReminderHappened
    | RemindersDue
    | CommitteeHappened
    | KnowledgeHappened
    | MunicipalityHappened
    | DigestTold
)
