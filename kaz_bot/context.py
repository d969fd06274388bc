"""What a handler is given: the transaction, the person, the place and the time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kaz_bot.commands import Verb, Verbs
from kaz_bot.config import Settings
from kaz_bot.dates import Reader
from kaz_bot.days_off import DaysOff
from kaz_bot.domain.areas import Areas
from kaz_bot.domain.formatted import without_beginning
from kaz_bot.domain.ladders import Ladder
from kaz_bot.domain.posts import Post, PostId, PostKind
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import Incoming, Rooms, RoomState, Said, UserId
from kaz_bot.routing import Router
from kaz_bot.store import Work
from kaz_bot.texts import Speech, sanitize

# Longer texts do not fit into one encrypted event of 64 KiB in both their forms.
LONGEST_TEXT = 8000
_LONGEST_HTML = 16000


class TooLong(Refusal):
    """A text that does not fit into one message."""

    code = ErrorCode.TOO_LONG
    template = "refusal/too_long"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What stays the same from event to event."""

    settings: Settings
    areas: Areas
    router: Router
    rooms: Rooms
    verbs: Verbs
    bot: UserId
    # What the values of one kind are called in a language, for files that no template lays out.
    words: Callable[[str, str], Mapping[str, str]]
    # The same with dates and numbers, by the language.
    speech: Callable[[str], Speech]

    @property
    def days(self) -> DaysOff:
        """The days on which nobody works."""
        return self.settings.working_time.days

    @property
    def ladder(self) -> Ladder:
        """When people hear of a deadline."""
        return ladder_of(self.settings)

    @cached_property
    def reader(self) -> Reader:
        """Reads dates as people type them."""
        return Reader(self.settings.timezone, self.days)


@dataclass(frozen=True, kw_only=True)
class Context:
    """One event at the desk. `said` is the message it is, or points at, if there is one;
    `pointed_at` the one it answers or points at.
    """

    desk: Desk
    work: Work
    incoming: Incoming
    said: Said | None
    sender: UserId
    room: BoundRoom
    state: RoomState
    now: datetime
    verb: Verb | None = None
    pointed_at: Said | None = None

    @property
    def settings(self) -> Settings:
        """The operator's decisions."""
        return self.desk.settings

    @property
    def direct(self) -> bool:
        """Whether this is a direct chat."""
        return self.room.kind is RoomKind.DIRECT

    def name_of(self, user: UserId) -> str:
        """What people call somebody: here, otherwise in a room where they are."""
        elsewhere = (state.members.get(user) for state in self.desk.rooms.joined())
        here = self.state.members.get(user)
        return here or next(filter(None, elsewhere), "") or self.state.display_name(user)

    async def home_area(self, ticket: Ticket) -> AreaKey:
        """The area whose room shows the ticket: its own, or the default if that has no room."""
        return await home_area(self.work, self.desk.areas, ticket.area)

    async def keep(self, ticket: Ticket) -> tuple[Ticket, list[Ticket]]:
        """Save a ticket, and keep in step those merged into it; both are given back saved."""
        return await self._kept(ticket, await self.work.tickets.followers(ticket.id))

    async def keep_answered(self, ticket: Ticket) -> tuple[Ticket, list[Ticket]]:
        """The same for a step after the answer: also those that were resolved with the ticket."""
        followers = await self.work.tickets.followers(ticket.id)
        resolved = await self.work.tickets.resolved_with(ticket) if ticket.resolved_at else []
        return await self._kept(ticket, [*followers, *resolved])

    async def _kept(
        self, ticket: Ticket, followers: Sequence[Ticket]
    ) -> tuple[Ticket, list[Ticket]]:
        saved = await self.work.tickets.save(ticket)
        stepped = [
            await self.work.tickets.save(follower.following(saved, self.now))
            for follower in followers
        ]
        return saved, stepped

    async def write_post(
        self, ticket: TicketId, kind: PostKind, said: Said, text: str | None = None
    ) -> Post:
        """Keep what was said for a ticket. `text` is the message without the command before it."""
        words = said.text if text is None else text
        if len(words) > LONGEST_TEXT:
            raise TooLong(limit=LONGEST_TEXT, length=len(words))
        return await self.work.posts.add(
            Post(
                id=PostId(0),
                ticket_id=ticket,
                event_id=said.event_id,
                room_id=said.room_id,
                sender=said.sender,
                author=self.state.display_name(said.sender),
                kind=kind,
                text=words,
                html=formatted(said, words),
                attachment=said.attachment,
                sealed=self.state.encrypted,
                said_at=said.sent_at,
            )
        )


def ladder_of(settings: Settings) -> Ladder:
    """When people hear of a deadline, as the operator wants it."""
    return Ladder(
        ahead=settings.deadline_reminders,
        escalated_after=settings.escalate_after,
        working=settings.working_time,
    )


async def home_area(work: Work, areas: Areas, area: AreaKey) -> AreaKey:
    """The area whose room shows tickets of `area`."""
    roomed = {room.area for room in await work.rooms.of_kind(RoomKind.AREA) if room.area}
    return areas.home(area, roomed)


def formatted(said: Said, words: str) -> str | None:
    """The HTML of `words`, the end of what was said, cleaned; nothing when plain text will do."""
    if said.html is None or len(said.html) > _LONGEST_HTML:
        return None
    start = said.text.rfind(words)
    if start < 0 or said.text[start + len(words) :].strip():
        return None
    rest = without_beginning(said.html, said.text[:start])
    return sanitize(rest) if rest is not None else None
