"""What a person may ask about themselves, in the direct chat only."""

import pytest

from kaz_bot.domain.feeds import Feed
from tests.desk import (
    ANN,
    EVA,
    EVAS_CHAT,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    attachment,
)


@pytest.mark.parametrize("verb", ["meine-daten", "my-data", "meinedaten"])
async def test_people_see_what_is_known_about_them(desk: DeskAtWork, verb: str) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "Es eilt.", thread=question)
    [answer] = await desk.says(EVA, verb, room=EVAS_CHAT)
    assert "KAZ-1" in answer
    assert desk.told(EVAS_CHAT) == ["info:my-data"]


async def test_programs_read_all_of_it(desk: DeskAtWork) -> None:
    question = await desk.has_ticket()
    await desk.says(EVA, "Es eilt.", thread=question)
    await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    about = desk.last[0].about
    assert about["tickets"] == [
        {
            "id": "KAZ-1",
            "state": "new",
            "area": "procurement",
            "room": PROJECT,
            "opened_at": "2026-09-30T10:00:00+00:00",
            "question": "Dürfen wir freihändig vergeben?",
            "solution": "",
        }
    ]
    assert "Es eilt." in str(about["posts"])


async def test_reminders_are_among_it(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich morgen an die Vorlage")
    [answer] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Erinnerungen und Fristen, die Sie gesetzt haben: 1." in answer
    assert desk.last[0].about["reminders"] == [
        {
            "id": 1,
            "kind": "reminder",
            "state": "open",
            "room": PROJECT,
            "due": "2026-10-01T09:00:00+02:00",
            "rule": "",
            "set_by_you": True,
            "text": "die Vorlage",
        }
    ]


async def test_so_is_what_others_set_for_them(desk: DeskAtWork) -> None:
    await desk.says(UDO, "!kaz erinnere @eva morgen um 9 an die Vorlage", room=PROJECT)
    await desk.says(UDO, "!kaz frist @eva Bericht bis 15.10.", room=PROJECT)
    await desk.says(UDO, "!kaz erinnere mich morgen um 9 an den Anruf", room=PROJECT)
    [answer] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Erinnerungen und Fristen, die andere für Sie gesetzt haben: 2." in answer
    assert "die Sie gesetzt haben" not in answer
    assert shown_reminders(desk) == [(1, False, "die Vorlage"), (2, False, "Bericht")]


async def test_the_words_of_others_are_not_shown_to_who_has_left_their_room(
    desk: DeskAtWork,
) -> None:
    await desk.says(UDO, "!kaz erinnere @eva morgen um 9 an die Vorlage", room=PROJECT)
    await desk.says(EVA, "!kaz erinnere uns morgen um 9 an die Sitzung")
    desk.homeserver.rooms.leave(PROJECT, EVA)
    await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert shown_reminders(desk) == [(1, False, ""), (2, True, "die Sitzung")]


async def test_that_their_calendar_has_an_address_is_said_but_not_which(desk: DeskAtWork) -> None:
    feed = Feed(token="zinnober", person=EVA, made_at=desk.clock.now())
    async with desk.store.work() as work:
        await work.feeds.add(feed)
    [answer] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert (
        "Ihr Kalender hat eine geheime Adresse, angelegt am Mittwoch, 30. September 2026." in answer
    )
    about = desk.last[0].about
    assert about["calendar"] == {"made_at": "2026-09-30T10:00:00+00:00", "revoked_at": None}
    assert "zinnober" not in str(desk.last)


def shown_reminders(desk: DeskAtWork) -> list[tuple[object, object, object]]:
    """Number, whether the person set it, and text of each that programs read."""
    shown = desk.last[0].about["reminders"]
    assert isinstance(shown, list)
    return [(one["id"], one["set_by_you"], one["text"]) for one in shown]


async def test_what_was_said_in_encrypted_rooms_is_only_counted_in_an_open_chat(
    desk: DeskAtWork,
) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, "", thread=question, attachment=attachment("zinnober.pdf"))
    await desk.says(ANN, "!kaz lösen 1 Es ist Zinnober.")
    desk.homeserver.rooms.change(EVAS_CHAT, encrypted=False)
    [body] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert "Nachrichten aus verschlüsselten Räumen: 2." in body
    shown = str(desk.last)
    assert ("freihändig" in shown, "innober" in shown) == (False, False)


async def test_in_the_encrypted_chat_they_are_shown(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [body] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert ("freihändig" in body, "verschlüsselten" in body) == (True, False)


async def test_what_does_not_fit_into_one_event_is_counted(desk: DeskAtWork) -> None:
    await desk.takes(*(desk.said(EVA, f"!kaz frage {'ä' * 2000} #vergabe") for _ in range(6)))
    await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    [answer] = desk.last
    assert (answer.told, answer.about["left_out"]) == ("info:my-data", 11)


@pytest.mark.parametrize("verb", ["meine-daten", "vergiss-mich", "vergiss-mich ja"])
async def test_nowhere_else(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    await desk.says(EVA, f"!kaz {verb}")
    assert desk.told(PROJECT) == ["error:not_allowed"]
    assert (await desk.ticket(1)).asker == EVA


async def test_without_a_yes_nothing_is_forgotten(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    [answer] = await desk.says(EVA, "vergiss-mich", room=EVAS_CHAT)
    assert "vergiss-mich ja" in answer
    assert (await desk.ticket(1)).question == "Dürfen wir freihändig vergeben?"


async def test_with_a_yes_everything_is(desk: DeskAtWork) -> None:
    question = await desk.has_ticket("claimed")
    await desk.says(EVA, "Es ist Zinnober.", thread=question)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    left = await desk.remembers()
    assert ("Zinnober" in left, "freihändig" in left) == (False, False)
    assert "Zinnober" not in str(desk.homeserver.shown_in(PROCUREMENT))
    assert desk.told(EVAS_CHAT) == ["info:forget-me"]


async def test_nothing_that_was_looked_up_and_not_sent_is_left(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.unwilling.add(PROJECT)
    await desk.says(EVA, "!kaz zeige 1")
    desk.homeserver.away = True
    await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert "freihändig" not in await desk.remembers()


async def test_tickets_of_ones_own_that_were_merged_are_forgotten_together(
    desk: DeskAtWork,
) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.says(ANN, "!kaz zusammenführen 1 2")
    await desk.says(EVA, "vergiss-mich ja", room=EVAS_CHAT)
    assert desk.told(EVAS_CHAT) == ["info:forget-me"]
    assert "freihändig" not in await desk.remembers()
