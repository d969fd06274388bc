"""What was made of a ticket goes with it, unless two people have released it."""

from datetime import timedelta

import pytest

from kaz_bot.forgetting import forget_user
from kaz_bot.jobs.retention import Retention
from kaz_bot.messages import Said, UserId
from tests.desk import (
    ANN,
    BEK,
    EVA,
    PROCUREMENT,
    PROJECT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.solutions import (
    LikeRouter,
    answered,
    editions_of,
    letter,
    proposed,
    redactions,
    released,
    solution_of,
)

YEAR = timedelta(days=365)
OWN = "Antwort: Geheimantwort."


@pytest.fixture
async def desk(open_desk: OpenDesk) -> DeskAtWork:
    """A desk where all is about procurement."""
    return await open_desk(LikeRouter())


async def solved_with(desk: DeskAtWork, answer: str) -> Said:
    """Eva's question is resolved by this; the message that did it."""
    await desk.asks(EVA, "Dürfen wir das? #vergabe")
    await desk.says(ANN, "!kaz übernehmen 1")
    resolving = desk.said(ANN, f"!kaz lösen KAZ-1 {answer}")
    await desk.takes(resolving)
    return resolving


async def retained(desk: DeskAtWork) -> None:
    """Eva's ticket has ended, and its time is up."""
    await desk.says(ANN, "!kaz schließen KAZ-1 Erledigt.")
    desk.clock.advance(days=366)
    await desk.ticks(Retention(ordinary=YEAR, confidential=YEAR))


@on_both_databases
async def test_rule_7_retention_takes_a_proposal_along(desk: DeskAtWork) -> None:
    shown = await proposed(desk, answer="Geheimantwort.")
    await retained(desk)
    assert shown.event_id in redactions(desk)
    assert "Geheimantwort" not in await desk.remembers()
    assert (await solution_of(desk)).state == "withdrawn"


@on_both_databases
async def test_what_two_people_released_stays(desk: DeskAtWork) -> None:
    await released(desk, answer="Musterantwort.")
    await retained(desk)
    [edition] = await editions_of(desk)
    assert edition.answer == "Musterantwort."
    [answer] = await desk.says(EVA, "!kaz lösung L-1")
    assert "Musterantwort." in answer


async def test_rule_7_a_draft_before_the_release_goes_all_the_same(desk: DeskAtWork) -> None:
    shown = await proposed(desk, answer="Geheimantwort.")
    desk.clock.advance(hours=1)
    await desk.says(ANN, "!kaz lösung ändern L-1\nAntwort: Musterantwort.")
    desk.clock.advance(hours=1)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    await retained(desk)
    assert shown.event_id in redactions(desk)
    assert "Geheimantwort" not in await desk.remembers()
    assert [edition.answer for edition in await editions_of(desk)] == ["", "Musterantwort."]


async def test_rule_7_a_question_taken_back_takes_the_proposal_along(desk: DeskAtWork) -> None:
    question = await answered(desk, question="Geheimfrage zu Lizenzen?")
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await desk.redacts(EVA, question)
    assert "Geheimfrage" not in await desk.remembers()
    assert (await solution_of(desk)).state == "withdrawn"


async def test_rule_7_so_does_an_answer_taken_back(desk: DeskAtWork) -> None:
    resolving = await solved_with(desk, "Geheimantwort.")
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await desk.redacts(ANN, resolving.event_id)
    assert "Geheimantwort" not in await desk.remembers()


@pytest.mark.parametrize("person", [EVA, ANN])
async def test_rule_7_who_is_forgotten_takes_proposals_along(
    desk: DeskAtWork, person: UserId
) -> None:
    await proposed(desk, answer="Geheimantwort.")
    async with desk.store.work() as work:
        await forget_user(work, person, desk.clock.now())
    assert "Geheimantwort" not in await desk.remembers()


async def test_who_wrote_and_who_released_a_solution_is_forgotten_there(desk: DeskAtWork) -> None:
    await released(desk, answer="Musterantwort.")
    async with desk.store.work() as work:
        await forget_user(work, ANN, desk.clock.now())
        await forget_user(work, BEK, desk.clock.now())
    [edition] = await editions_of(desk)
    people = {edition.author, edition.released_by}
    assert (edition.answer, len(people), people & {ANN, BEK}) == ("Musterantwort.", 2, set())


async def test_a_command_taken_back_withdraws_its_proposal(desk: DeskAtWork) -> None:
    await answered(desk)
    command = desk.said(ANN, f"!kaz lösung KAZ-1\n{OWN}")
    await desk.hears(command)
    shown = letter(desk, "solution:proposed")
    await desk.redacts(ANN, command.event_id)
    assert shown.event_id in redactions(desk)
    assert desk.told(PROCUREMENT) == ["info:solution_erased"]
    assert "Geheimantwort" not in await desk.remembers()


async def test_a_change_taken_back_leaves_what_stood_before(desk: DeskAtWork) -> None:
    await released(desk, answer="Musterantwort.")
    desk.clock.advance(hours=1)
    command = desk.said(ANN, f"!kaz lösung ändern L-1\n{OWN}")
    await desk.hears(command)
    await desk.redacts(ANN, command.event_id)
    assert "Geheimantwort" not in await desk.remembers()
    assert (await solution_of(desk)).edition == 1
    [answer] = await desk.says(EVA, "!kaz lösung L-1")
    assert "Musterantwort." in answer


async def test_what_was_released_stays_when_its_command_is_taken_back(desk: DeskAtWork) -> None:
    await answered(desk, answer="Musterantwort.")
    command = desk.said(ANN, "!kaz lösung KAZ-1")
    await desk.hears(command)
    await desk.says(BEK, "!kaz lösung freigeben L-1")
    await desk.redacts(ANN, command.event_id)
    assert desk.last == []
    assert (await solution_of(desk)).usable


async def test_people_are_shown_what_they_wrote_and_released(desk: DeskAtWork) -> None:
    await released(desk, answer="Musterantwort.")
    async with desk.store.work() as work:
        written = (await work.traces.of(ANN)).solutions
        read = (await work.traces.of(BEK)).solutions
        of_eva = (await work.traces.of(EVA)).solutions
    assert [one.edition.answer for one in written] == ["Musterantwort."]
    assert [one.edition.released_by for one in read] == [BEK]
    assert of_eva == ()


async def test_the_redaction_of_a_ticket_says_nothing_in_other_rooms(desk: DeskAtWork) -> None:
    question = await answered(desk)
    await desk.says(ANN, "!kaz lösung KAZ-1")
    await desk.redacts(EVA, question)
    assert desk.told(PROJECT) == []
