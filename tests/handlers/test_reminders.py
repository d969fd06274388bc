"""Being reminded: once, again and again, oneself, the room, somebody else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.ladders import Ladder
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.messages import EventId, Joined, RoomId, Upgraded, UserId
from tests.desk import (
    ANN,
    BEK,
    BOT,
    EVA,
    EVAS_CHAT,
    KIM,
    MARKET,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent, room

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
NEXT = RoomId("!next:kaz.test")
TICK = Reminding(Ladder(), DaysOff())


def at(text: str) -> str:
    """A time of that autumn as programs read it, in summer time."""
    return f"2026-{text}:00+02:00"


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(TICK) if sent.is_message]


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


async def pressed(desk: DeskAtWork, person: UserId, key: str, message: EventId) -> list[str]:
    return await desk.reacts(person, key, message, room=PROJECT)


@on_both_databases
async def test_a_reminder_is_repeated_with_weekday_date_and_time(desk: DeskAtWork) -> None:
    answers = await desk.says(EVA, "!kaz erinnere mich morgen um 9 an die Vorlage")
    assert answers[0] == (
        "Erinnerung 1: Ich erinnere Sie am Donnerstag, 1. Oktober 2026, 9:00 Uhr: die Vorlage\n\n"
        "- Anderer Termin: !kaz später 1 <wann>\n"
        "- Löschen: !kaz löschen 1"
    )
    assert last(desk).about == {"id": 1, "due": at("10-01T09:00"), "event": "set"}


@on_both_databases
async def test_at_its_time_the_person_is_called_once(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    (told,) = await passes(desk, minutes=10, seconds=1)
    assert told.about == {"id": 1, "due": at("09-30T12:10"), "event": "due"}
    assert (told.msgtype, told.calls, told.room_id) == ("m.text", [EVA], PROJECT)
    assert told.body.startswith("Eva, zur Erinnerung: die Vorlage")
    assert await passes(desk, days=3) == []


async def test_not_a_second_before_its_time(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    assert await passes(desk, minutes=9, seconds=59) == []


async def test_english_is_understood_and_spoken(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz raum sprache en")
    await desk.binds(PROJECT, language="en")
    assert (await desk.says(EVA, "!kaz remind me tomorrow at 9 about the paper"))[0].startswith(
        "Reminder 1: I will remind you on Thursday, 1 October 2026, 9:00: the paper"
    )


async def test_the_room_is_reminded_without_calling_anybody(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns in 10 Minuten an die Sitzung")
    (told,) = await passes(desk, minutes=10)
    assert (told.msgtype, told.calls) == ("m.text", [])
    assert told.body.startswith("Zur Erinnerung: die Sitzung")


async def test_somebody_else_is_called_and_told_who_asked(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere @udo in 10 Minuten an die Sitzung")
    (told,) = await passes(desk, minutes=10)
    assert told.calls == [UDO]
    assert "Darum hat Eva gebeten." in told.body


async def test_somebody_who_is_not_here_cannot_be_reminded_here(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere @ann in 10 Minuten an die Sitzung")
    assert desk.told(PROJECT) == ["error:bad_argument"]
    assert await passes(desk, minutes=10) == []


async def test_who_has_left_is_not_called_but_who_set_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere @udo in 10 Minuten an die Sitzung")
    desk.homeserver.rooms.leave(PROJECT, UDO)
    (told,) = await passes(desk, minutes=10)
    assert told.calls == [EVA]


async def test_what_it_is_about_may_come_first(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich an die Vorlage am Freitag um 10")
    assert last(desk).about["due"] == at("10-02T10:00")


async def test_in_answer_to_a_message_it_is_about_that_message(desk: DeskAtWork) -> None:
    wish = desk.said(UDO, "Wir müssen noch den Vertrag verlängern.", room=PROJECT)
    await desk.hears(wish)
    await desk.says(EVA, "!kaz erinnere mich morgen daran", reply_to=wish.event_id)
    (told,) = await passes(desk, hours=21)
    assert told.replies_to == wish.event_id
    assert "Wir müssen noch den Vertrag verlängern." in told.body


async def test_on_a_ticket_it_comes_with_the_state_of_the_ticket(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz erinnere am 15.10. KAZ-1")
    (told,) = await passes(desk, days=14, hours=21)
    assert (told.room_id, told.calls) == (PROCUREMENT, [ANN])
    assert "(KAZ-1)" in told.body
    assert "Stand der Anfrage: übernommen" in told.body


async def test_in_a_tickets_thread_it_is_about_that_ticket(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    root = desk.root(1)
    await desk.says(ANN, "!kaz wv 15.10.", thread=root)
    (told,) = await passes(desk, days=14, hours=21)
    assert told.thread == root
    assert "(KAZ-1)" in told.body


async def test_a_confidential_ticket_is_nothing_to_be_reminded_of_elsewhere(
    desk: DeskAtWork,
) -> None:
    await desk.asks(EVA, "Darf ich das melden? #sicherheit", room=EVAS_CHAT)
    await desk.says(KIM, "!kaz erinnere mich morgen KAZ-1")
    assert last(desk).told == "error:not_allowed"


async def test_no_date_is_asked_for_with_an_example(desk: DeskAtWork) -> None:
    answers = await desk.says(EVA, "!kaz erinnere mich an den Antrag")
    assert "Zum Beispiel: !kaz erinnere mich morgen 9 Uhr an die Vorlage" in answers[0]
    assert last(desk).about == {"code": "bad_date"}


@pytest.mark.parametrize("when", ["am 30.2.", "gestern", "bald", "Dienstag, 18.03.2027"])
async def test_a_date_that_a_careful_person_would_refuse_is_refused(
    desk: DeskAtWork, when: str
) -> None:
    await desk.says(EVA, f"!kaz erinnere mich {when} an den Antrag")
    assert last(desk).about == {"code": "bad_date"}
    assert await passes(desk, days=1000) == []


async def test_a_sign_ticks_it_off(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    (told,) = await passes(desk, minutes=10)
    await pressed(desk, EVA, "✅", told.event_id)
    assert last(desk).about == {"id": 1, "due": at("09-30T12:10"), "event": "done"}
    await desk.says(EVA, "!kaz erinnerungen")
    assert "Hier ist nichts gesetzt." in last(desk).body


async def test_a_sign_puts_it_off_for_an_hour(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    (told,) = await passes(desk, minutes=10)
    await pressed(desk, EVA, "💤", told.event_id)
    assert last(desk).about == {"id": 1, "due": at("09-30T13:10"), "event": "snoozed"}
    (again,) = await passes(desk, hours=1)
    assert again.about == {"id": 1, "due": at("09-30T13:10"), "event": "due"}


async def test_in_the_evening_the_sign_puts_it_off_until_the_morning(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich heute 15:30 an die Vorlage")
    (told,) = await passes(desk, hours=3, minutes=30)
    await pressed(desk, EVA, "💤", told.event_id)
    assert last(desk).about["due"] == at("10-01T08:00")


async def test_a_sign_on_ones_own_command_cancels_it(desk: DeskAtWork) -> None:
    command = desk.said(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.hears(command)
    await pressed(desk, EVA, "❌", command.event_id)
    assert last(desk).told == "reminder:cancelled"
    assert await passes(desk, minutes=10) == []


async def test_a_sign_of_somebody_else_means_nothing(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    assert await pressed(desk, UDO, "❌", last(desk).event_id) == []
    assert len(await passes(desk, minutes=10)) == 1


async def test_a_command_of_somebody_else_is_refused(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    answers = await desk.says(UDO, "!kaz löschen 1", room=PROJECT)
    assert answers == ["Erinnerung 1 können nur die Beteiligten ändern. Gesetzt hat sie Eva."]


async def test_in_another_room_there_is_no_such_reminder(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns in 10 Minuten an die Vorlage")
    await desk.says(UDO, "!kaz löschen 1", room=MARKET)
    assert last(desk).about == {"code": "not_found"}


async def test_in_ones_direct_chat_all_ones_reminders_are_listed(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    answers = await desk.says(EVA, "erinnerungen", room=EVAS_CHAT)
    assert "Erinnerung 1, Mittwoch, 30. September 2026, 12:10 Uhr" in answers[0]
    assert "im Raum Projekt Onlinezugang: die Vorlage" in answers[0]


async def test_from_there_they_can_be_cancelled(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.says(EVA, "löschen 1", room=EVAS_CHAT)
    assert (desk.told(EVAS_CHAT), desk.told(PROJECT)) == (["reminder:cancelled"], [])


async def test_in_answer_to_the_bot_the_number_can_be_left_out(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.says(EVA, "!kaz später morgen 8 Uhr", reply_to=last(desk).event_id)
    assert last(desk).about == {"id": 1, "due": at("10-01T08:00"), "event": "snoozed"}


async def test_what_was_cancelled_by_mistake_is_set_again(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.says(EVA, "!kaz löschen 1")
    await desk.says(EVA, "!kaz später 1 in 5 Minuten")
    assert len(await passes(desk, minutes=5)) == 1


@on_both_databases
async def test_what_comes_again_shows_its_next_three_times(desk: DeskAtWork) -> None:
    answers = await desk.says(
        EVA, "!kaz erinnere uns jeden ersten Donnerstag im Monat 13 Uhr an den Jour fixe"
    )
    assert (
        "- Donnerstag, 1. Oktober 2026, 13:00 Uhr\n"
        "- Donnerstag, 5. November 2026, 13:00 Uhr\n"
        "- Donnerstag, 3. Dezember 2026, 13:00 Uhr"
    ) in answers[0]


async def test_it_keeps_its_hour_when_the_clocks_change(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Donnerstag 13 Uhr an den Jour fixe")
    times = [
        await passes(desk, days=1, hours=1, seconds=1),
        await passes(desk, days=7),
        await passes(desk, days=7),
        await passes(desk, days=7),
        await passes(desk, days=7, hours=1),
    ]
    assert [str(told.about["due"])[5:] for (told,) in times] == [
        "10-01T13:00:00+02:00",
        "10-08T13:00:00+02:00",
        "10-15T13:00:00+02:00",
        "10-22T13:00:00+02:00",
        "10-29T13:00:00+01:00",
    ]


async def test_ticked_off_it_comes_again_all_the_same(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Donnerstag 13 Uhr an den Jour fixe")
    (told,) = await passes(desk, days=1, hours=1)
    await pressed(desk, EVA, "✅", told.event_id)
    assert "Die nächste Erinnerung kommt am Donnerstag, 8. Oktober 2026" in last(desk).body
    assert len(await passes(desk, days=7)) == 1


async def test_put_off_it_comes_once_more_and_then_as_ever(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Donnerstag 13 Uhr an den Jour fixe")
    (told,) = await passes(desk, days=1, hours=1)
    await pressed(desk, EVA, "💤", told.event_id)
    (again,) = await passes(desk, hours=1)
    (weekly,) = await passes(desk, days=6, hours=23)
    assert (again.about["due"], weekly.about["due"]) == (at("10-01T14:00"), at("10-08T13:00"))


async def test_a_holiday_ahead_is_asked_about(desk: DeskAtWork) -> None:
    answers = await desk.says(EVA, "!kaz erinnere uns jeden Samstag 10 Uhr an den Markt")
    assert "Samstag, 3. Oktober 2026 ist ein Feiertag (Tag der Deutschen Einheit)." in answers[0]
    assert "- Ausfallen lassen: !kaz feiertage 1 auslassen" in answers[0]


async def test_without_an_answer_it_comes_on_the_holiday_and_says_so(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Samstag 10 Uhr an den Markt")
    (told,) = await passes(desk, days=2, hours=22)
    assert "Heute ist ein Feiertag: Tag der Deutschen Einheit." in told.body


@pytest.mark.parametrize(
    ("choice", "due"),
    [
        ("auslassen", "10-10T10:00"),
        ("davor", "10-02T10:00"),
        ("danach", "10-05T10:00"),
        ("trotzdem", "10-03T10:00"),
        ("skip", "10-10T10:00"),
    ],
)
async def test_the_answer_is_kept(desk: DeskAtWork, choice: str, due: str) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Samstag 10 Uhr an den Markt")
    await desk.says(EVA, f"!kaz feiertage 1 {choice}")
    told = [one for day in range(11) for one in await passes(desk, days=1)]
    assert told[0].about["due"] == at(due)


async def test_a_working_day_is_never_a_holiday(desk: DeskAtWork) -> None:
    desk.clock.advance(days=84)  # Wednesday, 23 December
    answers = await desk.says(EVA, "!kaz erinnere uns jeden Werktag 10 Uhr an die Post")
    assert (
        "- Donnerstag, 24. Dezember 2026, 10:00 Uhr\n- Montag, 28. Dezember 2026, 10:00 Uhr"
    ) in answers[0]
    assert "An Feiertagen erinnere ich nicht." in answers[0]


@on_both_databases
async def test_what_fell_due_meanwhile_comes_once_as_one_message(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.says(EVA, "!kaz erinnere mich in 20 Minuten an die Sitzung")
    await desk.says(EVA, "!kaz erinnere uns in 30 Minuten an den Jour fixe")
    await desk.restarts()
    mine, ours = sorted(await passes(desk, hours=3), key=lambda sent: str(sent.about["id"]))
    assert mine.about == {
        "id": 1,
        "due": at("09-30T12:10"),
        "event": "late",
        "also": [{"id": 2, "due": at("09-30T12:20"), "event": "late"}],
    }
    assert mine.body == (
        "Eva, verspätet, weil ich nicht erreichbar war:\n\n"
        "- Erinnerung 1: die Vorlage. War fällig am Mittwoch, 30. September 2026, 12:10 Uhr.\n"
        "- Erinnerung 2: die Sitzung. War fällig am Mittwoch, 30. September 2026, 12:20 Uhr.\n\n"
        "Erledigt: Häkchen ✅. Später: Schlaf 💤. Beides gilt für alle. "
        "Einzeln: !kaz erledigt <Nummer>"
    )
    assert (ours.about["id"], ours.about["event"]) == (3, "late")
    assert await passes(desk, hours=5) == []


async def test_a_sign_on_several_is_meant_for_all(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await desk.says(EVA, "!kaz erinnere mich in 20 Minuten an die Sitzung")
    (told,) = await passes(desk, hours=3)
    await pressed(desk, EVA, "✅", told.event_id)
    assert desk.told(PROJECT) == ["reminder:done", "reminder:done"]


async def test_a_text_that_ends_with_a_full_stop_gets_no_other(desk: DeskAtWork) -> None:
    wish = desk.said(UDO, "Bitte den Antrag prüfen.", room=PROJECT)
    await desk.hears(wish)
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten daran", reply_to=wish.event_id)
    (told,) = await passes(desk, hours=3)
    assert "- Erinnerung 1: Bitte den Antrag prüfen. War fällig am Mittwoch" in told.body


async def test_one_reminder_is_shown_in_whole_sentences(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @udo Bericht bis 30.10.")
    answers = await desk.says(EVA, "!kaz erinnerungen 1")
    assert (
        "Gesetzt von Eva. Es fehlt noch: Udo. Ich melde mich wieder am Freitag, 16. Oktober 2026"
    ) in answers[0]


async def test_a_recurrence_that_was_missed_comes_once(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Donnerstag 13 Uhr an den Jour fixe")
    (told,) = await passes(desk, days=20)
    assert (
        "War fällig am Donnerstag, 1. Oktober 2026, 13:00 Uhr und danach noch 2 Mal." in told.body
    )
    assert "Das nächste Mal: Donnerstag, 22. Oktober 2026, 13:00 Uhr." in told.body


async def test_a_clock_that_jumps_back_reminds_nobody_twice(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns täglich 13 Uhr an die Post")
    assert len(await passes(desk, hours=1)) == 1
    assert await passes(desk, hours=-2) == []
    assert await passes(desk, hours=2) == []
    assert len(await passes(desk, days=1)) == 1


async def test_when_the_homeserver_is_away_the_reminder_waits_for_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    desk.homeserver.away = True
    assert await passes(desk, minutes=10) == []
    desk.homeserver.away = False
    desk.clock.advance(seconds=30)
    assert [sent.told for sent in await desk.delivers() if sent.is_message] == ["reminder:due"]


async def test_what_was_missed_by_day_calls_nobody_at_night(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    assert await passes(desk, hours=9) == []
    (told,) = await passes(desk, hours=11)
    assert told.about == {"id": 1, "due": at("09-30T12:10"), "event": "late"}


async def test_what_was_meant_for_the_night_comes_at_night_late_or_not(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich heute 22 Uhr an die Vorlage")
    (told,) = await passes(desk, hours=11)
    assert told.about == {"id": 1, "due": at("09-30T22:00"), "event": "late"}


async def test_however_many_are_late_each_is_told(desk: DeskAtWork) -> None:
    for number in range(25):
        await desk.says(EVA, f"!kaz erinnere mich in 10 Minuten an {number} {'Vorlagen ' * 100}")
        desk.clock.advance(seconds=10)
    told = await passes(desk, hours=2)
    ids = [one.about["id"] for one in told]
    also = [one["id"] for sent in told for one in sent.about.get("also", [])]  # type: ignore[attr-defined]  # JSON
    assert sorted([*ids, *also]) == list(range(1, 26))


async def test_the_last_of_a_recurrence_is_done_for_good(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich täglich 13 Uhr 2 mal an die Post")
    await passes(desk, hours=1)
    (told,) = await passes(desk, days=1)
    await pressed(desk, EVA, "✅", told.event_id)
    assert last(desk).body.startswith("Erinnerung 1: die Post\n\nErledigt. War das ein Versehen?")
    assert await passes(desk, days=3) == []


async def test_several_people_get_a_reminder_each(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich und @udo in 10 Minuten an die Sitzung")
    assert [sent.calls for sent in await passes(desk, minutes=10)] == [[EVA], [UDO]]


async def test_of_what_a_person_set_for_themselves_a_room_they_left_hears_nothing(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Gehaltsfrage")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    (told,) = await passes(desk, minutes=10)
    assert (told.room_id, told.calls) == (EVAS_CHAT, [EVA])


async def test_in_a_chat_that_is_not_encrypted_it_is_done_without_its_text(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz erinnere mich morgen an die Vorlage")
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    answers = await desk.says(EVA, "erledigt 1", room=EVAS_CHAT)
    assert answers[0].startswith("Erinnerung 1\n\nErledigt.")


async def test_the_list_says_when_it_comes_once_more(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Donnerstag 13 Uhr an den Jour fixe")
    (told,) = await passes(desk, days=1, hours=1)
    await desk.says(EVA, "!kaz später 1 morgen 9 Uhr", reply_to=told.event_id)
    (listed,) = await desk.says(EVA, "!kaz erinnerungen")
    assert "Erinnerung 1, Freitag, 2. Oktober 2026, 9:00 Uhr, wiederkehrend" in listed


async def test_anybody_may_put_off_what_the_room_is_reminded_of(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns in 10 Minuten an die Sitzung")
    (told,) = await passes(desk, minutes=10)
    await pressed(desk, UDO, "💤", told.event_id)
    assert desk.told(PROJECT) == ["reminder:snoozed"]


async def test_one_that_cannot_be_understood_keeps_nobody_else_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Tag 12:10 an die Post")
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    async with desk.store.work() as work:
        broken = await work.reminders.get(ReminderId(1))
        await work.reminders.save(replace(broken, rrule="FREQ=NEVER"))
    assert [told.about["id"] for told in await passes(desk, minutes=10)] == [2]
    assert "Reminding: number 1 failed and is set aside" in caplog.text


async def test_a_text_that_is_taken_back_leaves_the_reminder(desk: DeskAtWork) -> None:
    command = desk.said(EVA, "!kaz erinnere mich in 10 Minuten an den geheimen Vermerk")
    await desk.hears(command)
    receipt = last(desk)
    await desk.redacts(EVA, command.event_id)
    assert receipt.event_id in [sent.redacts for sent in desk.last]
    assert "Der Text wurde gelöscht, der Termin bleibt" in last(desk).body
    assert "geheimen Vermerk" not in await desk.remembers()
    (told,) = await passes(desk, minutes=10)
    assert "geheimen" not in told.body


async def test_the_message_it_points_at_takes_its_words_along(desk: DeskAtWork) -> None:
    wish = desk.said(UDO, "Bitte den geheimen Vermerk lesen.", room=PROJECT)
    await desk.hears(wish)
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten daran", reply_to=wish.event_id)
    await desk.redacts(UDO, wish.event_id)
    assert "geheimen Vermerk" not in await desk.remembers()


async def _replaced(desk: DeskAtWork, old: RoomId, new: RoomId) -> None:
    """The room is upgraded, and the bot comes along."""
    before = desk.homeserver.rooms.get(old)
    assert before is not None
    desk.homeserver.rooms.change(old, replacement=new)
    tombstone = Upgraded(
        event_id=desk.homeserver.new_event_id(),
        room_id=old,
        sender=ANN,
        sent_at=desk.clock.now(),
        replacement=new,
    )
    await desk.takes(tombstone)
    desk.homeserver.rooms.put(replace(before, room_id=new, predecessor=old))
    arrival = Joined(
        event_id=desk.homeserver.new_event_id(),
        room_id=new,
        sender=BOT,
        sent_at=desk.clock.now(),
        invited_by=None,
        direct=False,
    )
    await desk.takes(arrival)


async def test_in_a_room_that_was_replaced_it_goes_on(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await _replaced(desk, PROJECT, NEXT)
    (told,) = await passes(desk, minutes=10)
    assert (told.room_id, told.calls) == (NEXT, [EVA])


async def test_in_a_room_the_bot_had_to_leave_it_comes_to_the_person(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    desk.homeserver.rooms.drop(PROJECT)
    desk.homeserver.has_direct(EVA, EVAS_CHAT)
    (told,) = await passes(desk, minutes=10)
    assert told.room_id == EVAS_CHAT


async def test_forgetting_takes_ones_own_reminders(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an den geheimen Vermerk")
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert "geheimen Vermerk" not in await desk.remembers()
    assert await passes(desk, minutes=10) == []


async def test_a_room_that_is_not_encrypted_lists_nothing_that_was_said_in_one_that_is(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz erinnere mich morgen an die Vorlage")
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    answers = await desk.says(EVA, "erinnerungen", room=EVAS_CHAT)
    assert "- Erinnerung 1, Donnerstag, 1. Oktober 2026, 9:00 Uhr, im Raum" in answers[0]
    assert "Vorlage" not in answers[0]


async def test_who_stands_in_may_cancel_what_no_person_is_meant_by(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz erinnere uns morgen an den Vermerk")
    await desk.says(BEK, "!kaz löschen 1")
    assert desk.told(PROCUREMENT) == ["reminder:cancelled"]


async def test_a_reminder_that_nobody_ticked_off_is_done_after_a_month(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an die Vorlage")
    await passes(desk, minutes=10)
    async with desk.store.work() as work:
        now = desk.clock.now() + timedelta(days=31)
        await work.reminders.settle(now - timedelta(days=30), now)
        assert await work.reminders.open_of(EVA) == []


def test_the_clock_of_these_tests_stands_at_noon() -> None:
    assert datetime.fromisoformat(at("09-30T12:00")).strftime("%A") == "Wednesday"
