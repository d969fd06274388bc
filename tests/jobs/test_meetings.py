"""People are reminded of a meeting the working day before, and asked about one forgotten."""

from collections.abc import Mapping

import pytest

from kaz_bot.jobs.meetings import MeetingDuty
from kaz_bot.messages import Rendered
from kaz_bot.texts import Texts
from tests.desk import COMMITTEE, KIM, LEA, DeskAtWork, on_both_databases
from tests.fakes import Sent

# The desk's clock stands on Wednesday, 30 September 2026, at noon in Brandenburg.


async def passes(desk: DeskAtWork, **length: float) -> list[Sent]:
    """Time goes by; the messages of the bot because of it."""
    desk.clock.advance(**length)
    return [sent for sent in await desk.ticks(MeetingDuty(desk.desk)) if sent.is_message]


async def until(desk: DeskAtWork, hours: int) -> list[tuple[str, object]]:
    """What the bot says in each hour: when, and as what."""
    return [
        (f"{desk.clock.now():%a %d %Hh}", sent.about["event"])
        for _ in range(hours)
        for sent in await passes(desk, hours=1)
    ]


async def say(desk: DeskAtWork, text: str) -> str:
    """What the bot answers the chair."""
    [answer] = await desk.says(KIM, f"!kaz {text}")
    return answer


@on_both_databases
async def test_people_are_reminded_in_the_morning_of_the_working_day_before(
    desk: DeskAtWork,
) -> None:
    await say(desk, "sitzung 5.10. 10 Uhr Rathaus")
    await say(desk, "top Bericht")
    # Monday is the meeting, Saturday a holiday.
    assert await until(desk, 24 * 4) == [("Fri 02 06h", "reminded")]


async def test_the_reminder_has_the_agenda_and_who_is_in_charge(desk: DeskAtWork) -> None:
    await desk.says(LEA, "!kaz beschluss Haushalt\nFederführung: ZIT-BB")
    await say(desk, "sitzung 2.10. 10 Uhr Rathaus")
    await say(desk, "top BV-1")
    [reminded] = await passes(desk, hours=20)
    assert reminded.body == (
        "Erinnerung an die Sitzung S-1\n\n"
        "Wann: Freitag, 2. Oktober 2026, 10:00 Uhr\n\n"
        "Wo: Rathaus\n\n"
        "Tagesordnung:\n\n"
        "1. BV-1: Haushalt (zuständig: ZIT-BB), Tischvorlage\n\n"
        "Verhindert: !kaz entschuldigt S-1"
    )
    assert (reminded.room_id, reminded.msgtype, reminded.calls) == (COMMITTEE, "m.text", [])
    assert reminded.about == {
        "id": "S-1",
        "start": "2026-10-02T10:00:00+02:00",
        "event": "reminded",
    }


@on_both_databases
async def test_after_a_downtime_it_is_late_and_says_so(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    [reminded] = await passes(desk, hours=24)
    assert (
        "Diese Nachricht kommt verspätet. Vorgesehen war Donnerstag, 1. Oktober 2026, 8:00 Uhr."
    ) in reminded.body


async def test_late_at_night_it_waits_for_the_morning_of_the_meeting(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    assert await passes(desk, hours=34) == []
    assert await until(desk, 12) == [("Fri 02 06h", "reminded")]


async def test_late_before_the_desk_opens_it_still_comes_before_the_meeting(
    desk: DeskAtWork,
) -> None:
    await say(desk, "sitzung 2.10. 7 Uhr")
    [reminded] = await passes(desk, hours=42)
    assert "verspätet" in reminded.body


async def test_when_the_meeting_has_begun_meanwhile_nobody_is_reminded(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    assert await passes(desk, hours=48) == []


async def test_nor_of_one_that_was_cancelled_or_runs(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    await say(desk, "sitzung 2.10. 14 Uhr")
    await say(desk, "sitzung absagen S-1")
    await say(desk, "sitzung beginnen S-2")
    assert await until(desk, 48) == []


async def test_a_moved_one_is_reminded_of_by_its_new_date(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    assert await until(desk, 24) == [("Thu 01 06h", "reminded")]
    await say(desk, "sitzung verlegen S-1 7.10. 10 Uhr")
    assert await until(desk, 24 * 5) == [("Tue 06 06h", "reminded")]


async def test_of_one_called_for_the_same_day_nobody_is_reminded(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 15 Uhr")
    assert await until(desk, 24) == []


@on_both_databases
async def test_the_chair_is_asked_once_about_one_that_nobody_began(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 15 Uhr")
    assert await until(desk, 24 * 14) == [("Fri 02 06h", "asked")]


async def test_the_question_says_what_can_be_done(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 15 Uhr")
    [asked] = await passes(desk, hours=48)
    assert asked.body == (
        "Sitzung S-1: Hier hat sie niemand begonnen.\n\n"
        "Geplant war sie für Mittwoch, 30. September 2026, 15:00 Uhr.\n\n"
        "- Sie hat stattgefunden: !kaz sitzung beginnen S-1\n"
        "- Sie ist ausgefallen: !kaz sitzung absagen S-1\n"
        "- Sie kommt später: !kaz sitzung verlegen S-1 <wann>"
    )
    assert (asked.calls, asked.msgtype) == ([KIM], "m.text")


async def test_it_asks_too_about_one_that_nobody_ended(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 15 Uhr")
    await say(desk, "sitzung beginnen")
    [asked] = await passes(desk, hours=48)
    assert "Die Sitzung S-1 läuft hier noch." in asked.body
    assert asked.calls == [KIM]


async def test_one_that_was_ended_is_not_asked_about(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 30.9. 15 Uhr")
    await say(desk, "sitzung beginnen")
    await say(desk, "sitzung beenden")
    assert await until(desk, 72) == []


async def test_a_session_of_the_it_rat_is_reminded_of_and_passes_by_itself(
    desk: DeskAtWork,
) -> None:
    await say(desk, "sitzung IT-Rat 5.10. 10 Uhr Potsdam")
    assert await until(desk, 24 * 8) == [("Fri 02 06h", "reminded")]
    assert await say(desk, "sitzung") == (
        "Zurzeit ist keine Sitzung geplant. Einberufen: !kaz sitzung <wann> [Ort]"
    )


async def test_in_a_room_that_the_bot_has_left_nobody_is_told(desk: DeskAtWork) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    state = desk.homeserver.rooms.get(COMMITTEE)
    assert state is not None
    desk.homeserver.rooms.drop(COMMITTEE)
    assert await until(desk, 24) == []
    desk.homeserver.rooms.put(state)
    assert [event for _, event in await until(desk, 24 * 7)] == ["reminded", "asked"]


class SpeechlessAbout(Texts):
    """Has no words for one meeting."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        if template == "meeting/reminded" and f"Meeting(id={self._number}," in str(facts):
            raise ZeroDivisionError
        return super().render(template, language, facts)


@on_both_databases
async def test_one_without_words_keeps_no_other_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await say(desk, "sitzung 2.10. 10 Uhr")
    await say(desk, "sitzung 2.10. 14 Uhr")
    desk.loses_texts(SpeechlessAbout(1))
    sent = await passes(desk, hours=20)
    assert [one.about["id"] for one in sent] == ["S-2"]
    assert caplog.text.count("MeetingDuty: number 1 failed and is set aside") == 1
