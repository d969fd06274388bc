"""Tells of tickets in a digest: the question where it may be shown, and never who asked it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from kaz_bot.digesting.sight import Sight
from kaz_bot.domain.digest_contents import Section, TicketNote, Topic
from kaz_bot.domain.digest_quotes import about_ticket
from kaz_bot.domain.tickets import ACTIVE, Ticket, TicketId, TicketState
from kaz_bot.domain.views import question_shown
from kaz_bot.waking import owes_answer


def note_of(
    sight: Sight, ticket: Ticket, *, since: datetime | None = None, awaits: str = ""
) -> TicketNote:
    """The ticket, which has been as it is `since` then; of a confidential one only the number."""
    question = question_shown(ticket, encrypted=sight.encrypted)
    return TicketNote(
        number=ticket.id,
        state=ticket.state,
        priority=ticket.priority,
        days=sight.days_since(since or ticket.opened_at),
        question=question,
        awaits=awaits,
        sealed=ticket.sealed and bool(question),
        quotes=(about_ticket(ticket.id),) if question else (),
    )


def notes_of(sight: Sight, tickets: Iterable[Ticket]) -> list[TicketNote]:
    """Those tickets, each since it was asked."""
    return [note_of(sight, ticket) for ticket in tickets]


async def asked(
    sight: Sight, standing: Sequence[Ticket], answered: Sequence[Ticket]
) -> tuple[Section, ...]:
    """What becomes of questions, as those who asked them see it.

    `standing` have not ended; `answered` were since the last digest, and no others are to be read.
    """
    blocks = await sight.work.blocks.holding_all(standing)
    awaits = {ticket: str(block.paper) for ticket, block in blocks.items()}
    theirs = {ticket.id for ticket in standing if await _awaits_asker(sight, ticket, awaits)}
    active = [ticket for ticket in standing if ticket.state in ACTIVE]
    return (
        Section.of(
            Topic.YOUR_TURN,
            [
                note_of(sight, ticket, since=ticket.changed_at)
                for ticket in active
                if ticket.id in theirs
            ],
        ),
        Section.of(Topic.ANSWERED, notes_of(sight, _latest_first(answered))),
        Section.of(
            Topic.OPEN,
            [
                note_of(sight, ticket, awaits=awaits.get(ticket.id, ""))
                for ticket in active
                if ticket.id not in theirs
            ],
        ),
    )


async def _awaits_asker(sight: Sight, ticket: Ticket, awaits: Mapping[TicketId, str]) -> bool:
    """Whether it waits for whoever asked, and not only for the committee."""
    if ticket.state is not TicketState.WAITING:
        return False
    return ticket.id not in awaits or await owes_answer(sight.work, ticket)


async def with_askers(sight: Sight, tickets: Sequence[Ticket]) -> list[TicketNote]:
    """Those of them that wait for their askers, the longest waiting first."""
    blocks = await sight.work.blocks.holding_all(tickets)
    awaits = {ticket: str(block.paper) for ticket, block in blocks.items()}
    waiting = [ticket for ticket in tickets if await _awaits_asker(sight, ticket, awaits)]
    waiting.sort(key=lambda ticket: (ticket.changed_at, ticket.id))
    return [note_of(sight, ticket, since=ticket.changed_at) for ticket in waiting]


async def overdue(sight: Sight, tickets: Sequence[Ticket]) -> list[TicketNote]:
    """Those tickets, which are overdue, with the day since when they are."""
    clocks = await sight.work.clocks.of_all([ticket.id for ticket in tickets])
    due = {ticket: clock.due_at for ticket, clock in clocks.items()}
    return [note_of(sight, ticket, since=due.get(ticket.id)) for ticket in tickets]


def _latest_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    return sorted(tickets, key=lambda ticket: ticket.resolved_at or ticket.changed_at, reverse=True)
