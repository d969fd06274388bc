"""Tasks are told of before, on the day and after it, to the right people, until they are done."""

import pytest

from kaz_bot.jobs.tasks import RemindingOfTasks
from kaz_bot.messages import RoomId
from tests.desk import (
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MAX,
    OPERATIONS,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import Sent

ORDER = "!kaz auftrag Konzept @max bis 8.10."
NOBODYS = "!kaz auftrag Konzept bis 8.10."
REQUEST = "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10."
CITY = "!kaz auftrag Zuarbeit Bearbeitung Stadt Cottbus bis 8.10."


# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(RemindingOfTasks(desk.desk)) if sent.is_message]


async def until(desk: DeskAtWork, days: int) -> list[tuple[str, RoomId, object, object]]:
    """What the bot says in each hour: when, where, as what, whom it calls."""
    return [
        (f"{desk.clock.now():%a %d %Hh}", sent.room_id, sent.about["event"], sent.calls)
        for _ in range(24 * days)
        for sent in await passes(desk, hours=1)
    ]


@on_both_databases
async def test_before_on_the_day_and_each_working_day_after_until_the_chair_hears(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, ORDER)
    assert await until(desk, 13) == [
        ("Thu 01 06h", COMMITTEE, "due", [MAX]),
        ("Wed 07 06h", COMMITTEE, "due", [MAX]),
        ("Thu 08 06h", COMMITTEE, "due", [MAX]),
        ("Fri 09 06h", COMMITTEE, "overdue", [MAX]),
        ("Mon 12 06h", COMMITTEE, "overdue", [MAX]),
        ("Tue 13 06h", COMMITTEE, "overdue", [KIM, MAX]),
    ]


async def test_the_words_say_how_long_it_is_overdue(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (told,) = await passes(desk, days=12)
    assert told.body.startswith(
        "Auftrag A-1: Konzept\n\n"
        "Die Frist ist überschritten. Sie endete am Donnerstag, 8. Oktober 2026. "
        "Überfällig seit 2 Arbeitstagen."
    )
    assert "Zuständig: Max." in told.body
    assert told.about["state"] == "overdue"


async def test_the_operators_hear_of_it_at_last_and_only_the_number(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Geheimes Konzept @max bis 8.10.")
    await until(desk, 14)
    assert [sent for sent in desk.homeserver.sent_to(OPERATIONS) if sent.is_message] == []
    await until(desk, 1)
    (told,) = [sent for sent in desk.homeserver.sent_to(OPERATIONS) if sent.is_message]
    assert told.body == (
        "Der Auftrag A-1 im Raum Gremium ist überfällig. "
        "Die Frist endete am Donnerstag, 8. Oktober 2026. Bitte sprechen Sie den Vorsitz an."
    )


async def test_the_chair_of_the_settings_is_called(open_desk: OpenDesk) -> None:
    desk = await open_desk(chairs=frozenset({LEA}))
    await desk.says(KIM, ORDER)
    (told,) = await passes(desk, days=13)
    assert told.calls == [LEA, MAX]
    assert "Der Vorsitz wird darum auch erinnert." in told.body


async def test_of_a_request_they_hear_that_nobody_has_promised_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await until(desk, 15)
    (told,) = [sent for sent in desk.homeserver.sent_to(OPERATIONS) if sent.is_message]
    assert told.body == (
        "Die Bitte A-1 im Raum Gremium ist noch nicht zugesagt. "
        "Gewünscht war es bis Donnerstag, 8. Oktober 2026. Bitte sprechen Sie den Vorsitz an."
    )


async def test_of_what_nobody_has_whoever_set_it_is_told(desk: DeskAtWork) -> None:
    await desk.says(LEA, NOBODYS)
    (told,) = await passes(desk, hours=20)
    assert (told.calls, told.msgtype) == ([LEA], "m.text")
    assert "Niemand ist zuständig." in told.body
    assert "- Vergeben: !kaz auftrag A-1 @Person" in told.body


async def test_and_the_chair_if_they_have_left(desk: DeskAtWork) -> None:
    await desk.says(LEA, NOBODYS)
    desk.homeserver.rooms.leave(COMMITTEE, LEA)
    (told,) = await passes(desk, hours=20)
    assert told.calls == [KIM]


async def test_what_a_city_has_promised_is_told_to_whoever_asked_it(desk: DeskAtWork) -> None:
    await desk.says(LEA, CITY)
    await desk.says(LEA, "!kaz zusagen A-1")
    (told,) = await passes(desk, hours=20)
    assert "Zugesagt hat Stadt Cottbus." in told.body
    assert told.calls == [LEA]


async def test_whoever_is_outside_is_told_in_their_direct_chat(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "zusagen A-1", room=EVAS_CHAT)
    assert await until(desk, 13) == [
        ("Thu 01 06h", EVAS_CHAT, "due", [EVA]),
        ("Wed 07 06h", EVAS_CHAT, "due", [EVA]),
        ("Thu 08 06h", EVAS_CHAT, "due", [EVA]),
        ("Fri 09 06h", EVAS_CHAT, "overdue", [EVA]),
        ("Mon 12 06h", EVAS_CHAT, "overdue", [EVA]),
        ("Tue 13 06h", EVAS_CHAT, "overdue", [EVA]),
        ("Tue 13 06h", COMMITTEE, "overdue", [KIM]),
    ]


async def test_who_has_not_promised_is_asked_and_never_told_that_it_is_overdue(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, REQUEST)
    told = [await passes(desk, days=1) for _ in range(20)]
    bodies = [sent.body for some in told for sent in some if sent.room_id == EVAS_CHAT]
    assert len(bodies) > 5
    assert ["Können Sie das zusagen?" in body for body in bodies] == [True] * len(bodies)
    assert [body for body in bodies if "überfällig" in body or "überschritten" in body] == []


async def test_that_a_city_has_not_answered_is_said_to_the_committee(desk: DeskAtWork) -> None:
    await desk.says(KIM, CITY)
    (told,) = await passes(desk, days=13)
    assert "Noch hat niemand zugesagt." in told.body
    assert "überschritten" not in told.body
    assert told.calls == [KIM]


async def test_who_has_left_the_committee_is_not_called(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    desk.homeserver.rooms.leave(COMMITTEE, MAX)
    (told,) = await passes(desk, hours=20)
    assert (told.room_id, told.calls) == (COMMITTEE, [KIM])
    assert "Zuständig ist max, aber nicht mehr in diesem Raum." in told.body


@pytest.mark.parametrize("ending", ["erledigt A-1", "auftrag zurückziehen A-1"])
async def test_then_nobody_is_reminded_any_more(desk: DeskAtWork, ending: str) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, f"!kaz {ending}")
    assert await until(desk, 13) == []


async def test_a_reminder_is_answered_by_a_check_mark(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (told,) = await passes(desk, hours=20)
    assert [sent.reaction for sent in desk.last if sent.reacts_to] == ["✅"]
    await desk.reacts(MAX, "✅", told.event_id, room=COMMITTEE)
    assert desk.told(COMMITTEE) == ["task:done"]


async def test_an_extended_one_is_told_of_by_its_new_date(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, "!kaz später A-1 22.10. Urlaub")
    assert [when for when, *_ in await until(desk, 23)] == [
        "Thu 08 06h",
        "Thu 15 06h",
        "Wed 21 06h",
        "Thu 22 06h",
        "Fri 23 06h",
    ]


async def test_a_reopened_one_is_told_of_again(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, "!kaz erledigt A-1")
    desk.clock.advance(days=8)  # Thursday, 8 October, noon
    await desk.says(KIM, "!kaz auftrag öffnen A-1")
    assert [when for when, *_ in await until(desk, 2)] == ["Fri 09 06h"]


async def test_with_an_hour_it_is_told_of_at_that_hour(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis heute 22 Uhr")
    (told,) = await passes(desk, hours=10)
    assert "Die Frist endet jetzt: Mittwoch, 30. September 2026, 22:00 Uhr." in told.body


async def test_what_was_missed_at_night_waits_for_the_morning_and_comes_late(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, ORDER)
    assert await passes(desk, days=1, hours=10) == []
    (told,) = await passes(desk, hours=10)
    assert told.about["event"] == "late"
    assert (
        "Diese Nachricht kommt verspätet. Vorgesehen war Donnerstag, 1. Oktober 2026, 8:00 Uhr."
    ) in told.body


async def test_of_several_that_were_missed_the_latest_is_told_once(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.restarts()
    (told,) = await passes(desk, days=12)
    assert "Die Frist ist überschritten." in told.body
    assert await passes(desk, minutes=5) == []


async def test_as_long_as_the_bot_is_out_of_the_room_nobody_is_told(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    state = desk.homeserver.rooms.get(COMMITTEE)
    assert state is not None
    desk.homeserver.rooms.drop(COMMITTEE)
    desk.clock.advance(days=1)
    async with desk.store.work() as work:
        assert await RemindingOfTasks(desk.desk)(work, desk.clock.now()) == []
    desk.homeserver.rooms.put(state)
    (told,) = await passes(desk, days=1)
    assert told.about["event"] == "late"


async def test_one_that_cannot_be_told_of_holds_up_no_other(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, ORDER)
    duty = RemindingOfTasks(desk.desk)
    desk.clock.advance(hours=20)
    async with desk.store.work() as work:
        assert await duty.numbers_due(work, desk.clock.now()) == [1, 2]
        assert len(await duty.one(work, 2, desk.clock.now())) == 1
        assert await duty.one(work, 2, desk.clock.now()) == []
        await duty.set_aside(work, 1, desk.clock.now().replace(hour=20))
        assert await duty.numbers_due(work, desk.clock.now()) == []
