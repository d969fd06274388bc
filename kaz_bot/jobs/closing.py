"""Closes tickets that were resolved and of which nobody has said a word since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kaz_bot.domain.events import DeskEvent, TicketClosed
from kaz_bot.store import Work

AT_ONCE = 50


class Closing:
    """The duty, with its patience."""

    def __init__(self, after: timedelta) -> None:
        self._after = after

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Close what was resolved, and last spoken about, before `now` less the patience."""
        until = now - self._after
        resolved = await work.tickets.resolved_before(until, AT_ONCE)
        silent = [ticket for ticket in resolved if ticket.changed_at < until]
        closed = [await work.tickets.save(ticket.closed(now)) for ticket in silent]
        return [TicketClosed(ticket, by=None, at=now) for ticket in closed]
