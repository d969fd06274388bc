"""One thing that time cannot see to keeps nothing else waiting."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kaz_bot.days_off import DaysOff
from kaz_bot.domain.ladders import Ladder
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.jobs.reminding import Reminding
from kaz_bot.jobs.service_levels import ServiceLevelDuty
from kaz_bot.messages import Rendered
from kaz_bot.texts import Texts
from tests.desk import EVA, DeskAtWork, on_both_databases
from tests.fakes import Sent

REMINDING = Reminding(Ladder(), DaysOff())
SERVICE_LEVELS = ServiceLevelDuty(Timekeeper(ServiceLevels(), WorkingTime()))


class SpeechlessAbout(Texts):
    """Has no words for one ticket, nor for that reminder."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        ticket = facts.get("ticket")
        if isinstance(ticket, Ticket) and ticket.id == self._number:
            raise ZeroDivisionError
        if template == "reminder/due" and f"Reminder(id={self._number}," in str(facts):
            raise ZeroDivisionError
        return super().render(template, language, facts)


@on_both_databases
async def test_a_ticket_that_cannot_be_told_of_keeps_no_other_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.has_ticket()
    await desk.has_ticket()
    await desk.has_ticket()
    desk.loses_texts(SpeechlessAbout(1))
    desk.clock.advance(hours=22)
    sent = await desk.ticks(SERVICE_LEVELS)
    assert [letter.about["id"] for letter in sent if letter.is_message] == ["KAZ-2", "KAZ-3"]
    assert caplog.text.count("ServiceLevelDuty: number 1 failed and is set aside") == 1


async def three_reminders(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an das Erste")
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an das Zweite")
    await desk.says(EVA, "!kaz erinnere mich in 10 Minuten an das Dritte")


def numbers(sent: list[Sent]) -> list[object]:
    return [letter.about["id"] for letter in sent if letter.is_message]


@on_both_databases
async def test_a_reminder_without_words_keeps_no_other_waiting(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await three_reminders(desk)
    desk.loses_texts(SpeechlessAbout(1))
    desk.clock.advance(minutes=10)
    assert numbers(await desk.ticks(REMINDING)) == [2, 3]
    assert caplog.text.count("Reminding: number 1 failed and is set aside") == 1


@on_both_databases
async def test_a_reminder_that_cannot_be_understood_is_tried_again_after_an_hour(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    await three_reminders(desk)
    async with desk.store.work() as work:
        sound = await work.reminders.get(ReminderId(1))
        broken = await work.reminders.save(replace(sound, zone="Europe/Nowhere"))
    desk.clock.advance(minutes=10)
    assert numbers(await desk.ticks(REMINDING)) == [2, 3]
    desk.clock.advance(minutes=59)
    assert await desk.ticks(REMINDING) == []
    async with desk.store.work() as work:
        mended = replace(broken, zone=sound.zone, next_at=desk.clock.now(), version=3)
        await work.reminders.save(mended)
    assert numbers(await desk.ticks(REMINDING)) == [1]
    assert caplog.text.count("Reminding: number 1 failed and is set aside") == 1
