"""The minutes of a meeting: a draft as a file, until somebody stands by it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kaz_bot.domain.committee.meetings import MeetingState
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.domain.rooms import Language
from tests.desk import COMMITTEE, KIM, LEA, MAX, NIA, DeskAtWork, on_both_databases
from tests.fakes import Sent

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def say(desk: DeskAtWork, text: str) -> str:
    """What the bot answers the chair."""
    answers = await desk.says(KIM, f"!kaz {text}")
    return answers[-1] if answers else ""


def printed(desk: DeskAtWork) -> str:
    """What stands in the file that was posted last."""
    _, file = desk.homeserver.uploads[-1]
    pages = [page.extract_text() for page in PdfReader(BytesIO(file.content)).pages]
    return " ".join(" ".join(pages).split())


async def state(desk: DeskAtWork) -> MeetingState:
    async with desk.store.work() as work:
        return (await work.meetings.get(MeetingId(1))).state


@pytest.fixture
async def met(desk: DeskAtWork) -> DeskAtWork:
    """A meeting has dealt with a report, decided on a paper by bodies, and set a task."""
    await say(desk, "stimmberechtigt Landkreistag @lea Vertretung @max")
    await say(desk, "stimmberechtigt ZIT-BB @kim")
    await say(desk, "stimmberechtigt MIK @nia")
    await desk.says(LEA, "!kaz beschluss Haushalt 2027\nWortlaut: Der Haushalt gilt ab Januar.")
    await say(desk, "sitzung 30.9. 13 Uhr Rathaus, Raum 5")
    await say(desk, "top Bericht der Geschäftsstelle")
    await say(desk, "top BV-1")
    await say(desk, "top Verschiedenes")
    await desk.says(NIA, "!kaz entschuldigt")
    desk.clock.advance(hours=1)
    await say(desk, "sitzung beginnen")
    await say(desk, "anwesend @kim @max")
    await desk.says(LEA, "!kaz ergebnis 1 zur Kenntnis genommen, Bericht folgt im Mai")
    await say(desk, "abstimmung BV-1 mehrheitlich")
    await say(desk, "ja BV-1")
    await desk.says(MAX, "!kaz ja BV-1")
    await desk.says(NIA, "!kaz nein BV-1 Die Finanzierung ab 2028 ist offen.")
    await say(desk, "auftrag 2026/1 Bescheide verschicken @max bis 30.10.")
    desk.clock.advance(hours=1)
    await say(desk, "sitzung beenden")
    return desk


@on_both_databases
async def test_a_draft_says_that_it_is_one(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr Rathaus")
    await say(desk, "top Bericht")
    await say(desk, "sitzung beginnen")
    await say(desk, "sitzung beenden")
    answer = await say(desk, "protokoll")
    assert answer == (
        "Entwurf des Ergebnisprotokolls der Sitzung S-1\n\n"
        "Ohne Ergebnis: TOP 1. Nachtragen: !kaz ergebnis 1 <Text>\n\n"
        "Bitte prüfen Sie den Entwurf. "
        "Der Vorsitz genehmigt ihn mit !kaz protokoll genehmigen S-1"
    )
    assert (last(desk).msgtype, last(desk).content["filename"]) == ("m.file", "protokoll-S-1.pdf")
    assert last(desk).about == {"topic": "minutes", "id": "S-1", "state": "ended"}
    assert "Ergebnisprotokoll (Entwurf)" in printed(desk)
    assert "Entwurf, noch nicht genehmigt" in printed(desk)


async def test_it_says_when_where_and_who_was_there(met: DeskAtWork) -> None:
    await say(met, "protokoll S-1")
    text = printed(met)
    assert "Sitzung S-1, Mittwoch, 30. September 2026" in text
    assert "Beginn Mittwoch, 30. September 2026, 13:00 Uhr" in text
    assert "Ende Mittwoch, 30. September 2026, 14:00 Uhr" in text
    assert "Ort Rathaus, Raum 5" in text
    assert "Vorsitz Kim" in text
    assert "Landkreistag Max (Vertretung)" in text
    assert "MIK nicht vertreten" in text
    assert "Entschuldigt Nia" in text


async def test_each_item_has_its_result(met: DeskAtWork) -> None:
    await say(met, "protokoll S-1")
    text = printed(met)
    assert "TOP 1: Bericht der Geschäftsstelle Ergebnis zur Kenntnis genommen" in text
    assert "Bericht folgt im Mai" in text
    assert "TOP 3: Verschiedenes Ergebnis ohne Ergebnis" in text


async def test_a_decision_has_number_wording_votes_and_what_was_said(met: DeskAtWork) -> None:
    await say(met, "protokoll S-1")
    text = printed(met)
    assert "TOP 2: 2026/1 Haushalt 2027 Ergebnis beschlossen Beschluss 2026/1" in text
    assert "Vorlage BV-1, Fassung 1 Beschlussart mehrheitlich" in text
    assert "Der Haushalt gilt ab Januar." in text
    assert "Landkreistag Ja ZIT-BB Ja MIK Nein" in text
    assert "Die Finanzierung ab 2028 ist offen." in text


async def test_a_rejected_paper_has_its_votes_too(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Umzug\nWortlaut: Wir ziehen um.")
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "top BV-1")
    await say(desk, "sitzung beginnen")
    await say(desk, "abstimmung BV-1 mehrheitlich")
    await say(desk, "nein BV-1 Zu weit weg.")
    await desk.says(LEA, "!kaz ja BV-1")
    await desk.says(MAX, "!kaz nein BV-1")
    await say(desk, "abstimmung schließen BV-1")
    await say(desk, "protokoll")
    text = printed(desk)
    assert "Ergebnis abgelehnt" in text
    assert "Kim Nein Lea Ja Max Nein Nia keine Stimme" in text
    assert "Zu weit weg." in text


async def test_tasks_say_who_and_when(met: DeskAtWork) -> None:
    await say(met, "protokoll S-1")
    assert "A-1 Bescheide verschicken Max Freitag, 30. Oktober 2026" in printed(met)


async def test_a_task_set_by_the_way_belongs_to_the_meeting(desk: DeskAtWork) -> None:
    await say(desk, "auftrag Vorher @max bis 30.10.")
    desk.clock.advance(minutes=1)
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung beginnen")
    await say(desk, "auftrag Nebenbei @max bis 30.10.")
    await say(desk, "protokoll")
    assert "A-2 Nebenbei" in printed(desk)
    assert "Vorher" not in printed(desk)


async def test_it_speaks_the_language_of_the_room(met: DeskAtWork) -> None:
    await met.binds(COMMITTEE, language=Language.EN)
    answer = await say(met, "minutes S-1")
    assert answer.startswith("Draft of the minutes of the meeting S-1")
    assert "Minutes (draft)" in printed(met)
    assert "Began Wednesday, 30 September 2026, 13:00" in printed(met)


@on_both_databases
async def test_a_person_approves_it(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung beginnen")
    await say(desk, "sitzung beenden")
    answer = await say(desk, "protokoll genehmigen S-1")
    assert answer == (
        "Das Protokoll der Sitzung S-1 ist genehmigt.\n\n"
        "Genehmigt von Kim am Mittwoch, 30. September 2026, 12:00 Uhr. "
        "An den Ergebnissen ändert sich nichts mehr."
    )
    assert last(desk).about["event"] == "approved"
    assert "Genehmigt von Kim am Mittwoch, 30. September 2026, 12:00 Uhr" in printed(desk)
    assert "Entwurf" not in printed(desk)
    assert await state(desk) is MeetingState.APPROVED


async def test_only_the_chair_approves_it(met: DeskAtWork) -> None:
    [answer] = await met.says(LEA, "!kaz protokoll genehmigen S-1")
    assert answer.startswith("Das kann nur der Vorsitz.")
    assert await state(met) is MeetingState.ENDED


async def test_afterwards_results_and_attendance_stay(met: DeskAtWork) -> None:
    await say(met, "protokoll S-1 genehmigen")
    refused = [await say(met, text) for text in ("ergebnis 1 vertagt", "anwesend S-1 @lea")]
    assert {answer.split("\n\n")[-1] for answer in refused} == {
        "Das Protokoll ist genehmigt. Daran ändert sich nichts mehr."
    }
    assert "genehmigt von Kim" in await say(met, "protokoll S-1")


async def test_an_approved_file_is_always_the_same(met: DeskAtWork) -> None:
    await say(met, "protokoll genehmigen S-1")
    approved = met.homeserver.uploads[-1][1].content
    await say(met, "später A-1 bis 30.11. Urlaub")
    met.clock.advance(days=30)
    await say(met, "protokoll S-1")
    assert met.homeserver.uploads[-1][1].content == approved


async def test_while_it_runs_a_draft_can_be_read_but_not_approved(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung beginnen")
    assert "Genehmigt wird er erst nach der Sitzung." in await say(desk, "protokoll")
    assert "noch nicht beendet" in printed(desk)
    assert (await say(desk, "protokoll genehmigen")).startswith("Das geht jetzt nicht.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("protokoll", "not_found"),
        ("protokoll S-1", "bad_state"),
        ("protokoll genehmigen S-1", "bad_state"),
        ("protokoll S-9", "not_found"),
        ("protokoll bitte", "bad_argument"),
    ],
)
async def test_without_a_meeting_that_began_there_are_none(
    desk: DeskAtWork, text: str, code: str
) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, text)
    assert last(desk).about == {"code": code}


async def test_hostile_words_are_printed_as_words(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr #set page(fill: red)")
    await say(desk, "top {{ 7 * 7 }} #eval[1] <b>fett</b>")
    await say(desk, "sitzung beginnen")
    await say(desk, "protokoll")
    assert "{{ 7 * 7 }} #eval[1] <b>fett</b>" in printed(desk)
    assert "#set page(fill: red)" in printed(desk)


async def test_words_that_were_taken_back_are_not_in_it(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    added = desk.said(LEA, "!kaz top Beschwerde über Frau Geheim")
    await desk.hears(added)
    await say(desk, "sitzung beginnen")
    await desk.redacts(LEA, added.event_id)
    await say(desk, "protokoll")
    assert "TOP 1: ohne Text" in printed(desk)


async def test_a_title_stands_beside_the_number(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr\nTitel: Klausur")
    await say(desk, "sitzung beginnen")
    await say(desk, "protokoll")
    assert "Sitzung S-1: Klausur, Mittwoch, 30. September 2026" in printed(desk)


async def test_with_a_vote_open_nobody_approves_it(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Umzug\nWortlaut: Wir ziehen um.")
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung beginnen")
    await say(desk, "abstimmung BV-1 mehrheitlich")
    await say(desk, "sitzung beenden")
    assert "Noch nicht ausgezählt: BV-1." in await say(desk, "protokoll S-1")
    answer = await say(desk, "protokoll genehmigen S-1")
    assert answer.startswith(
        "Das Protokoll von S-1 kann noch niemand genehmigen. Eine Abstimmung ist offen: BV-1."
    )
    assert last(desk).about == {"code": "bad_state"}
    assert await state(desk) is MeetingState.ENDED
    await say(desk, "ja BV-1")
    await say(desk, "abstimmung schließen BV-1")
    await say(desk, "protokoll genehmigen S-1")
    assert await state(desk) is MeetingState.APPROVED


async def test_items_without_a_result_are_named_when_it_is_approved(met: DeskAtWork) -> None:
    answer = await say(met, "protokoll genehmigen S-1")
    assert "Ohne Ergebnis blieb: TOP 3." in answer


async def test_a_result_in_words_is_printed_as_the_result(met: DeskAtWork) -> None:
    await say(met, "ergebnis 3 Kim lädt zum Gespräch ein")
    await say(met, "protokoll S-1")
    assert "TOP 3: Verschiedenes Ergebnis Kim lädt zum Gespräch ein" in printed(met)


async def test_entered_days_later_it_claims_no_false_times(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 1.10. 10 Uhr")
    desk.clock.advance(days=4)
    await say(desk, "sitzung beginnen S-1")
    await say(desk, "sitzung beenden")
    await say(desk, "protokoll S-1")
    assert "Geplant Donnerstag, 1. Oktober 2026, 10:00 Uhr" in printed(desk)
    assert "Nachgetragen am Sonntag, 4. Oktober 2026" in printed(desk)
    assert "Beginn" not in printed(desk)
    assert "Ende" not in printed(desk)
