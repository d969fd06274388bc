"""Keeps the service clocks in step with what happens to their tickets."""

from datetime import datetime

from kaz_bot.domain.events import (
    AskerWrote,
    Happened,
    SpecialistAnswered,
    SpecialistQueried,
    TicketAnsweredBefore,
    TicketClosed,
    TicketResolved,
    TicketReusedSolution,
)
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.store import Work

# What tells the asker something: a query is a first answer too.
_ANSWERS = (
    SpecialistAnswered,
    SpecialistQueried,
    TicketResolved,
    TicketClosed,
    TicketAnsweredBefore,
    TicketReusedSolution,
)


async def keep_time(work: Work, happened: Happened, timekeeper: Timekeeper) -> None:
    """Let the clock of every ticket the event changed run, stand or end."""
    for ticket in await _concerned(work, happened):
        answered = ticket is happened.ticket and isinstance(happened, _ANSWERS)
        await _follow(work, timekeeper, ticket, happened.at, answered=answered)


async def _concerned(work: Work, happened: Happened) -> list[Ticket]:
    """The ticket, and if its asker wrote those that waited together with it."""
    if not isinstance(happened, AskerWrote):
        return [happened.ticket]
    followers = await work.tickets.followers(happened.desk.id)
    together = {ticket.id: ticket for ticket in (happened.desk, *followers)}
    return [*(together | {happened.ticket.id: happened.ticket}).values()]


async def _follow(
    work: Work, timekeeper: Timekeeper, ticket: Ticket, at: datetime, *, answered: bool
) -> None:
    clock = await work.clocks.get(ticket.id)
    if clock is None and not ticket.active:
        # It ended before there were clocks; nobody waits.
        return
    begun = clock or timekeeper.start(ticket, at)
    kept = timekeeper.follow(begun, ticket, at=at, answered=answered)
    if kept != clock:
        await work.clocks.save(kept)
