"""A report comes as files into the rooms where figures are discussed, and nowhere else."""

import csv
import io

import pytest

from kaz_bot.domain.rooms import Language
from kaz_bot.messages import Enclosure, Making, RoomId, UserId
from tests.desk import (
    ANN,
    BEK,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    OPA,
    OPERATIONS,
    PROCUREMENT,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent


async def busy(desk: DeskAtWork) -> None:
    """Six questions on procurement, all of them solved, one rated; a day later."""
    for number in range(1, 7):
        await desk.says(EVA, f"!kaz frage Was gilt für das Los {number}? #vergabe")
        await desk.says(ANN, f"!kaz claim {number}", room=PROCUREMENT)
        await desk.says(ANN, f"!kaz resolve {number} Ja, bis 100.000 Euro.", room=PROCUREMENT)
    desk.clock.advance(days=1)


def files(desk: DeskAtWork, room: RoomId) -> list[Sent]:
    return [sent for sent in desk.last if sent.is_message and sent.room_id == room]


def printed(desk: DeskAtWork) -> list[Enclosure]:
    return [enclosure for _, enclosure in desk.homeserver.uploads]


def rows(sheet: Enclosure) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))


@on_both_databases
async def test_it_tells_the_most_important_and_brings_the_files(desk: DeskAtWork) -> None:
    await busy(desk)
    said = await desk.says(ANN, "!kaz bericht 2026")
    assert said[0].startswith(
        "Bericht 2026: Fachgebiet Vergabe & Lizenzen\n\n"
        "- Die Kommunen haben 6 Anfragen gestellt. Das Kaz hat 6 Anfragen gelöst. "
        "Am Ende waren 0 Anfragen offen.\n"
        "- 100 Prozent der Anfragen wurden rechtzeitig zum ersten Mal beantwortet."
    )
    assert said[0].endswith(
        "Der Zeitraum läuft noch. Die Zahlen ändern sich noch.\n\n"
        "Der Bericht kommt als PDF, als Webseite, als Tabelle und mit allen Bildern."
    )
    assert [sent.content["filename"] for sent in files(desk, PROCUREMENT)] == [
        "bericht-procurement-2026.pdf",
        "bericht-procurement-2026.html",
        "bericht-procurement-2026.csv",
        "bericht-procurement-2026-bilder.zip",
    ]


async def test_the_files_are_what_they_are_called(desk: DeskAtWork) -> None:
    await busy(desk)
    await desk.says(ANN, "!kaz bericht 2026")
    pdf, page, sheet, pictures = printed(desk)
    beginnings = (pdf.content[:5], page.content[:15], pictures.content[:4])
    assert beginnings == (b"%PDF-", b"<!DOCTYPE html>", b"PK\x03\x04")
    assert ["Anfragen", "6", "nein"] in [row[3:] for row in rows(sheet)]
    assert {enclosure.making for enclosure in printed(desk)} == {Making.FINISHED}


async def test_programs_are_told_what_it_is_about(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz report first quarter of 2026 area security")
    assert files(desk, COMMITTEE)[0].about == {
        "topic": "report",
        "from": "2026-01-01",
        "to": "2026-03-31",
        "kind": "fachgebiet",
        "area": "security",
    }


@pytest.mark.parametrize(
    ("who", "room", "name"),
    [
        (ANN, PROCUREMENT, "bericht-procurement-2026.pdf"),
        (KIM, COMMITTEE, "bericht-it-rat-2026.pdf"),
        (OPA, OPERATIONS, "bericht-it-rat-2026.pdf"),
    ],
)
async def test_each_room_has_its_own_report(
    desk: DeskAtWork, who: UserId, room: RoomId, name: str
) -> None:
    await desk.says(who, "!kaz bericht 2026")
    assert files(desk, room)[0].content["filename"] == name


async def test_it_is_not_for_those_who_ask(desk: DeskAtWork) -> None:
    [refused] = await desk.says(EVA, "!kaz bericht 2026")
    assert refused.startswith("„bericht“ geht in diesem Raum nicht.")
    [refused] = await desk.says(EVA, "bericht 2026", room=EVAS_CHAT)
    assert refused.startswith("„bericht“ geht in diesem Raum nicht.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Ich erkenne keinen Zeitraum."),
        ("demnächst", "Ich erkenne keinen Zeitraum."),
        ("31.12.2026 bis 1.1.2026", "Der Zeitraum endet vor seinem Anfang."),
        ("2030", "Der Zeitraum hat noch nicht begonnen."),
        ("2010 bis 2026", "Der Zeitraum ist zu lang. Ein Bericht umfasst höchstens 5 Jahre."),
    ],
)
async def test_what_cannot_be_is_refused_with_an_example(
    desk: DeskAtWork, text: str, why: str
) -> None:
    [refused] = await desk.says(KIM, f"!kaz bericht {text}")
    assert refused.startswith(why)
    assert "Zum Beispiel: !kaz bericht 1.1.2026 bis 31.3.2026" in refused


async def test_outside_of_the_areas_it_is_asked_which_one(desk: DeskAtWork) -> None:
    [refused] = await desk.says(KIM, "!kaz bericht 2026 fachgebiet")
    assert refused.startswith("Nennen Sie das Fachgebiet, um das es geht.")


async def test_a_few_questions_are_told_as_few(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frage Was gilt für das Los? #vergabe")
    desk.clock.advance(days=1)
    [said, *_] = await desk.says(BEK, "!kaz bericht 2026")
    assert "- Die Kommunen haben weniger als fünf Anfragen gestellt." in said
    sheet = printed(desk)[2]
    assert [row[4:] for row in rows(sheet) if row[2:4] == ["neu gestellt", "Anfragen"]] == [
        ["", "ja"]
    ]


async def test_nobody_is_named_in_any_file(desk: DeskAtWork) -> None:
    await busy(desk)
    await desk.says(KIM, "!kaz bericht 2026")
    said = b"".join(enclosure.content for enclosure in printed(desk))
    people = [b"Eva", b"@eva", b"Ann ", b"@ann", b"Los 1", b"100.000 Euro"]
    assert [name for name in people if name in said] == []


async def test_in_an_english_room_it_is_english(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language=Language.EN)
    [said, *_] = await desk.says(KIM, "!kaz report 2026")
    assert said.startswith("Report 2026: How the Kaz supported the municipalities")
    assert files(desk, COMMITTEE)[0].content["filename"] == "report-it-rat-2026.pdf"
