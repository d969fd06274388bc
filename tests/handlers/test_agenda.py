"""The agenda: what is put on it, in which order, what comes out, and who is there."""

import pytest

from kaz_bot.domain.committee.meetings import AgendaItem, ItemId, ItemResult
from kaz_bot.domain.committee.numbers import MeetingId, PaperId
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.messages import EventId
from tests.desk import (
    BOT,
    COMMITTEE,
    KIM,
    LEA,
    MAX,
    NIA,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import MORNING, Sent, room

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
FILES = "!kaz beschluss Haushalt 2027\nWortlaut: Der Haushalt gilt.\nFederführung: ZIT-BB"


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def say(desk: DeskAtWork, text: str) -> str:
    """What the bot answers the chair."""
    [answer] = await desk.says(KIM, f"!kaz {text}")
    return answer


async def agenda(desk: DeskAtWork, number: int = 1) -> list[AgendaItem]:
    async with desk.store.work() as work:
        return await work.meetings.agenda(MeetingId(number))


async def waiting(desk: DeskAtWork) -> list[AgendaItem]:
    async with desk.store.work() as work:
        return await work.meetings.waiting_in(COMMITTEE)


async def paper_state(desk: DeskAtWork, number: int = 1) -> PaperState:
    async with desk.store.work() as work:
        return (await work.papers.get(PaperId(number))).state


@pytest.fixture
async def planned(desk: DeskAtWork) -> DeskAtWork:
    """A meeting is planned in three weeks, S-1, and a paper is filed, BV-1."""
    await desk.says(KIM, "!kaz sitzung 20.10. 10 Uhr")
    await desk.says(LEA, FILES)
    return desk


@pytest.fixture
async def running(planned: DeskAtWork) -> DeskAtWork:
    """It runs, with a report, the paper, and something else on its agenda."""
    for text in ("top Bericht", "top BV-1", "top Verschiedenes", "sitzung beginnen S-1"):
        await say(planned, text)
    return planned


@on_both_databases
async def test_a_text_a_paper_and_a_task_get_numbers(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await desk.says(LEA, FILES)
    await say(desk, "auftrag Konzept schreiben @max bis 30.10.")
    answer = await say(desk, "top Bericht der Geschäftsstelle")
    assert answer.startswith(
        "TOP 1: Bericht der Geschäftsstelle (zuständig: Kim)\n\n"
        "Sitzung S-1: Dienstag, 20. Oktober 2026, 10:00 Uhr"
    )
    assert (await say(desk, "top BV-1")).startswith(
        "TOP 2: BV-1: Haushalt 2027 (zuständig: ZIT-BB)"
    )
    assert (await say(desk, "top A-1")).startswith("TOP 3: A-1: Konzept schreiben")
    assert last(desk).about == {
        "id": "S-1",
        "start": "2026-10-20T10:00:00+02:00",
        "event": "item_added",
    }


@on_both_databases
async def test_without_a_meeting_it_waits_for_one(desk: DeskAtWork) -> None:
    await desk.says(LEA, FILES)
    answer = await say(desk, "top BV-1")
    assert answer == (
        "Für die nächste Sitzung vorgemerkt: BV-1: Haushalt 2027 (zuständig: ZIT-BB)\n\n"
        "Eine Sitzung ist noch nicht geplant. Einberufen: !kaz sitzung <wann>"
    )
    assert "1. BV-1: Haushalt 2027 (zuständig: ZIT-BB)" in await say(desk, "top")
    assert "1. BV-1: Haushalt 2027 (zuständig: ZIT-BB)" in await say(desk, "sitzung 20.10. 10 Uhr")
    assert await waiting(desk) == []


async def test_a_paper_withdrawn_meanwhile_does_not_wait_any_more(desk: DeskAtWork) -> None:
    await desk.says(LEA, FILES)
    await say(desk, "top BV-1")
    await desk.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert "steht noch nichts" in await say(desk, "sitzung 20.10. 10 Uhr")


async def test_one_that_is_on_it_already_is_refused_kindly(planned: DeskAtWork) -> None:
    await say(planned, "top BV-1")
    assert await say(planned, "top BV-1") == (
        "BV-1 steht schon auf der Tagesordnung: "
        "TOP 1 der Sitzung S-1 am Dienstag, 20. Oktober 2026, 10:00 Uhr."
    )


async def test_and_so_is_one_that_waits(desk: DeskAtWork) -> None:
    await desk.says(LEA, FILES)
    await say(desk, "top BV-1")
    assert await say(desk, "top BV-1") == "BV-1 ist schon für die nächste Sitzung vorgemerkt."


async def test_after_the_notice_period_began_it_is_tabled(planned: DeskAtWork) -> None:
    planned.clock.advance(days=7)
    answer = await say(planned, "top BV-1")
    assert "Die Ladungsfrist läuft schon. Darum ist der Punkt eine Tischvorlage." in answer
    assert "1. BV-1: Haushalt 2027 (zuständig: ZIT-BB), Tischvorlage" in await say(planned, "top")


async def test_what_waited_is_not_tabled_by_a_short_notice(desk: DeskAtWork) -> None:
    await say(desk, "top Bericht")
    await say(desk, "sitzung 2.10. 10 Uhr")
    assert [item.tabled for item in await agenda(desk)] == [False]


@pytest.mark.parametrize("text", ["top Bericht S-2", "top S-2 Bericht", "top S-2: Bericht"])
async def test_it_can_be_meant_for_another_meeting(planned: DeskAtWork, text: str) -> None:
    await say(planned, "sitzung 27.10. 10 Uhr")
    assert "Sitzung S-2: Dienstag, 27. Oktober 2026" in await say(planned, text)
    assert [item.text for item in await agenda(planned, 2)] == ["Bericht"]


async def test_a_forgotten_meeting_is_not_the_next_one(planned: DeskAtWork) -> None:
    await say(planned, "sitzung 27.10. 10 Uhr")
    planned.clock.advance(days=22)
    assert "Sitzung S-2" in await say(planned, "top Bericht")


async def test_in_a_meetings_thread_it_is_meant_for_that(planned: DeskAtWork) -> None:
    await say(planned, "sitzung 27.10. 10 Uhr")
    invitation = last(planned).event_id
    [answer] = await planned.says(LEA, "!kaz top Bericht", thread=invitation)
    assert "Sitzung S-2" in answer
    assert last(planned).thread == invitation


@pytest.mark.parametrize(
    ("text", "answer", "code"),
    [
        ("top BV-9", "Eine Vorlage mit der Nummer BV-9 gibt es hier nicht.", "not_found"),
        ("top A-9", "", "not_found"),
        ("top BV-1 und mehr", "", "bad_argument"),
        ("top entfernen 7", "Einen TOP 7 gibt es in S-1 nicht.", "not_found"),
        ("top entfernen", "Es fehlt die Nummer des Tagesordnungspunkts.", "bad_argument"),
        ("top verschieben 1", "Es fehlt die Nummer des Tagesordnungspunkts.", "bad_argument"),
        (f"top {'x' * 201}", "", "too_long"),
        ("top Bericht S-9", "Eine Sitzung mit der Nummer S-9 gibt es hier nicht.", "not_found"),
    ],
)
async def test_what_cannot_be_put_on_it_is_refused(
    planned: DeskAtWork, text: str, answer: str, code: str
) -> None:
    assert (await say(planned, text)).startswith(answer)
    assert last(planned).about == {"code": code}


async def test_a_settled_paper_is_talked_about_as_a_text(planned: DeskAtWork) -> None:
    await planned.says(LEA, "!kaz beschluss zurückziehen BV-1")
    assert "BV-1 ist erledigt. Stand der Vorlage: zurückgezogen." in await say(planned, "top BV-1")


async def test_there_is_an_end_to_what_is_talked_about(planned: DeskAtWork) -> None:
    async with planned.store.work() as work:
        added = [await work.meetings.add_item(_item(number)) for number in range(50)]
    assert len(added) == 50
    assert "stehen schon 50 Punkte" in await say(planned, "top Noch etwas")


def _item(number: int) -> AgendaItem:
    return AgendaItem(
        id=ItemId(0),
        room_id=COMMITTEE,
        meeting_id=MeetingId(1),
        place=number,
        text="Bericht",
        by=KIM,
        event_id=EventId("$top"),
        added_at=MORNING,
    )


@on_both_databases
async def test_its_order_can_be_changed(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "top Erstes")
    await say(desk, "top Zweites")
    await say(desk, "top Drittes")
    assert await say(desk, "top verschieben 3 1") == (
        "Neue Reihenfolge für S-1\n\nTagesordnung:\n\n"
        "1. Drittes (zuständig: Kim)\n2. Erstes (zuständig: Kim)\n3. Zweites (zuständig: Kim)"
    )
    await say(desk, "top verschieben 1 auf 2 S-1")
    assert [item.text for item in await agenda(desk)] == ["Erstes", "Drittes", "Zweites"]


async def test_an_item_is_taken_off_by_whoever_brought_it(planned: DeskAtWork) -> None:
    await planned.says(LEA, "!kaz top Bericht")
    await planned.says(MAX, "!kaz top Verschiedenes")
    assert (await planned.says(MAX, "!kaz top entfernen 1"))[0].startswith("Das kann nur der Vor")
    [answer] = await planned.says(LEA, "!kaz top entfernen 1")
    assert answer == (
        "Nicht mehr auf der Tagesordnung von S-1: Bericht (zuständig: Lea)\n\n"
        "Die Punkte danach haben jetzt andere Nummern. Alle zeigt !kaz top"
    )
    assert [(item.place, item.text) for item in await agenda(planned)] == [(1, "Verschiedenes")]


async def test_and_by_the_chair(planned: DeskAtWork) -> None:
    await planned.says(LEA, "!kaz top Bericht")
    await say(planned, "top entfernen 1 S-1")
    assert await agenda(planned) == []


async def test_while_it_runs_an_item_keeps_its_number_and_is_removed_as_a_result(
    running: DeskAtWork,
) -> None:
    assert "Ergebnis: abgesetzt" in await say(running, "top entfernen 1")
    assert [item.result for item in await agenda(running)] == ["removed", "", ""]


async def test_while_it_runs_items_can_be_added(running: DeskAtWork) -> None:
    assert (await say(running, "top Nachtrag")).startswith("TOP 4: Nachtrag")


@on_both_databases
async def test_results_are_noted_item_by_item(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "top Bericht")
    await say(desk, "top Verschiedenes")
    await say(desk, "sitzung beginnen")
    [answer] = await desk.says(LEA, "!kaz ergebnis 1 zur Kenntnis genommen")
    assert answer == (
        "TOP 1: Bericht\n\nErgebnis: zur Kenntnis genommen\n\nÄndern: !kaz ergebnis 1 <Text>"
    )
    assert last(desk).about["event"] == "result"
    await desk.says(LEA, "!kaz ergebnis TOP 2: Kim lädt zum Gespräch ein")
    assert [(item.result, item.result_text) for item in await agenda(desk)] == [
        (ItemResult.NOTED, ""),
        (ItemResult.TEXT, "Kim lädt zum Gespräch ein"),
    ]


async def test_the_last_word_counts(running: DeskAtWork) -> None:
    await say(running, "ergebnis 1 vertagt")
    await say(running, "ergebnis 1 zur Kenntnis genommen")
    assert (await agenda(running))[0].result is ItemResult.NOTED
    assert await waiting(running) == []


@on_both_databases
async def test_an_adjourned_paper_is_deferred_and_waits_with_its_number(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await desk.says(LEA, FILES)
    await say(desk, "top BV-1")
    await say(desk, "sitzung beginnen")
    answer = await say(desk, "ergebnis 1 vertagt, Zahlen fehlen")
    assert "Ergebnis: vertagt: Zahlen fehlen" in answer
    assert "Der Punkt kommt auf die nächste Tagesordnung." in answer
    assert last(desk).about == {"id": "BV-1", "state": "deferred", "event": "deferred"}
    assert await paper_state(desk) is PaperState.DEFERRED
    assert "vertagt" in await say(desk, "verlauf BV-1")
    assert "1. BV-1: Haushalt 2027" in await say(desk, "sitzung 20.10. 10 Uhr")


async def test_adjourned_again_it_waits_once(running: DeskAtWork) -> None:
    await say(running, "ergebnis 2 vertagt")
    await say(running, "ergebnis 2 vertagt auf Mai")
    assert [item.paper_id for item in await waiting(running)] == [1]


async def test_what_is_adjourned_goes_to_the_next_meeting_that_is_planned(
    running: DeskAtWork,
) -> None:
    await say(running, "sitzung 27.10. 10 Uhr")
    await say(running, "ergebnis 3 vertagt")
    assert [item.text for item in await agenda(running, 2)] == ["Verschiedenes"]


async def test_a_paper_put_on_hold_is_deferred_and_waits_for_nothing(running: DeskAtWork) -> None:
    answer = await say(running, "ergebnis 2 zurückgestellt")
    assert "BV-1 ist zurückgestellt. Auf eine Tagesordnung: !kaz top BV-1" in answer
    assert "vorgemerkt" not in await say(running, "sitzung beenden")
    assert await waiting(running) == []


async def test_a_paper_that_is_voted_on_is_not_adjourned_by_the_way(running: DeskAtWork) -> None:
    await say(running, "abstimmung BV-1")
    answer = await say(running, "ergebnis 2 vertagt")
    assert "Über BV-1 wird gerade abgestimmt." in answer
    assert "!kaz abstimmung vertagen BV-1" in answer


async def test_what_was_voted_in_the_meeting_has_its_result_by_itself(
    running: DeskAtWork,
) -> None:
    await running.says(KIM, "!kaz abstimmung BV-1")
    await running.says(KIM, "!kaz ja BV-1")
    await running.says(LEA, "!kaz ja BV-1")
    await running.says(MAX, "!kaz ja BV-1")
    await running.says(NIA, "!kaz ja BV-1")
    assert (await agenda(running))[1].result is ItemResult.DECIDED
    assert "2. 2026/1: Haushalt 2027 (zuständig: ZIT-BB). Ergebnis: beschlossen" in await say(
        running, "top"
    )


async def test_what_is_voted_on_without_being_on_the_agenda_comes_on_it(
    running: DeskAtWork,
) -> None:
    await running.says(LEA, "!kaz beschluss Umzug\nWortlaut: Wir ziehen um.")
    await say(running, "sitzung 27.10. 10 Uhr")
    await say(running, "top BV-2 S-2")
    await say(running, "abstimmung BV-2 mehrheitlich")
    await running.says(KIM, "!kaz ja BV-2")
    await running.says(LEA, "!kaz ja BV-2")
    await running.says(MAX, "!kaz ja BV-2")
    await running.says(NIA, "!kaz ja BV-2")
    assert [(item.place, item.paper_id, item.result) for item in await agenda(running)][3:] == [
        (4, 2, ItemResult.DECIDED)
    ]
    assert await agenda(running, 2) == []


async def test_what_is_decided_by_circulation_meanwhile_does_not(running: DeskAtWork) -> None:
    await running.says(LEA, "!kaz beschluss Umzug\nWortlaut: Wir ziehen um.")
    await running.says(LEA, "!kaz abstimmung BV-2 im Umlauf bis 20.10. mehrheitlich")
    await running.says(KIM, "!kaz ja BV-2")
    await running.says(LEA, "!kaz ja BV-2")
    await running.says(MAX, "!kaz ja BV-2")
    await running.says(NIA, "!kaz ja BV-2")
    assert len(await agenda(running)) == 3


async def test_at_the_end_open_papers_wait_for_the_next_meeting(running: DeskAtWork) -> None:
    answer = await say(running, "sitzung beenden")
    assert "Für die nächste Sitzung vorgemerkt: BV-1." in answer
    assert [item.paper_id for item in await waiting(running)] == [1]


async def test_unless_their_result_is_noted_after_all(running: DeskAtWork) -> None:
    await say(running, "sitzung beenden")
    await say(running, "ergebnis 2 zur Kenntnis genommen")
    assert await waiting(running) == []


async def test_an_open_vote_is_pointed_out_at_the_end(running: DeskAtWork) -> None:
    await say(running, "abstimmung BV-1")
    answer = await say(running, "sitzung beenden")
    assert "Noch nicht ausgezählt: BV-1." in answer
    assert await waiting(running) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ergebnis 9 vertagt", "not_found"),
        ("ergebnis vertagt", "bad_argument"),
        ("ergebnis 1", "bad_argument"),
        ("ergebnis S-9 1 vertagt", "not_found"),
    ],
)
async def test_a_result_names_its_item(running: DeskAtWork, text: str, code: str) -> None:
    await say(running, text)
    assert last(running).about == {"code": code}


async def test_before_it_begins_there_are_no_results(planned: DeskAtWork) -> None:
    await say(planned, "top Bericht")
    assert (await say(planned, "ergebnis 1 vertagt")).startswith("Hier läuft keine Sitzung.")
    assert (await say(planned, "ergebnis S-1 1 vertagt")).startswith("Das geht jetzt nicht.")


async def test_a_result_said_in_the_thread_is_answered_there(running: DeskAtWork) -> None:
    begun = last(running).event_id
    await running.says(LEA, "!kaz ergebnis 1 vertagt", thread=begun)
    assert last(running).thread == begun


@on_both_databases
async def test_people_say_that_they_are_there(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await desk.says(MAX, "!kaz entschuldigt")
    await say(desk, "sitzung beginnen")
    [answer] = await desk.says(LEA, "!kaz anwesend")
    assert answer == (
        "Sie sind als anwesend eingetragen (S-1).\n\n- Anwesend: Lea\n- Entschuldigt: Max"
    )
    await say(desk, "anwesend @kim und @nia")
    assert "- Anwesend: Kim, Lea und Nia" in last(desk).body
    assert last(desk).about["event"] == "attendance"


async def test_only_the_chair_says_so_for_others(running: DeskAtWork) -> None:
    [answer] = await running.says(LEA, "!kaz anwesend @max")
    assert answer.startswith("Das kann nur der Vorsitz.")


async def test_all_who_are_in_the_room_can_be_noted_at_once(running: DeskAtWork) -> None:
    assert "- Anwesend: Kim, Lea, Max und Nia" in await say(running, "anwesend alle")


@pytest.mark.parametrize("text", ["anwesend @lea S-1", "anwesend S-1 @lea"])
async def test_the_number_may_stand_before_or_behind(running: DeskAtWork, text: str) -> None:
    assert "Als anwesend eingetragen: Lea (S-1)." in await say(running, text)


async def test_somebody_who_is_not_here_is_not_noted(running: DeskAtWork) -> None:
    await say(running, "anwesend Frau Unbekannt")
    assert last(running).about == {"code": "bad_argument"}


async def test_nobody_is_there_before_it_begins(planned: DeskAtWork) -> None:
    assert (await say(planned, "anwesend")).startswith("Das geht jetzt nicht.")


async def test_with_bodies_the_list_shows_who_is_represented_by_whom(
    planned: DeskAtWork,
) -> None:
    await say(planned, "stimmberechtigt Landkreistag @lea Vertretung @max")
    await say(planned, "stimmberechtigt ZIT-BB @nia")
    await say(planned, "sitzung beginnen S-1")
    [answer] = await planned.says(MAX, "!kaz anwesend")
    assert "- Landkreistag: Max (Vertretung)\n- ZIT-BB: nicht vertreten" in answer
    assert "- Außerdem anwesend: Kim" in await say(planned, "anwesend")


@on_both_databases
async def test_a_text_that_is_taken_back_leaves_the_agenda(desk: DeskAtWork) -> None:
    added = desk.said(LEA, "!kaz top Beschwerde über Frau Geheim")
    await desk.hears(added)
    await say(desk, "top")
    await say(desk, "sitzung 20.10. 10 Uhr")
    await desk.redacts(LEA, added.event_id)
    assert desk.told(COMMITTEE) == ["info:meeting_erased"]
    assert [text for text in desk.homeserver.shown_in(COMMITTEE) if "Geheim" in text] == []
    assert "Geheim" not in await desk.remembers()
    assert "1. ohne Text" in await say(desk, "top")


async def test_so_does_a_result(running: DeskAtWork) -> None:
    said = running.said(LEA, "!kaz ergebnis 1 Frau Geheim kündigt")
    await running.hears(said)
    await running.redacts(LEA, said.event_id)
    assert (await agenda(running))[0].open
    assert [text for text in running.homeserver.shown_in(COMMITTEE) if "Geheim" in text] == []


async def test_a_later_result_stays(running: DeskAtWork) -> None:
    said = running.said(LEA, "!kaz ergebnis 1 Frau Geheim kündigt")
    await running.hears(said)
    await say(running, "ergebnis 1 Es bleibt alles, wie es ist")
    await running.redacts(LEA, said.event_id)
    assert (await agenda(running))[0].result_text == "Es bleibt alles, wie es ist"


async def test_once_the_minutes_are_approved_nothing_leaves_them(running: DeskAtWork) -> None:
    said = running.said(LEA, "!kaz ergebnis 1 Kim schreibt den Entwurf")
    await running.hears(said)
    await say(running, "sitzung beenden")
    await say(running, "protokoll genehmigen")
    await running.redacts(LEA, said.event_id)
    assert (await agenda(running))[0].result_text == "Kim schreibt den Entwurf"
    assert "Das Protokoll ist genehmigt, darum bleibt der Text darin." in last(running).body


async def test_a_room_that_is_not_encrypted_shows_no_sealed_item(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "top Geheime Sache")
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, MAX, name="Gremium", powers={KIM: 50}, encrypted=False)
    )
    assert "Geheime" not in await say(desk, "top")
