"""Operators hear once of letters that the homeserver will never take."""

from kaz_bot.jobs.rejections import rejections
from tests.desk import ANN, EVA, OPA, OPERATIONS, PROJECT, DeskAtWork


async def test_rejected_letters_are_reported_once_in_the_admin_room(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    desk.homeserver.unwilling.add(PROJECT)
    await desk.says(ANN, "!kaz claim 1")
    await desk.says(EVA, "!kaz meine")
    [report] = await desk.ticks(rejections)
    assert (report.room_id, report.msgtype) == (OPERATIONS, "m.text")
    assert ("2" in report.body, "KAZ-1" in report.body) == (True, True)
    assert await desk.ticks(rejections) == []


async def test_a_report_that_is_rejected_is_not_reported(desk: DeskAtWork) -> None:
    desk.homeserver.unwilling.add(OPERATIONS)
    await desk.says(OPA, "!kaz hilfe")
    assert await desk.ticks(rejections) == []


async def test_without_trouble_nobody_hears_anything(desk: DeskAtWork) -> None:
    await desk.has_ticket()
    assert await desk.ticks(rejections) == []
