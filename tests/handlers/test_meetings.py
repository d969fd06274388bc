"""Meetings: called with an invitation, moved, cancelled, begun, ended, and sessions of others."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from kaz_bot.domain.committee.meetings import Meeting
from kaz_bot.domain.committee.numbers import MeetingId
from kaz_bot.domain.reminders import Reminder, ReminderId, ReminderState
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
    PROJECT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import Sent, room

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
OTHER = RoomId("!other:kaz.test")


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


def posted(desk: DeskAtWork) -> Event:
    """The meeting in the file that was posted last."""
    _, enclosure = desk.homeserver.uploads[-1]
    [event] = IcsCalendarStream.calendar_from_ics(enclosure.content.decode()).events
    return event


def method(desk: DeskAtWork) -> str:
    _, enclosure = desk.homeserver.uploads[-1]
    return next(
        line for line in enclosure.content.decode().splitlines() if line.startswith("METHOD")
    )


async def say(desk: DeskAtWork, text: str) -> str:
    """What the bot answers the chair."""
    [answer] = await desk.says(KIM, f"!kaz {text}")
    return answer


async def meeting(desk: DeskAtWork, number: int = 1) -> Meeting:
    async with desk.store.work() as work:
        return await work.meetings.get(MeetingId(number))


async def deadline(desk: DeskAtWork, number: int = 1) -> Reminder:
    async with desk.store.work() as work:
        return await work.reminders.get(ReminderId(number))


@on_both_databases
async def test_an_invitation_has_date_place_agenda_and_file(desk: DeskAtWork) -> None:
    await say(desk, "top Bericht")
    answer = await say(desk, "sitzung 20.10. 10 Uhr Rathaus, Raum 5")
    assert answer.startswith(
        "Einladung zur Sitzung S-1\n\n"
        "Wann: Dienstag, 20. Oktober 2026, 10:00 Uhr\n\n"
        "Wo: Rathaus, Raum 5\n\n"
        "Tagesordnung:\n\n"
        "1. Bericht (zuständig: Kim)"
    )
    assert last(desk).about == {
        "id": "S-1",
        "start": "2026-10-20T10:00:00+02:00",
        "event": "called",
    }
    assert (last(desk).msgtype, last(desk).content["filename"]) == ("m.file", "S-1.ics")
    assert (posted(desk).uid, posted(desk).location) == ("meeting-1@kaz.test", "Rathaus, Raum 5")


async def test_place_link_and_title_may_stand_in_lines_of_their_own(desk: DeskAtWork) -> None:
    text = "sitzung 20.10. 10 Uhr\nOrt: Rathaus\nLink: https://meet.kaz.test/a\nTitel: Klausur"
    answer = await say(desk, text)
    assert "Einladung zur Sitzung S-1 (Klausur)" in answer
    assert "Wo: Rathaus, https://meet.kaz.test/a" in answer


async def test_how_long_it_lasts_may_be_said(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung 20.10. 10 bis 13 Uhr Rathaus")
    assert "Wann: Dienstag, 20. Oktober 2026, 10:00 Uhr, bis 13:00 Uhr" in answer
    assert (posted(desk).duration, posted(desk).location) == (timedelta(hours=3), "Rathaus")
    await say(desk, "sitzung verlegen S-1 22.10. 9 Uhr")
    assert posted(desk).duration == timedelta(hours=3)


async def test_the_invitation_stands_in_the_room_also_when_it_was_called_in_a_thread(
    desk: DeskAtWork,
) -> None:
    talk = desk.said(LEA, "Wann treffen wir uns?")
    await desk.says(KIM, "!kaz sitzung 20.10. 10 Uhr", thread=talk.event_id)
    assert (last(desk).thread, last(desk).replies_to) == (None, None)


async def test_only_the_chair_calls_the_committee(desk: DeskAtWork) -> None:
    answers = await desk.says(LEA, "!kaz sitzung 20.10. 10 Uhr")
    assert answers == ["Das kann nur der Vorsitz. Den Vorsitz hat hier: Kim."]


async def test_there_are_no_meetings_elsewhere(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz sitzung 20.10. 10 Uhr")
    assert last(desk).about == {"code": "not_allowed"}


@pytest.mark.parametrize(
    ("text", "answer", "code"),
    [
        (
            "sitzung 20.10. Rathaus",
            "Es fehlt die Uhrzeit. Zum Beispiel: !kaz sitzung 20.10.2026 10 Uhr",
            "bad_date",
        ),
        ("sitzung jeden Donnerstag 10 Uhr", "Jede Sitzung wird einzeln einberufen.", "bad_date"),
        ("sitzung gestern 10 Uhr", "", "bad_date"),
        ("sitzung heute 8 Uhr", "", "bad_date"),
        ("sitzung Rathaus", "Ich finde keinen Termin.", "bad_date"),
        ("sitzung S-9", "Eine Sitzung mit der Nummer S-9 gibt es hier nicht.", "not_found"),
        ("sitzung verlegen S-9 20.10. 10 Uhr", "Eine Sitzung mit der Nummer S-9", "not_found"),
        ("sitzung verlegen 20.10. 10 Uhr", "Es fehlt die Nummer der Sitzung.", "bad_argument"),
        ("sitzung beginnen", "Hier läuft keine Sitzung.", "not_found"),
        ("sitzung beenden", "Hier läuft keine Sitzung.", "not_found"),
        (f"sitzung 20.10. 10 Uhr {'Saal ' * 70}", "", "too_long"),
    ],
)
async def test_what_cannot_be_called_is_refused_with_what_to_type(
    desk: DeskAtWork, text: str, answer: str, code: str
) -> None:
    assert (await say(desk, text)).startswith(answer)
    assert last(desk).about == {"code": code}


async def test_a_short_notice_is_warned_about_and_not_blocked(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung 8.10. 10 Uhr")
    assert "Die Ladungsfrist von 14 Tagen ist nicht eingehalten." in answer
    assert "Ladungsfrist" not in await say(desk, "sitzung 15.10. 10 Uhr")


async def test_the_notice_period_is_a_setting(open_desk: OpenDesk) -> None:
    desk = await open_desk(notice_period=timedelta(days=7))
    assert "Ladungsfrist" not in await say(desk, "sitzung 8.10. 10 Uhr")


async def test_a_day_off_is_pointed_out(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung 31.10. 10 Uhr")
    assert "Samstag, 31. Oktober 2026 ist ein Feiertag (Reformationstag)." in answer


async def test_what_a_word_may_also_mean_is_said(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung nächsten Donnerstag 10 Uhr")
    assert "Mit „nächsten“ ist der Tag in der nächsten Woche gemeint." in answer


@on_both_databases
async def test_a_moved_meeting_keeps_its_number_in_the_calendar(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    uid = posted(desk).uid
    answer = await say(desk, "sitzung verlegen S-1 22.10. 14 Uhr Schloss")
    assert answer.startswith(
        "Die Sitzung S-1 ist verlegt.\n\nWann: Donnerstag, 22. Oktober 2026, 14:00 Uhr\n\n"
        "Wo: Schloss\n\nBisher: Dienstag, 20. Oktober 2026, 10:00 Uhr"
    )
    assert (posted(desk).uid, posted(desk).sequence) == (uid, 1)
    assert last(desk).about["start"] == "2026-10-22T14:00:00+02:00"


async def test_without_another_place_it_stays_where_it_was(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    await say(desk, "sitzung verlegen 22.10. 14 Uhr")
    assert posted(desk).location == "Rathaus"


@pytest.mark.parametrize("words", ["auf", "auf den", "to"])
async def test_it_is_moved_in_the_words_people_use(desk: DeskAtWork, words: str) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    await say(desk, f"sitzung verlegen S-1 {words} 22.10. 14 Uhr")
    assert posted(desk).location == "Rathaus"
    assert last(desk).about["start"] == "2026-10-22T14:00:00+02:00"


async def test_the_place_alone_can_be_another(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    answer = await say(desk, "sitzung verlegen S-1\nOrt: Schloss")
    assert "Wo: Schloss\n\nBisher: Rathaus" in answer
    assert posted(desk).location == "Schloss"
    assert last(desk).about["start"] == "2026-10-20T10:00:00+02:00"


@on_both_databases
async def test_a_cancelled_meeting_leaves_calendars_and_its_items_wait(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "top Bericht")
    answer = await say(desk, "sitzung absagen S-1 Krankheit")
    assert "Abgesagt: Sitzung S-1" in answer
    assert "Grund: Krankheit" in answer
    assert "Für die nächste Sitzung vorgemerkt: 1 Tagesordnungspunkt." in answer
    assert (posted(desk).status, posted(desk).sequence) == ("CANCELLED", 1)
    assert method(desk) == "METHOD:CANCEL"
    assert "1. Bericht (zuständig: Kim)" in await say(desk, "sitzung 27.10. 10 Uhr")


async def test_the_items_of_a_cancelled_meeting_go_to_the_next_one(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "sitzung 27.10. 10 Uhr")
    await say(desk, "top Bericht S-1")
    await say(desk, "sitzung absagen S-1")
    assert "1. Bericht" in await say(desk, "sitzung S-2")


async def test_a_cancelled_meeting_is_called_anew_and_not_moved(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "sitzung absagen")
    assert await say(desk, "sitzung verlegen S-1 27.10. 10 Uhr") == (
        "Das geht jetzt nicht. Stand der Sitzung S-1: abgesagt.\n\n"
        "Neu einberufen: !kaz sitzung <wann>"
    )


async def test_only_the_chair_moves_cancels_begins_and_ends_it(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    for_the_chair = ["verlegen S-1 22.10. 10 Uhr", "absagen S-1", "beginnen S-1", "beenden S-1"]
    answers = [(await desk.says(LEA, f"!kaz sitzung {what}"))[0] for what in for_the_chair]
    assert {answer.split(".")[0] for answer in answers} == {"Das kann nur der Vorsitz"}


async def test_in_its_thread_the_number_may_be_left_out(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "sitzung 27.10. 10 Uhr")
    root = desk.homeserver.sent_to(COMMITTEE)[0].event_id
    await desk.says(KIM, "!kaz sitzung absagen", thread=root)
    assert (await meeting(desk, 1)).state == "cancelled"


async def test_english_says_the_same(desk: DeskAtWork) -> None:
    await say(desk, "meeting 20.10. 10:00 Town hall")
    await say(desk, "meeting move S-1 22.10. 10:00")
    await say(desk, "meeting begin S-1")
    await say(desk, "meeting end S-1")
    assert (await meeting(desk)).state == "ended"


@on_both_databases
async def test_it_begins_with_its_agenda_and_ends(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "top Bericht")
    answer = await say(desk, "sitzung beginnen")
    assert answer.startswith("Die Sitzung S-1 hat begonnen.\n\nTagesordnung:\n\n1. Bericht")
    assert (last(desk).msgtype, last(desk).about["event"]) == ("m.text", "begun")
    answer = await say(desk, "sitzung beenden")
    assert "Die Sitzung S-1 ist beendet." in answer
    assert "Ohne Ergebnis: TOP 1. Nachtragen: !kaz ergebnis 1 <Text>" in answer


async def test_nobody_begins_a_meeting_of_another_day_by_mistake(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    assert (await say(desk, "sitzung beginnen")).endswith(
        "Soll sie jetzt beginnen? !kaz sitzung beginnen S-1"
    )
    await say(desk, "sitzung beginnen S-1")
    assert (await meeting(desk)).state == "running"


async def test_one_meeting_runs_at_a_time(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 13 Uhr")
    await say(desk, "sitzung 30.9. 15 Uhr")
    await say(desk, "sitzung beginnen S-1")
    assert "Die Sitzung S-1 läuft noch." in await say(desk, "sitzung beginnen S-2")
    assert "Stand der Sitzung S-1: läuft." in await say(desk, "sitzung beginnen S-1")


async def test_what_is_ahead_is_listed(desk: DeskAtWork) -> None:
    assert await say(desk, "sitzung") == (
        "Zurzeit ist keine Sitzung geplant. Einberufen: !kaz sitzung <wann> [Ort]"
    )
    await say(desk, "top Bericht")
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr Potsdam")
    assert await say(desk, "sitzung") == (
        "Sitzungen:\n\n"
        "- S-1 (IT-Rat): Donnerstag, 3. Dezember 2026, 10:00 Uhr: Potsdam\n\n"
        "Tagesordnung: !kaz sitzung S-1\n\n"
        "Für die nächste Sitzung vorgemerkt: 1. Liste: !kaz top"
    )


@pytest.mark.parametrize("text", ["sitzung S-1", "zeige S-1", "show S-1"])
async def test_a_meeting_is_shown_with_its_agenda(desk: DeskAtWork, text: str) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    answer = await say(desk, text)
    assert answer.startswith("Sitzung S-1: geplant\n\nWann: Dienstag, 20. Oktober 2026, 10:00 Uhr")
    assert "Auf der Tagesordnung steht noch nichts." in answer


async def test_its_history_tells_who_did_what(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await desk.says(LEA, "!kaz entschuldigt")
    answer = await say(desk, "verlauf S-1")
    assert "Mittwoch, 30. September 2026, 12:00 Uhr, Kim: einberufen" in answer
    assert "Lea: Anwesenheit, entschuldigt" in answer


async def test_a_meeting_of_another_committee_is_none_here(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    async with desk.store.work() as work:
        await work.meetings.save(replace(await work.meetings.get(MeetingId(1)), room_id=OTHER))
    assert "S-1 gibt es hier nicht" in await say(desk, "sitzung S-1")
    assert "S-1 gibt es hier nicht" in await say(desk, "protokoll S-1")


@on_both_databases
async def test_papers_for_the_it_rat_are_due_four_weeks_before(desk: DeskAtWork) -> None:
    [answer] = await desk.says(LEA, "!kaz sitzung IT-Rat 3.12. 10 Uhr")
    assert "Vorlagen müssen bis Donnerstag, 5. November 2026 vorliegen." in answer
    assert "Daran erinnert Frist 1." in answer
    set_down = await deadline(desk)
    assert set_down.due.isoformat() == "2026-11-05T23:59:00+01:00"
    assert set_down.about == "Vorlagen für die Sitzung IT-Rat am Donnerstag, 3. Dezember 2026"
    # A week before it, in the morning: of the ladder of deadlines.
    assert set_down.next_at is not None
    assert set_down.next_at.isoformat() == "2026-10-22T06:00:00+00:00"
    [history] = await desk.says(LEA, "!kaz erinnerungen 1")
    assert "Lea: gesetzt" in history


async def test_a_day_off_is_pointed_out_with_the_working_day_before(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung IT-Rat 6.12. 10 Uhr")
    assert (
        "Sonntag, 8. November 2026 liegt am Wochenende. "
        "Der Werktag davor ist Freitag, 6. November 2026. "
        "Endet die Frist schon dann? !kaz später 1 06.11.2026"
    ) in answer
    await say(desk, "später 1 06.11.2026")
    assert (await deadline(desk)).due.isoformat() == "2026-11-06T23:59:00+01:00"


async def test_a_deadline_for_papers_that_is_over_is_said_plainly(desk: DeskAtWork) -> None:
    answer = await say(desk, "sitzung IT-Rat 20.10. 10 Uhr")
    assert (
        "Vorlagen hätten bis Dienstag, 22. September 2026 vorliegen müssen. "
        "Diese Frist ist schon vorbei."
    ) in answer
    assert "Erinnerungen" not in await say(desk, "erinnerungen")


async def test_the_deadline_for_papers_moves_with_the_session(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    answer = await say(desk, "sitzung verlegen S-1 10.12. 10 Uhr")
    assert "Vorlagen müssen bis Donnerstag, 12. November 2026 vorliegen." in answer
    moved = await deadline(desk)
    assert moved.due.isoformat() == "2026-11-12T23:59:00+01:00"
    assert moved.about.endswith("Donnerstag, 10. Dezember 2026")


async def test_and_is_gone_with_it(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    assert "Frist 1 für die Vorlagen ist gelöscht." in await say(desk, "sitzung absagen S-1")
    assert (await deadline(desk)).state is ReminderState.CANCELLED


async def test_papers_that_were_handed_in_are_not_asked_for_again(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    await say(desk, "erledigt 1")
    await say(desk, "sitzung verlegen S-1 10.12. 10 Uhr")
    assert (await deadline(desk)).state is ReminderState.DONE


async def test_a_session_moved_too_near_has_no_deadline_any_more(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    answer = await say(desk, "sitzung verlegen S-1 20.10. 10 Uhr")
    assert "Diese Frist ist schon vorbei." in answer
    assert (await deadline(desk)).state is ReminderState.CANCELLED


async def test_a_deadline_that_went_with_the_date_comes_back_with_it(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    gone = await say(desk, "sitzung verlegen S-1 20.10. 10 Uhr")
    assert "Frist 1 ist darum gelöscht." in gone
    back = await say(desk, "sitzung verlegen S-1 10.12. 10 Uhr")
    assert "Daran erinnert Frist 1." in back
    assert (await deadline(desk)).state is ReminderState.OPEN


async def test_one_that_a_person_has_deleted_does_not(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    await say(desk, "löschen 1")
    answer = await say(desk, "sitzung verlegen S-1 10.12. 10 Uhr")
    assert "Frist 1 dafür ist gelöscht. Der Bot erinnert nicht mehr daran." in answer
    assert (await deadline(desk)).state is ReminderState.CANCELLED


async def test_the_it_rat_is_neither_led_nor_minuted_here(desk: DeskAtWork) -> None:
    await say(desk, "sitzung IT-Rat 3.12. 10 Uhr")
    answers = [await say(desk, what) for what in ("sitzung beginnen S-1", "protokoll S-1")]
    assert {answer.split(".")[0] for answer in answers} == {
        "S-1 ist die Sitzung eines anderen Gremiums"
    }
    assert "vorgemerkt" in await say(desk, "top Bericht")


@on_both_databases
async def test_the_calendar_of_the_room_shows_meetings(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    uid = posted(desk).uid
    answer = await say(desk, "kalender")
    assert "Darin stehen: 1." in answer
    assert posted(desk).uid == uid


async def test_so_does_that_of_its_members_and_of_nobody_else(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    await desk.says(EVA, "kalender", room=EVAS_CHAT)
    assert "S-1" not in desk.homeserver.uploads[-1][1].content.decode()
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, LEA, name="Lea"))
    await desk.binds(EVAS_CHAT, person=LEA)
    await desk.says(LEA, "kalender", room=EVAS_CHAT)
    assert posted(desk).summary == "Sitzung (S-1)"


async def test_an_address_that_is_not_encrypted_shows_no_sealed_meeting(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Geheimer Ort")
    desk.homeserver.rooms.put(
        room(COMMITTEE, BOT, KIM, LEA, MAX, name="Gremium", powers={KIM: 50}, encrypted=False)
    )
    answer = await say(desk, "kalender")
    assert "Was aus verschlüsselten Räumen kommt, fehlt hier: 1." in answer
    assert "Geheimer" not in await say(desk, "sitzung S-1")
    assert "verschlüsselt" in await say(desk, "protokoll S-1")


@on_both_databases
async def test_the_place_of_a_message_that_is_taken_back_is_gone(desk: DeskAtWork) -> None:
    called = desk.said(KIM, "!kaz sitzung 20.10. 10 Uhr Bei Familie Müller")
    await desk.hears(called)
    await desk.says(LEA, "!kaz sitzung S-1")
    await desk.redacts(KIM, called.event_id)
    assert (await meeting(desk)).place == ""
    assert desk.told(COMMITTEE) == ["info:meeting_erased"]
    assert [text for text in desk.homeserver.shown_in(COMMITTEE) if "Müller" in text] == []
    assert "Müller" not in (await desk.remembers()).replace("M\\u00fcller", "Müller")


async def test_a_later_place_stays_when_the_first_is_taken_back(desk: DeskAtWork) -> None:
    called = desk.said(KIM, "!kaz sitzung 20.10. 10 Uhr Rathaus")
    await desk.hears(called)
    await say(desk, "sitzung verlegen S-1 22.10. 10 Uhr Schloss")
    await desk.redacts(KIM, called.event_id)
    assert (await meeting(desk)).place == "Schloss"


async def test_the_reason_of_a_cancellation_can_be_taken_back(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    cancelled = desk.said(KIM, "!kaz sitzung absagen S-1 Frau Geheim ist krank")
    await desk.hears(cancelled)
    await desk.redacts(KIM, cancelled.event_id)
    assert [text for text in desk.homeserver.shown_in(COMMITTEE) if "Geheim" in text] == []
    assert (await meeting(desk)).state == "cancelled"


@pytest.mark.parametrize("talk", ["Top, danke!", "Sitzung ist erst morgen", "Agenda folgt"])
async def test_ordinary_talk_in_a_direct_chat_is_no_command(desk: DeskAtWork, talk: str) -> None:
    await desk.says(EVA, talk, room=EVAS_CHAT)
    assert "error:not_allowed" not in desk.told(EVAS_CHAT)


async def test_in_the_rooms_of_others_the_verb_is_refused_kindly(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz top Bericht")
    assert last(desk).about == {"code": "not_allowed"}
    assert desk.told(PROJECT) == []


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("20.10. 10:30-12 Uhr Rathaus", "10:30 Uhr, bis 12:00 Uhr"),
        ("20.10. von 10 bis 12 Uhr Rathaus", "10:00 Uhr, bis 12:00 Uhr"),
        ("20.10. 10 Uhr bis 12 Uhr Rathaus", "10:00 Uhr, bis 12:00 Uhr"),
        ("20.10. Rathaus 10:00 to 12:00", "10:00 Uhr, bis 12:00 Uhr"),
        ("20 October 2-4 pm Rathaus", "14:00 Uhr, bis 16:00 Uhr"),
        ("20.10.\nBeginn: 10 Uhr\nEnde: 13 Uhr\nOrt: Rathaus", "10:00 Uhr, bis 13:00 Uhr"),
        ("Datum: 20.10.\nBeginn: 10\nBis: 13\nOrt: Rathaus", "10:00 Uhr, bis 13:00 Uhr"),
    ],
)
async def test_its_end_is_read_as_people_write_it(desk: DeskAtWork, text: str, until: str) -> None:
    answer = await say(desk, f"sitzung {text}")
    assert f"Wann: Dienstag, 20. Oktober 2026, {until}\n\nWo: Rathaus\n\n" in answer
    assert posted(desk).location == "Rathaus"


@pytest.mark.parametrize("time", ["10am", "10 am", "10 a.m.", "10:00am"])
async def test_an_english_time_may_stand_before_the_place(desk: DeskAtWork, time: str) -> None:
    await say(desk, f"sitzung 15 December 2026 {time} Potsdam, room 3")
    assert last(desk).about["start"] == "2026-12-15T10:00:00+01:00"
    assert posted(desk).location == "Potsdam, room 3"


@pytest.mark.parametrize("end", ["später", "9 Uhr"])
async def test_an_end_that_is_none_is_refused_with_what_to_type(desk: DeskAtWork, end: str) -> None:
    answer = await say(desk, f"sitzung 20.10. 22 Uhr\nEnde: {end}")
    assert answer.startswith("Das Ende ist keine Uhrzeit nach dem Beginn. Zum Beispiel:")
    assert last(desk).about == {"code": "bad_date"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "sitzung verlegen S-1",
            "Es fehlt, wann S-1 sein soll. So geht es: !kaz sitzung verlegen S-1 <wann> [Ort]",
        ),
        (
            "sitzung verlegen S-1 Potsdam",
            "Nur ein anderer Ort: !kaz sitzung verlegen S-1 Ort: Potsdam",
        ),
        (
            "sitzung absagen",
            "Es fehlt die Nummer der Sitzung. So geht es: !kaz sitzung absagen S-<Nummer> [Grund]",
        ),
    ],
)
async def test_what_is_missing_is_told_in_the_words_that_were_typed(
    desk: DeskAtWork, text: str, answer: str
) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr")
    await say(desk, "sitzung 27.10. 10 Uhr")
    assert answer in await say(desk, text)


@pytest.mark.parametrize("place", ["Raum 7", "in den Sitzungssaal", "https://meet.kaz.test/a"])
async def test_a_place_alone_moves_it_there(desk: DeskAtWork, place: str) -> None:
    await say(desk, "sitzung 20.10. 10 Uhr Rathaus")
    answer = await say(desk, f"sitzung verlegen S-1 {place}")
    assert "Wann: Dienstag, 20. Oktober 2026, 10:00 Uhr" in answer
    assert "Bisher: Rathaus" in answer
    assert posted(desk).location == place


async def test_what_was_tabled_is_not_when_the_meeting_is_far_ahead(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 8.10. 10 Uhr")
    assert "Tischvorlage" in await say(desk, "top Bericht")
    assert "Tischvorlage" not in await say(desk, "sitzung verlegen S-1 15.12. 10 Uhr")


async def test_a_meeting_that_nobody_began_is_offered(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 1.10. 10 Uhr")
    desk.clock.advance(days=4)
    answer = await say(desk, "sitzung beginnen")
    assert "Hat sie stattgefunden? !kaz sitzung beginnen S-1" in answer
