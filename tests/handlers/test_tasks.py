"""Tasks of the committee: set, given, changed, withdrawn, and what follows for a decision."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kaz_bot.domain.committee.numbers import DecisionNumber, TaskId
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.committee.tasks import Task
from kaz_bot.messages import RoomId
from tests.desk import (
    ANN,
    BOT,
    COMMITTEE,
    EVA,
    EVAS_CHAT,
    FRED,
    KIM,
    LEA,
    MAX,
    NIA,
    PROCUREMENT,
    DeskAtWork,
    OpenDesk,
    on_both_databases,
)
from tests.fakes import Sent, room
from tests.register.records import enter

OTHER_COMMITTEE = RoomId("!other:kaz.test")
UDOS_CHAT = RoomId("!for-udo:kaz.test")


def last(desk: DeskAtWork, place: RoomId = COMMITTEE) -> Sent:
    return [sent for sent in desk.last if sent.is_message and sent.room_id == place][-1]


async def task(desk: DeskAtWork, number: int = 1) -> Task:
    async with desk.store.work() as work:
        return await work.tasks.get(TaskId(number))


async def decided(desk: DeskAtWork, place: RoomId = COMMITTEE) -> DecisionNumber:
    async with desk.store.work() as work:
        return (await enter(work, room_id=place)).number


async def paper_state(desk: DeskAtWork, number: DecisionNumber) -> tuple[PaperState, bool]:
    """How the paper of a decision stands, and whether the register says that it is done."""
    async with desk.store.work() as work:
        entry = await work.decisions.get(number)
        paper = await work.papers.get(entry.decision.paper_id)
    return paper.state, entry.done_at is not None


def told_of_decisions(sent: Sequence[Sent]) -> list[object]:
    return [
        (one.about["id"], one.about["state"], one.about["event"])
        for one in sent
        if one.told.startswith("decision:")
    ]


@on_both_databases
async def test_a_task_is_repeated_with_all_that_was_said(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(
        KIM, "!kaz auftrag Konzept schreiben Federführung IT-Rat Bearbeitung Kaz @max bis 15.10."
    )
    assert answer.startswith(
        "Auftrag A-1: Konzept schreiben\n\n"
        "- Auftraggeber: das Gremium\n"
        "- Federführung: IT-Rat\n"
        "- Bearbeitung: Kaz\n"
        "- Zuständig: Max\n"
        "- Frist: Donnerstag, 15. Oktober 2026"
    )
    assert last(desk).about == {
        "id": "A-1",
        "state": "open",
        "due": "2026-10-15T23:59:00+02:00",
        "event": "set",
    }


async def test_whoever_is_given_it_in_the_room_is_called(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept schreiben @max bis 15.10.")
    assert (last(desk).calls, last(desk).msgtype) == ([MAX], "m.text")


async def test_nobody_is_called_for_what_nobody_has(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept schreiben bis 15.10.")
    assert (last(desk).calls, last(desk).msgtype) == ([], "m.notice")


@pytest.mark.parametrize(
    "words",
    [
        "auftrag\nWas: Konzept schreiben\nFederführung: IT-Rat\nWer: Max\nFrist: 15.10.",
        "auftrag Konzept schreiben\nFederführung: IT-Rat\nZuständig: @max\nFrist: bis 15.10.",
        "auftrag Konzept schreiben bis 15.10. Federführung IT-Rat @max",
        "task Konzept schreiben lead IT-Rat @max:kaz.test by 15 October",
        "task Konzept schreiben @max\nlead: IT-Rat\ndue: 15 October",
    ],
)
async def test_it_may_be_said_in_many_ways(desk: DeskAtWork, words: str) -> None:
    await desk.says(KIM, f"!kaz {words}")
    found = await task(desk)
    assert (found.what, found.lead, found.person) == ("Konzept schreiben", "IT-Rat", MAX)
    assert f"{found.due:%d.%m. %H:%M}" == "15.10. 23:59"


async def test_a_pill_looks_like_a_name(desk: DeskAtWork) -> None:
    await desk.says(
        KIM, "!kaz auftrag Konzept schreiben Max bis 15.10.", mentions=frozenset({MAX, BOT})
    )
    found = await task(desk)
    assert (found.what, found.person) == ("Konzept schreiben", MAX)


async def test_it_may_come_from_somebody_else(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(
        KIM, "!kaz auftrag Konzept\nAuftraggeber: MIK\nFrist: 15.10. 12 Uhr"
    )
    assert "- Auftraggeber: MIK\n" in answer
    assert "- Frist: Donnerstag, 15. Oktober 2026, 12:00 Uhr" in answer


async def test_english_rooms_are_answered_in_english(desk: DeskAtWork) -> None:
    await desk.binds(COMMITTEE, language="en")
    (answer,) = await desk.says(KIM, "!kaz task write the concept @max by 15 October")
    assert answer.startswith(
        "Task A-1: write the concept\n\n"
        "- Wanted by: the committee\n"
        "- In the hands of: Max\n"
        "- Due: Thursday, 15 October 2026"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Konzept schreiben", "bad_date"),
        ("Konzept schreiben bis gestern", "bad_date"),
        ("Konzept schreiben bis jeden Freitag", "bad_date"),
        ("bis 15.10.", "bad_argument"),
        ("@max bis 15.10.", "bad_argument"),
        ("Konzept @niemand bis 15.10.", "bad_argument"),
        ("Konzept @max und @lea bis 15.10.", "bad_argument"),
        ("Konzept @fred:elsewhere.test bis 15.10.", "bad_argument"),
        ("Konzept @kaz bis 15.10.", "bad_argument"),
        ("2026/9 Konzept bis 15.10.", "not_found"),
        (f"{'K' * 1001} bis 15.10.", "too_long"),
        (f"Konzept bis 15.10.\nFederführung: {'K' * 201}", "too_long"),
    ],
)
async def test_what_cannot_be_a_task_is_refused(desk: DeskAtWork, words: str, code: str) -> None:
    await desk.says(KIM, f"!kaz auftrag {words}")
    assert last(desk).about == {"code": code}
    async with desk.store.work() as work:
        assert await work.tasks.open_in(COMMITTEE) == []


async def test_without_a_date_it_says_what_to_type(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag Konzept schreiben")
    assert answer.startswith("Ich finde keinen Termin. So geht es: !kaz auftrag [2026/3] <was>")
    example = answer.rpartition("Zum Beispiel: ")[2]
    await desk.says(KIM, example)
    assert last(desk).told == "task:set"


async def test_a_day_off_is_pointed_out_and_the_command_it_offers_works(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag Konzept bis 11.10.")
    assert (
        "Sonntag, 11. Oktober 2026 liegt am Wochenende. Ich habe die Frist nicht verschoben. "
        "Erst am nächsten Werktag? !kaz später A-1 12.10.2026 Werktag"
    ) in answer
    assert last(desk).about["due"] == "2026-10-11T23:59:00+02:00"
    await desk.says(KIM, "!kaz später A-1 12.10.2026 Werktag")
    assert last(desk).about["due"] == "2026-10-12T23:59:00+02:00"


async def test_only_the_committee_sets_tasks(desk: DeskAtWork) -> None:
    await desk.says(ANN, "!kaz auftrag Konzept bis 15.10.")
    assert last(desk, PROCUREMENT).about == {"code": "not_allowed"}


async def test_no_more_are_taken_than_anybody_keeps_in_view(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaz_bot.handlers.tasks.MOST_OPEN", 1)
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag Bericht bis 15.10.")
    assert last(desk).about == {"code": "rate_limited"}


async def test_it_says_that_nobody_has_it_yet(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    assert "Noch ist niemand zuständig." in answer
    assert "- Vergeben: !kaz auftrag A-1 @Person\n" in answer
    (answer,) = await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    assert "Vergeben" not in answer


async def test_a_decision_that_the_sentence_names_is_checked(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Ausschreibung vorbereiten aus Beschluss 2026/9 bis 15.10.")
    assert last(desk).about == {"code": "not_found"}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("auftrag A-1 niemand", "Das Gremium bittet Sie nicht mehr darum."),
        ("auftrag A-1 @lea", "Das Gremium hat die Bitte weitergegeben."),
    ],
)
async def test_whoever_was_asked_hears_what_became_of_it(
    desk: DeskAtWork, command: str, said: str
) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 15.10.")
    await desk.says(KIM, f"!kaz {command}")
    assert said in last(desk, EVAS_CHAT).body


async def test_a_municipality_is_asked(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag Zuarbeit Bearbeitung Stadt Cottbus bis 15.10.")
    assert answer.startswith("Bitte A-1: Zuarbeit")
    assert "Die Bitte gilt erst mit einer Zusage." in answer
    assert "Auftrag A-1" not in answer
    assert (await task(desk)).asked


async def test_whoever_comes_from_outside_is_asked_in_their_direct_chat(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 15.10.")
    assert "Ich frage Eva im Direktchat." in answer
    asked = last(desk, EVAS_CHAT)
    assert (asked.calls, asked.msgtype, asked.told) == ([EVA], "m.text", "task:set")
    assert asked.body.startswith(
        "Kim bittet Sie im Namen des Gremiums um Folgendes.\n\nBitte A-1: Zuarbeit"
    )
    assert "Das ist eine Bitte, kein Auftrag. Sie entscheiden selbst." in asked.body


async def test_the_chat_is_made_for_whoever_has_none(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @udo:kaz.test bis 15.10.")
    assert last(desk, UDOS_CHAT).body.startswith("Kim bittet Sie")


async def test_in_an_open_chat_an_encrypted_text_is_not_shown(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    await desk.says(KIM, "!kaz auftrag Geheime Zuarbeit @eva:kaz.test bis 15.10.")
    asked = last(desk, EVAS_CHAT)
    assert "Geheime" not in asked.body + asked.html
    assert (
        "Der Text steht hier nicht, denn dieser Chat ist nicht verschlüsselt. "
        "Lesen Sie ihn zuerst in einem verschlüsselten Chat mit mir: !kaz zeige A-1"
    ) in asked.body
    assert "👍" not in asked.body
    assert [sent.reaction for sent in desk.last if sent.reacts_to] == []
    (shown,) = await desk.says(EVA, "zeige A-1", room=EVAS_CHAT)
    assert "Geheime" not in shown


async def test_what_was_set_in_the_open_is_shown_there(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.put(room(EVAS_CHAT, BOT, EVA, name="Eva", encrypted=False))
    desk.homeserver.rooms.change(COMMITTEE, encrypted=False)
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 15.10.")
    assert "Bitte A-1: Zuarbeit" in last(desk, EVAS_CHAT).body


async def test_bots_are_given_nothing(open_desk: OpenDesk) -> None:
    desk = await open_desk(bots=frozenset({MAX}))
    await desk.says(KIM, "!kaz auftrag Zuarbeit @max bis 15.10.")
    assert last(desk).about == {"code": "bad_argument"}


async def test_it_is_given_to_somebody_else(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    await desk.says(MAX, "!kaz zusagen A-1")
    (answer,) = await desk.says(KIM, "!kaz auftrag A-1 @lea")
    assert "Zuständig ist jetzt Lea. Bisher war es Max." in answer
    assert (last(desk).calls, last(desk).about["state"]) == ([LEA, MAX], "open")


async def test_or_to_nobody(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    (answer,) = await desk.says(KIM, "!kaz auftrag A-1 niemand")
    assert "Zuständig ist jetzt niemand. Bisher war es Max." in answer
    assert (await task(desk)).person is None


async def test_whoever_had_it_outside_hears_that_it_was_passed_on(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zuarbeit @eva:kaz.test bis 15.10.")
    await desk.says(KIM, "!kaz auftrag A-1 @udo:kaz.test")
    assert "Sie müssen nichts mehr tun." in last(desk, EVAS_CHAT).body
    assert last(desk, UDOS_CHAT).body.startswith("Kim bittet Sie")
    (refused,) = await desk.says(EVA, "zusagen A-1", room=EVAS_CHAT)
    assert refused.startswith("Einen Auftrag mit der Nummer A-1 gibt es hier nicht.")


async def test_lead_and_content_can_be_changed(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept Federführung IT-Rat @max bis 15.10.")
    (answer,) = await desk.says(KIM, "!kaz auftrag A-1 Gutachten\nFederführung: MIK")
    assert answer.startswith("Auftrag A-1: Gutachten\n\nGeändert: Inhalt und Federführung.")
    assert (last(desk).calls, last(desk).told) == ([MAX], "task:changed")
    found = await task(desk)
    assert (found.what, found.lead, found.person) == ("Gutachten", "MIK", MAX)


async def test_a_dash_takes_the_lead_out(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept Federführung IT-Rat bis 15.10.")
    await desk.says(KIM, "!kaz auftrag A-1 Federführung: -")
    assert (await task(desk)).lead == ""


async def test_words_and_person_change_together(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag A-1 Gutachten @lea")
    found = await task(desk)
    assert (found.what, found.person) == ("Gutachten", LEA)


async def test_a_municipality_that_comes_in_later_is_asked(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    await desk.says(MAX, "!kaz zusagen A-1")
    (answer,) = await desk.says(KIM, "!kaz auftrag A-1 Bearbeitung: LK Barnim")
    assert "Die Bitte gilt erst mit einer Zusage: !kaz zusagen A-1" in answer
    assert last(desk).about["state"] == "open"


@pytest.mark.parametrize("words", ["Konzept bis 20.10.", "Frist: 20.10."])
async def test_its_date_is_not_changed_in_passing(desk: DeskAtWork, words: str) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    (answer,) = await desk.says(KIM, f"!kaz auftrag A-1 {words}")
    assert answer.endswith("mit einem Grund: !kaz später A-1 <wann> <Grund>")


@pytest.mark.parametrize("words", ["", " Konzept", " @max"])
async def test_a_change_of_nothing_is_refused(desk: DeskAtWork, words: str) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    await desk.says(KIM, f"!kaz auftrag A-1{words}")
    assert last(desk).about == {"code": "bad_argument"}


@pytest.mark.parametrize("words", ["zurückziehen A-1 erübrigt sich", "withdraw A-1 erübrigt sich"])
async def test_it_is_withdrawn_with_a_reason(desk: DeskAtWork, words: str) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    (answer,) = await desk.says(LEA, f"!kaz auftrag {words}")
    assert "Zurückgezogen von Lea. Niemand wird mehr erinnert.\n\nDazu: erübrigt sich" in answer
    assert (last(desk).calls, last(desk).about["state"]) == ([MAX], "withdrawn")


async def test_the_number_may_stand_before_the_word(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag A-1 zurückziehen")
    assert last(desk).told == "task:withdrawn"
    await desk.says(KIM, "!kaz auftrag A-1 öffnen")
    assert last(desk).told == "task:reopened"


async def test_a_text_may_begin_with_that_word(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Zurückziehen der Beschwerde prüfen bis 15.10.")
    assert (await task(desk)).what == "Zurückziehen der Beschwerde prüfen"


async def test_without_a_number_it_says_that_one_is_missing(desk: DeskAtWork) -> None:
    (answer,) = await desk.says(KIM, "!kaz auftrag zurückziehen")
    assert answer.startswith("Es fehlt die Nummer des Auftrags.")


@pytest.mark.parametrize("command", ["auftrag zurückziehen A-1", "auftrag A-1 @lea"])
async def test_what_has_ended_is_not_changed(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz erledigt A-1")
    (answer,) = await desk.says(KIM, f"!kaz {command}")
    assert answer == (
        "Der Auftrag A-1 ist schon erledigt. "
        "Wieder öffnen kann es das Gremium: !kaz auftrag öffnen A-1"
    )


async def test_a_mistake_is_undone(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept @max bis 15.10.")
    await desk.says(KIM, "!kaz erledigt A-1 liegt vor")
    (answer,) = await desk.says(KIM, "!kaz auftrag öffnen A-1")
    assert answer.startswith("Auftrag A-1: Konzept\n\nWieder offen.")
    assert (last(desk).about["state"], last(desk).about["event"]) == ("accepted", "reopened")
    assert (await task(desk)).outcome == ""


async def test_an_open_one_need_not_be_opened(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag öffnen A-1")
    assert last(desk).about == {"code": "bad_state"}


@pytest.mark.parametrize(
    "command",
    ["auftrag A-1 @lea", "auftrag zurückziehen A-1", "erledigt A-1", "zeige A-1", "zusagen A-1"],
)
async def test_another_committee_does_not_see_it(desk: DeskAtWork, command: str) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await moves(desk)
    await desk.says(KIM, f"!kaz {command}")
    assert last(desk).about == {"code": "not_found"}


async def moves(desk: DeskAtWork) -> None:
    """From now on the task belongs to another committee."""
    async with desk.store.work() as work:
        (found,) = await work.tasks.open_in(COMMITTEE)
        await work.tasks.save(replace(found, room_id=OTHER_COMMITTEE))


@on_both_databases
async def test_a_decision_is_done_when_all_that_follows_from_it_is(desk: DeskAtWork) -> None:
    number = await decided(desk)
    (answer,) = await desk.says(KIM, "!kaz auftrag 2026/1 Konzept bis 15.10.")
    assert "- Auftraggeber: Beschluss 2026/1\n" in answer
    await desk.says(KIM, "!kaz auftrag 2026/1 Bericht bis 16.10.")
    await desk.says(KIM, "!kaz erledigt A-1")
    assert await paper_state(desk, number) == (PaperState.PASSED, False)
    await desk.says(KIM, "!kaz erledigt A-2")
    assert told_of_decisions(desk.last) == [("2026/1", "done", "done")]
    assert await paper_state(desk, number) == (PaperState.DONE, True)


async def test_of_what_is_withdrawn_the_decision_is_not_done(desk: DeskAtWork) -> None:
    number = await decided(desk)
    await desk.says(KIM, "!kaz auftrag 2026/1 Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag zurückziehen A-1")
    assert await paper_state(desk, number) == (PaperState.PASSED, False)


async def test_what_is_withdrawn_does_not_hold_it_up(desk: DeskAtWork) -> None:
    number = await decided(desk)
    await desk.says(KIM, "!kaz auftrag 2026/1 Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag 2026/1 Bericht bis 16.10.")
    await desk.says(KIM, "!kaz erledigt A-1")
    await desk.says(KIM, "!kaz auftrag zurückziehen A-2")
    assert await paper_state(desk, number) == (PaperState.DONE, True)


@pytest.mark.parametrize("command", ["auftrag 2026/1 Nachtrag bis 20.10.", "auftrag öffnen A-1"])
async def test_a_decision_is_undone_by_more_to_do(desk: DeskAtWork, command: str) -> None:
    number = await decided(desk)
    await desk.says(KIM, "!kaz auftrag 2026/1 Konzept bis 15.10.")
    await desk.says(KIM, "!kaz erledigt A-1")
    await desk.says(KIM, f"!kaz {command}")
    assert await paper_state(desk, number) == (PaperState.PASSED, False)


async def test_a_task_can_be_tied_to_its_decision_later(desk: DeskAtWork) -> None:
    number = await decided(desk)
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.says(KIM, "!kaz auftrag A-1 2026/1")
    await desk.says(KIM, "!kaz erledigt A-1")
    assert await paper_state(desk, number) == (PaperState.DONE, True)


async def test_a_decision_of_another_committee_is_none_here(desk: DeskAtWork) -> None:
    await decided(desk, OTHER_COMMITTEE)
    await desk.says(KIM, "!kaz auftrag 2026/1 Konzept bis 15.10.")
    assert last(desk).about == {"code": "not_found"}


async def test_the_words_leave_with_the_message(desk: DeskAtWork) -> None:
    command = desk.said(KIM, "!kaz auftrag Geheimes Konzept Federführung Geheimrat bis 15.10.")
    await desk.hears(command)
    told = last(desk).event_id
    await desk.redacts(KIM, command.event_id)
    assert "Geheim" not in await desk.remembers()
    assert told in [sent.redacts for sent in desk.last]
    assert last(desk).body.startswith(
        "Auftrag A-1: Der Text wurde gelöscht. Damit ist nichts mehr zu tun."
    )
    assert (last(desk).about["state"], last(desk).about["event"]) == ("withdrawn", "withdrawn")


async def test_and_whoever_was_asked_hears_of_it(desk: DeskAtWork) -> None:
    command = desk.said(KIM, "!kaz auftrag Geheime Zuarbeit @eva:kaz.test bis 15.10.")
    await desk.hears(command)
    asked = last(desk, EVAS_CHAT).event_id
    await desk.redacts(KIM, command.event_id)
    assert asked in [sent.redacts for sent in desk.last]
    assert "Damit ist nichts mehr zu tun." in last(desk, EVAS_CHAT).body


async def test_what_is_done_stays_done_without_its_words(desk: DeskAtWork) -> None:
    number = await decided(desk)
    command = desk.said(KIM, "!kaz auftrag 2026/1 Geheimes Konzept bis 15.10.")
    await desk.hears(command)
    await desk.says(KIM, "!kaz erledigt A-1")
    await desk.redacts(KIM, command.event_id)
    assert last(desk).about["state"] == "done"
    assert await paper_state(desk, number) == (PaperState.DONE, True)


async def test_new_words_leave_with_their_message(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    command = desk.said(KIM, "!kaz auftrag A-1 Geheimes Gutachten")
    await desk.hears(command)
    await desk.redacts(KIM, command.event_id)
    assert "Geheim" not in await desk.remembers()
    assert last(desk).told == "task:withdrawn"


async def test_a_lead_that_was_taken_back_leaves_the_task_standing(desk: DeskAtWork) -> None:
    await desk.says(KIM, "!kaz auftrag Konzept bis 15.10.")
    command = desk.said(KIM, "!kaz auftrag A-1 Federführung: Geheimrat")
    await desk.hears(command)
    await desk.redacts(KIM, command.event_id)
    assert "Geheim" not in await desk.remembers()
    found = await task(desk)
    assert (found.open, found.what, found.lead) == (True, "Konzept", "")


async def test_a_replayed_command_sets_one_task(desk: DeskAtWork) -> None:
    command = desk.said(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.hears(command)
    await desk.hears(command)
    async with desk.store.work() as work:
        assert await work.tasks.count_open_in(COMMITTEE) == 1


async def test_an_edit_sets_no_other(desk: DeskAtWork) -> None:
    command = desk.said(KIM, "!kaz auftrag Konzept bis 15.10.")
    await desk.hears(command)
    await desk.edits(KIM, command.event_id, "!kaz auftrag Gutachten bis 15.10.")
    async with desk.store.work() as work:
        assert [one.what for one in await work.tasks.open_in(COMMITTEE)] == ["Konzept"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7 * 7 }} <b>fett</b> bis 15.10.",
        "<script>alert(1)</script> bis 15.10.",
        "\u202eKonzept\x00 bis 15.10.",
    ],
)
async def test_what_people_type_is_data(desk: DeskAtWork, text: str) -> None:
    await desk.says(KIM, f"!kaz auftrag {text}")
    assert last(desk).told == "task:set"
    assert "<script" not in last(desk).html
    assert "<b>fett" not in last(desk).html


async def test_whoever_comes_from_a_foreign_server_can_set_nothing(desk: DeskAtWork) -> None:
    desk.homeserver.rooms.enter(COMMITTEE, FRED)
    await desk.says(FRED, "!kaz auftrag Konzept bis 15.10.", room=COMMITTEE)
    assert last(desk).about == {"code": "not_allowed"}


async def test_two_names_alike_are_not_guessed_between(desk: DeskAtWork) -> None:
    members = {BOT: "Kaz", KIM: "Kim", LEA: "Alex", NIA: "Alex"}
    desk.homeserver.rooms.change(COMMITTEE, members=members)
    await desk.says(KIM, "!kaz auftrag Konzept @Alex bis 15.10.")
    assert last(desk).about == {"code": "bad_argument"}
