"""The control list of the committee, and the work programme of a year, to read and as files."""

import pytest

from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MAX,
    PROCUREMENT,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent, room


def last(desk: DeskAtWork, place: RoomId = COMMITTEE) -> Sent:
    return [sent for sent in desk.last if sent.is_message and sent.room_id == place][-1]


async def busy(desk: DeskAtWork) -> None:
    """Five tasks, on the Tuesday after two of them were due."""
    await desk.says(KIM, "!kaz auftrag Konzept Federführung IT-Rat @max bis 8.10.")
    await desk.says(KIM, "!kaz auftrag Bericht @lea bis 5.10.")
    await desk.says(KIM, "!kaz auftrag Zuarbeit Bearbeitung Stadt Cottbus bis 16.10.")
    await desk.says(KIM, "!kaz auftrag Gutachten bis 15.1.2027")
    await desk.says(KIM, "!kaz auftrag Umfrage bis 2.10.")
    await desk.says(KIM, "!kaz erledigt A-5 40 Antworten")
    desk.clock.advance(days=13)


@on_both_databases
async def test_the_most_overdue_comes_first(desk: DeskAtWork) -> None:
    await busy(desk)
    (answer,) = await desk.says(KIM, "!kaz aufträge")
    assert answer == (
        "Offen. Anzahl: 4\n\n"
        "Überfällig:\n\n"
        "- A-2: Bericht; Lea; bis Montag, 5. Oktober 2026; überfällig seit 6 Arbeitstagen\n"
        "- A-1: Konzept; Federführung IT-Rat; Max; bis Donnerstag, 8. Oktober 2026; "
        "überfällig seit 3 Arbeitstagen\n\n"
        "Noch nicht zugesagt:\n\n"
        "- A-3: Zuarbeit; bis Freitag, 16. Oktober 2026\n\n"
        "Später:\n\n"
        "- A-4: Gutachten; bis Freitag, 15. Januar 2027; offen\n\n"
        "Mehr zu einem: !kaz zeige A-2"
    )
    assert last(desk).about == {"topic": "tasks", "ids": ["A-2", "A-1", "A-3", "A-4"]}


@pytest.mark.parametrize(
    ("command", "ids"),
    [
        ("aufträge offen", ["A-2", "A-1", "A-3", "A-4"]),
        ("auftraege", ["A-2", "A-1", "A-3", "A-4"]),
        ("tasks open", ["A-2", "A-1", "A-3", "A-4"]),
        ("aufträge überfällig", ["A-2", "A-1"]),
        ("tasks overdue", ["A-2", "A-1"]),
        ("aufträge 2026", ["A-2", "A-1", "A-3", "A-5"]),
        ("aufträge 2027", ["A-4"]),
        ("aufträge 2028", []),
    ],
)
async def test_each_list_has_its_own(desk: DeskAtWork, command: str, ids: list[str]) -> None:
    await busy(desk)
    await desk.says(KIM, f"!kaz {command}")
    assert last(desk).about == {"topic": "tasks", "ids": ids}


async def test_the_year_is_that_of_the_desk(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Abschluss bis 31.12.")
    await desk.says(KIM, "!kaz auftrag Auftakt bis 1.1.2027 0:30 Uhr")
    await desk.says(KIM, "!kaz aufträge 2026")
    assert last(desk).about["ids"] == ["A-1"]
    await desk.says(KIM, "!kaz aufträge 2027")
    assert last(desk).about["ids"] == ["A-2"]


async def test_the_programme_names_what_came_of_it(desk: DeskAtWork) -> None:
    await busy(desk)
    (answer,) = await desk.says(KIM, "!kaz aufträge 2026")
    assert answer.startswith("Arbeitsprogramm 2026. Anzahl: 4")
    assert (
        "Erledigt:\n\n"
        "- A-5: Umfrage; bis Freitag, 2. Oktober 2026; erledigt; Ergebnis: 40 Antworten"
    ) in answer


async def test_mine_are_those_in_my_hands(desk: DeskAtWork) -> None:
    await busy(desk)
    (answer,) = await desk.says(MAX, "!kaz aufträge meine")
    assert answer.startswith("Das haben Sie zu tun. Anzahl: 1")
    assert last(desk).about["ids"] == ["A-1"]


async def test_in_a_direct_chat_they_are_the_only_ones(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 8.10.")
    for_words = [
        await desk.says(EVA, f"aufträge {words}", room=EVAS_CHAT)
        for words in ("", "meine", "offen", "2026")
    ]
    assert ["A-1: Zuarbeit" in answer for (answer,) in for_words] == [True] * 4
    assert ["Konzept" in answer for (answer,) in for_words] == [False] * 4


async def test_there_what_was_only_asked_for_is_never_overdue(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    desk.clock.advance(days=13)
    (answer,) = await desk.says(EVA, "aufträge", room=EVAS_CHAT)
    assert (
        "Noch nicht zugesagt:\n\n"
        "- A-1: Zuarbeit; Eva; bis Donnerstag, 8. Oktober 2026; die Frist ist vorbei"
    ) in answer
    assert "berfällig" not in answer


@pytest.mark.parametrize("command", ["aufträge", "zeige A-1"])
async def test_nor_to_the_committee(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    desk.clock.advance(days=13)
    (answer,) = await desk.says(KIM, f"!kaz {command}")
    assert "och nicht zugesagt" in answer
    assert "die Frist ist vorbei" in answer
    assert "berfällig" not in answer


async def test_among_the_overdue_it_stands_apart(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10.")
    desk.clock.advance(days=13)
    (answer,) = await desk.says(KIM, "!kaz aufträge überfällig")
    assert answer.startswith("Nichts ist überfällig.\n\nNoch nicht zugesagt:\n\n- A-1: Zuarbeit")


async def test_whoever_has_nothing_to_do_is_not_told_that_nothing_is_open(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 8.10.")
    (answer,) = await desk.says(KIM, "!kaz aufträge meine")
    assert answer.startswith("Sie haben keine offenen Aufträge.")


async def test_in_an_open_chat_encrypted_words_are_not_shown(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    await desk.says(KIM, "!kaz auftrag Geheime Zuarbeit @eva:kaz.test bis 8.10.")
    await desk.says(EVA, "aufträge datei", room=EVAS_CHAT)
    assert [b"Geheim" in sent.content for _, sent in desk.homeserver.uploads] == [False, False]
    (answer,) = await desk.says(EVA, "aufträge", room=EVAS_CHAT)
    assert "A-1" in answer
    assert "Geheim" not in answer


async def test_elsewhere_it_says_where_they_are(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz aufträge")
    assert last(desk, PROCUREMENT).about == {"code": "not_allowed"}


@pytest.mark.parametrize("words", ["morgen", "offen 2026", "26"])
async def test_a_list_that_does_not_exist_is_refused_with_those_that_do(
    desk: DeskAtWork, words: str
) -> None:
    (answer,) = await desk.says(KIM, f"!kaz aufträge {words}")
    assert answer.startswith(f"Die Liste „{words}“ gibt es nicht. Das geht: offen, überfällig")


async def test_an_empty_list_says_how_one_is_set(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz aufträge")
    assert answer == "Nichts ist offen.\n\nSo geht es: !kaz auftrag <was> bis <wann>"


async def test_a_long_list_says_how_many_more_there_are_and_where(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 8.10.")
    async with desk.store.work() as work:
        (first,) = await work.tasks.open_in(COMMITTEE)
        numbers = [(await work.tasks.add(first)).id for _ in range(16)]
    (answer,) = await desk.says(KIM, "!kaz aufträge")
    assert answer.startswith("Offen. Anzahl: 17")
    assert (
        "Weitere, die hier nicht stehen: 2. Alle als Datei: !kaz aufträge offen datei"
    ) in answer
    assert last(desk).about["ids"] == ["A-1", *(f"A-{number}" for number in numbers[:14])]
    assert len(answer) < 2500


@on_both_databases
async def test_as_files_for_print_and_for_spreadsheets(desk: DeskAtWork) -> None:
    await busy(desk)
    await desk.says(KIM, "!kaz aufträge 2026 datei")
    uploads = {file.name: file for _, file in desk.homeserver.uploads}
    assert uploads["arbeitsprogramm-2026.pdf"].content.startswith(b"%PDF-")
    rows = uploads["arbeitsprogramm-2026.csv"].content.decode("utf-8-sig").splitlines()
    assert rows == [
        (
            '"Nr.";"Auftrag";"Auftraggeber";"Beschluss";"Federführung";"Bearbeitung";'
            '"Zuständig";"Frist";"Stand";"Arbeitstage überfällig";"Ergebnis"'
        ),
        '"A-2";"Bericht";"Gremium";"";"";"";"Lea";"05.10.2026";"überfällig";"6";""',
        '"A-1";"Konzept";"Gremium";"";"IT-Rat";"";"Max";"08.10.2026";"überfällig";"3";""',
        (
            '"A-3";"Zuarbeit";"Gremium";"";"";"Stadt Cottbus";"";'
            '"16.10.2026";"noch nicht zugesagt";"";""'
        ),
        '"A-5";"Umfrage";"Gremium";"";"";"";"";"02.10.2026";"erledigt";"";"40 Antworten"',
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("pdf", ["auftraege-offen.pdf"]),
        ("überfällig csv", ["auftraege-ueberfaellig.csv"]),
        ("2026 csv pdf", ["arbeitsprogramm-2026.pdf", "arbeitsprogramm-2026.csv"]),
        ("meine datei", ["meine-auftraege.pdf", "meine-auftraege.csv"]),
    ],
)
async def test_each_kind_alone(desk: DeskAtWork, words: str, names: list[str]) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @lea bis 8.10.")
    await desk.says(LEA, f"!kaz aufträge {words}")
    assert [file.name for _, file in desk.homeserver.uploads] == names


async def test_what_people_typed_is_no_formula_in_a_spreadsheet(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag =1+1 bis 8.10.")
    await desk.says(KIM, "!kaz aufträge csv")
    ((_, file),) = desk.homeserver.uploads
    assert '"\'=1+1"' in file.content.decode("utf-8-sig")


async def test_english_rooms_get_english_files(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    await desk.says(KIM, "!kaz task concept by 8 October")
    (answer, _) = await desk.says(KIM, "!kaz tasks 2026 file")
    assert answer == "The work programme 2026. Count: 1"
    assert [file.name for _, file in desk.homeserver.uploads] == [
        "work-programme-2026.pdf",
        "work-programme-2026.csv",
    ]


async def test_what_lost_its_words_is_not_listed(desk: DeskAtWork) -> None:
    command = desk.said(KIM, "!kaz auftrag Konzept bis 8.10.")
    await desk.hears(command)
    await desk.redacts(KIM, command.event_id)
    await desk.says(KIM, "!kaz aufträge 2026")
    assert last(desk).about["ids"] == []


async def test_due_dates_stand_in_the_calendar_of_the_room(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept Federführung IT-Rat bis 8.10.")
    await desk.says(KIM, "!kaz kalender")
    ((_, file),) = desk.homeserver.uploads
    lines = file.content.decode().splitlines()
    assert "UID:task-1@kaz.test" in lines
    assert "DTSTART;VALUE=DATE:20261008" in lines
    assert "SUMMARY:Auftrag A-1: Konzept" in lines


async def test_and_in_that_of_whoever_was_asked(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10. 12 Uhr")
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 8.10.")
    await desk.says(EVA, "kalender", room=EVAS_CHAT)
    ((_, file),) = desk.homeserver.uploads
    lines = file.content.decode().splitlines()
    assert [line for line in lines if line.startswith("SUMMARY")] == ["SUMMARY:Bitte A-1: Zuarbeit"]
    assert "DTSTART;TZID=Europe/Berlin:20261008T120000" in lines


async def test_an_open_chat_gets_no_encrypted_dates(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    await desk.says(KIM, "!kaz auftrag Geheime Zuarbeit @eva:kaz.test bis 8.10.")
    await desk.says(EVA, "kalender", room=EVAS_CHAT)
    ((_, file),) = desk.homeserver.uploads
    assert b"Geheim" not in file.content


async def test_what_is_done_is_shown_as_such(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 8.10.")
    await desk.says(KIM, "!kaz erledigt A-1")
    await desk.says(KIM, "!kaz kalender")
    ((_, file),) = desk.homeserver.uploads
    assert b"SUMMARY:Erledigt: Auftrag A-1: Konzept" in file.content
