"""Takes texts out when their time is up, and everything that is only kept for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kaz_bot.domain.events import DeskEvent
from kaz_bot.forgetting import forget_dropped, forget_ticket
from kaz_bot.jobs.unread import KEPT_FOR
from kaz_bot.store import Work

AT_ONCE = 20
# A reminder that was sent stands in the list for so long.
TICKED_OFF_WITHIN = timedelta(days=30)
REMINDERS_KEPT_FOR = timedelta(days=92)
# A sync that is replayed is hours old, never this much.
SEEN_FOR = timedelta(days=90)


class Retention:
    """The duty: how long after its end the texts of a ticket are kept, or of a withdrawn paper.

    Decisions, votes, tasks and meetings are records of the committee, which no time deletes.
    """

    def __init__(self, *, ordinary: timedelta, confidential: timedelta) -> None:
        self._ordinary = ordinary
        self._confidential = confidential

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Some at each tick, so that no transaction is long."""
        for confidential, kept in ((False, self._ordinary), (True, self._confidential)):
            ended = await work.tickets.ended_before(
                now - kept, confidential=confidential, limit=AT_ONCE
            )
            for ticket in ended:
                await forget_ticket(work, ticket, now)
        for paper in await work.papers.withdrawn_before(now - self._ordinary, AT_ONCE):
            await forget_dropped(work, paper, now)
        await work.reminders.settle(now - TICKED_OFF_WITHIN, now)
        await work.reminders.purge(now - REMINDERS_KEPT_FOR, AT_ONCE)
        await work.undecrypted.purge(now - KEPT_FOR)
        await work.seen.purge(now - SEEN_FOR)
        return []
