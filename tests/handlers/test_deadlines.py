"""Deadlines: told of before, on the day and after it, until they are done."""

import pytest

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.ladders import Ladder
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.messages import UserId
from tests.desk import (
    ANN,
    BEK,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    MARKET,
    OPERATIONS,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent, room

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
TICK = Reminding(Ladder(), DaysOff())


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(TICK) if sent.is_message]


async def until(desk: DeskAtWork, hours: int) -> list[tuple[str, object, object]]:
    """What the bot says in each hour: when, as what, whom it calls."""
    return [
        (f"{desk.clock.now():%a %d %Hh}", sent.about["event"], sent.calls)
        for _ in range(hours)
        for sent in await passes(desk, hours=1)
    ]


def last(desk: DeskAtWork) -> Sent:
    return [sent for sent in desk.last if sent.is_message][-1]


@on_both_databases
async def test_a_deadline_is_repeated_with_weekday_and_date(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(EVA, "!kaz frist Stellungnahme zum Entwurf bis 15.10.")
    assert answer.startswith("Frist 1 bis Donnerstag, 15. Oktober 2026: Stellungnahme zum Entwurf")
    assert last(desk).about == {"id": 1, "due": "2026-10-15T23:59:00+02:00", "event": "set"}


@on_both_databases
async def test_a_week_and_a_day_before_that_morning_and_each_working_day_after(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    assert await until(desk, 24 * 13) == [
        ("Thu 01 06h", "due", []),
        ("Wed 07 06h", "due", []),
        ("Thu 08 06h", "due", []),
        ("Fri 09 06h", "overdue", []),
        ("Mon 12 06h", "overdue", []),
        ("Tue 13 06h", "overdue", [EVA]),
    ]


async def test_the_operators_hear_of_it_at_last_and_only_the_number(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Geheime Stellungnahme bis morgen")
    await until(desk, 24 * 7)
    told = [sent for sent in desk.homeserver.sent_to(OPERATIONS) if sent.is_message]
    assert [sent.told for sent in told] == []
    await until(desk, 24)
    (escalated,) = [sent for sent in desk.homeserver.sent_to(OPERATIONS) if sent.is_message]
    assert escalated.body.startswith("Frist 1 im Raum Projekt Onlinezugang ist überschritten.")
    assert "Geheime" not in escalated.body


async def test_only_those_who_have_not_done_it_are_called(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @eva und @udo Stellungnahme bis 8.10.")
    await desk.says(UDO, "!kaz erledigt 1", room=PROJECT)
    assert "Ihr Teil ist erledigt. Es fehlt noch: Eva." in last(desk).body
    (told,) = await passes(desk, hours=20)
    assert told.calls == [EVA]
    assert "Es fehlt noch: Eva." in told.body


async def test_when_the_last_has_done_it_nobody_is_reminded_any_more(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @eva und @udo Stellungnahme bis 8.10.")
    await desk.says(UDO, "!kaz erledigt 1", room=PROJECT)
    await desk.says(EVA, "!kaz erledigt 1")
    assert await until(desk, 24 * 13) == []


async def test_who_set_it_for_others_says_that_all_is_done(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @udo Stellungnahme bis 8.10.")
    await desk.says(EVA, "!kaz erledigt 1")
    assert await until(desk, 24 * 13) == []


async def test_who_has_no_part_in_it_cannot_say_so(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @eva Stellungnahme bis 8.10.")
    await desk.says(UDO, "!kaz erledigt 1", room=PROJECT)
    assert last(desk).about == {"code": "not_allowed"}


async def test_a_deadline_of_the_room_is_done_by_anybody_in_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    await desk.reacts(UDO, "✅", last(desk).event_id, room=PROJECT)
    assert desk.told(PROJECT) == ["reminder:done"]


async def test_an_extension_keeps_the_old_date_and_the_reason(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    answers = await desk.says(EVA, "!kaz später 1 bis 22.10. Urlaub von Udo")
    assert answers == [
        (
            "Frist 1 gilt jetzt bis Donnerstag, 22. Oktober 2026: Stellungnahme\n\n"
            "Bisher: Donnerstag, 8. Oktober 2026. Grund: Urlaub von Udo"
        )
    ]
    assert last(desk).about == {"id": 1, "due": "2026-10-22T23:59:00+02:00", "event": "snoozed"}
    (history,) = await desk.says(EVA, "!kaz erinnerungen 1")
    assert (
        "verschoben von Donnerstag, 8. Oktober 2026, 23:59 Uhr "
        "auf Donnerstag, 22. Oktober 2026, 23:59 Uhr, Grund: Urlaub von Udo"
    ) in history


async def test_a_deadline_that_was_done_by_mistake_calls_its_people_again(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz frist @udo Stellungnahme bis 8.10.")
    await desk.says(UDO, "!kaz erledigt 1", room=PROJECT)
    await desk.says(EVA, "!kaz später 1 14.10. Das war ein Irrtum")
    assert [calls for _, _, calls in await until(desk, 24 * 8)] == [[UDO]]


async def test_an_extended_deadline_is_told_of_by_its_new_date(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    await desk.says(EVA, "!kaz verlängern 1 22.10. Urlaub")
    assert [when for when, _, _ in await until(desk, 24 * 23)] == [
        "Thu 08 06h",
        "Thu 15 06h",
        "Wed 21 06h",
        "Thu 22 06h",
        "Fri 23 06h",
    ]


async def test_the_date_comes_before_the_reason_that_may_name_others(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    await desk.says(EVA, "!kaz später 1 22.10. Udo hat Urlaub bis 15.10.")
    assert last(desk).about["due"] == "2026-10-22T23:59:00+02:00"


async def test_by_two_weeks_counts_from_the_date_it_has(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    await desk.says(EVA, "!kaz später 1 um zwei Wochen Urlaub")
    assert last(desk).about["due"] == "2026-10-22T23:59:00+02:00"


async def test_who_has_to_do_it_does_not_move_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @udo Stellungnahme bis 8.10.")
    await desk.says(UDO, "!kaz später 1 22.10. keine Zeit", room=PROJECT)
    assert last(desk).about == {"code": "not_allowed"}


async def test_a_person_named_in_the_text_has_to_do_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Zuarbeit @udo bis 8.10.")
    assert "Zu erledigen von: Udo." in last(desk).body


async def test_a_reason_said_in_private_is_not_posted_in_the_open(desk: DeskAtWork) -> None:
    await desk.says(UDO, "!kaz frist Stellungnahme bis 8.10.", room=MARKET)
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, UDO, name="Udo"))
    await desk.binds(EVAS_CHAT, person=UDO)
    await desk.says(UDO, "später 1 20.10. Frau Geheim ist krank", room=EVAS_CHAT)
    assert ["Geheim" in body for body in desk.bodies(MARKET)] == [False]
    (listed,) = await desk.says(UDO, "!kaz erinnerungen 1", room=MARKET)
    assert "Geheim" not in listed


async def test_the_sign_for_later_asks_for_a_date(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    answers = await desk.reacts(EVA, "💤", last(desk).event_id)
    assert answers == [
        "Eva: Frist 1 verlängern Sie mit einem Datum und einem Grund: !kaz später 1 <wann> <Grund>"
    ]


@pytest.mark.parametrize("attempt", ["!kaz später 1 20.10. Urlaub", "!kaz später 1"])
async def test_an_ausschlussfrist_is_not_put_off(desk: DeskAtWork, attempt: str) -> None:
    await desk.says(EVA, "!kaz ausschlussfrist Fördermittelantrag bis 8.10.")
    answers = await desk.says(EVA, attempt)
    assert answers[0].startswith("Ausschlussfrist 1 lässt sich nicht verschieben.")
    assert last(desk).about == {"code": "bad_state"}


async def test_nor_by_the_sign(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz ausschlussfrist Fördermittelantrag bis 8.10.")
    await desk.reacts(EVA, "💤", last(desk).event_id)
    assert last(desk).about == {"code": "bad_state"}


async def test_a_deadline_on_a_sunday_is_pointed_out_and_not_moved(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(EVA, "!kaz frist Stellungnahme bis 11.10.")
    assert last(desk).about["due"] == "2026-10-11T23:59:00+02:00"
    assert (
        "Sonntag, 11. Oktober 2026 liegt am Wochenende. Ich habe die Frist nicht verschoben. "
        "Der nächste Werktag ist Montag, 12. Oktober 2026. Endet sie erst dann? "
        "!kaz später 1 12.10.2026"
    ) in answer


async def test_the_command_it_offers_works(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 11.10.")
    await desk.says(EVA, "!kaz später 1 12.10.2026")
    assert last(desk).about["due"] == "2026-10-12T23:59:00+02:00"


async def test_a_deadline_on_a_holiday_names_the_holiday(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(EVA, "!kaz frist Stellungnahme bis 25.12.")
    assert "Freitag, 25. Dezember 2026 ist ein Feiertag (1. Weihnachtstag)." in answer
    assert "Der nächste Werktag ist Montag, 28. Dezember 2026." in answer


async def test_seventy_two_hours_run_through_the_weekend(desk: DeskAtWork) -> None:
    desk.clock.advance(days=2)  # Friday, noon
    await desk.says(EVA, "!kaz frist Meldung an die LDA in 72 Stunden")
    assert last(desk).about["due"] == "2026-10-05T12:00:00+02:00"
    assert [(when, event) for when, event, _ in await until(desk, 24 * 4)] == [
        ("Sun 04 10h", "due"),
        ("Mon 05 06h", "due"),
        ("Mon 05 09h", "due"),
        ("Mon 05 10h", "due"),
        ("Tue 06 06h", "overdue"),
    ]


async def test_a_deadline_with_an_hour_is_told_of_at_that_hour(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis heute 22 Uhr")
    (told,) = await passes(desk, hours=10)
    assert "Die Frist endet jetzt: Mittwoch, 30. September 2026, 22:00 Uhr." in told.body


async def test_what_was_missed_at_night_waits_for_the_morning(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    assert await passes(desk, days=1, hours=10) == []
    (told,) = await passes(desk, hours=10)
    assert told.about["event"] == "late"
    assert (
        "Diese Nachricht kommt verspätet. Vorgesehen war Donnerstag, 1. Oktober 2026, 8:00 Uhr."
    ) in told.body


async def test_of_several_that_were_missed_the_latest_is_told_once(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist Stellungnahme bis 8.10.")
    (told,) = await passes(desk, days=12)
    assert "Die Frist ist überschritten. Sie endete am Donnerstag, 8. Oktober 2026." in told.body
    assert await passes(desk, minutes=5) == []


async def test_on_a_ticket_whoever_works_on_it_is_called(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(BEK, "!kaz frist KAZ-1 Antwort an Eva bis 8.10.")
    (told,) = await passes(desk, hours=20)
    assert (told.room_id, told.calls) == (PROCUREMENT, [ANN])
    assert "Antwort an Eva (KAZ-1)" in told.body
    assert "Stand der Anfrage: übernommen" in told.body


async def test_a_number_in_front_is_that_of_a_ticket_that_is_open_here(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    await desk.says(ANN, "!kaz frist 1 Antwort an Eva bis 8.10.")
    assert last(desk).body.startswith(
        "Frist 1 bis Donnerstag, 8. Oktober 2026: Antwort an Eva (KAZ-1)"
    )


async def test_otherwise_it_begins_the_text(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz frist 12 Gutachten bis 8.10.")
    assert last(desk).body.startswith("Frist 1 bis Donnerstag, 8. Oktober 2026: 12 Gutachten")


async def test_in_a_tickets_thread_it_hangs_on_that_ticket(desk: DeskAtWork) -> None:
    await desk.has_ticket("claimed")
    root = desk.root(1)
    await desk.says(ANN, "!kaz frist Antwort bis 8.10.", thread=root)
    (told,) = await passes(desk, hours=20)
    assert told.thread == root
    assert "(KAZ-1)" in told.body


@pytest.mark.parametrize(("person", "room"), [(EVA, PROJECT), (ANN, PROCUREMENT), (KIM, COMMITTEE)])
async def test_deadlines_are_set_in_every_room(desk: DeskAtWork, person: UserId, room: str) -> None:
    await desk.says(person, "!kaz frist Stellungnahme bis 8.10.")
    assert [sent.told for sent in desk.last if sent.room_id == room] == ["reminder:set"]


async def test_a_deadline_that_comes_again_is_a_reminder(desk: DeskAtWork) -> None:
    answers = await desk.says(EVA, "!kaz frist Meldung bis jeden Freitag")
    assert answers[0].startswith("Eine Frist hat nur einen Termin.")


@pytest.mark.parametrize("words", ["bis 15.10.", "Stellungnahme", "Stellungnahme bis gestern"])
async def test_a_deadline_needs_a_text_and_a_date_ahead(desk: DeskAtWork, words: str) -> None:
    await desk.says(EVA, f"!kaz frist {words}")
    assert last(desk).told.startswith("error:bad_")
    assert await until(desk, 24 * 20) == []


async def test_a_text_taken_back_leaves_the_deadline_standing(desk: DeskAtWork) -> None:
    command = desk.said(EVA, "!kaz frist geheime Stellungnahme bis 8.10.")
    await desk.hears(command)
    await desk.redacts(EVA, command.event_id)
    assert "geheime" not in await desk.remembers()
    (told,) = await passes(desk, hours=20)
    assert told.body.startswith("Frist 1\n\nDie Frist endet in 7 Tagen")


async def test_forgetting_keeps_the_deadlines_of_the_room_without_the_name(
    desk: DeskAtWork,
) -> None:
    await desk.says(UDO, "!kaz frist Stellungnahme bis 8.10.", room=PROJECT)
    await desk.says(EVA, "!kaz frist @udo Zuarbeit bis 8.10.")
    async with desk.store.work() as work:
        await work.people.rename(UDO, UserId("@erased-1:erased.invalid"))
    told = await passes(desk, hours=20)
    assert [sent.calls for sent in told] == [[], []]
    assert UDO not in await desk.remembers()
