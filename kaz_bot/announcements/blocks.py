"""Who hears that a ticket waits for the committee, and that it goes on.

Specialists are not the committee: they and the asker read a paper's number and what came of it,
never its title or its wording.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kaz_bot.announcements.letters import Announcement, Letter
from kaz_bot.announcements.places import callable_in, ticket_key, to_area, to_asker
from kaz_bot.announcements.view import DeskView, RoomView
from kaz_bot.domain.block_events import (
    BlockHappened,
    TicketBlocked,
    TicketStillBlocked,
    TicketUnblocked,
    TicketWoken,
)
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import Ticket, TicketState

# What the contract calls it, by the state that the ticket is in now.
_EVENTS = {TicketState.WAITING: "waiting", TicketState.CLAIMED: "claimed"}


def block_happened(happened: BlockHappened, view: DeskView) -> list[Announcement]:
    """Both sides; of a paper that was put off only the area."""
    match happened:
        case TicketBlocked():
            facts = _facts(happened)
            return [
                *_keyed(
                    happened, view, to_asker(happened, view, "ticket/blocked_for_asker", facts)
                ),
                *_keyed(happened, view, to_area(happened, view, "ticket/blocked", facts)),
            ]
        case TicketUnblocked():
            facts = _facts(happened)
            told = to_asker(happened, view, "ticket/unblocked_for_asker", facts)
            return [
                *_keyed(happened, view, told),
                *_keyed(happened, view, to_area(happened, view, "ticket/unblocked", facts)),
            ]
        case TicketWoken():
            facts = _facts(happened)
            told = to_asker(happened, view, "ticket/woken_for_asker", facts)
            return [*_keyed(happened, view, told), *_calling(happened, view, facts)]
        case TicketStillBlocked():
            letters = to_area(happened, view, "ticket/still_blocked", _facts(happened))
            return [*_keyed(happened, view, letters)]


def _facts(happened: BlockHappened) -> dict[str, object]:
    paper = happened.paper
    return {
        "paper": paper.subject,
        "outcome": paper.state,
        "decision": str(paper.decision) if paper.decision else "",
        "owed": not isinstance(happened, TicketStillBlocked) and happened.owed,
    }


def _calling(happened: TicketWoken, view: DeskView, facts: Mapping[str, object]) -> list[Letter]:
    """The area, where whoever has it is called; if they have left, others are asked to take it."""
    ticket = happened.ticket
    room = _room_of(ticket, view)
    calls = callable_in(ticket.assignee, room) if room else ()
    gone = view.person(ticket.assignee) if ticket.assignee and not calls else None
    letters = to_area(happened, view, "ticket/woken", {**facts, "gone": gone}, calls=calls)
    return _keyed(happened, view, (replace(letter, loud=True) for letter in letters))


def _keyed(happened: BlockHappened, view: DeskView, letters: Iterable[Letter]) -> list[Letter]:
    event = _EVENTS.get(happened.ticket.state, happened.word)
    key = ticket_key(happened.ticket, event, view)
    return [replace(letter, key=key) for letter in letters]


def _room_of(ticket: Ticket, view: DeskView) -> RoomView | None:
    thread = view.thread(ticket.id, Side.AREA)
    return view.rooms.get(thread.room_id) if thread and thread.room_id else None
