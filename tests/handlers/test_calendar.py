"""People see their dates in their own calendar: as a file, and under a secret address."""

import re
from dataclasses import replace

import pytest
from ical.calendar_stream import IcsCalendarStream

from kaz_bot.config import HttpAddress
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.reminders import HolidayRule, Reminder, ReminderKind
from kaz_bot.messages import Left, RoomId, UserId
from kaz_bot.subscriptions import Subscriptions
from tests.calendars.reminders import REMINDER, recurring, wall
from tests.desk import (
    ANN,
    BOT,
    EVA,
    EVAS_CHAT,
    FRED,
    MARKET,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    OpenDesk,
)
from tests.fakes import MORNING, room

SERVED = {"http_bind": HttpAddress("127.0.0.1", 8080), "public_url": "https://kaz.test"}
ADDRESS = re.compile(r"https://kaz\.test/calendar/([\w-]{43})\.ics")


@pytest.fixture
async def served(open_desk: OpenDesk) -> DeskAtWork:
    """A desk whose web server can be reached."""
    return await open_desk(**SERVED)


async def sets(desk: DeskAtWork, *reminders: Reminder) -> None:
    async with desk.store.work() as work:
        for reminder in reminders:
            await work.reminders.add(reminder)


async def asks(desk: DeskAtWork, person: UserId, word: str = "", room: RoomId | None = None) -> str:
    """Somebody asks for the calendar; what they are told."""
    [body] = await desk.says(person, f"!kaz kalender {word}", room=room)
    return body


async def token_for(
    desk: DeskAtWork, person: UserId, word: str = "", room: RoomId | None = None
) -> str:
    """The secret of the address that somebody is told."""
    found = ADDRESS.search(await asks(desk, person, word, room))
    assert found is not None
    return found[1]


async def subscribed(desk: DeskAtWork, token: str) -> list[str] | None:
    """What somebody's calendar program finds at the address."""
    file = await Subscriptions(desk.store, desk.desk, desk.clock).file(token)
    return None if file is None else summaries(file)


def posted(desk: DeskAtWork) -> list[str]:
    """What the file shows that was posted last."""
    _, enclosure = desk.homeserver.uploads[-1]
    return summaries(enclosure.content)


def summaries(file: bytes) -> list[str]:
    events = IcsCalendarStream.calendar_from_ics(file.decode()).events
    return [str(event.summary) for event in events]


async def test_the_file_and_its_words_are_one_message(served: DeskAtWork) -> None:
    await sets(served, replace(REMINDER, room_id=PROJECT))
    await served.says(EVA, "!kaz kalender")
    [sent] = served.last
    room, file = served.homeserver.uploads[0]
    assert (room, file.name, file.media_type) == (PROJECT, "kalender.ics", "text/calendar")
    assert (sent.msgtype, sent.content["filename"]) == ("m.file", "kalender.ics")
    assert sent.content["info"] == {"mimetype": "text/calendar", "size": len(file.content)}
    assert sent.content["file"] == {"url": "mxc://kaz.test/1"}
    assert sent.content["de.kaz.info"] == {"topic": "calendar"}
    assert posted(served) == ["Vorlage für den IT-Rat"]


async def test_the_words_name_the_address_and_warn(served: DeskAtWork) -> None:
    await sets(served, replace(REMINDER, room_id=PROJECT))
    body = await asks(served, EVA)
    assert ADDRESS.sub("<Adresse>", body) == (
        "Die Termine dieses Raums als Kalenderdatei. Darin stehen: 1.\n\n"
        "Zum Abonnieren in Outlook, Thunderbird, Apple oder Nextcloud: <Adresse>\n\n"
        "Wer diese Adresse kennt, kann die Termine lesen.\n\n"
        "- Neue Adresse: !kaz kalender neu\n"
        "- Abschalten: !kaz kalender aus\n"
        "- Nur Ihre eigenen Termine: !kaz kalender im Direktchat"
    )


async def test_in_english_too(served: DeskAtWork) -> None:
    await served.binds(PROJECT, language="en")
    [body] = await served.says(EVA, "!kaz calendar")
    assert body.startswith("The dates of this room as a calendar file. There are none at present.")
    assert served.last[0].content["filename"] == "calendar.ics"


async def test_a_room_shows_what_is_set_in_it(served: DeskAtWork) -> None:
    deadline = replace(REMINDER, kind=ReminderKind.DEADLINE, about="Antrag", owner=ANN)
    await sets(served, replace(deadline, room_id=PROJECT), replace(REMINDER, room_id=MARKET))
    assert await subscribed(served, await token_for(served, EVA)) == ["Frist: Antrag"]


async def test_the_address_stays_and_its_dates_do_not(served: DeskAtWork) -> None:
    token = await token_for(served, EVA)
    await sets(served, replace(REMINDER, room_id=PROJECT))
    assert await token_for(served, UDO, room=PROJECT) == token
    assert await subscribed(served, token) == ["Vorlage für den IT-Rat"]


async def test_a_new_address_ends_the_old_one(served: DeskAtWork) -> None:
    old = await token_for(served, EVA)
    new = await token_for(served, EVA, "neu")
    assert "Die frühere Adresse gilt nicht mehr." in served.bodies(PROJECT)[0]
    assert (await subscribed(served, old), await subscribed(served, new)) == (None, [])


async def test_every_member_may_switch_it_off(served: DeskAtWork) -> None:
    token = await token_for(served, EVA)
    body = await asks(served, UDO, "aus", room=PROJECT)
    assert body.startswith("Die Adresse gilt nicht mehr.")
    assert await subscribed(served, token) is None


async def test_what_is_switched_off_stays_off_until_a_new_one_is_wanted(
    served: DeskAtWork,
) -> None:
    await asks(served, EVA)
    await asks(served, EVA, "aus")
    assert "Das Abonnement ist abgeschaltet." in await asks(served, EVA)
    assert await subscribed(served, await token_for(served, EVA, "neu")) == []


async def test_there_may_be_nothing_to_switch_off(served: DeskAtWork) -> None:
    assert (await asks(served, EVA, "aus")).startswith("Es gibt keine Adresse, die noch gilt.")


async def test_another_word_is_refused_with_those_that_work(served: DeskAtWork) -> None:
    assert (await asks(served, EVA, "bitte")).startswith("„bitte“ geht hier nicht.")
    assert served.told(PROJECT) == ["error:bad_argument"]


async def test_without_a_web_server_the_file_comes_alone(desk: DeskAtWork) -> None:
    body = await asks(desk, EVA)
    assert "kein Webserver eingerichtet" in body
    assert ("http" in body, len(desk.homeserver.uploads)) == (False, 1)


async def test_a_direct_chat_shows_ones_own_of_all_rooms(served: DeskAtWork) -> None:
    mine = replace(REMINDER, room_id=PROJECT, owner=EVA, about="Meins")
    for_me = replace(REMINDER, room_id=PROJECT, owner=UDO, target=EVA, about="Für mich")
    others = replace(REMINDER, room_id=PROJECT, owner=UDO, target=UDO, about="Fremd")
    await sets(served, mine, for_me, others)
    token = await token_for(served, EVA, room=EVAS_CHAT)
    assert posted(served) == ["Meins", "Für mich"]
    assert await subscribed(served, token) == ["Meins", "Für mich"]


async def test_a_deadline_is_theirs_who_have_to_meet_it(served: DeskAtWork) -> None:
    deadline = replace(REMINDER, room_id=PROJECT, owner=UDO, kind=ReminderKind.DEADLINE)
    async with served.store.work() as work:
        await work.reminders.add(deadline, [EVA])
    token = await token_for(served, EVA, room=EVAS_CHAT)
    assert await subscribed(served, token) == ["Frist: Vorlage für den IT-Rat"]


async def test_what_others_set_is_not_theirs_any_more_who_have_left(served: DeskAtWork) -> None:
    await sets(served, replace(REMINDER, room_id=PROJECT, owner=UDO, target=EVA))
    token = await token_for(served, EVA, room=EVAS_CHAT)
    served.homeserver.rooms.leave(PROJECT, EVA)
    assert await subscribed(served, token) == []


async def test_who_has_left_every_room_reads_nothing_any_more(served: DeskAtWork) -> None:
    token = await token_for(served, EVA, room=EVAS_CHAT)
    served.homeserver.rooms.leave(PROJECT, EVA)
    served.homeserver.rooms.leave(EVAS_CHAT, EVA)
    assert await subscribed(served, token) is None


async def test_people_of_servers_that_are_not_served_read_nothing(served: DeskAtWork) -> None:
    served.homeserver.rooms.enter(PROJECT, FRED)
    async with served.store.work() as work:
        await work.feeds.add(Feed(token="freds", person=FRED, made_at=MORNING))
    assert await subscribed(served, "freds") is None


async def test_a_room_that_is_not_served_any_more_is_not_read(served: DeskAtWork) -> None:
    token = await token_for(served, EVA)
    await served.binds(PROJECT, left_at=MORNING)
    assert await subscribed(served, token) is None


async def test_a_room_that_the_bot_has_left_is_not_read_any_more(served: DeskAtWork) -> None:
    token = await token_for(served, EVA)
    served.homeserver.rooms.drop(PROJECT)
    left = Left(
        event_id=served.homeserver.new_event_id(),
        room_id=PROJECT,
        sender=BOT,
        sent_at=served.clock.now(),
    )
    await served.takes(left)
    assert await subscribed(served, token) is None


async def test_who_is_forgotten_has_no_address_any_more(served: DeskAtWork) -> None:
    token = await token_for(served, EVA, room=EVAS_CHAT)
    await served.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert await subscribed(served, token) is None
    assert token not in await served.remembers()


async def test_what_was_said_encrypted_is_only_counted_in_an_open_chat(
    served: DeskAtWork,
) -> None:
    sealed = replace(REMINDER, room_id=PROJECT, owner=EVA, about="Zinnober", sealed=True)
    await sets(
        served, sealed, replace(REMINDER, room_id=MARKET, owner=EVA, target=EVA, about="Offen")
    )
    served.homeserver.rooms.change(EVAS_CHAT, encrypted=False)
    token = await token_for(served, EVA, room=EVAS_CHAT)
    assert "aus verschlüsselten Räumen kommt, fehlt hier: 1." in served.bodies(EVAS_CHAT)[0]
    assert (posted(served), await subscribed(served, token)) == (["Offen"], ["Offen"])


async def test_an_address_told_in_the_open_shows_no_sealed_words_from_then_on(
    served: DeskAtWork,
) -> None:
    await sets(served, replace(REMINDER, room_id=PROJECT, owner=EVA, sealed=True))
    token = await token_for(served, EVA, room=EVAS_CHAT)
    before = await subscribed(served, token)
    served.homeserver.rooms.change(EVAS_CHAT, encrypted=False)
    assert await token_for(served, EVA, room=EVAS_CHAT) == token
    assert (before, await subscribed(served, token)) == (["Vorlage für den IT-Rat"], [])


async def test_in_an_encrypted_room_such_an_address_is_told_to_be_lacking(
    served: DeskAtWork,
) -> None:
    served.homeserver.rooms.change(PROJECT, encrypted=False)
    await asks(served, EVA)
    served.homeserver.rooms.change(PROJECT, encrypted=True)
    await sets(served, replace(REMINDER, room_id=PROJECT, sealed=True))
    assert "fehlen verschlüsselte Termine (1)" in await asks(served, EVA)
    assert "fehlen" not in await asks(served, EVA, "neu")


async def test_what_has_ended_is_shown_for_thirty_days(served: DeskAtWork) -> None:
    await sets(served, replace(REMINDER, room_id=PROJECT).cancelled(served.clock.now()))
    token = await token_for(served, EVA)
    before = await subscribed(served, token)
    served.clock.advance(days=31)
    assert (before, await subscribed(served, token)) == (["Gelöscht: Vorlage für den IT-Rat"], [])


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        (HolidayRule.KEEP, ["2026-10-24", "2026-10-31", "2026-11-07"]),
        (HolidayRule.SKIP, ["2026-10-24", "2026-11-07"]),
        (HolidayRule.BEFORE, ["2026-10-24", "2026-10-30", "2026-11-07"]),
        (HolidayRule.AFTER, ["2026-10-24", "2026-11-02", "2026-11-07"]),
    ],
)
async def test_holidays_are_treated_as_was_said(
    served: DeskAtWork, rule: HolidayRule, first: list[str]
) -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=SA;COUNT=3", "2026-10-24T09:00", holidays=rule)
    await sets(served, replace(weekly, room_id=PROJECT))
    await asks(served, EVA)
    assert dates(served) == [wall(f"{day}T09:00") for day in first]


async def test_what_was_taken_back_is_not_moved_any_more(served: DeskAtWork) -> None:
    rule = "FREQ=WEEKLY;BYDAY=SA"
    weekly = recurring(rule, "2026-10-24T09:00", room_id=PROJECT, holidays=HolidayRule.BEFORE)
    await sets(served, weekly.cancelled(wall("2026-10-25T12:00")))
    await asks(served, EVA)
    assert dates(served) == [wall("2026-10-24T09:00")]


async def test_two_occurrences_that_meet_are_one(served: DeskAtWork) -> None:
    daily = recurring("FREQ=DAILY;COUNT=4", "2026-10-30T09:00", holidays=HolidayRule.BEFORE)
    await sets(served, replace(daily, room_id=PROJECT))
    await asks(served, EVA)
    days = ("2026-10-30", "2026-11-01", "2026-11-02")
    assert dates(served) == [wall(f"{day}T09:00") for day in days]


async def test_what_was_put_off_is_shown_where_it_is_now(served: DeskAtWork) -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=TH;COUNT=3", "2026-10-01T09:00")
    later = weekly.put_off(wall("2026-10-02T11:30"), timed=True, at=served.clock.now())
    await sets(served, replace(later, room_id=PROJECT))
    await asks(served, EVA)
    days = ("2026-10-02T11:30", "2026-10-08T09:00", "2026-10-15T09:00")
    assert dates(served) == [wall(day) for day in days]


def dates(desk: DeskAtWork) -> list[object]:
    """When the occurrences of the posted file are."""
    _, enclosure = desk.homeserver.uploads[-1]
    calendar = IcsCalendarStream.calendar_from_ics(enclosure.content.decode())
    return [event.dtstart for event in calendar.timeline]


async def test_a_specialist_gets_the_rooms_calendar_too(served: DeskAtWork) -> None:
    await sets(served, replace(REMINDER, room_id=PROCUREMENT))
    assert await subscribed(served, await token_for(served, ANN)) == ["Vorlage für den IT-Rat"]


async def test_the_calendar_goes_along_when_a_room_is_upgraded(served: DeskAtWork) -> None:
    token = await token_for(served, EVA)
    newer = RoomId("!newer:kaz.test")
    served.homeserver.rooms.put(room(newer, BOT, EVA, name="Projekt"))
    async with served.store.work() as work:
        await work.rooms.move(PROJECT, newer, served.clock.now())
        await work.reminders.add(replace(REMINDER, room_id=newer))
    assert await subscribed(served, token) == ["Vorlage für den IT-Rat"]
