"""Who hears that an asker waits too long: in private first, then the area, then the operators."""

from dataclasses import replace

from kaz_bot.announcements.arrivals import CALLED_AT_MOST
from kaz_bot.announcements.letters import Announcement, Spot
from kaz_bot.announcements.places import callable_in, letter_about, ticket_key, to_area
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.service_events import TargetEscalated, TargetMissed, TargetNear
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import Priority, Ticket
from kaz_bot.messages import UserId

Late = TargetMissed | TargetEscalated


def target_near(happened: TargetNear, view: DeskView) -> list[Announcement]:
    """Whoever has it, alone if they have a direct chat with the bot; if nobody has it, the area."""
    ticket = happened.ticket
    facts = {"target": happened.target, "due_at": happened.due_at}
    direct = view.directs.get(ticket.assignee) if ticket.assignee else None
    if ticket.assignee is not None and direct is not None:
        spot = Spot(room_id=direct)
        letter = letter_about(happened, view, spot, "ticket/target_near", facts)
        return [replace(letter, calls=(ticket.assignee,))]
    room = _room_of(ticket, view)
    calls = callable_in(ticket.assignee, room) if room else ()
    letters = to_area(happened, view, "ticket/target_near", facts, calls=calls)
    return [replace(letter, loud=True) for letter in letters]


def target_missed(happened: TargetMissed, view: DeskView) -> list[Announcement]:
    """The area, where whoever has it is called."""
    return _overdue_in_area(happened, view)


def target_escalated(happened: TargetEscalated, view: DeskView) -> list[Announcement]:
    """The operators: which ticket, not who has it; and the area if it does not know yet."""
    room = view.admin_room()
    told = [] if happened.area_knows else _overdue_in_area(happened, view)
    if room is None:
        return told
    spot = Spot(room_id=room.room_id)
    facts = {"target": happened.target, "due_at": happened.due_at}
    letter = letter_about(happened, view, spot, "ticket/escalated", facts)
    return [*told, replace(letter, key=ticket_key(happened.ticket, "overdue", view), loud=True)]


def _overdue_in_area(happened: Late, view: DeskView) -> list[Announcement]:
    ticket = happened.ticket
    room = _room_of(ticket, view)
    facts = {"target": happened.target, "due_at": happened.due_at}
    calls = _called(ticket, room, view) if room else ()
    key = ticket_key(ticket, "overdue", view)
    letters = to_area(happened, view, "ticket/overdue", facts, calls=calls)
    return [replace(letter, key=key, loud=True) for letter in letters]


def _called(ticket: Ticket, room: RoomView, view: DeskView) -> tuple[UserId, ...]:
    """Whoever has it; of what is critical and in nobody's hands everybody."""
    if ticket.assignee is None and ticket.priority is Priority.CRITICAL:
        return tuple(user for user in room.members if user != view.bot)[:CALLED_AT_MOST]
    return callable_in(ticket.assignee, room)


def _room_of(ticket: Ticket, view: DeskView) -> RoomView | None:
    thread = view.thread(ticket.id, Side.AREA)
    return view.rooms.get(thread.room_id) if thread and thread.room_id else None
