"""The same period has the same figures, whatever has happened to its tickets since."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.events import TicketAskedFor, TicketPrioritised, TicketRated, TicketReopened
from kaz_bot.domain.knowledge.solutions import SolutionState
from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import Report
from kaz_bot.domain.tickets import AreaKey, Priority, Rating, Ticket, TicketId, TicketState
from kaz_bot.forgetting import forget_ticket, forget_user
from kaz_bot.messages import UserId
from kaz_bot.municipalities import directory
from kaz_bot.reporting.gathering import gather
from kaz_bot.store import Store, Work
from tests.desk import SETTINGS
from tests.simulation.houses import COMMITTEE_ROOM
from tests.simulation.year import ZONE, write_year

SPRING = Period(since=date(2026, 3, 1), until=date(2026, 5, 31), zone=ZONE)
MUCH_LATER = datetime(2027, 6, 1, 9, tzinfo=UTC)
SECURITY = AreaKey("security")


async def write(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    await store.migrate()
    await write_year(store, 2026, tickets=400, municipalities=60)
    await store.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with fewer questions than usual."""
    file = tmp_path_factory.mktemp("year") / "kaz.db"
    asyncio.run(write(file))
    return file


@pytest.fixture
async def store(written: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A copy of it that a test may change."""
    store = Store(f"sqlite:///{shutil.copy(written, tmp_path / 'kaz.db')}")
    yield store
    await store.close()


async def report(
    store: Store,
    kind: ReportKind = ReportKind.IT_RAT,
    *,
    period: Period = SPRING,
    area: AreaKey | None = None,
    now: datetime = MUCH_LATER,
) -> Report:
    async with store.work() as work:
        return await gather(
            work, period, kind, area=area, directory=directory(), settings=SETTINGS, now=now
        )


async def of_spring(work: Work) -> list[Ticket]:
    """What was asked then."""
    everything = await work.tickets.after(TicketId(0), 10_000)
    return [one for one in everything if SPRING.holds(one.opened_at)]


async def rate_otherwise(work: Work) -> None:
    for ticket in await of_spring(work):
        rated = await work.tickets.save(ticket.rated(Rating.NOT_HELPFUL, MUCH_LATER))
        told = TicketRated(rated, Rating.NOT_HELPFUL, by=ticket.asker, at=MUCH_LATER)
        await work.trail.add(told.trail(None))


async def reopen_some(work: Work) -> None:
    for ticket in (await of_spring(work))[:20]:
        solved = replace(ticket, state=TicketState.RESOLVED, ended_at=None)
        again = await work.tickets.save(solved.reopened(MUCH_LATER))
        told = TicketReopened(again, by=ticket.asker, at=MUCH_LATER)
        await work.trail.add(told.trail(None))


async def move_elsewhere(work: Work) -> None:
    for ticket in await of_spring(work):
        moved = replace(ticket, area=SECURITY, priority=Priority.CRITICAL)
        saved = await work.tickets.save(moved)
        told = TicketPrioritised(saved, ticket.priority, by=None, at=MUCH_LATER)
        await work.trail.add(told.trail(None))


async def ask_for_another(work: Work) -> None:
    for ticket in await of_spring(work):
        saved = await work.tickets.save(ticket.asked_for(MunicipalityKey("12054"), MUCH_LATER))
        told = TicketAskedFor(saved, by=ticket.asker, at=MUCH_LATER)
        await work.trail.add(told.trail(None))


async def forget_texts(work: Work) -> None:
    for ticket in await of_spring(work):
        await forget_ticket(work, ticket, MUCH_LATER)


async def forget_askers(work: Work) -> None:
    for asker in {ticket.asker for ticket in await of_spring(work)}:
        await forget_user(work, asker, MUCH_LATER)


async def forget_specialists(work: Work) -> None:
    for specialist in {ticket.assignee for ticket in await of_spring(work)} - {None}:
        await forget_user(work, UserId(str(specialist)), MUCH_LATER)


async def do_more_for_the_committee(work: Work) -> None:
    for task in await work.tasks.open_in(COMMITTEE_ROOM):
        done = await work.tasks.save(task.done("Später erledigt.", MUCH_LATER))
        await work.committee_trail.add(
            CommitteeEntry(subject=done.subject, at=MUCH_LATER, actor=None, event="done")
        )


LATER = {
    "other ratings": rate_otherwise,
    "reopening": reopen_some,
    "other areas and priorities": move_elsewhere,
    "other municipalities": ask_for_another,
    "texts that are erased": forget_texts,
    "askers who are forgotten": forget_askers,
    "specialists who are forgotten": forget_specialists,
    "tasks that are done at last": do_more_for_the_committee,
}


@pytest.mark.parametrize("change", LATER)
async def test_what_changes_later_changes_no_figure(store: Store, change: str) -> None:
    before = await report(store, ReportKind.MUNICIPALITIES)
    async with store.work() as work:
        await LATER[change](work)
    assert await report(store, ReportKind.MUNICIPALITIES) == before


async def test_a_later_period_sees_what_changed(store: Store) -> None:
    summer = Period(since=date(2027, 6, 1), until=date(2027, 6, 30), zone=ZONE)
    async with store.work() as work:
        await reopen_some(work)
    seen = await report(store, period=summer, now=datetime(2027, 7, 2, tzinfo=UTC))
    assert seen.balance.reopened.any
    assert seen.balance.solved.number == 0


async def test_while_a_period_runs_it_is_told_as_of_now(store: Store) -> None:
    now = datetime(2026, 4, 15, 10, tzinfo=UTC)
    running = await report(store, now=now)
    assert (running.as_of, running.complete) == (now, False)
    over = await report(store)
    assert (over.as_of, over.complete) == (SPRING.ends_at, True)
    assert running.head.asked.number != over.head.asked.number


async def test_a_period_that_has_not_begun_is_empty(store: Store) -> None:
    empty = await report(store, now=datetime(2025, 12, 1, tzinfo=UTC))
    assert (empty.head.asked.number, empty.head.answered_in_time) == (0, None)
    assert empty.coverage is not None
    assert empty.coverage.districts == 0


async def test_two_halves_of_a_period_have_asked_as_much_as_the_whole(store: Store) -> None:
    first = replace(SPRING, until=date(2026, 4, 10))
    second = replace(SPRING, since=date(2026, 4, 11))
    halves = [(await report(store, period=half)).head for half in (first, second)]
    whole = (await report(store)).head
    assert sum(half.asked.number or 0 for half in halves) == whole.asked.number
    assert sum(half.solved.number or 0 for half in halves) == whole.solved.number


async def test_a_report_on_an_area_says_what_the_whole_one_says_of_it(store: Store) -> None:
    year = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=ZONE)
    whole = await report(store, period=year)
    alone = await report(store, ReportKind.AREA, period=year, area=SECURITY)
    row = next(row for row in whole.areas if row.area == SECURITY)
    assert (alone.head.asked, alone.head.solved) == (row.asked, row.solved)
    assert (alone.answers.all, alone.solutions.all) == (row.answers, row.solutions)


async def test_a_solution_that_was_withdrawn_keeps_its_uses_and_loses_its_title(
    store: Store,
) -> None:
    year = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=ZONE)
    before = (await report(store, period=year)).reuse
    async with store.work() as work:
        solution = await work.solutions.get(SolutionId(int(before.solutions[0].subject[2:])))
        withdrawn = await work.solutions.save(solution.withdrawn(MUCH_LATER))
    assert withdrawn.state is SolutionState.WITHDRAWN
    after = (await report(store, period=year)).reuse
    assert before.solutions[0].title != ""
    assert after.solutions[0] == replace(before.solutions[0], title="")
    assert after.released == before.released


async def test_how_far_it_is_can_be_watched(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    async with store.work() as work:
        await gather(
            work,
            SPRING,
            ReportKind.IT_RAT,
            directory=directory(),
            settings=SETTINGS,
            now=MUCH_LATER,
            progress=lambda done, total: seen.append((done, total)),
        )
    done, total = seen[-1]
    assert done == total > 0
