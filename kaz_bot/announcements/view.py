"""What announcements see of the desk: rooms, people, threads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.letters import StoredLetter
from kaz_bot.domain.posts import PostId
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.domain.service_levels import ServiceClock
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import AreaKey, Ticket, TicketId
from kaz_bot.messages import RoomId, UserId


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as the room knows them."""

    id: UserId
    name: str


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """A served room as announcements see it."""

    room_id: RoomId
    kind: RoomKind
    area: AreaKey | None
    name: str
    language: Language
    encrypted: bool
    members: Mapping[UserId, str]


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """What announcements must know about the desk to find the places of letters.

    `carriers`: the letters that show a post, and `carried_to` the tickets they were written for.
    `told`: the letters that tell of the reminder it is about.
    """

    rooms: Mapping[RoomId, RoomView]
    areas: Areas
    ticket_prefix: str
    verb_prefix: str
    emergency_contact: str
    bot: UserId
    language: Language = Language.DE
    threads: Mapping[TicketId, tuple[Thread, ...]] = field(default_factory=dict)
    directs: Mapping[UserId, RoomId] = field(default_factory=dict)
    carriers: Mapping[PostId, tuple[StoredLetter, ...]] = field(default_factory=dict)
    carried_to: Mapping[TicketId | None, Ticket] = field(default_factory=dict)
    clocks: Mapping[TicketId, ServiceClock] = field(default_factory=dict)
    # Outside business hours.
    closed: bool = False
    told: tuple[StoredLetter, ...] = ()

    def area_room(self, area: AreaKey) -> RoomView | None:
        """Where the specialists of `area` work; without a room of their own, others see to it."""
        rooms = {room.area: room for room in self.rooms.values() if room.area is not None}
        return rooms.get(self.areas.home(area, rooms))

    def admin_room(self) -> RoomView | None:
        """Where operators hear of faults."""
        return next((room for room in self.rooms.values() if room.kind is RoomKind.ADMIN), None)

    def person(self, user: UserId) -> Person:
        """The person under the name that some common room knows."""
        names = (room.members.get(user) for room in self.rooms.values())
        name = next((name for name in names if name), user.partition(":")[0].removeprefix("@"))
        return Person(id=user, name=name)

    def number(self, ticket: TicketId) -> str:
        """The ticket's number as people write it."""
        return f"{self.ticket_prefix}-{ticket}"

    def thread(self, ticket: TicketId, side: Side) -> Thread | None:
        """The thread in which that side hears of the ticket."""
        return next(
            (
                thread
                for thread in self.threads.get(ticket, ())
                if thread.side is side and thread.current and thread.person is None
            ),
            None,
        )

    def private_thread(self, ticket: TicketId, direct: RoomId | None) -> Thread | None:
        """The thread in the asker's direct chat, for what their room must not show.

        One in a chat that the asker has left is none; one whose chat is not made yet will do.
        """
        here = [
            thread
            for thread in self.threads.get(ticket, ())
            if thread.person is not None and thread.room_id in {None, direct}
        ]
        return here[-1] if here else None


def bound_view(
    room: BoundRoom, *, name: str, encrypted: bool, members: Mapping[UserId, str]
) -> RoomView:
    """A served room together with what the homeserver says about it."""
    return RoomView(
        room_id=room.room_id,
        kind=room.kind,
        area=room.area,
        name=name,
        language=room.language,
        encrypted=encrypted,
        members=members,
    )
