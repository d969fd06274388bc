"""A file of the bot's own is uploaded, and its letter sent once, whatever happens between."""

from contextlib import suppress
from dataclasses import replace

import pytest

from kaz_bot.domain.letters import LetterState
from kaz_bot.messages import LetterId
from tests.calendars.reminders import REMINDER
from tests.desk import EVA, PROJECT, DeskAtWork
from tests.dispatcher.troubles import Ended, Fuse
from tests.fakes import Sent


async def kept(desk: DeskAtWork) -> list[object]:
    """What became of the first letter, and the file it still has."""
    async with desk.store.work() as work:
        letter = await work.letters.get(LetterId(1))
        return [letter.state, letter.content, await work.enclosures.of(letter.id)]


def file_of(sent: Sent) -> object:
    return sent.content.get("file")


async def test_a_file_is_uploaded_before_its_letter_is_sent(desk: DeskAtWork) -> None:
    await desk.says(EVA, "!kaz kalender")
    [sent] = desk.last
    assert (file_of(sent), len(desk.homeserver.uploads)) == ({"url": "mxc://kaz.test/1"}, 1)
    assert await kept(desk) == [LetterState.SENT, {}, None]


async def test_a_room_that_has_to_wait_does_not_upload_again(desk: DeskAtWork) -> None:
    desk.homeserver.slow[PROJECT] = 30.0
    await desk.says(EVA, "!kaz kalender")
    desk.homeserver.slow.clear()
    desk.clock.advance(seconds=31)
    [sent] = await desk.delivers()
    assert (file_of(sent), len(desk.homeserver.uploads)) == ({"url": "mxc://kaz.test/1"}, 1)


async def test_after_a_crash_it_is_uploaded_again_and_sent_once(desk: DeskAtWork) -> None:
    desk.homeserver.loses_answers = True
    await desk.says(EVA, "!kaz kalender")
    desk.homeserver.loses_answers = False
    await desk.restarts()
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert len(desk.homeserver.uploads) == 2
    assert [file_of(sent) for sent in desk.homeserver.sent] == [{"url": "mxc://kaz.test/1"}]
    assert await kept(desk) == [LetterState.SENT, {}, None]


@pytest.mark.parametrize("steps", range(1, 32))
async def test_a_program_that_ends_anywhere_has_sent_the_file_once(
    desk: DeskAtWork, steps: int
) -> None:
    asked, fuse = desk.said(EVA, "!kaz kalender"), Fuse(steps)
    desk.homeserver.interrupts = fuse.burn
    with fuse.lit(), suppress(Ended):
        await desk.takes(asked)
    assert fuse.burnt > steps
    desk.homeserver.interrupts = lambda: None
    await desk.restarts()
    await desk.takes(asked)
    assert [sent.told for sent in desk.homeserver.sent] == ["info:calendar"]
    assert await kept(desk) == [LetterState.SENT, {}, None]


async def test_a_file_that_is_too_large_is_rejected_with_its_letter(desk: DeskAtWork) -> None:
    desk.homeserver.largest_upload = 10
    await desk.says(EVA, "!kaz kalender")
    await desk.says(EVA, "!kaz hilfe")
    assert desk.told(PROJECT) == ["info:help"]
    assert await kept(desk) == [LetterState.REJECTED, {}, None]


async def test_an_echo_that_comes_first_ends_it_too(desk: DeskAtWork) -> None:
    desk.homeserver.loses_answers = True
    await desk.says(EVA, "!kaz kalender")
    await desk.takes(desk.homeserver.echo(desk.homeserver.sent[0]))
    assert await kept(desk) == [LetterState.SENT, {}, None]


async def test_a_file_with_sealed_words_is_not_even_uploaded_for_an_open_room(
    desk: DeskAtWork,
) -> None:
    async with desk.store.work() as work:
        await work.reminders.add(replace(REMINDER, room_id=PROJECT, sealed=True))
    desk.homeserver.away = True
    await desk.says(EVA, "!kaz kalender")
    desk.homeserver.away = False
    desk.homeserver.rooms.change(PROJECT, encrypted=False)
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert (desk.homeserver.uploads, desk.homeserver.sent) == ([], [])
    assert await kept(desk) == [LetterState.REJECTED, {}, None]
