"""Builds the search anew from the records, in batches that hold up nobody for long."""

import logging
from collections.abc import Callable

from kaz_bot.domain.tickets import TicketId
from kaz_bot.finding import index_anew
from kaz_bot.indexing import index_decision, index_entry, index_solution
from kaz_bot.store import Store, Work

log = logging.getLogger(__name__)

# So many tickets are indexed in one transaction: about a fifth of a second.
_AT_ONCE = 100
_ALL = 1_000_000


async def complete_search(store: Store) -> None:
    """Build it if it misses something: after a migration from before there was one, or if it was
    broken off. The log says so, since it may take minutes."""
    async with store.work() as work:
        if await work.index.is_complete():
            return
    log.info("The search is built from all records; with many this takes some minutes")
    log.info("The search is built: %d records", await reindex(store, lambda _done, _total: None))


async def reindex(store: Store, progress: Callable[[int, int], None]) -> int:
    """Everything that can be found is found by its words again; how many records were looked at.

    `progress` hears how many are done, and of how many. If it is broken off, the search knows that
    it is not complete; the next start of the bot builds it anew.
    """
    async with store.work() as work:
        await work.index.begin_anew()
        looked_at = await _index_the_few(work)
        last = await work.tickets.latest()
    done, total = 0, last
    while done < total:
        async with store.work() as work:
            # Held before they are read, or a ticket that is solved just now would be lost.
            await work.index.hold()
            found = await work.tickets.after(TicketId(done), _AT_ONCE)
            batch = [ticket for ticket in found if ticket.id <= total]
            for ticket in batch:
                await index_anew(work, [ticket])
        looked_at += len(batch)
        done = batch[-1].id if batch else total
        progress(done, total)
    async with store.work() as work:
        await work.index.mark_complete()
    return looked_at


async def _index_the_few(work: Work) -> int:
    """What was made to be used again: some hundreds at most, the oldest first."""
    decisions = await work.decisions.all()
    for decided in decisions:
        await index_decision(work, decided)
    entries = await work.catalogue.all()
    for entry in sorted(entries, key=lambda one: one.as_of):
        await index_entry(work, entry)
    solutions = await work.solutions.in_use(_ALL)
    for solution, edition in reversed(solutions):
        await index_solution(work, solution, edition)
    return len(decisions) + len(entries) + len(solutions)
