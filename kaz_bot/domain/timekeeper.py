"""Keeps the service clock of a ticket in step with it, and says when somebody is to be told."""

from dataclasses import dataclass, replace
from datetime import datetime

from kaz_bot.domain.service_levels import ServiceClock, ServiceLevels, Stage, Target
from kaz_bot.domain.tickets import Priority, Ticket, TicketState
from kaz_bot.domain.working_time import WorkingTime

_SPOKEN = (Stage.NEAR, Stage.MISSED, Stage.ESCALATED)


@dataclass(frozen=True, kw_only=True)
class News:
    """A target has come to a stage that nobody was told of. `before`: what was said until now."""

    target: Target
    stage: Stage
    due_at: datetime
    before: Stage


@dataclass(frozen=True)
class Timekeeper:
    """The service levels, and the time in which they are counted.

    Everything about a clock follows from its ticket: one in work runs, one that waits for its
    asker or for the committee stands, one that was resolved, closed or withdrawn has ended. One
    that goes on after its end was reopened, and has the whole time for the solution again. A ticket
    merged into another keeps its clock but is silent, and speaks again when it leads. Another area,
    other hands, or none, change nothing; another priority has other targets since the opening.
    """

    levels: ServiceLevels
    time: WorkingTime

    def start(self, ticket: Ticket, at: datetime) -> ServiceClock:
        """The clock of a ticket that had none. Of one opened earlier, before there were clocks,
        only the solution is counted, and only from now on: nobody was promised more."""
        begun = ServiceClock(ticket_id=ticket.id, started_at=at)
        clock = begun if ticket.opened_at == at else begun.answered(at)
        return self.follow(clock, ticket, at=at)

    def follow(
        self, clock: ServiceClock, ticket: Ticket, *, at: datetime, answered: bool = False
    ) -> ServiceClock:
        """The clock after what has just happened; `answered`: the asker was told something.

        The same again changes nothing.
        """
        if not ticket.active:
            kept = clock.ended(at)
        elif clock.ended_at is not None:
            kept = clock.begun_anew(at)
        elif ticket.state is TicketState.WAITING:
            kept = clock.stopped(at)
        else:
            kept = clock.running(self.time, at)
        return self._scheduled(kept.answered(at) if answered else kept, ticket, at)

    def speak(
        self, clock: ServiceClock, ticket: Ticket, now: datetime
    ) -> tuple[ServiceClock, News | None]:
        """The clock once its news is told; after a downtime only the gravest is news.

        It is brought in step first: the desk may have closed, and forgetting a person changes
        tickets without a word.
        """
        clock = self.follow(clock, ticket, at=now)
        if clock.next_at is None or clock.next_at > now:
            return clock, None
        fresh = [
            News(target=target, stage=stage, due_at=due_at, before=clock.told(target))
            for target in clock.open_targets
            if (due_at := clock.due(target)) is not None
            and (stage := self._reached(clock, target, ticket.priority, now)) > clock.told(target)
        ]
        for one in fresh:
            clock = clock.with_target(one.target, due=one.due_at, told=one.stage)
        news = min(fresh, key=lambda one: (-one.stage, one.due_at), default=None)
        return self._scheduled(clock, ticket, now), news

    def _scheduled(self, clock: ServiceClock, ticket: Ticket, at: datetime) -> ServiceClock:
        """With the due times of what is still awaited, and when somebody is to be told next."""
        timed = self._timed(clock, ticket.priority, at)
        awaited = [due for target in timed.open_targets if (due := timed.due(target)) is not None]
        if timed.stands or not awaited or ticket.merged_into is not None:
            return replace(timed, due_at=None, next_at=None)
        next_at = self._next(timed, ticket.priority, at)
        return replace(timed, due_at=min(awaited), next_at=next_at)

    def _timed(self, clock: ServiceClock, priority: Priority, at: datetime) -> ServiceClock:
        for target in clock.open_targets:
            due = self._moment(clock, target, Stage.MISSED, priority)
            # With another priority a target may lie ahead again that was said to be missed.
            told = min(clock.told(target), self._reached(clock, target, priority, at))
            clock = clock.with_target(target, due=due, told=told)
        return clock

    def _next(self, clock: ServiceClock, priority: Priority, at: datetime) -> datetime | None:
        """When somebody is to be told next: outside business hours only of what is critical."""
        moments = [
            self._moment(clock, target, Stage(clock.told(target) + 1), priority)
            for target in clock.open_targets
            if clock.told(target) < Stage.ESCALATED
        ]
        if not moments:
            return None
        soonest = min(moments)
        if priority is Priority.CRITICAL:
            return soonest
        return self.time.next_opening(max(soonest, at))

    def _reached(
        self, clock: ServiceClock, target: Target, priority: Priority, now: datetime
    ) -> Stage:
        stages = (stage for stage in _SPOKEN if self._moment(clock, target, stage, priority) <= now)
        return max(stages, default=Stage.QUIET)

    def _moment(
        self, clock: ServiceClock, target: Target, stage: Stage, priority: Priority
    ) -> datetime:
        length = self.levels.targets[priority].until(target, stage)
        return self.time.after(clock.started_at, length + clock.waited)
