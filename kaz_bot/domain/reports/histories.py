"""Goes through the trail of a ticket again, to see it as it was at the end of a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.reports.cases import Case, Change, History, Outcome, TicketFacts, Wait
from kaz_bot.domain.service_levels import ServiceClock, ServiceLevels, Target
from kaz_bot.domain.tickets import ACTIVE, AreaKey, Priority, Rating, TicketState
from kaz_bot.domain.working_time import WorkingTime

# After these words of the trail the asker knows something; a query is a first answer too.
_ANSWERS = frozenset({"waiting", "resolved", "closed"})
_BY_ASKER = "asker"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """By what times are measured: targets, in business time."""

    levels: ServiceLevels
    time: WorkingTime

    def wait(self, clock: ServiceClock, target: Target, priority: Priority, at: datetime) -> Wait:
        """How long it has taken until `at`."""
        until = clock.stopped_at or at
        passed = self.time.between(clock.started_at, until) - clock.waited
        in_time = passed < self.levels.targets[priority].of(target)
        return Wait(at=at, priority=priority, passed=passed, in_time=in_time)


@dataclass(frozen=True, kw_only=True)
class _Stand:
    """How a ticket stands after some of its changes."""

    area: AreaKey
    priority: Priority
    municipality: MunicipalityKey | None
    outcome: Outcome = Outcome.OPEN
    outcome_at: datetime
    rating: Rating | None = None
    offered: tuple[datetime, ...] = ()
    closed_by: str = ""
    clock: ServiceClock
    answer: Wait | None = None
    solution: Wait | None = None
    incomplete: bool = False

    def told(self, change: Change, facts: TicketFacts) -> Self:
        """With what the row says in so many words."""
        details = change.details
        match change.event:
            case "opened":
                return self._opened(details)
            case "routed":
                return replace(self, area=AreaKey(details.get("to", self.area)))
            case "merged":
                return replace(self, area=AreaKey(details.get("area", self.area)))
            case "priority" if "to" in details:
                return replace(self, priority=Priority(details["to"]))
            case "municipality":
                key = details.get("to")
                return replace(self, municipality=MunicipalityKey(key) if key else None)
            case "suggested":
                return replace(self, offered=(*self.offered, change.at))
            case "rated":
                return self._rated(details, facts)
        return self

    def _rated(self, details: Mapping[str, str], facts: TicketFacts) -> Self:
        if "rating" in details:
            return replace(self, rating=Rating(details["rating"]))
        return replace(self, rating=facts.rating, incomplete=True)

    def _opened(self, details: Mapping[str, str]) -> Self:
        if "area" not in details:
            return replace(self, incomplete=True)
        key = details.get("municipality")
        return replace(
            self,
            area=AreaKey(details["area"]),
            priority=Priority(details.get("priority", self.priority)),
            municipality=MunicipalityKey(key) if key else None,
        )

    def stepped(self, change: Change, measure: Measure) -> Self:
        """In the state of the row; the clock runs, stands or has ended with it."""
        answered = change.event in _ANSWERS or (
            change.event == "relayed" and change.details.get("post", _BY_ASKER) != _BY_ASKER
        )
        timed = replace(self, clock=_followed(self.clock, change, measure.time))
        if answered and self.answer is None:
            wait = measure.wait(self.clock, Target.ANSWER, self.priority, change.at)
            timed = replace(timed, answer=wait)
        outcome = _outcome(self.outcome, change)
        return timed if outcome is self.outcome else timed._become(outcome, change, measure)

    def _become(self, outcome: Outcome, change: Change, measure: Measure) -> Self:
        become = replace(self, outcome=outcome, outcome_at=change.at)
        if outcome is Outcome.OPEN:
            return replace(become, rating=None, closed_by="", solution=None)
        if outcome is not Outcome.SOLVED:
            return become
        wait = measure.wait(self.clock, Target.SOLUTION, self.priority, change.at)
        by = change.details.get("by", "") if change.event == "closed" else ""
        return replace(become, closed_by=by, solution=wait)


def as_it_was(
    history: History, *, since: datetime, until: datetime, measure: Measure
) -> Case | None:
    """The ticket at `until`, in a period that began at `since`; none if it was not there yet, or
    nothing of it belongs to the period.

    What happened later changes nothing.
    """
    facts = history.facts
    if facts.opened_at >= until:
        return None
    changes, complete = _known(history)
    stand = _at_first(facts)
    before = None
    for change in changes:
        if change.at >= until:
            break
        if change.at >= since and before is None:
            before = stand.outcome
        stand = stand.told(change, facts).stepped(change, measure)
    before = before or stand.outcome
    was = before if facts.opened_at < since else None
    if was is not None and was is not Outcome.OPEN and stand.outcome_at < since:
        return None
    return _case(facts, stand, was, until, measure, incomplete=stand.incomplete or not complete)


def _case(
    facts: TicketFacts,
    stand: _Stand,
    before: Outcome | None,
    until: datetime,
    measure: Measure,
    *,
    incomplete: bool,
) -> Case:
    answer, solution = stand.answer, stand.solution
    if stand.outcome is Outcome.OPEN:
        answer = answer or _overdue(stand, Target.ANSWER, until, measure)
        solution = _overdue(stand, Target.SOLUTION, until, measure)
    return Case(
        area=stand.area,
        municipality=stand.municipality,
        confidential=facts.confidential,
        imported=facts.imported,
        incomplete=incomplete and not facts.imported,
        asked_at=facts.opened_at,
        before=before,
        outcome=stand.outcome,
        outcome_at=stand.outcome_at,
        rating=stand.rating,
        offered=stand.offered,
        closed_by=stand.closed_by,
        answer=None if facts.imported else answer,
        solution=None if facts.imported else solution,
    )


def _overdue(stand: _Stand, target: Target, until: datetime, measure: Measure) -> Wait | None:
    """Who waits still counts once the time is over; before that nobody knows."""
    wait = measure.wait(stand.clock, target, stand.priority, until)
    return None if wait.in_time else replace(wait, at=None)


def _at_first(facts: TicketFacts) -> _Stand:
    return _Stand(
        area=facts.area,
        priority=facts.priority,
        municipality=facts.municipality,
        outcome_at=facts.opened_at,
        clock=ServiceClock(ticket_id=facts.id, started_at=facts.opened_at),
    )


def _known(history: History) -> tuple[Iterable[Change], bool]:
    """The trail, and whether it tells all; what it does not tell is taken from the record."""
    told = history.changes
    if any(change.event == "opened" for change in told):
        return told, True
    facts = history.facts
    if facts.resolved_at is None or any(change.event == "resolved" for change in told):
        solved = []
    else:
        solved = [_change(facts.resolved_at, "resolved", TicketState.RESOLVED)]
    ended = facts.ended_at if not any(one.state is facts.state for one in told) else None
    end = [_change(ended, facts.state, facts.state)] if ended is not None else []
    return sorted([*told, *solved, *end], key=lambda change: change.at), False


def _change(at: datetime, event: str, state: TicketState) -> Change:
    return Change(at=at, event=event, state=state, details={})


def _outcome(before: Outcome, change: Change) -> Outcome:
    if change.state in ACTIVE:
        return Outcome.OPEN
    if change.state is TicketState.WITHDRAWN:
        return Outcome.WITHDRAWN
    # Who closes what was solved takes no answer away.
    answered = before is Outcome.SOLVED or "by" in change.details
    if change.state is TicketState.RESOLVED or answered:
        return Outcome.SOLVED
    return Outcome.CLOSED


def _followed(clock: ServiceClock, change: Change, time: WorkingTime) -> ServiceClock:
    """As the timekeeper lets it follow its ticket."""
    if change.state not in ACTIVE:
        return clock.ended(change.at)
    if clock.ended_at is not None:
        return clock.begun_anew(change.at)
    if change.state is TicketState.WAITING:
        return clock.stopped(change.at)
    return clock.running(time, change.at)
