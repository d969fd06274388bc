"""The simulated year is what it says it is, and a report on it says what was made up."""

import asyncio
import io
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import Report
from kaz_bot.domain.tickets import ACTIVE, Rating, Ticket, TicketId, TicketState
from kaz_bot.municipalities import directory
from kaz_bot.reporting.gathering import gather
from kaz_bot.store import Store
from tests.desk import SETTINGS
from tests.simulation.houses import ABSENT, AREAS, QUIET
from tests.simulation.lives import Ledger
from tests.simulation.year import ZONE, Year, write_year

YEAR = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=ZONE)
MUCH_LATER = datetime(2027, 6, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Written:
    """A year in a file."""

    file: Path
    year: Year


async def write(file: Path, **how: int) -> Year:
    store = Store(f"sqlite:///{file}")
    await store.migrate()
    year = await write_year(store, 2026, **how)
    await store.close()
    return year


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    file = tmp_path_factory.mktemp("year") / "kaz.db"
    return Written(file, asyncio.run(write(file)))


@pytest.fixture
def year(written: Written) -> Year:
    return written.year


@pytest.fixture
async def store(written: Written, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(f"sqlite:///{shutil.copy(written.file, tmp_path / 'kaz.db')}")
    yield store
    await store.close()


@pytest.fixture
async def report(store: Store) -> Report:
    return await of_kind(store, ReportKind.MUNICIPALITIES)


async def of_kind(store: Store, kind: ReportKind) -> Report:
    async with store.work() as work:
        return await gather(
            work, YEAR, kind, directory=directory(), settings=SETTINGS, now=MUCH_LATER
        )


async def tickets(store: Store) -> list[Ticket]:
    async with store.work() as work:
        return await work.tickets.after(TicketId(0), 10_000)


def solved(year: Year) -> list[Ledger]:
    return [one for one in year.ledgers if one.solved_at is not None]


def test_it_has_two_thousand_questions_from_three_hundred_municipalities(year: Year) -> None:
    asking = {asker.municipality.key for asker in year.house.askers if asker.municipality}
    assert (len(year.ledgers), len(asking)) == (2000, 300)
    assert 230 < len({one.municipality for one in year.ledgers}) <= 301


def test_people_ask_less_in_summer_and_hardly_ever_on_weekends(year: Year) -> None:
    asked = [one.opened_at.astimezone(ZONE) for one in year.ledgers]
    months = Counter(at.month for at in asked)
    assert months[7] + months[8] < months[10] + months[11]
    assert sum(at.weekday() > 4 for at in asked) < 40


def test_all_that_happens_to_questions_happens_to_some(year: Year) -> None:
    states = {one.state for one in year.ledgers}
    assert states >= {TicketState.CLOSED, TicketState.RESOLVED, TicketState.WITHDRAWN}
    assert states & ACTIVE
    assert {one.rating for one in year.ledgers} == {"", *Rating}
    assert any(one.confidential for one in year.ledgers)
    assert any(one.closed_by.startswith("L-") for one in year.ledgers)
    assert any(one.closed_by.isdigit() for one in year.ledgers)


async def test_the_trail_of_each_ticket_ends_where_it_stands(store: Store) -> None:
    async with store.work() as work:
        everything = await work.tickets.after(TicketId(0), 10_000)
        trails = [await work.trail.of(ticket.id) for ticket in everything]
    assert {trail[0].event for trail in trails} == {"opened"}
    assert [trail[-1].state for trail in trails] == [ticket.state for ticket in everything]
    assert any(entry.event == "merged" for trail in trails for entry in trail)
    assert any(entry.event == "reopened" for trail in trails for entry in trail)


async def test_what_is_open_has_a_clock_that_says_by_when(store: Store) -> None:
    open_ = [ticket for ticket in await tickets(store) if ticket.state is TicketState.CLAIMED]
    async with store.work() as work:
        clocks = await work.clocks.of_all([ticket.id for ticket in open_])
    assert open_ != []
    assert all(clocks[ticket.id].solution_due_at for ticket in open_)


async def test_the_same_seed_makes_the_same_year(tmp_path: Path) -> None:
    first, again = tmp_path / "first.db", tmp_path / "again.db"
    assert await write(first, tickets=60, municipalities=30, seed=7) == await write(
        again, tickets=60, municipalities=30, seed=7
    )
    assert await dumped(first) == await dumped(again)
    other = await write(tmp_path / "other.db", tickets=60, municipalities=30, seed=8)
    assert [one.opened_at for one in other.ledgers] != await opened(first)


async def dumped(file: Path) -> str:
    store, stream = Store(f"sqlite:///{file}"), io.StringIO()
    await store.dump(stream)
    await store.close()
    return stream.getvalue()


async def opened(file: Path) -> list[datetime]:
    store = Store(f"sqlite:///{file}")
    found = [ticket.opened_at for ticket in await tickets(store)]
    await store.close()
    return found


def test_the_report_has_as_many_questions_as_were_made_up(report: Report, year: Year) -> None:
    ends = Counter(_end(one) for one in year.ledgers)
    balance = report.balance
    assert (balance.asked.number, balance.carried.number, balance.reopened.number) == (2000, 0, 0)
    assert (balance.solved.number, balance.closed.number) == (ends["solved"], ends["closed"])
    assert (balance.withdrawn.number, balance.open.number) == (ends["withdrawn"], ends["open"])


def _end(one: Ledger) -> str:
    if one.state in ACTIVE:
        return "open"
    return "solved" if one.solved_at is not None else one.state.value


def test_it_tells_each_month(report: Report, year: Year) -> None:
    asked = Counter(one.opened_at.astimezone(ZONE).month for one in year.ledgers)
    ends = Counter(one.solved_at.astimezone(ZONE).month for one in solved(year) if one.solved_at)
    months = [(row.month.month, row.opened.number, row.solved.number) for row in report.months]
    assert months == [(month, asked[month], ends[month]) for month in range(1, 13)]


def test_it_tells_each_area(report: Report, year: Year) -> None:
    asked = Counter(one.area for one in year.ledgers)
    ends = Counter(one.area for one in solved(year))
    rows = {row.area: (row.asked.number, row.solved.number) for row in report.areas}
    assert rows == {area: (asked[area], ends[area]) for area in AREAS}


def test_it_tells_who_answered_in_time_as_the_timekeeper_counts(report: Report, year: Year) -> None:
    answered = [one.answered_in_time for one in year.ledgers if one.answered_in_time is not None]
    number = report.answers.all.number.number
    assert number is not None
    assert report.head.answered_in_time is not None
    # Those who wait too long at the end of the year are not in the ledgers.
    assert 0 <= number - len(answered) < 10
    assert round(report.head.answered_in_time * number) == sum(answered)


def test_it_tells_what_was_solved_in_time_as_the_timekeeper_counts(
    report: Report, year: Year
) -> None:
    number = report.solutions.all.number.number
    assert number is not None
    assert report.head.solved_in_time is not None
    in_time = sum(one.solved_in_time is True for one in solved(year))
    assert 0 <= number - len(solved(year)) < 10
    assert round(report.head.solved_in_time * number) == in_time


def test_it_tells_what_people_thought(report: Report, year: Year) -> None:
    ratings = Counter(one.rating for one in solved(year))
    told = report.ratings
    assert (told.helpful.number, told.not_helpful.number, told.none.number) == (
        ratings[Rating.HELPFUL],
        ratings[Rating.NOT_HELPFUL],
        ratings[""],
    )


def test_it_tells_which_answers_were_used_again(report: Report, year: Year) -> None:
    by = Counter(one.closed_by for one in year.ledgers if one.closed_by)
    by_solutions = sum(count for key, count in by.items() if key.startswith("L-"))
    assert report.reuse.by_solutions.number == by_solutions
    assert report.reuse.taken.number == sum(by.values())
    assert report.reuse.offered.number == sum(one.offered for one in year.ledgers)
    first = report.reuse.solutions[0]
    assert (first.uses.number, first.title != "") == (max(_uses(year).values()), True)


def _uses(year: Year) -> Counter[str]:
    return Counter(one.closed_by for one in year.ledgers if one.closed_by.startswith("L-"))


def test_it_tells_from_where_questions_came(report: Report, year: Year) -> None:
    asked = Counter(one.municipality[:5] for one in year.ledgers)
    told = {row.key: row.asked.number for row in report.districts if not row.asked.suppressed}
    assert told == {key: asked[key] for key in told}
    assert len(told) >= 16
    assert report.coverage is not None
    assert (report.coverage.districts, report.coverage.of_districts) == (17, 18)


def test_the_district_with_few_is_covered_and_not_told(report: Report) -> None:
    rows = {row.name: row for row in report.districts}
    assert (rows[QUIET].covered, rows[QUIET].asked.number) == (True, None)
    assert (rows[ABSENT].covered, rows[ABSENT].asked.number) == (False, 0)


def test_it_tells_what_the_committee_did(report: Report, year: Year) -> None:
    committee, decided = report.committee, year.decided
    assert committee is not None
    assert (committee.passed, committee.done) == (decided.decisions, decided.done)
    assert committee.tasks.overdue == decided.overdue
    assert {
        "accepted": committee.tasks.accepted,
        "done": committee.tasks.done,
        "open": committee.tasks.open,
        "withdrawn": committee.tasks.withdrawn,
    } == {state.value: count for state, count in decided.tasks.items()}


async def test_nothing_in_a_report_names_or_quotes_anybody(
    report: Report, store: Store, year: Year
) -> None:
    said = {text for text in _texts(report) if text}
    people = {*year.people, *year.people.values(), *(state.room_id for state in year.rooms)}
    assert said.isdisjoint(people)
    assert not any(text.startswith(("@", "!", "$")) for text in said)
    quoted = {ticket.question for ticket in await tickets(store)}
    quoted |= {one.editions[-1].answer for one in year.solutions}
    assert said.isdisjoint(quoted)


def _texts(record: object) -> Iterator[str]:
    """All texts anywhere in it."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from _texts(one)
    elif is_dataclass(record):
        for part in fields(record):
            yield from _texts(getattr(record, part.name))


def test_no_municipality_is_named_with_less_than_five(report: Report) -> None:
    assert report.municipalities != ()
    assert min(row.asked.number or 0 for row in report.municipalities) >= 5


async def test_municipalities_are_named_in_that_kind_of_report_only(
    store: Store, report: Report
) -> None:
    plain = await of_kind(store, ReportKind.IT_RAT)
    assert plain.municipalities == ()
    assert replace(plain, kind=report.kind, municipalities=report.municipalities) == report
