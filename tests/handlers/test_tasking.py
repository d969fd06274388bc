"""What people say to a task: they promise it, decline it, extend it, and say that it is done."""

import pytest

from kaz_bot.domain.committee.numbers import TaskId
from kaz_bot.domain.committee.tasks import Task, TaskState
from kaz_bot.messages import RoomId
from tests.desk import (
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    KIM,
    LEA,
    MAX,
    NIA,
    PROJECT,
    DeskAtWork,
    on_both_databases,
)
from tests.fakes import Sent, room

ORDER = "!kaz auftrag Konzept @max bis 8.10."
NOBODYS = "!kaz auftrag Konzept bis 8.10."
CITY = "!kaz auftrag Zuarbeit Bearbeitung Stadt Cottbus bis 8.10."
REQUEST = "!kaz auftrag Zuarbeit @eva:kaz.test bis 8.10."


def last(desk: DeskAtWork, place: RoomId = COMMITTEE) -> Sent:
    return [sent for sent in desk.last if sent.is_message and sent.room_id == place][-1]


def told(desk: DeskAtWork, place: RoomId) -> list[tuple[str, object]]:
    """What the last thing told programs there, and the state of the task."""
    messages = [sent for sent in desk.last if sent.is_message and sent.room_id == place]
    return [(sent.told, sent.about.get("state")) for sent in messages]


async def task(desk: DeskAtWork, number: int = 1) -> Task:
    async with desk.store.work() as work:
        return await work.tasks.get(TaskId(number))


@on_both_databases
async def test_whoever_has_it_promises_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.says(MAX, "!kaz zusagen A-1 gern")
    assert answer.startswith(
        "Auftrag A-1: Konzept\n\nZugesagt von Max, bis Donnerstag, 8. Oktober 2026.\n\nDazu: gern"
    )
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]


@pytest.mark.parametrize("command", ["zusagen A-1", "accept A-1"])
async def test_what_nobody_has_is_taken(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, NOBODYS)
    await desk.says(LEA, f"!kaz {command}")
    assert (await task(desk)).person == LEA


async def test_a_thumb_on_the_message_will_do(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.reacts(MAX, "👍", last(desk).event_id, room=COMMITTEE)
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]


async def test_also_on_the_command_itself(desk: DeskAtWork) -> None:
    command = desk.said(KIM, CITY)
    await desk.hears(command)
    await desk.reacts(LEA, "👍", command.event_id, room=COMMITTEE)
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]


async def test_the_bot_offers_the_thumb_where_it_can_be_pressed(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    assert [sent.reaction for sent in desk.last if sent.reacts_to] == ["👍"]
    await desk.says(KIM, REQUEST)
    offered = [sent.room_id for sent in desk.last if sent.reacts_to]
    assert offered == [EVAS_CHAT]


async def test_a_city_is_promised_for_by_a_member(desk: DeskAtWork) -> None:
    await desk.says(KIM, CITY)
    (answer,) = await desk.says(LEA, "!kaz zusagen A-1")
    assert answer.startswith("Bitte A-1: Zuarbeit\n\nZugesagt von Lea")


async def test_a_promise_is_not_made_for_others(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.says(LEA, "!kaz zusagen A-1")
    assert answer == (
        "Der Auftrag A-1 liegt bei Max. Nur diese Person kann zusagen oder absagen. "
        "Anders vergeben kann es das Gremium: !kaz auftrag A-1 @Person"
    )
    assert last(desk).about == {"code": "not_allowed"}


async def test_nor_by_a_thumb_which_is_answered(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.reacts(LEA, "👍", last(desk).event_id, room=COMMITTEE)
    assert answer.startswith("Lea: Der Auftrag A-1 liegt bei Max.")
    assert (await task(desk)).state is TaskState.OPEN


async def test_a_thumb_of_others_for_what_is_promised_is_applause(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz zusagen A-1")
    assert await desk.reacts(LEA, "👍", last(desk).event_id, room=COMMITTEE) == []


async def test_whoever_asked_a_city_does_not_promise_for_it_by_a_thumb(desk: DeskAtWork) -> None:
    await desk.says(KIM, CITY)
    (answer,) = await desk.reacts(KIM, "👍", last(desk).event_id, room=COMMITTEE)
    assert answer == (
        "Kim: Die Bitte A-1 richtet sich an eine Kommune. "
        "Ihr Zeichen ist keine Zusage der Kommune. "
        "Hat sie zugesagt? So melden Sie es: !kaz zusagen A-1"
    )
    assert (await task(desk)).state is TaskState.OPEN


async def test_but_reports_what_the_city_has_promised(desk: DeskAtWork) -> None:
    await desk.says(KIM, CITY)
    (answer,) = await desk.says(KIM, "!kaz zusagen A-1")
    assert "Kim meldet die Zusage von Stadt Cottbus. Die Frist: Donnerstag" in answer
    promised = await task(desk)
    assert (promised.state, promised.person) == (TaskState.ACCEPTED, None)
    (again,) = await desk.says(KIM, "!kaz zusagen A-1")
    assert "Das ist schon so." in again


async def test_a_thumb_that_is_removed_takes_the_promise_back(desk: DeskAtWork) -> None:
    await desk.says(KIM, NOBODYS.replace("Konzept", "Konzept @max"))
    thumb = desk.reacted(MAX, "👍", last(desk).event_id)
    await desk.hears(thumb)
    await desk.redacts(MAX, thumb.event_id)
    assert "Max hat die Zusage zurückgenommen." in last(desk).body
    assert last(desk).calls == [KIM]
    taken_back = await task(desk)
    assert (taken_back.state, taken_back.person) == (TaskState.OPEN, MAX)


async def test_what_nobody_had_is_then_in_nobodys_hands(desk: DeskAtWork) -> None:
    command = desk.said(KIM, NOBODYS)
    await desk.hears(command)
    thumb = desk.reacted(LEA, "👍", command.event_id)
    await desk.hears(thumb)
    await desk.redacts(LEA, thumb.event_id)
    assert "Jetzt ist niemand zuständig." in last(desk).body
    assert (await task(desk)).person is None


async def test_but_not_once_more_has_happened(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    thumb = desk.reacted(MAX, "👍", last(desk).event_id)
    await desk.hears(thumb)
    await desk.says(MAX, "!kaz später A-1 12.10. Urlaub")
    await desk.redacts(MAX, thumb.event_id)
    assert (await task(desk)).state is TaskState.ACCEPTED


async def test_nor_when_somebody_else_removes_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    thumb = desk.reacted(MAX, "👍", last(desk).event_id)
    await desk.hears(thumb)
    await desk.redacts(KIM, thumb.event_id)
    assert (await task(desk)).state is TaskState.ACCEPTED


async def test_whoever_promised_hears_that_others_have_done_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz zusagen A-1")
    await desk.says(NIA, "!kaz erledigt A-1")
    assert last(desk).calls == [MAX]
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz erledigt A-2")
    assert last(desk).calls == []


async def test_and_that_its_words_were_taken_back(desk: DeskAtWork) -> None:
    command = desk.said(KIM, ORDER)
    await desk.hears(command)
    await desk.says(MAX, "!kaz zusagen A-1")
    await desk.redacts(KIM, command.event_id)
    assert (last(desk).told, last(desk).calls) == ("task:withdrawn", [MAX])


async def test_a_thumb_twice_promises_once(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    letter = last(desk).event_id
    await desk.reacts(MAX, "👍", letter, room=COMMITTEE)
    assert await desk.reacts(MAX, "👍", letter, room=COMMITTEE) == []


async def test_who_promises_twice_is_told_that_nothing_changed(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz zusagen A-1")
    (answer,) = await desk.says(MAX, "!kaz zusagen A-1")
    assert answer.endswith("Das ist schon so. Ich habe nichts geändert.")


async def test_who_is_asked_answers_in_their_direct_chat_and_both_sides_hear(
    desk: DeskAtWork,
) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "zusagen A-1", room=EVAS_CHAT)
    assert told(desk, EVAS_CHAT) == [("task:accepted", "accepted")]
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]
    assert "Zugesagt von Eva, bis Donnerstag, 8. Oktober 2026." in last(desk).body


async def test_or_by_a_thumb_there(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.reacts(EVA, "👍", last(desk, EVAS_CHAT).event_id, room=EVAS_CHAT)
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]


async def test_of_an_only_one_the_number_may_be_left_out(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "zusagen", room=EVAS_CHAT)
    assert told(desk, COMMITTEE) == [("task:accepted", "accepted")]


async def test_of_several_not(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(KIM, REQUEST)
    (answer,) = await desk.says(EVA, "zusagen", room=EVAS_CHAT)
    assert answer.startswith("Es fehlt die Nummer des Auftrags.")


async def test_but_in_answer_to_the_request_it_is_clear(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    letter = last(desk, EVAS_CHAT).event_id
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "absagen keine Zeit", room=EVAS_CHAT, reply_to=letter)
    assert last(desk, EVAS_CHAT).about["id"] == "A-1"


@pytest.mark.parametrize("words", ["Zusagen kann ich noch nicht", "Absagen will ich nicht"])
async def test_a_sentence_that_begins_like_that_is_talk(desk: DeskAtWork, words: str) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, words, room=EVAS_CHAT)
    assert desk.told(COMMITTEE) == []
    assert (await task(desk)).person == EVA


async def test_nor_is_anything_promised_so_in_answer_to_the_request(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    letter = last(desk, EVAS_CHAT).event_id
    await desk.says(EVA, "Zusagen kann ich noch nicht", room=EVAS_CHAT, reply_to=letter)
    assert (await task(desk)).state is TaskState.OPEN


async def test_silence_is_neither(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    desk.clock.advance(days=60)
    assert (await task(desk)).state is TaskState.OPEN
    assert (await task(desk)).person == EVA


async def test_who_declines_may_say_why_and_whoever_set_it_is_called(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    (answer,) = await desk.says(EVA, "absagen A-1 keine Zeit", room=EVAS_CHAT)
    assert "Das Gremium weiß Bescheid. Sie müssen nichts mehr tun." in answer
    assert told(desk, COMMITTEE) == [("task:declined", "open")]
    assert last(desk).calls == [KIM]
    assert (
        "Abgesagt von Eva.\n\nDazu: keine Zeit\n\nJetzt ist niemand zuständig." in last(desk).body
    )
    assert (await task(desk)).person is None


async def test_the_reason_is_not_repeated_in_the_open(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.change(COMMITTEE, encrypted=False)
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "absagen A-1 Frau Geheim ist krank", room=EVAS_CHAT)
    assert "Geheim" not in last(desk).body
    (history,) = await desk.says(KIM, "!kaz verlauf A-1")
    assert "Geheim" not in history


async def test_who_declined_has_nothing_to_do_with_it_any_more(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "absagen A-1", room=EVAS_CHAT)
    await desk.says(EVA, "zeige A-1", room=EVAS_CHAT)
    assert last(desk, EVAS_CHAT).about == {"code": "not_found"}


async def test_a_promise_can_be_taken_back(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz zusagen A-1")
    await desk.says(MAX, "!kaz absagen A-1 krank")
    assert told(desk, COMMITTEE) == [("task:declined", "open")]


@pytest.mark.parametrize(
    "command", ["zusagen A-1", "zeige A-1", "erledigt A-1", "später A-1 20.10. x"]
)
async def test_elsewhere_nobody_gets_at_it(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, f"!kaz {command}", room=PROJECT)
    assert last(desk, PROJECT).about == {"code": "not_found"}


async def test_nor_does_anybody_else_in_their_chat(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(EVA, "erledigt A-1", room=EVAS_CHAT)
    assert last(desk, EVAS_CHAT).about == {"code": "not_found"}


async def test_a_member_gets_at_it_in_their_chat_until_they_leave(desk: DeskAtWork) -> None:
    chat = RoomId("!maxs-chat:kaz.test")
    desk.homeserver.rooms.put(room(chat, BOT, MAX, name="Max"))
    await desk.says(KIM, ORDER)
    await desk.binds(EVAS_CHAT, room_id=chat, person=MAX)
    (shown,) = await desk.says(MAX, "zeige A-1", room=chat)
    assert shown.startswith("Auftrag A-1: Konzept")
    desk.homeserver.rooms.leave(COMMITTEE, MAX)
    await desk.says(MAX, "zeige A-1", room=chat)
    assert last(desk, chat).about == {"code": "not_found"}


@on_both_databases
async def test_it_is_done_with_what_came_of_it(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.says(MAX, "!kaz erledigt A-1 Das Konzept liegt vor.")
    assert answer == (
        "Auftrag A-1: Konzept\n\n"
        "Erledigt, gemeldet von Max.\n\n"
        "Ergebnis: Das Konzept liegt vor.\n\n"
        "War das ein Versehen? !kaz auftrag öffnen A-1"
    )
    assert told(desk, COMMITTEE) == [("task:done", "done")]


async def test_a_check_mark_will_do_and_asks_for_the_outcome(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.reacts(MAX, "✅", last(desk).event_id, room=COMMITTEE)
    assert "Was ist das Ergebnis? !kaz erledigt A-1 <Ergebnis>" in answer


async def test_who_closed_it_adds_the_outcome(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz erledigt A-1")
    (answer,) = await desk.says(MAX, "!kaz erledigt A-1 liegt vor")
    assert "Ergebnis: liegt vor\n\nDas Ergebnis ist festgehalten." in answer
    assert (await task(desk)).outcome == "liegt vor"


async def test_nobody_else_does(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz erledigt A-1")
    await desk.says(LEA, "!kaz erledigt A-1 liegt vor")
    assert last(desk).about == {"code": "bad_state"}


async def test_in_answer_to_its_message_the_number_may_be_left_out(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz erledigt", reply_to=last(desk).event_id)
    assert told(desk, COMMITTEE) == [("task:done", "done")]


async def test_a_reminder_of_that_number_is_something_else(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, "!kaz frist Stellungnahme bis 8.10.")
    await desk.says(KIM, "!kaz erledigt 1")
    assert desk.told(COMMITTEE) == ["reminder:done"]
    assert (await task(desk)).open


async def test_what_an_outsider_did_is_told_to_the_committee(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "erledigt A-1 Die Zuarbeit liegt bei Ihnen", room=EVAS_CHAT)
    assert "Ergebnis: Die Zuarbeit liegt bei Ihnen" in last(desk).body
    assert "Ergebnis: Die Zuarbeit liegt bei Ihnen" in last(desk, EVAS_CHAT).body


@pytest.mark.parametrize("command", ["erledigt A-1", "zusagen A-1", "später A-1 20.10. Urlaub"])
async def test_what_is_done_is_done(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, NOBODYS)
    await desk.says(KIM, "!kaz erledigt A-1")
    await desk.says(KIM, f"!kaz {command}")
    assert last(desk).about == {"code": "bad_state"}


@on_both_databases
async def test_an_extension_names_its_reason_and_keeps_the_old_date(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.says(MAX, "!kaz später A-1 bis 22.10. Urlaub von Lea")
    assert answer == (
        "Der Auftrag A-1 gilt jetzt bis Donnerstag, 22. Oktober 2026: Konzept\n\n"
        "Bisher: Donnerstag, 8. Oktober 2026. Geändert von Max.\n\n"
        "Grund: Urlaub von Lea"
    )
    assert last(desk).about["due"] == "2026-10-22T23:59:00+02:00"
    (history,) = await desk.says(KIM, "!kaz verlauf A-1")
    assert (
        "Max: Frist geändert von Donnerstag, 8. Oktober 2026 "
        "auf Donnerstag, 22. Oktober 2026, dazu: Urlaub von Lea"
    ) in history


@pytest.mark.parametrize(
    ("command", "due"),
    [
        ("später A-1 um zwei Wochen Urlaub", "2026-10-22T23:59:00+02:00"),
        ("verlängern A-1 20.10. 12 Uhr Urlaub bis 15.10.", "2026-10-20T12:00:00+02:00"),
        ("extend A-1 20 October leave", "2026-10-20T23:59:00+02:00"),
    ],
)
async def test_the_new_date_is_said_as_of_deadlines(
    desk: DeskAtWork, command: str, due: str
) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(KIM, f"!kaz {command}")
    assert last(desk).about["due"] == due
    assert last(desk).calls == [MAX]


async def test_without_a_reason_it_says_what_to_type(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    (answer,) = await desk.says(MAX, "!kaz später A-1 22.10.")
    assert answer == (
        "Warum soll der Auftrag A-1 eine andere Frist haben? "
        "So geht es: !kaz später A-1 22.10.2026 <Grund>"
    )


@pytest.mark.parametrize("command", ["später A-1", "später A-1 Urlaub", "später A-1 gestern x"])
async def test_nor_without_a_date_ahead(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, f"!kaz {command}")
    assert last(desk).about == {"code": "bad_date"}


async def test_an_extension_in_the_direct_chat_is_told_to_the_committee(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(EVA, "später A-1 22.10. Urlaub", room=EVAS_CHAT)
    assert told(desk, COMMITTEE) == [("task:extended", "open")]
    assert "Geändert von Eva.\n\nGrund: Urlaub" in last(desk).body


@pytest.mark.parametrize(
    ("command", "event"),
    [
        ("später A-1 22.10. Urlaub", "task:extended"),
        ("auftrag zurückziehen A-1", "task:withdrawn"),
        ("auftrag A-1 Andere Zuarbeit", "task:changed"),
        ("erledigt A-1", "task:done"),
    ],
)
async def test_whoever_was_asked_hears_what_the_committee_does(
    desk: DeskAtWork, command: str, event: str
) -> None:
    await desk.says(KIM, REQUEST)
    await desk.says(KIM, f"!kaz {command}")
    assert desk.told(EVAS_CHAT) == [event]


async def test_a_reason_leaves_with_its_message(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    desk.clock.advance(minutes=1)
    command = desk.said(MAX, "!kaz später A-1 22.10. Frau Geheim ist krank")
    await desk.hears(command)
    letter = last(desk).event_id
    await desk.redacts(MAX, command.event_id)
    assert "Geheim" not in await desk.remembers()
    assert [sent.redacts for sent in desk.last] == [letter]
    (history,) = await desk.says(KIM, "!kaz verlauf A-1")
    assert "auf Donnerstag, 22. Oktober 2026" in history


async def test_so_does_an_outcome(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    command = desk.said(MAX, "!kaz erledigt A-1 Geheimes Ergebnis")
    await desk.hears(command)
    await desk.redacts(MAX, command.event_id)
    assert "Geheim" not in await desk.remembers()
    assert (await task(desk)).state is TaskState.DONE


async def test_but_not_another_that_was_given_instead(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    command = desk.said(MAX, "!kaz erledigt A-1 Entwurf")
    await desk.hears(command)
    await desk.says(MAX, "!kaz erledigt A-1 Endfassung")
    await desk.redacts(MAX, command.event_id)
    assert (await task(desk)).outcome == "Endfassung"


async def test_it_is_shown_as_it_stands(desk: DeskAtWork) -> None:
    await desk.says(KIM, ORDER)
    await desk.says(MAX, "!kaz zusagen A-1")
    desk.clock.advance(days=13)
    (shown,) = await desk.says(NIA, "!kaz zeige A-1")
    assert shown == (
        "Auftrag A-1: Konzept\n\n"
        "- Auftraggeber: das Gremium\n"
        "- Zuständig: Max\n"
        "- Frist: Donnerstag, 8. Oktober 2026\n"
        "- Stand: überfällig, seit 3 Arbeitstagen\n"
        "- Gesetzt von Kim am Mittwoch, 30. September 2026\n\n"
        "Verlauf: !kaz verlauf A-1"
    )
    assert last(desk).about == {"topic": "show", "id": "A-1", "state": "overdue"}


async def test_to_whoever_was_asked_it_is_never_overdue(desk: DeskAtWork) -> None:
    await desk.says(KIM, REQUEST)
    desk.clock.advance(days=13)
    (shown,) = await desk.says(EVA, "zeige A-1", room=EVAS_CHAT)
    assert "- Stand: noch nicht zugesagt" in shown
    assert "überfällig" not in shown


async def test_a_long_answer_is_refused(desk: DeskAtWork) -> None:
    await desk.says(KIM, NOBODYS)
    await desk.says(KIM, f"!kaz erledigt A-1 {'x' * 1001}")
    assert last(desk).about == {"code": "too_long"}
