"""What both sides hear when a ticket takes a step."""

from dataclasses import replace

from kaz_bot.announcements.arrivals import CALLED_AT_MOST
from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.places import both, callable_in, spot_of, ticket_key, to_area, to_asker
from kaz_bot.announcements.posts import carrying, post_to_asker
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.events import (
    TicketAssigned,
    TicketClosed,
    TicketMerged,
    TicketPrioritised,
    TicketReopened,
    TicketResolved,
)
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import Priority


def assigned(happened: TicketAssigned, view: DeskView) -> list[Announcement]:
    """Both sides hear who has it; who was given it by somebody else is called."""
    ticket = happened.ticket
    specialist = view.person(ticket.assignee or view.bot)
    calls = () if specialist.id == happened.by else (specialist.id,)
    facts = {"specialist": specialist, "by": view.person(happened.by or view.bot)}
    return [
        *to_asker(happened, view, "ticket/claimed_for_asker", {"specialist": specialist}),
        *to_area(happened, view, "ticket/assigned", facts, calls=calls),
    ]


def resolved(happened: TicketResolved, view: DeskView) -> list[Announcement]:
    """The solution for the asker, who is called; the area hears whose it is."""
    specialist = view.person(happened.by or view.bot)
    area = to_area(happened, view, "ticket/resolved", {"specialist": specialist})
    if happened.post is not None:
        return [*post_to_asker(happened, view, happened.post, "ticket/resolution"), *area]
    told = to_asker(happened, view, "ticket/resolved_for_asker", {"specialist": specialist})
    calls = (happened.ticket.asker,)
    return [*(replace(letter, calls=calls) for letter in told), *area]


def closed(happened: TicketClosed, view: DeskView) -> list[Announcement]:
    """The reason for the asker; both sides hear of it when time has closed it."""
    if happened.by is None:
        return both(
            happened,
            view,
            asker="ticket/closed_by_time_for_asker",
            area="ticket/closed_by_time",
            facts={},
        )
    area = to_area(happened, view, "ticket/closed", {"specialist": view.person(happened.by)})
    told = post_to_asker(happened, view, happened.post, "ticket/closure") if happened.post else []
    return [*told, *area]


def reopened(happened: TicketReopened, view: DeskView) -> list[Announcement]:
    """The area gets the asker's new words; whoever had it is called."""
    ticket = happened.ticket
    told = to_asker(happened, view, "ticket/reopened_for_asker", {})
    thread = view.thread(ticket.id, Side.AREA)
    room = view.rooms.get(thread.room_id) if thread and thread.room_id else None
    if thread is None or room is None:
        return [*told]
    calls = callable_in(ticket.assignee, room)
    letters = to_area(happened, view, "ticket/reopened", {}, calls=calls)
    if happened.post is not None:
        carried = carrying(
            happened, view, spot_of(thread), happened.post, template="ticket/relayed", room=room
        )
        letters.append(replace(carried, key=ticket_key(ticket, "relayed", view)))
    return [*told, *letters]


def merged(happened: TicketMerged, view: DeskView) -> list[Announcement]:
    """The asker, the area's thread that ends, and the one that goes on."""
    ticket, lead = happened.ticket, happened.lead
    facts = {"lead": lead, "asker": view.person(ticket.asker)}
    about_lead = replace(happened, ticket=lead)
    return [
        *to_asker(happened, view, "ticket/merged_for_asker", {}),
        *to_area(happened, view, "ticket/merged_away", facts),
        *(
            replace(letter, facts={**letter.facts, "ticket": ticket})
            for letter in to_area(about_lead, view, "ticket/merged_here", facts)
        ),
    ]


def prioritised(happened: TicketPrioritised, view: DeskView) -> list[Announcement]:
    """The area hears of it; all of its room are called when it is critical."""
    ticket = happened.ticket
    thread = view.thread(ticket.id, Side.AREA)
    room = view.rooms.get(thread.room_id) if thread and thread.room_id else None
    everybody = tuple(user for user in room.members if user != view.bot) if room else ()
    calls = everybody[:CALLED_AT_MOST] if ticket.priority is Priority.CRITICAL else ()
    facts = {"before": happened.before, "by": view.person(happened.by or view.bot)}
    return [*to_area(happened, view, "ticket/priority", facts, calls=calls)]
