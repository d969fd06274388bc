"""What people note for an item, and what only a vote can bring."""

import pytest

from kaz_bot.domain.committee.meetings import ItemResult
from kaz_bot.domain.committee.numbers import MeetingId, PaperId
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.rooms import Language
from tests.desk import COMMITTEE, KIM, LEA, MAX, DeskAtWork, on_both_databases
from tests.fakes import Sent

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def say(desk: DeskAtWork, text: str) -> str:
    """What the bot answers the chair."""
    return (await desk.says(KIM, f"!kaz {text}"))[-1]


async def result(desk: DeskAtWork, place: int) -> ItemResult:
    async with desk.store.work() as work:
        return (await work.meetings.agenda(MeetingId(1)))[place - 1].result


async def paper_state(desk: DeskAtWork) -> PaperState:
    async with desk.store.work() as work:
        return (await work.papers.get(PaperId(1))).state


@pytest.fixture
async def running(desk: DeskAtWork) -> DeskAtWork:
    """S-1 runs, with a report and the paper BV-1 on its agenda."""
    await desk.says(LEA, "!kaz beschluss Haushalt\nWortlaut: Der Haushalt gilt.\nBeteiligt: MIK")
    for text in ("sitzung 30.9. 13 Uhr", "top Bericht", "top BV-1", "sitzung beginnen"):
        await say(desk, text)
    return desk


@pytest.mark.parametrize(
    "words",
    [
        "einstimmig angenommen",
        "beschlossen",
        "abgelehnt",
        "nicht vertagt, sondern beschlossen",
        "zur Kenntnis genommen und beschlossen",
        "adopted unanimously",
    ],
)
async def test_nobody_minutes_a_decision_that_no_vote_has_taken(
    running: DeskAtWork, words: str
) -> None:
    answer = await say(running, f"ergebnis 2 {words}")
    assert answer == (
        "Über BV-1 gibt es noch kein Ergebnis einer Abstimmung. "
        "Ein Beschluss braucht eine Abstimmung.\n\n"
        "- Abstimmen: !kaz abstimmung BV-1\n"
        "- Nur gesprochen? !kaz ergebnis 2 zur Kenntnis genommen"
    )
    assert last(running).about == {"code": "bad_state"}
    assert await result(running, 2) is ItemResult.NONE


@pytest.mark.parametrize(
    "words",
    [
        "Wird noch nicht beschlossen",
        "soll im März beschlossen werden",
        "Kim ergänzt die Zahlen",
        "zur Kenntnis genommen",
        "abgesetzt",
    ],
)
async def test_what_decides_nothing_is_noted(running: DeskAtWork, words: str) -> None:
    await say(running, f"ergebnis 2 {words}")
    assert await result(running, 2) is not ItemResult.NONE


async def test_what_is_no_paper_needs_no_vote(running: DeskAtWork) -> None:
    await say(running, "ergebnis 1 einstimmig angenommen")
    assert await result(running, 1) is ItemResult.TEXT


async def test_what_a_vote_has_decided_no_word_changes(running: DeskAtWork) -> None:
    await say(running, "abstimmung BV-1 mehrheitlich")
    await running.says(LEA, "!kaz ja BV-1")
    await running.says(MAX, "!kaz ja BV-1")
    await say(running, "ja BV-1")
    await say(running, "abstimmung schließen BV-1")
    answer = await say(running, "ergebnis 2 vertagt")
    assert answer == (
        "Über BV-1 wurde hier abgestimmt. Das Ergebnis bleibt: beschlossen. "
        "Alles dazu: !kaz zeige 2026/1"
    )
    assert await result(running, 2) is ItemResult.DECIDED


@on_both_databases
async def test_a_paper_that_is_not_put_off_after_all_is_a_draft_again(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Haushalt\nWortlaut: Der Haushalt gilt.\nBeteiligt: MIK")
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "top BV-1")
    await say(desk, "sitzung beginnen")
    await say(desk, "ergebnis 1 vertagt")
    assert await paper_state(desk) is PaperState.DEFERRED
    answer = await say(desk, "ergebnis 1 zur Kenntnis genommen")
    assert "BV-1 ist nicht mehr vertagt, sondern wieder ein Entwurf." in answer
    assert await paper_state(desk) is PaperState.DRAFT
    assert "doch nicht vertagt" in await say(desk, "verlauf BV-1")
    async with desk.store.work() as work:
        assert await work.meetings.waiting_in(COMMITTEE) == []


async def test_one_that_was_deferred_before_stays_so(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Haushalt\nWortlaut: Der Haushalt gilt.\nBeteiligt: MIK")
    await say(desk, "abstimmung BV-1")
    await say(desk, "abstimmung vertagen BV-1")
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung beginnen")
    await say(desk, "ergebnis 1 vertagt")
    answer = await say(desk, "ergebnis 1 zur Kenntnis genommen")
    assert "Entwurf" not in answer
    assert await paper_state(desk) is PaperState.DEFERRED


async def test_the_answer_names_number_title_and_result(running: DeskAtWork) -> None:
    answer = await say(running, "ergebnis 2 zurückgestellt")
    assert answer.startswith("TOP 2: BV-1: Haushalt\n\nErgebnis: zurückgestellt")
    assert "BV-1 ist zurückgestellt." in answer


async def test_the_history_of_the_meeting_has_the_words_of_a_result(running: DeskAtWork) -> None:
    await say(running, "ergebnis 1 Kim lädt ein")
    await say(running, "ergebnis 1 Lea lädt ein")
    history = await say(running, "verlauf S-1")
    assert "Ergebnis: Lea lädt ein" in history
    assert "Ergebnis, in eigenen Worten" in history
    assert "Kim lädt ein" not in history


async def test_a_removed_paper_is_not_said_to_be_on_the_agenda(running: DeskAtWork) -> None:
    await say(running, "ergebnis 2 abgesetzt")
    assert "Auf der Tagesordnung" not in await say(running, "zeige BV-1")


async def test_english_says_that_a_decision_needs_a_vote(running: DeskAtWork) -> None:
    await running.binds(COMMITTEE, language=Language.EN)
    answer = await say(running, "result 2 adopted")
    assert answer.startswith("No vote has decided on BV-1 yet. A decision needs a vote.")
