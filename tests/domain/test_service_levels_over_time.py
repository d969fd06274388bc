"""Whatever happens to a ticket, its clock counts the business time in which its asker waits."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.domain.service_levels import ServiceClock, ServiceLevels, Stage, Target
from kaz_bot.domain.tickets import Priority, Ticket, TicketId, TicketState
from kaz_bot.domain.timekeeper import News, Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from tests.store.records import TICKET

START = datetime(2026, 10, 22, 8, tzinfo=UTC)
WORKING = WorkingTime()
KEEPER = Timekeeper(ServiceLevels(), WORKING)
# A Thursday before the clocks change; twelve days have two weekends and no day off.
DAYS = 12
# A life of twelve days takes a while.
SOME = settings(max_examples=25, deadline=None)
STEPS = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=40 * 60),
        st.sampled_from([TicketState.CLAIMED, TicketState.WAITING, TicketState.NEW]),
    ),
    max_size=6,
)


@dataclass(frozen=True)
class Life:
    """A ticket on its way: what was told when, and how long its asker really waited for us."""

    clock: ServiceClock
    told: tuple[tuple[datetime, News], ...]
    waited_for_us: timedelta
    ended: datetime
    ticket: Ticket


def lived(priority: Priority, steps: list[tuple[int, TicketState]]) -> Life:
    """The ticket takes each step some minutes after the one before, and somebody looks often."""
    opened = replace(TICKET, id=TicketId(7), priority=priority, opened_at=START, changed_at=START)
    life = Life(KEEPER.start(opened, START), (), timedelta(0), START, opened)
    for minutes, state in steps:
        life = _until(life, life.ended + timedelta(minutes=minutes))
        ticket = replace(life.ticket, state=state)
        life = replace(life, ticket=ticket, clock=KEEPER.follow(life.clock, ticket, at=life.ended))
    return _until(life, START + timedelta(days=DAYS))


def _look(life: Life, now: datetime) -> tuple[ServiceClock, News | None]:
    """As the duty looks, at the clocks alone that are due."""
    if life.clock.next_at is None or life.clock.next_at > now:
        return life.clock, None
    return KEEPER.speak(life.clock, life.ticket, now)


def _until(life: Life, end: datetime) -> Life:
    now = life.ended
    while now < end:
        then = min(end, now + timedelta(minutes=20))
        clock, news = _look(life, then)
        waited = timedelta(0) if life.clock.stands else WORKING.between(now, then)
        life = Life(
            clock,
            (*life.told, (then, news)) if news else life.told,
            life.waited_for_us + waited,
            then,
            life.ticket,
        )
        now = then
    return life


@SOME
@given(priority=st.sampled_from(Priority), steps=STEPS)
def test_every_stage_is_told_once_and_in_order(
    priority: Priority, steps: list[tuple[int, TicketState]]
) -> None:
    told = lived(priority, steps).told
    for target in Target:
        stages = [news.stage for _, news in told if news.target is target]
        assert stages == sorted(set(stages))


@SOME
@given(priority=st.sampled_from(Priority), steps=STEPS)
def test_nobody_is_told_outside_business_hours_but_of_what_is_critical(
    priority: Priority, steps: list[tuple[int, TicketState]]
) -> None:
    life = lived(priority, steps)
    at_night = [news for at, news in life.told if not WORKING.is_open(at)]
    assert at_night == [] or priority is Priority.CRITICAL


@SOME
@given(priority=st.sampled_from(Priority), steps=STEPS)
def test_it_is_overdue_exactly_when_the_business_time_is_used_up(
    priority: Priority, steps: list[tuple[int, TicketState]]
) -> None:
    life = lived(priority, steps)
    targets = KEEPER.levels.targets[priority]
    running = KEEPER.follow(life.clock, replace(life.ticket, state=TicketState.NEW), at=life.ended)
    for due in running.dues(life.ended):
        assert due.overdue == (life.waited_for_us >= targets.of(due.target))


@SOME
@given(priority=st.sampled_from(Priority), steps=STEPS)
def test_what_is_overdue_has_been_told(
    priority: Priority, steps: list[tuple[int, TicketState]]
) -> None:
    life = lived(priority, steps)
    overdue = [due.target for due in life.clock.dues(life.ended) if due.overdue]
    assert WORKING.is_open(life.ended)
    assert [life.clock.told(target) >= Stage.MISSED for target in overdue] == [True] * len(overdue)
