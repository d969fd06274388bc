"""Help in the committee's room, and on verbs that several kinds of numbers share."""

import pytest

from kaz_bot.messages import RoomId, UserId
from tests.desk import (
    ANN,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    DeskAtWork,
)

ROOMS = {
    COMMITTEE: KIM,
    PROJECT: EVA,
    EVAS_CHAT: EVA,
    PROCUREMENT: ANN,
    OPERATIONS: OPA,
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("room", ROOMS)
async def test_help_fits_into_a_message_in_every_room(
    desk: DeskAtWork, room: RoomId, language: str
) -> None:
    await desk.binds(room, language=language)
    [answer] = await desk.says(ROOMS[room], "!kaz hilfe", room=room)
    assert len(answer) < 2500


async def test_the_committee_reads_what_it_can_do(desk: DeskAtWork) -> None:
    [answer] = await desk.says(KIM, "!kaz hilfe")
    assert "- Vorlagen: beschluss, zeige, verlauf\n" in answer
    assert "mündlich, stimmberechtigt\n" in answer


async def test_help_on_papers_shows_a_whole_one_and_what_else_can_be_done(
    desk: DeskAtWork,
) -> None:
    [filing] = await desk.says(KIM, "!kaz hilfe beschluss")
    assert "Jede Angabe beginnt in einer eigenen Zeile:\n\n!kaz beschluss Arbeits" in filing
    assert "\nFederführung: Kaz\nBeteiligt: MIK\n" in filing
    assert "- Zurückziehen: !kaz beschluss zurückziehen BV-7" in filing
    [changing] = await desk.says(KIM, "!kaz hilfe beschluss BV-7")
    assert "Diese Angaben gibt es: Titel, Wortlaut, Begründung, Finanzen," in changing


@pytest.mark.parametrize(("person", "room"), [(EVA, PROJECT), (ANN, PROCUREMENT)])
async def test_others_do_not(desk: DeskAtWork, person: UserId, room: RoomId) -> None:
    [answer] = await desk.says(person, "!kaz hilfe", room=room)
    assert "- Vorlagen: " not in answer
    assert "stimmberechtigt" not in answer


@pytest.mark.parametrize(
    ("person", "word", "usage"),
    [
        (KIM, "zeige", "!kaz zeige BV-<Nummer> [Fassung <Nummer>]"),
        (KIM, "verlauf", "!kaz verlauf BV-<Nummer>"),
        (KIM, "beschluss", "!kaz beschluss <Titel>"),
        (KIM, "beschluss BV-7", "!kaz beschluss BV-<Nummer> <Angabe>: <Text>|zurückziehen"),
        (ANN, "zeige", "!kaz zeige [Nummer]"),
    ],
)
async def test_a_verb_is_explained_as_it_is_used_in_the_room(
    desk: DeskAtWork, person: UserId, word: str, usage: str
) -> None:
    [answer] = await desk.says(person, f"!kaz hilfe {word}")
    assert f"So geht es: {usage}\n" in answer


async def test_a_verb_that_several_numbers_share_names_each(desk: DeskAtWork) -> None:
    [answer] = await desk.says(KIM, "!kaz hilfe erledigt")
    assert "- Auch für Aufträge: !kaz erledigt A-<Nummer> [Ergebnis]\n" in answer
    [answer] = await desk.says(KIM, "!kaz hilfe zeige")
    assert "- Auch für Aufträge: !kaz zeige A-<Nummer>\n" in answer
    [answer] = await desk.says(KIM, "!kaz hilfe zeige A-3")
    assert "Auch für" not in answer
    [answer] = await desk.says(EVA, "!kaz hilfe erledigt")
    assert "Auch für" not in answer


async def test_tasks_are_not_said_to_work_where_they_are_refused(desk: DeskAtWork) -> None:
    [answer] = await desk.says(KIM, "!kaz hilfe aufträge")
    assert "- Geht hier: Raum des Gremiums und Direktchat\n" in answer


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("erledigt", "!kaz erledigt A-3"),
        ("erledigt A-12x fertig", "!kaz erledigt A-3"),
        ("löschen A-2", "!kaz auftrag zurückziehen A-3"),
    ],
)
async def test_whoever_means_a_task_is_told_how(desk: DeskAtWork, command: str, meant: str) -> None:
    [answer] = await desk.says(KIM, f"!kaz {command}")
    assert f"Für einen Auftrag: {meant}\n" in answer
