"""Reminders are nobody's business but that of those they concern: in the direct chat, and when
somebody takes back, or has forgotten, what they wrote."""

from dataclasses import replace

import pytest

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.ladders import Ladder
from kaz_bot.domain.reminders import Reminder, ReminderId, ReminderState
from kaz_bot.forgetting import forget_user
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.messages import EventId, RoomId, UserId
from tests.desk import EVA, EVAS_CHAT, PROJECT, UDO, DeskAtWork, on_both_databases
from tests.fakes import Sent

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.
TICK = Reminding(Ladder(), DaysOff())
CHANGES = ("später 1 morgen um 15 Uhr", "erledigt 1", "löschen 1", "erinnerungen 1")


async def reminder(desk: DeskAtWork, number: int = 1) -> Reminder:
    async with desk.store.work() as work:
        return await work.reminders.get(ReminderId(number))


async def forgets(desk: DeskAtWork, person: UserId) -> None:
    async with desk.store.work() as work:
        await forget_user(work, person, desk.clock.now())


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(TICK) if sent.is_message]


async def heard(desk: DeskAtWork, person: UserId, text: str, room: RoomId | None = None) -> EventId:
    """Somebody says something; which event that was."""
    event = desk.said(person, text, room=room)
    await desk.hears(event)
    return event.event_id


@on_both_databases
async def test_what_was_set_in_ones_own_direct_chat_is_forgotten_altogether(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "erinnere uns morgen um 9 an die Zinnoberakte", room=EVAS_CHAT)
    await desk.says(EVA, "frist Zinnoberbericht bis 15.10.", room=EVAS_CHAT)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert "Zinnober" not in await desk.remembers()
    states = [(await reminder(desk, number)).state for number in (1, 2)]
    assert states == [ReminderState.CANCELLED] * 2
    assert await passes(desk, days=20) == []


async def test_a_deadline_of_the_room_stays_when_whoever_set_it_is_forgotten(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz frist Bericht bis 15.10.")
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    found = await reminder(desk)
    assert (found.about, found.open) == ("Bericht", True)


@on_both_databases
async def test_who_takes_back_the_reason_of_an_extension_takes_it_out_of_everything(
    desk: DeskAtWork,
) -> None:
    await desk.says(EVA, "!kaz frist @udo Bericht bis 15.10.")
    reason = await heard(desk, EVA, "!kaz später 1 20.10. Zinnober")
    assert "Zinnober" in str(desk.homeserver.shown_in(PROJECT))
    await desk.redacts(EVA, reason)
    assert "Zinnober" not in await desk.remembers()
    assert "Zinnober" not in str(desk.homeserver.shown_in(PROJECT))
    found = await reminder(desk)
    assert (found.about, found.due.isoformat()) == ("Bericht", "2026-10-20T23:59:00+02:00")


async def test_the_history_still_says_that_it_was_extended(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @udo Bericht bis 15.10.")
    reason = await heard(desk, EVA, "!kaz später 1 20.10. Zinnober")
    await desk.redacts(EVA, reason)
    [history] = await desk.says(EVA, "!kaz erinnerungen 1")
    assert ("20. Oktober 2026" in history, "Grund" in history) == (True, False)


async def test_a_reason_given_in_the_direct_chat_is_taken_back_there(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz frist @udo Bericht bis 15.10.")
    reason = await heard(desk, EVA, "später 1 20.10. Zinnober", room=EVAS_CHAT)
    await desk.redacts(EVA, reason)
    assert "Zinnober" not in await desk.remembers()


@on_both_databases
async def test_who_is_forgotten_is_quoted_no_more(desk: DeskAtWork) -> None:
    message = await heard(desk, UDO, "Mein Konto ist Zinnober.", room=PROJECT)
    await desk.says(EVA, "!kaz erinnere mich morgen um 9 daran", reply_to=message)
    assert (await reminder(desk)).about_author == UDO
    await forgets(desk, UDO)
    await desk.delivers()
    assert "Zinnober" not in await desk.remembers()
    found = await reminder(desk)
    assert (found.open, found.owner, found.about_author) == (True, EVA, None)


async def test_ones_own_words_about_a_message_are_no_quotation(desk: DeskAtWork) -> None:
    message = await heard(desk, UDO, "Mein Konto ist Zinnober.", room=PROJECT)
    await desk.says(EVA, "!kaz erinnere mich morgen um 9 an den Anruf", reply_to=message)
    await forgets(desk, UDO)
    assert (await reminder(desk)).about == "den Anruf"


@pytest.mark.parametrize("said", CHANGES)
async def test_who_has_left_a_room_cannot_get_at_what_is_set_for_it(
    desk: DeskAtWork, said: str
) -> None:
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    before = await reminder(desk)
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, said, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:not_found"]
    assert await reminder(desk) == before


@pytest.mark.parametrize("said", CHANGES)
async def test_nor_at_what_somebody_else_set_there_for_them(desk: DeskAtWork, said: str) -> None:
    await desk.says(UDO, "!kaz erinnere @eva morgen um 9 an die Sitzung", room=PROJECT)
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, said, room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["error:not_found"]


async def test_it_is_not_listed_for_them_either(desk: DeskAtWork) -> None:
    await desk.says(UDO, "!kaz frist @eva Interna bis 15.10.", room=PROJECT)
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    await desk.says(EVA, "!kaz erinnere mich morgen um 10 an den Anruf")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, "erinnerungen", room=EVAS_CHAT)
    assert desk.last[0].about["ids"] == [3]


async def test_nor_is_it_in_their_calendar(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    await desk.says(EVA, "!kaz erinnere mich morgen um 10 an den Anruf")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, "kalender", room=EVAS_CHAT)
    [(_, calendar)] = desk.homeserver.uploads
    assert (b"Sitzung" in calendar.content, b"Anruf" in calendar.content) == (False, True)


async def test_what_they_set_for_themselves_they_still_change(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich morgen um 9 an den Anruf")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, "löschen 1", room=EVAS_CHAT)
    assert (await reminder(desk)).state is ReminderState.CANCELLED


async def test_who_is_told_because_the_bot_has_left_can_tick_it_off(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    await loses(desk, PROJECT)
    await desk.says(EVA, "erledigt 1", room=EVAS_CHAT)
    assert (await reminder(desk)).state is ReminderState.DONE


@on_both_databases
async def test_when_room_and_person_are_gone_nobody_is_told(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns jeden Tag um 9 an die Sitzung")
    await desk.says(EVA, "!kaz frist Bericht bis 1.10.")
    await forgets(desk, EVA)
    await loses(desk, PROJECT)
    assert await passes(desk, days=2) == []
    states = [(await reminder(desk, number)).state for number in (1, 2)]
    assert states == [ReminderState.CANCELLED] * 2


async def test_as_long_as_the_room_is_there_it_is_told(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    await forgets(desk, EVA)
    [told] = await passes(desk, hours=21)
    assert told.room_id == PROJECT


async def loses(desk: DeskAtWork, room: RoomId) -> None:
    """The bot is no longer in the room."""
    desk.homeserver.rooms.drop(room)
    async with desk.store.work() as work:
        bound = await work.rooms.get(room)
        assert bound is not None
        await work.rooms.save(replace(bound, left_at=desk.clock.now()))
