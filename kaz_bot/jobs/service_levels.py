"""Tells of askers who wait too long: whoever has the ticket, then the area, then the operators."""

from collections.abc import Sequence
from datetime import datetime

from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.service_events import TargetEscalated, TargetMissed, TargetNear
from kaz_bot.domain.service_levels import ServiceClock, Stage
from kaz_bot.domain.tickets import Ticket, TicketId
from kaz_bot.domain.timekeeper import News, Timekeeper
from kaz_bot.store import Work

AT_ONCE = 20


class ServiceLevelDuty:
    """The duty. Each stage of each target is told once, of several missed ones the gravest."""

    def __init__(self, timekeeper: Timekeeper) -> None:
        self._timekeeper = timekeeper

    async def __call__(self, work: Work, now: datetime) -> Sequence[DeskEvent]:
        """Some at each tick, so that no transaction is long."""
        return [
            event
            for clock in await work.clocks.due(now, AT_ONCE)
            for event in await self._told(work, clock, now)
        ]

    async def numbers_due(self, work: Work, now: datetime) -> Sequence[int]:
        """The tickets whose clocks these are."""
        return await work.clocks.tickets_due(now, AT_ONCE)

    async def one(self, work: Work, number: int, now: datetime) -> Sequence[DeskEvent]:
        """What is to be told of this ticket."""
        clock = await work.clocks.get(TicketId(number))
        return [] if clock is None else await self._told(work, clock, now)

    async def set_aside(self, work: Work, number: int, until: datetime) -> None:
        await work.clocks.look_at(TicketId(number), until)

    async def _told(self, work: Work, clock: ServiceClock, now: datetime) -> list[DeskEvent]:
        ticket = await work.tickets.get(clock.ticket_id)
        spoken, news = self._timekeeper.speak(clock, ticket, now)
        await work.clocks.save(spoken)
        return [] if news is None else [_event(ticket, news, now)]


def _event(ticket: Ticket, news: News, now: datetime) -> DeskEvent:
    match news.stage:
        case Stage.NEAR:
            return TargetNear(ticket, news.target, news.due_at, by=None, at=now)
        case Stage.MISSED:
            return TargetMissed(ticket, news.target, news.due_at, by=None, at=now)
    knows = news.before >= Stage.MISSED
    return TargetEscalated(ticket, news.target, news.due_at, knows, by=None, at=now)
