"""Whoever moves or settles a ticket teaches the router; what it taught goes with its question."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kaz_bot.domain.lessons import Lesson
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.jobs.retention import Retention
from tests.desk import (
    CEM,
    EVA,
    EVAS_CHAT,
    PIA,
    PROCUREMENT,
    PROJECT,
    PROJECTS,
    SECURITY,
    STANDARDS,
    UDO,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.handlers.test_routing import SURE, FixedRouter

CAMERAS = "Wer speichert Bilder der Kamera am Rathaus?"
ALIKE = "Wer speichert denn am Rathaus die Bilder der KAMERAS?"
LESS_ALIKE = "Wer speichert Bilder der Kamera am Rathaus, Bauhof, Schwimmbad?"


@pytest.fixture
async def desk(open_desk: OpenDesk) -> DeskAtWork:
    """A desk whose classifier finds security in everything."""
    return await open_desk(FixedRouter(SURE))


async def asked_and_moved(desk: DeskAtWork, area: str = "projekte", text: str = CAMERAS) -> None:
    await desk.asks(EVA, text)
    await desk.says(CEM, f"!kaz weiterleiten {area} 1 Nicht unseres.")


@on_both_databases
async def test_a_question_goes_where_one_like_it_was_moved_to(desk: DeskAtWork) -> None:
    await desk.asks(EVA, CAMERAS)
    assert desk.told(SECURITY) == ["ticket:opened"]
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    await desk.asks(UDO, ALIKE, room=PROJECT)
    assert desk.told(PROJECTS) == ["ticket:opened"]
    assert "speichert, Rathaus, Bilder und KAMERAS" in desk.bodies(PROJECT)[0]


async def test_its_confidence_is_the_share_of_words_in_common(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.asks(UDO, LESS_ALIKE, room=PROJECT)
    assert (await desk.ticket(2)).confidence == pytest.approx(4 / 6)
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert (await desk.ticket(3)).confidence == 1.0


async def test_below_the_operators_threshold_the_asker_is_still_asked(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(SURE), routing_threshold=0.7)
    await asked_and_moved(desk)
    await desk.asks(UDO, LESS_ALIKE, room=PROJECT)
    assert (await desk.ticket(2)).area_open


async def test_another_question_goes_its_own_way(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.asks(UDO, "Wer speichert Bilder der Schulen?", room=PROJECT)
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_a_tag_counts_more_than_a_lesson(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.asks(UDO, f"{CAMERAS} #vergabe", room=PROJECT)
    assert desk.told(PROCUREMENT) == ["ticket:opened"]


async def test_an_incident_waits_for_no_lesson(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(replace(SURE, incident=True)))
    await asked_and_moved(desk)
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_an_area_that_was_given_up_is_no_lesson(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    left = tuple(area for area in desk.settings.areas if area.key != "projects")
    desk.settings = replace(desk.settings, areas=left, default_area=AreaKey("standards"))
    desk.starts(desk.store)
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_moved_again_it_teaches_the_new_area(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.says(PIA, "!kaz weiterleiten standards 1")
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(STANDARDS) == ["ticket:opened"]


async def test_the_newest_of_two_lessons_counts(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    desk.clock.advance(minutes=1)
    await desk.asks(UDO, f"{CAMERAS} #sicherheit", room=PROJECT)
    await desk.says(CEM, "!kaz weiterleiten standards 2")
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(STANDARDS) == ["ticket:opened"]


async def test_an_asker_who_corrects_the_area_teaches_too(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(EVA, "!kaz fachgebiet projekte", thread=question)
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(PROJECTS) == ["ticket:opened"]


async def test_who_settles_where_it_is_teaches_as_well(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(replace(SURE, confidence=0.1)))
    question = await desk.asks(EVA, CAMERAS)
    assert (await desk.ticket(1)).area_open
    await desk.says(EVA, "!kaz fachgebiet projekte", thread=question)
    assert await lessons(desk) == [(1, "projects")]
    await desk.asks(UDO, ALIKE, room=PROJECT)
    ticket = await desk.ticket(2)
    assert (ticket.area, ticket.area_open) == ("projects", False)


async def test_so_does_who_presses_its_sign(open_desk: OpenDesk) -> None:
    desk = await open_desk(FixedRouter(replace(SURE, confidence=0.1)))
    await desk.asks(EVA, CAMERAS)
    await desk.reacts(EVA, "📋", desk.last[0].event_id)
    assert await lessons(desk) == [(1, "projects")]


async def test_a_confidential_question_teaches_nothing(desk: DeskAtWork) -> None:
    await desk.asks(EVA, CAMERAS, room=EVAS_CHAT)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    assert await lessons(desk) == []
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_a_confidential_question_learns_from_the_others(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.asks(EVA, CAMERAS, room=EVAS_CHAT)
    assert desk.told(PROJECTS) == ["ticket:opened"]


async def test_too_few_words_teach_nothing(desk: DeskAtWork) -> None:
    await asked_and_moved(desk, text="Kamera am Rathaus?")
    assert await lessons(desk) == []


async def test_merged_questions_teach_together(desk: DeskAtWork) -> None:
    await desk.asks(EVA, "Welche Leitung braucht das neue Bürgerhaus?")
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    await desk.says(CEM, "!kaz zusammenführen 2 1")
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    assert await lessons(desk) == [(1, "projects"), (2, "projects")]


async def test_a_redacted_question_is_unlearned(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    await desk.redacts(EVA, question)
    assert await lessons(desk) == []
    await desk.asks(UDO, CAMERAS, room=PROJECT)
    assert desk.told(SECURITY) == ["ticket:opened"]


async def test_an_edited_question_teaches_by_its_new_words(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    await desk.edits(EVA, question, "!kaz frage Wohin gehören Drohnen über dem Bauhof?")
    assert "kamera" not in str(await lesson_words(desk)).lower()
    await desk.asks(UDO, "Wohin gehören Drohnen über dem Bauhof?", room=PROJECT)
    assert desk.told(PROJECTS) == ["ticket:opened"]


async def test_an_edit_of_a_question_nobody_moved_teaches_nothing(desk: DeskAtWork) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.edits(EVA, question, "!kaz frage Wohin gehören Drohnen über dem Bauhof?")
    assert (await desk.ticket(1)).question == "Wohin gehören Drohnen über dem Bauhof?"
    assert await lessons(desk) == []


async def test_a_forgotten_person_taught_nothing(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert await lessons(desk) == []


async def test_what_retention_takes_out_is_unlearned(desk: DeskAtWork) -> None:
    await asked_and_moved(desk)
    await desk.says(EVA, "!kaz zurückziehen 1")
    year = timedelta(days=365)
    desk.clock.advance(days=364)
    await desk.ticks(Retention(ordinary=year, confidential=year))
    assert await lessons(desk) == [(1, "projects")]
    desk.clock.advance(days=2)
    await desk.ticks(Retention(ordinary=year, confidential=year))
    assert await lessons(desk) == []


async def lessons(desk: DeskAtWork) -> list[tuple[int, str]]:
    """Which tickets teach which area."""
    return [(lesson.ticket_id, lesson.area) for lesson in await kept(desk)]


async def lesson_words(desk: DeskAtWork) -> list[tuple[str, ...]]:
    return [lesson.words for lesson in await kept(desk)]


async def kept(desk: DeskAtWork) -> list[Lesson]:
    async with desk.store.work() as work:
        taught = [await work.lessons.of(TicketId(number)) for number in (1, 2, 3)]
    return [lesson for lesson in taught if lesson is not None]
