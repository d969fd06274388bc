"""What a person may ask about themselves, in the direct chat only."""

import pytest

from kaz_bot.domain.committee.numbers import TaskId
from kaz_bot.domain.feeds import Feed
from kaz_bot.domain.rooms import BoundRoom, Language, RoomKind
from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    PROCUREMENT,
    PROJECT,
    UDO,
    DeskAtWork,
    attachment,
)
from tests.fakes import MORNING, room
from tests.forgetting.committee import committee_at_work, new_task

KIMS_CHAT = RoomId("!kims-chat:kaz.test")


async def has_committee(desk: DeskAtWork, *, encrypted: bool = True) -> None:
    """Kim has to do with everything in the committee, and talks to the bot alone as well."""
    desk.homeserver.rooms.put(room(KIMS_CHAT, BOT, KIM, name="Kim", encrypted=encrypted))
    async with desk.store.work() as work:
        direct = BoundRoom(room_id=KIMS_CHAT, kind=RoomKind.DIRECT, person=KIM, bound_at=MORNING)
        await work.rooms.save(direct)
        await committee_at_work(work)


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
            "municipality": None,
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


async def test_what_the_committee_keeps_is_counted(desk: DeskAtWork) -> None:
    await has_committee(desk)
    [answer] = await desk.says(KIM, "meine-daten", room=KIMS_CHAT)
    assert "Im Steuerungsgremium:" in answer
    assert "- abgegebene Stimmen mit jeder Änderung: 2\n" in answer
    assert "- Sitze in Stellen: 1\n" in answer


async def test_it_is_counted_in_english(desk: DeskAtWork) -> None:
    await has_committee(desk)
    await desk.binds(KIMS_CHAT, language=Language.EN)
    [answer] = await desk.says(KIM, "my-data", room=KIMS_CHAT)
    assert "In the steering committee:" in answer
    assert "- votes cast, with every change: 2\n" in answer


async def test_who_has_nothing_to_do_with_it_reads_nothing_of_it(desk: DeskAtWork) -> None:
    await has_committee(desk)
    [answer] = await desk.says(EVA, "meine-daten", room=EVAS_CHAT)
    assert ("gremium" in answer, desk.last[0].about["committee"]) == (False, {})


async def test_programs_read_all_that_the_committee_keeps(desk: DeskAtWork) -> None:
    await has_committee(desk)
    await desk.says(KIM, "meine-daten", room=KIMS_CHAT)
    kept = desk.last[0].about["committee"]
    assert isinstance(kept, dict)
    assert kept["votes"] == [
        {
            "id": "BV-1",
            "choice": "no",
            "reason": "Zu teuer.",
            "way": "command",
            "cast_at": "2026-09-30T12:01:00.123456+00:00",
        },
        {
            "id": "BV-1",
            "choice": "yes",
            "reason": "",
            "way": "command",
            "cast_at": "2026-09-30T12:00:00.123456+00:00",
        },
    ]
    assert kept["seats"] == [{"room": COMMITTEE, "body": "Landkreistag", "seat": "member"}]
    assert kept["entries"] == [
        {
            "id": "A-1",
            "event": "declined",
            "at": "2026-09-30T12:05:00.123456+00:00",
            "details": {"reason": "Ich bin im Urlaub.", "to": KIM},
        }
    ]
    assert [len(records) for records in kept.values()] == [1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert desk.last[0].about["left_out"] == 0


async def test_what_was_said_encrypted_in_the_committee_is_not_shown_in_an_open_chat(
    desk: DeskAtWork,
) -> None:
    await has_committee(desk, encrypted=False)
    await desk.says(KIM, "meine-daten", room=KIMS_CHAT)
    shown = str(desk.last)
    assert ("Zu teuer" in shown, "Formular" in shown, "Urlaub" in shown) == (False, False, False)
    assert "BV-1" in shown


async def test_the_task_of_somebody_who_has_left_says_only_that_it_is_theirs(
    desk: DeskAtWork,
) -> None:
    await has_committee(desk)
    async with desk.store.work() as work:
        await new_task(work, owner=LEA)
    desk.homeserver.rooms.leave(COMMITTEE, KIM)
    await desk.says(KIM, "meine-daten", room=KIMS_CHAT)
    kept = desk.last[0].about["committee"]
    assert isinstance(kept, dict)
    assert [(one["id"], one["text"]) for one in kept["tasks"]] == [
        ("A-1", "Formulare sammeln"),
        ("A-2", ""),
    ]


async def test_before_a_yes_it_is_said_what_the_committee_keeps(desk: DeskAtWork) -> None:
    await has_committee(desk)
    [answer] = await desk.says(KIM, "vergiss-mich", room=KIMS_CHAT)
    assert "Beschlüsse und Stimmen gehören zur Akte." in answer
    [answer] = await desk.says(EVA, "vergiss-mich", room=EVAS_CHAT)
    assert "Gremium" not in answer


async def test_the_committee_hears_of_a_task_that_nobody_has_any_more(desk: DeskAtWork) -> None:
    await has_committee(desk)
    [answer] = await desk.says(KIM, "vergiss-mich ja", room=KIMS_CHAT)
    assert "Aufträge, die jetzt niemand bearbeitet: A-1." in answer
    [told] = [sent for sent in desk.last if sent.room_id == COMMITTEE]
    assert "A-1 bearbeitet jetzt niemand." in told.body
    assert "!kaz auftrag A-1 @wer" in told.body
    assert (told.told, told.about["id"], told.calls) == ("task:changed", "A-1", [])
    async with desk.store.work() as work:
        task = await work.tasks.get(TaskId(1))
        trail = await work.committee_trail.of(task.subject, 10)
    assert [(entry.event, entry.cause) for entry in trail] == [
        ("declined", "$declined"),
        ("orphaned", None),
    ]
    assert KIM not in str(trail)


@pytest.mark.parametrize("verb", ["meine-daten", "vergiss-mich", "vergiss-mich ja"])
async def test_nowhere_else(desk: DeskAtWork, verb: str) -> None:
    await desk.has_ticket()
    [refusal] = await desk.says(EVA, f"!kaz {verb}")
    assert "Es geht nur hier: Direktchat" in refusal
    assert desk.told(PROJECT) == ["error:not_allowed"]
    assert (await desk.ticket(1)).asker == EVA
    [overview] = await desk.says(EVA, "!kaz hilfe")
    assert verb.split(maxsplit=1)[0] not in overview


@pytest.mark.parametrize(("word", "kept"), [("JA.", False), ("ja!", False), ("nein", True)])
async def test_punctuation_does_not_matter_and_a_no_is_a_no(
    desk: DeskAtWork, word: str, *, kept: bool
) -> None:
    await desk.has_ticket()
    [answer] = await desk.says(EVA, f"vergiss-mich {word}", room=EVAS_CHAT)
    assert (answer == "Nichts wurde gelöscht.") is kept
    assert ((await desk.ticket(1)).asker == EVA) is kept


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
