"""Specialists are told at once which open questions ask nearly the same."""

from dataclasses import replace

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.finding import DOUBLE_ENOUGH
from tests.desk import (
    ANN,
    EVA,
    EVAS_CHAT,
    PROCUREMENT,
    PROJECT,
    SECURITY,
    UDO,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.forgetting.desk import found_by_words
from tests.handlers.test_routing import SURE, FixedRouter

ASKED = "Ist freihändig vergeben erlaubt?"
HINT = "Ähnliche offene Anfragen"


@pytest.fixture
def alike() -> FixedRouter:
    return FixedRouter(replace(SURE, area="procurement"), likeness=1.0)


@pytest.fixture
async def desk(open_desk: OpenDesk, alike: FixedRouter) -> DeskAtWork:
    """A desk that finds all questions alike, and all of them about procurement."""
    return await open_desk(alike)


async def hinted_at(desk: DeskAtWork, text: str = ASKED) -> bool:
    """Whether the area is told of doubles when Udo asks."""
    await desk.asks(UDO, text, room=PROJECT)
    return any(HINT in body for body in desk.bodies(PROCUREMENT))


@on_both_databases
async def test_the_area_is_told_and_how_to_merge_them(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.asks(UDO, ASKED, room=PROJECT)
    [root] = desk.bodies(PROCUREMENT)
    # The command alone on its line, so that it can be copied.
    assert "Ähnliche offene Anfragen: KAZ-1." in root
    assert "\n!kaz zusammenführen KAZ-1 KAZ-2\n" in root
    await desk.says(ANN, "!kaz zusammenführen KAZ-1 KAZ-2")
    assert (await desk.ticket(2)).merged_into == 1


async def test_it_is_told_in_english(desk: DeskAtWork) -> None:
    await desk.binds(PROCUREMENT, language=Language.EN)
    await desk.has_ticket()
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert "\n!kaz merge KAZ-1 KAZ-2\n" in desk.bodies(PROCUREMENT)[0]


async def test_also_where_the_text_must_not_show(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(PROCUREMENT, encrypted=False)
    await desk.has_ticket()
    assert await hinted_at(desk)
    assert "freihändig" not in desk.bodies(PROCUREMENT)[0]


async def test_no_more_than_three_are_named(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert f"{HINT}: KAZ-4, KAZ-3 und KAZ-2." in desk.bodies(PROCUREMENT)[0]


async def test_only_what_is_nearly_the_same_is_a_double(
    desk: DeskAtWork, alike: FixedRouter
) -> None:
    await desk.has_ticket()
    alike.likeness = DOUBLE_ENOUGH - 0.01
    assert not await hinted_at(desk)
    alike.likeness = DOUBLE_ENOUGH
    assert await hinted_at(desk)


@pytest.mark.parametrize("state", ["resolved", "closed", "withdrawn"])
async def test_what_is_done_is_no_double(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    assert not await hinted_at(desk)


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
async def test_what_ended_without_an_answer_is_sought_no_more(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    assert await found_by_words(desk.store) == []


@pytest.mark.parametrize("state", ["claimed", "waiting"])
async def test_what_is_worked_on_is_one(desk: DeskAtWork, state: str) -> None:
    await desk.has_ticket(state)
    assert await hinted_at(desk)


async def test_what_was_reopened_is_one_again(desk: DeskAtWork) -> None:
    await desk.has_ticket("resolved")
    await desk.says(EVA, "!kaz öffnen 1")
    assert not await hinted_at(desk, "Bis 100.000 Euro?")
    assert await hinted_at(desk)


async def test_what_its_words_reopened_is_one_again(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("resolved")
    await desk.says(EVA, "Das geht aber nicht.", thread=question)
    assert not await hinted_at(desk, "Bis 100.000 Euro?")
    assert await hinted_at(desk)


async def test_what_another_area_has_is_no_double(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(ANN, "!kaz weiterleiten sicherheit 1")
    assert not await hinted_at(desk)


async def test_what_is_merged_is_answered_with_another(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.asks(UDO, ASKED, room=PROJECT)
    assert f"{HINT}: KAZ-1." in desk.bodies(PROCUREMENT)[0]


async def test_what_is_confidential_is_not_hinted_at(desk: DeskAtWork) -> None:
    await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    assert not await hinted_at(desk)


async def test_nor_is_a_confidential_one_compared(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.asks(EVA, ASKED, room=EVAS_CHAT)
    assert HINT not in desk.bodies(PROCUREMENT)[0]


async def test_every_incident_is_one_of_its_own(desk: DeskAtWork, alike: FixedRouter) -> None:
    calm = alike.found
    await desk.has_ticket()
    alike.found = replace(calm, incident=True)
    assert not await hinted_at(desk)
    await desk.says(EVA, "!kaz zurückziehen 1")
    alike.found = calm
    assert not await hinted_at(desk)


async def test_an_edited_question_is_compared_by_its_new_words(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.edits(EVA, question, "!kaz frage Wohin mit der Drohne? #vergabe")
    assert not await hinted_at(desk)
    assert await hinted_at(desk, "Eine Drohne?")


async def test_a_question_taken_back_is_no_double(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.redacts(EVA, question)
    assert not await hinted_at(desk)


async def test_whoever_is_forgotten_asks_nothing_any_more(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert not await hinted_at(desk)


async def test_when_the_question_is_edited_the_root_says_it_no_more(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    question = await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.edits(UDO, question, "!kaz frage Wohin mit der Drohne?")
    [edit] = [sent for sent in desk.last if sent.room_id == PROCUREMENT]
    assert "Drohne" in edit.body
    assert HINT not in edit.body


async def test_nor_does_the_root_in_another_area(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    await desk.asks(UDO, ASKED, room=PROJECT)
    await desk.says(ANN, "!kaz weiterleiten sicherheit 2")
    assert "freihändig" in desk.bodies(SECURITY)[0]
    assert HINT not in str(desk.bodies(SECURITY))
