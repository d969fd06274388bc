"""Histories of tickets that are right in everything a test does not say."""

from dataclasses import replace
from datetime import UTC, datetime

from kaz_bot.domain.reports.cases import Case, Change, History, TicketFacts
from kaz_bot.domain.reports.histories import Measure, as_it_was
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import AreaKey, Priority, TicketId, TicketState
from kaz_bot.domain.working_time import WorkingTime

SECURITY, PROCUREMENT = AreaKey("security"), AreaKey("procurement")
NEW, CLAIMED, WAITING = TicketState.NEW, TicketState.CLAIMED, TicketState.WAITING
RESOLVED, CLOSED, WITHDRAWN = TicketState.RESOLVED, TicketState.CLOSED, TicketState.WITHDRAWN
MEASURE = Measure(levels=ServiceLevels(), time=WorkingTime())


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of 2026 by the winter clocks of Berlin; the 23rd of November is a Monday."""
    return datetime(2026, month, day, hour - 1, minute, tzinfo=UTC)


MONDAY = at(23, 10)
WEEK, END = at(23, 1), at(30, 1)
FACTS = TicketFacts(
    id=TicketId(7),
    state=CLOSED,
    area=SECURITY,
    priority=Priority.NORMAL,
    opened_at=MONDAY,
)


def change(when: datetime, event: str, state: TicketState, **details: str) -> Change:
    return Change(at=when, event=event, state=state, details=details)


def opened(when: datetime = MONDAY, **details: str) -> Change:
    told = {"area": "security", "priority": "normal"} | details
    return change(when, "opened", NEW, **told)


def seen(
    *changes: Change,
    facts: TicketFacts = FACTS,
    since: datetime = WEEK,
    until: datetime = END,
) -> Case:
    """How a ticket that had to do with the period was at its end."""
    case = maybe_seen(*changes, facts=facts, since=since, until=until)
    assert case is not None
    return case


def maybe_seen(
    *changes: Change,
    facts: TicketFacts = FACTS,
    since: datetime = WEEK,
    until: datetime = END,
) -> Case | None:
    facts = replace(facts, opened_at=changes[0].at if changes else facts.opened_at)
    history = History(facts=facts, changes=changes)
    return as_it_was(history, since=since, until=until, measure=MEASURE)
