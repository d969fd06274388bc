"""One thing that time cannot see to keeps nothing else waiting."""

from collections.abc import Mapping

import pytest

from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import Ticket
from kaz_bot.domain.timekeeper import Timekeeper
from kaz_bot.domain.working_time import WorkingTime
from kaz_bot.jobs.service_levels import ServiceLevelDuty
from kaz_bot.messages import Rendered
from kaz_bot.texts import Texts
from tests.desk import DeskAtWork, on_both_databases

SERVICE_LEVELS = ServiceLevelDuty(Timekeeper(ServiceLevels(), WorkingTime()))


class SpeechlessAbout(Texts):
    """Has no words for one ticket."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def render(self, template: str, language: str, facts: Mapping[str, object]) -> Rendered:
        ticket = facts.get("ticket")
        if isinstance(ticket, Ticket) and ticket.id == self._number:
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
