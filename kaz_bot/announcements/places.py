"""Where letters about a ticket go: to the asker's thread, to the specialists', or to both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Key, Letter, Spot
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.events import Happened, TicketRouted
from kaz_bot.domain.letters import Place
from kaz_bot.domain.threads import Side, Thread
from kaz_bot.domain.tickets import Ticket
from kaz_bot.messages import UserId


def ticket_key(ticket: Ticket, event: str, view: DeskView) -> Key:
    """The `de.kaz.ticket` part of a letter."""
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
    return [*to_asker(happened, view, asker, facts), *to_area(happened, view, area, facts)]


def to_asker(
    happened: Happened, view: DeskView, template: str, facts: Mapping[str, object]
) -> list[Letter]:
    """In the thread of whoever asked; nobody hears of a room that the bot had to leave."""
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
    ticket = happened.ticket
    origin = happened.origin if isinstance(happened, TicketRouted) else ticket.area
    reason = happened.reason if isinstance(happened, TicketRouted) else ""
    return Letter(
        spot=spot,
        template=template,
        facts={
            "ticket": ticket,
            "prefix": view.verb_prefix,
            "origin": origin,
            "reason": reason,
            **facts,
        },
        key=ticket_key(ticket, happened.word, view),
        ticket_id=ticket.id,
    )


def spot_of(thread: Thread) -> Spot:
    place = Place(event=thread.root_event, letter=thread.root_letter)
    return Spot(room_id=thread.room_id, person=thread.person, thread=place)


def callable_in(assignee: UserId | None, room: RoomView) -> tuple[UserId, ...]:
    return (assignee,) if assignee is not None and assignee in room.members else ()


def asker_room(ticket: Ticket, view: DeskView) -> RoomView | None:
    thread = view.thread(ticket.id, Side.ASKER)
    return view.rooms.get(thread.room_id) if thread and thread.room_id else None
