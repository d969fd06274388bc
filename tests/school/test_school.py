"""The router learns from moved tickets beside the bot, and forgets what must be forgotten."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kaz_bot.routing import Router
from kaz_bot.routing.versions import FOLDER, Versions
from kaz_bot.school import School
from kaz_bot.teacher import LearningFailed
from tests.desk import CEM, EVA, EVAS_CHAT, PIA, UDO, DeskAtWork, OpenDesk, on_both_databases
from tests.handlers.test_routing import SURE, FixedRouter

CAMERAS = "Wer speichert Bilder der Kamera am Rathaus?"
STAND_IN = Path(__file__).with_name("stand_in.py")
DAY = timedelta(days=1)


@pytest.fixture
async def desk(open_desk: OpenDesk) -> DeskAtWork:
    """A desk whose classifier finds security in everything."""
    return await open_desk(FixedRouter(SURE))


@pytest.fixture
def learner() -> Router:
    """The router that is sent to school; the desk's own would find security for ever."""
    return Router.shipped()


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(folder=tmp_path / FOLDER)


@pytest.fixture
def school(desk: DeskAtWork, learner: Router, tmp_path: Path) -> Callable[..., School]:
    def founded(mode: str = "taken", every: timedelta | None = DAY) -> School:
        return School(
            store=desk.store,
            router=learner,
            data_dir=tmp_path,
            clock=desk.clock,
            every=every,
            process=(sys.executable, str(STAND_IN), mode),
        )

    return founded


Found = Callable[..., School]


async def moved(desk: DeskAtWork, number: int = 1, text: str = CAMERAS) -> None:
    await desk.asks(EVA, text)
    await desk.says(CEM, f"!kaz weiterleiten projekte {number}")


@on_both_databases
async def test_what_was_moved_is_learned_and_gone_by(
    desk: DeskAtWork, school: Found, learner: Router, versions: Versions
) -> None:
    await moved(desk)
    await school().look()
    assert (versions.numbers(), versions.in_use()) == ([1], 1)
    assert list(versions.load(1).taught) == ["1"]
    assert learner.classify("Irgendetwas").area == "projects"


async def test_who_was_taught_nothing_learns_nothing(school: Found, versions: Versions) -> None:
    await school().look()
    assert versions.numbers() == []


async def test_a_version_that_is_worse_is_kept_but_not_gone_by(
    desk: DeskAtWork, school: Found, learner: Router, versions: Versions
) -> None:
    await moved(desk)
    await school("refused").look()
    assert (versions.numbers(), versions.in_use()) == ([1], 0)
    assert learner.classify("Verschlüsselte Dateien und ein Erpresserbrief").area == "security"


async def test_the_same_lessons_are_learned_once(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    attending = school()
    await attending.look()
    desk.clock.advance(days=2)
    await attending.look()
    await school().look()
    assert versions.numbers() == [1]


async def test_another_release_learns_the_same_lessons_anew(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    await school().look()
    other = replace(versions.load(1), learned_from="the corpus of the release before")
    versions.path(1).write_bytes(other.to_bytes())
    attempt = versions.folder / "attempt.json"
    attempt.write_text(attempt.read_text().replace('"lessons": "', '"lessons": "of before '))
    desk.clock.advance(days=1)
    await school().look()
    assert (versions.numbers(), versions.in_use()) == ([2], 2)


async def test_new_lessons_wait_until_it_is_time(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    attending = school()
    await attending.look()
    await moved(desk, 2, "Wohin gehören Drohnen über dem Bauhof?")
    desk.clock.advance(hours=23)
    await attending.look()
    assert versions.numbers() == [1]
    desk.clock.advance(hours=1)
    await attending.look()
    assert (versions.numbers(), versions.in_use()) == ([1, 2], 2)


async def test_who_shall_never_learn_does_not(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    await school(every=None).look()
    assert versions.numbers() == []


async def test_a_confidential_question_is_not_learned(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await desk.asks(EVA, CAMERAS, room=EVAS_CHAT)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    await school().look()
    assert versions.numbers() == []


@pytest.mark.parametrize("how", ["redacted", "forgotten", "reworded"])
async def test_a_version_that_knows_what_was_taken_back_is_deleted(
    desk: DeskAtWork, school: Found, learner: Router, versions: Versions, how: str
) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    attending = school()
    await attending.look()
    match how:
        case "redacted":
            await desk.redacts(EVA, question)
        case "forgotten":
            await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
        case "reworded":
            await desk.edits(EVA, question, "!kaz frage Wohin mit der Drohne am Bauhof?")
    await attending.look()
    assert (versions.numbers(), versions.in_use()) == ([], 0)
    assert learner.classify("Verschlüsselte Dateien und ein Erpresserbrief").area == "security"


async def test_what_is_taken_back_while_it_learns_is_not_kept(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    attending = school()
    taught = await attending._taught()
    await desk.redacts(EVA, question)
    with pytest.raises(LearningFailed, match="taken back meanwhile"):
        await attending._learned(taught, print)
    assert versions.numbers() == []


async def test_a_process_that_breaks_leaves_the_desk_as_it_was(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    with pytest.raises(LearningFailed, match="status 3: out of memory"):
        await school("broken").look()
    assert (versions.numbers(), versions.in_use()) == ([], 0)
    await desk.asks(UDO, "Geht es weiter?")
    assert (await desk.ticket(2)).area == "security"


async def test_a_process_that_breaks_is_tried_again_the_next_day(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    with pytest.raises(LearningFailed):
        await school("broken").look()
    await school().look()
    assert versions.numbers() == []
    desk.clock.advance(days=1)
    await school().look()
    assert versions.in_use() == 1


async def test_who_is_stopped_while_learning_learns_after_the_next_start(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    learning = asyncio.create_task(school().look())
    await asyncio.sleep(0)
    learning.cancel()
    await asyncio.gather(learning, return_exceptions=True)
    assert versions.numbers() == []
    desk.clock.advance(days=1)
    await school().look()
    assert versions.in_use() == 1


async def test_when_the_version_in_use_must_go_the_next_comes_soon(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    question = await desk.asks(EVA, CAMERAS)
    await desk.says(CEM, "!kaz weiterleiten projekte 1")
    await moved(desk, 2, "Wohin gehören Drohnen über dem Bauhof?")
    attending = school()
    await attending.look()
    await desk.redacts(EVA, question)
    desk.clock.advance(minutes=5)
    await attending.look()
    assert versions.in_use() == 0
    desk.clock.advance(hours=1)
    await attending.look()
    assert (versions.numbers(), versions.in_use()) == ([2], 2)


async def test_a_ticket_moved_once_more_is_learned_anew_without_forgetting(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    await moved(desk)
    attending = school()
    await attending.look()
    await desk.says(PIA, "!kaz weiterleiten standards 1")
    await attending.look()
    assert versions.in_use() == 1
    desk.clock.advance(days=1)
    await attending.look()
    assert versions.in_use() == 2


async def test_what_the_operator_chose_is_not_replaced_by_what_is_learned(
    desk: DeskAtWork, school: Found, versions: Versions
) -> None:
    versions.pin(0)
    await moved(desk)
    await school().look()
    assert (versions.numbers(), versions.in_use()) == ([1], 0)


@pytest.mark.parametrize(
    "noted",
    [
        "",
        "{}",
        '{"at": "2026-09-01", "lessons": ""}',
        '{"at": "2099-01-01T00:00:00+00:00", "lessons": ""}',
    ],
)
async def test_an_attempt_that_cannot_be_or_be_read_is_none(
    desk: DeskAtWork, school: Found, versions: Versions, noted: str
) -> None:
    versions.make()
    (versions.folder / "attempt.json").write_text(noted)
    await moved(desk)
    await school().look()
    assert versions.in_use() == 1


async def test_a_version_the_operator_chose_is_gone_by(
    desk: DeskAtWork, school: Found, learner: Router, versions: Versions
) -> None:
    await moved(desk)
    attending = school()
    await attending.look()
    versions.use(0)
    await attending.look()
    assert learner.classify("Verschlüsselte Dateien und ein Erpresserbrief").area == "security"


async def test_after_a_start_it_goes_by_the_version_in_use(
    desk: DeskAtWork, school: Found, learner: Router
) -> None:
    await moved(desk)
    await school().look()
    learner.go_by(Versions(folder=Path("/nowhere")).load(0))
    await school().look()
    assert learner.classify("Irgendetwas").area == "projects"


async def test_a_broken_version_is_no_reason_to_be_silent(
    desk: DeskAtWork, school: Found, learner: Router, versions: Versions
) -> None:
    await moved(desk)
    attending = school()
    await attending.look()
    versions.path(1).write_bytes(b"rubbish")
    await attending.look()
    assert versions.in_use() == 0
    assert learner.classify("Verschlüsselte Dateien und ein Erpresserbrief").area == "security"


async def test_an_operator_may_let_it_learn_at_once_and_hears_how_it_goes(
    desk: DeskAtWork, school: Found
) -> None:
    await moved(desk)
    told: list[str] = []
    report = await school(every=None).learn(told.append)
    assert report is not None
    assert (report.number, report.verdict.taken) == (1, True)
    assert told == ["learning from 1 lessons"]


async def test_without_lessons_an_operator_is_told_so(school: Found) -> None:
    assert await school().learn(print) is None
