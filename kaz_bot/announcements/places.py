"""Where letters about a ticket go: to the asker's thread, to the specialists', or to both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Key, Letter, Spot, info_key
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.events import Happened, TicketRouted
from kaz_bot.domain.letters import Place
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import UserId

# The events of the contract; what else happens to a ticket is told as `de.kaz.info`.
_CONTRACT_EVENTS = frozenset(
    {
        "opened",
        "claimed",
        "released",
        "assigned",
        "routed",
        "relayed",
        "note",
        "waiting",
        "resolved",
        "closed",
        "withdrawn",
        "reopened",
        "merged",
        "priority",
        "suggested",
        "overdue",
    }
)


def ticket_key(ticket: Ticket, event: str, view: DeskView) -> Key:
    """What programs read in a letter about a ticket: which, how it stands, what happened."""
    if event not in _CONTRACT_EVENTS:
        return info_key(event, id=view.number(ticket.id))
    return Key(
        name="de.kaz.ticket",
        content={
            "id": view.number(ticket.id),
            "state": ticket.state.value,
            "area": ticket.area,
            "priority": ticket.priority.value,
            "assignee": ticket.assignee,
            "event": event,
        },
    )


def both(
    happened: Happened, view: DeskView, *, asker: str, area: str, facts: Mapping[str, object]
) -> list[Announcement]:
    """Each side in its own words."""
    return [*to_asker(happened, view, asker, facts), *to_area(happened, view, area, facts)]


def to_asker(
    happened: Happened, view: DeskView, template: str, facts: Mapping[str, object]
) -> list[Letter]:
    """In the thread of whoever asked; nobody is told in a room that the bot had to leave."""
    thread = view.thread(happened.ticket.id, Side.ASKER)
    if thread is None or thread.room_id not in view.rooms:
        return []
    return [letter_about(happened, view, spot_of(thread), template, facts)]


def to_area(
    happened: Happened,
    view: DeskView,
    template: str,
    facts: Mapping[str, object],
    *,
    calls: Iterable[UserId] = (),
) -> list[Letter]:
    """In the specialists' thread, unless the ticket it is merged into has told them already."""
    thread = view.thread(happened.ticket.id, Side.AREA)
    if happened.follows or thread is None or thread.room_id not in view.rooms:
        return []
    letter = letter_about(happened, view, spot_of(thread), template, facts)
    return [replace(letter, calls=tuple(calls))]


def letter_about(
    happened: Happened, view: DeskView, spot: Spot, template: str, facts: Mapping[str, object]
) -> Letter:
    """A letter about what happened to a ticket, with the facts that all such letters have."""
    ticket = happened.ticket
    origin = happened.origin if isinstance(happened, TicketRouted) else ticket.area
    return Letter(
        spot=spot,
        template=template,
        facts={
            "ticket": ticket,
            "prefix": view.verb_prefix,
            "origin": origin,
            **facts,
        },
        key=ticket_key(ticket, happened.word, view),
        ticket_id=ticket.id,
    )


def spot_of(thread: Thread) -> Spot:
    """In the thread."""
    place = Place(event=thread.root_event, letter=thread.root_letter)
    rootless = thread.id if place == Place() else None
    return Spot(room_id=thread.room_id, person=thread.person, thread=place, rootless=rootless)


def callable_in(assignee: UserId | None, room: RoomView) -> tuple[UserId, ...]:
    """Whom a letter to the room may call: its assignee, as long as they are there."""
    return (assignee,) if assignee is not None and assignee in room.members else ()


def asker_room(ticket: Ticket, view: DeskView) -> RoomView | None:
    """The room where it was asked, if the bot is still in it."""
    thread = view.thread(ticket.id, Side.ASKER)
    return view.rooms.get(thread.room_id) if thread and thread.room_id else None
