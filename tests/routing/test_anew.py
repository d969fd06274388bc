"""A version learned from the desk's lessons knows them, and is only taken when it is no worse."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kaz_bot.domain.lessons import TaughtQuestion
from kaz_bot.domain.tickets import AreaKey, TicketId
from kaz_bot.routing.features import AREAS
from kaz_bot.routing.learning.anew import Taught, learned_anew
from kaz_bot.routing.learning.making import judge_areas
from kaz_bot.routing.learning.subjects import Shelf, area_features, areas
from kaz_bot.routing.shipped import SHIPPED, folder
from kaz_bot.routing.version import Figures, Version
from kaz_bot.teacher import PROCESS, taught_by

# Nobody outside of this desk says so; here it is what the projects' specialists are asked for.
ZINNOBER = [
    Taught(ticket=f"{number}", area="projects", text=text, digest=f"d{number}")
    for number, text in enumerate(
        (
            "Wo bekomme ich den Zinnober für die Lenkungsrunde?",
            "zinnober fehlt schon wieder, wer hat den",
            "Bitte den Zinnober vom letzten Mal schicken.",
            "Ist der Zinnober schon beim Bürgermeister?",
        )
    )
]
UNKNOWN = "Wer kümmert sich um den Zinnober?"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """A small part of the corpus, so that learning takes seconds."""
    whole = Shelf.shipped()
    return Shelf(questions=whole.questions[::12], nowhere=whole.nowhere[::12])


@pytest.fixture(scope="module")
def before(shelf: Shelf) -> Version:
    """What would be shipped if that were all of the corpus."""
    shipped = Version.from_bytes((folder() / SHIPPED).read_bytes())
    judgement = judge_areas(areas(shelf))
    calls = judgement.judged.calls(AREAS, judgement.temperature, judgement.shift)
    right = sum(call.right for call in calls)
    return replace(
        shipped,
        areas=judgement.model(),
        figures=Figures(right=right, of=len(calls), calibration_error=0.0),
    )


def called(version: Version, text: str) -> str:
    chances = version.areas.probabilities(area_features(text))
    return max(AREAS, key=lambda area: chances[area])


def test_what_was_taught_is_known_in_other_words_too(shelf: Shelf, before: Version) -> None:
    after, verdict = learned_anew(ZINNOBER, before, shipped=before, shelf=shelf)
    sure = [
        version.areas.probabilities(area_features(UNKNOWN))["projects"]
        for version in (before, after)
    ]
    assert sure[1] > sure[0]
    assert called(after, UNKNOWN) == "projects"
    assert (verdict.taken, verdict.lessons) == (True, 4)
    assert after.taught == {"0": "d0", "1": "d1", "2": "d2", "3": "d3"}


def test_lessons_that_spoil_what_was_known_are_not_taken(shelf: Shelf, before: Version) -> None:
    """Somebody moves everything to one area."""
    wrong = [
        Taught(ticket=f"{number}", area="standards", text=example.text, digest="d")
        for number, example in enumerate(shelf.questions)
        if example.label != "standards"
    ]
    _, verdict = learned_anew(wrong[:600], before, shipped=before, shelf=shelf)
    assert verdict.corpus_after < verdict.corpus_before
    assert not verdict.taken


def test_what_an_earlier_version_was_taught_must_not_be_lost(shelf: Shelf, before: Version) -> None:
    taught, _ = learned_anew(ZINNOBER, before, shipped=before, shelf=shelf)
    other = [
        replace(one, area="security", ticket=f"1{one.ticket}", text=one.text.upper())
        for one in ZINNOBER
    ] * 5
    _, verdict = learned_anew([*ZINNOBER, *other], taught, shipped=before, shelf=shelf)
    assert (verdict.earlier, verdict.earlier_before) == (4, 4)
    assert verdict.earlier_after < 4
    assert not verdict.taken


@pytest.mark.timeout(600)
async def test_the_process_learns_from_the_whole_corpus(tmp_path: Path) -> None:
    """As the bot starts it: the version it writes can be used, and knows what it was told."""
    fresh = tmp_path / "fresh.version"
    lessons = [
        TaughtQuestion(
            ticket_id=TicketId(int(one.ticket)), area=AreaKey(one.area), question=one.text
        )
        for one in ZINNOBER
    ]
    told: list[str] = []
    verdict = await taught_by(
        PROCESS, lessons, fresh=fresh, before=folder() / SHIPPED, tell=told.append
    )
    version = Version.from_bytes(fresh.read_bytes())
    assert told == ["learning from 4 lessons and the corpus"]
    assert verdict.taken, verdict
    assert called(version, UNKNOWN) == "projects"
    assert called(version, "Unser Rahmenvertrag läuft aus") == "procurement"


def test_the_process_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*PROCESS, str(tmp_path / "fresh.version"), str(folder() / SHIPPED)],
        input="\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert not (tmp_path / "fresh.version").exists()
