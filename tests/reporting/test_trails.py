"""What people do on the desk is written down so that reports can read it later."""

from datetime import timedelta

import pytest

from kaz_bot.domain.reports.cases import Case, Outcome
from kaz_bot.domain.reports.histories import Measure, as_it_was
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import Priority, Rating
from kaz_bot.domain.working_time import WorkingTime
from tests.desk import (
    ANN,
    CEM,
    EVA,
    EVAS_CHAT,
    UDO,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import MORNING
from tests.solutions import LikeRouter, offered, released

COTTBUS = "12052"
MEASURE = Measure(levels=ServiceLevels(), time=WorkingTime())


async def case(desk: DeskAtWork, number: int = 1) -> Case:
    """The ticket as a report sees it now."""
    now = desk.clock.now() + timedelta(seconds=1)
    since = MORNING - timedelta(days=1)
    async with desk.store.work() as work:
        histories = {
            one.facts.id: one async for batch in work.figures.histories(since, now) for one in batch
        }
    found = {
        key: as_it_was(history, since=since, until=now, measure=MEASURE)
        for key, history in histories.items()
    }
    seen = {key: one for key, one in found.items() if one is not None}
    return {int(key): one for key, one in seen.items()}[number]


@on_both_databases
async def test_how_long_the_asker_waited_is_known(desk: DeskAtWork) -> None:
    root = await desk.has_ticket("claimed")
    desk.clock.advance(hours=1)
    await desk.says(ANN, "!kaz rückfrage Wie viel?", thread=desk.root(1))
    desk.clock.advance(hours=1)
    await desk.says(EVA, "90.000 Euro", thread=root)
    desk.clock.advance(hours=1)
    await desk.says(ANN, "!kaz lösen Ja.", thread=desk.root(1))
    seen = await case(desk)
    assert seen.answer is not None
    assert seen.solution is not None
    assert (seen.answer.passed, seen.solution.passed) == (timedelta(hours=1), timedelta(hours=2))


async def test_what_the_asker_thinks_of_it_is_known(desk: DeskAtWork) -> None:
    root = await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz hilfreich", thread=root)
    assert (await case(desk)).rating is Rating.HELPFUL
    await desk.says(EVA, "!kaz nicht-hilfreich", thread=root)
    assert (await case(desk)).rating is Rating.NOT_HELPFUL
    await desk.says(EVA, "!kaz öffnen", thread=root)
    assert (await case(desk)).rating is None


async def test_where_it_went_and_how_urgent_it_was_is_known(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz priorität hoch 1")
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.says(CEM, "!kaz antwort 1 Ja.")
    seen = await case(desk)
    assert seen.answer is not None
    assert (seen.area, seen.answer.priority) == ("security", Priority.HIGH)


async def test_what_was_merged_goes_where_the_other_goes(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.has_ticket(asker=UDO)
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    await desk.says(CEM, "!kaz claim 1")
    await desk.says(CEM, "!kaz lösen 1 Ja.")
    seen = await case(desk, 2)
    assert (seen.area, seen.outcome) == ("security", Outcome.SOLVED)


async def test_for_which_municipality_it_was_is_known_from_the_beginning(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kommune Cottbus", room=EVAS_CHAT)
    await desk.has_ticket()
    seen = await case(desk)
    assert (seen.municipality, seen.incomplete) == (COTTBUS, False)


async def test_for_which_municipality_it_was_is_known_when_it_was_said_later(
    desk: DeskAtWork,
) -> None:
    await desk.has_ticket()
    assert (await case(desk)).municipality is None
    await desk.says(EVA, "!kaz kommune Cottbus", room=EVAS_CHAT)
    assert (await case(desk)).municipality == COTTBUS


async def test_a_ticket_from_a_direct_chat_is_only_a_number(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Wir wurden angegriffen #sicherheit", room=EVAS_CHAT)
    seen = await case(desk)
    assert seen.confidential
    assert "angegriffen" not in repr(seen)


@pytest.fixture
async def alike(open_desk: OpenDesk) -> DeskAtWork:
    """A desk that finds all questions alike."""
    return await open_desk(LikeRouter())


@on_both_databases
async def test_a_model_solution_that_was_taken_is_known(alike: DeskAtWork) -> None:
    await released(alike)
    await offered(alike, EVA)
    await alike.says(EVA, "!kaz passt L-1 KAZ-2")
    seen = await case(alike, 2)
    assert (seen.outcome, seen.closed_by) == (Outcome.SOLVED, "L-1")
    assert len(seen.offered) == 1


async def test_an_earlier_answer_that_was_taken_is_known(alike: DeskAtWork) -> None:
    await alike.has_ticket("resolved")
    await alike.has_ticket()
    await alike.says(EVA, "!kaz passt KAZ-1 KAZ-2")
    seen = await case(alike, 2)
    assert (seen.outcome, seen.closed_by) == (Outcome.SOLVED, "1")
