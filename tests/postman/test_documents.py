"""A letter may bring a document: it is typeset on the way, and sent once."""

from dataclasses import replace

import pytest

from kaz_bot.announcements.letters import Letter
from kaz_bot.domain.letters import LetterState
from kaz_bot.messages import Enclosure, LetterId, Making
from kaz_bot.typesetting import Press, TypesettingFailed, to_json
from kaz_bot.typesetting.setting import pdf
from tests.desk import COMMITTEE, DeskAtWork
from tests.postman.conftest import BALLOT, Writer
from tests.typesetting.documents import FULL

REGISTER = Enclosure(
    name="register.pdf", media_type="application/pdf", content=to_json(FULL), making=Making.PDF
)
LETTER: Letter = replace(BALLOT, enclosure=REGISTER)


class Typesetter:
    """A process that goes wrong as often as it is told to."""

    def __init__(self, problem: Exception, times: int) -> None:
        self.tried = 0
        self._problem = problem
        self._times = times

    async def typeset(self, document: bytes, making: Making) -> bytes:
        assert making is Making.PDF
        self.tried += 1
        if self.tried <= self._times:
            raise self._problem
        return b"%PDF of " + document


@pytest.fixture
def broken(desk: DeskAtWork) -> Typesetter:
    """A desk whose documents are printed at the third try."""
    typesetter = Typesetter(TypesettingFailed("no PDF within 0:02:00"), times=2)
    desk.press = Press(typesetter.typeset)
    desk.starts(desk.store)
    return typesetter


async def test_it_arrives_as_a_pdf(desk: DeskAtWork, writer: Writer) -> None:
    await writer.writes(LETTER)
    printed = replace(REGISTER, content=pdf(FULL), making=Making.FINISHED)
    assert desk.homeserver.uploads == [(COMMITTEE, printed)]


async def test_the_letter_tells_the_size_of_the_pdf(writer: Writer) -> None:
    [sent] = await writer.writes(LETTER)
    told = {key: sent.content[key] for key in ("msgtype", "filename", "info")}
    assert told == {
        "msgtype": "m.file",
        "filename": "register.pdf",
        "info": {"mimetype": "application/pdf", "size": len(pdf(FULL))},
    }


async def test_the_document_is_kept_no_longer_than_its_letter(
    desk: DeskAtWork, writer: Writer
) -> None:
    desk.homeserver.away = True
    await writer.writes(LETTER)
    assert await kept(desk) == REGISTER
    desk.homeserver.away = False
    desk.clock.advance(minutes=1)
    await desk.delivers()
    assert await kept(desk) is None


async def test_a_room_that_has_to_wait_does_not_have_it_set_again(
    desk: DeskAtWork, writer: Writer
) -> None:
    typesetter = Typesetter(TypesettingFailed(""), times=0)
    desk.press = Press(typesetter.typeset)
    desk.starts(desk.store)
    desk.homeserver.slow[COMMITTEE] = 30.0
    await writer.writes(LETTER)
    desk.homeserver.slow.clear()
    desk.clock.advance(seconds=31)
    assert len(await desk.delivers()) == 1
    assert typesetter.tried == 1


async def test_what_went_wrong_is_tried_again(
    desk: DeskAtWork, writer: Writer, broken: Typesetter
) -> None:
    assert await writer.writes(LETTER) == []
    assert (await writer.letter()).state is LetterState.QUEUED
    desk.clock.advance(seconds=31)
    assert await desk.delivers() == []
    desk.clock.advance(seconds=31)
    assert len(await desk.delivers()) == 1
    assert broken.tried == 3


async def test_after_some_tries_it_is_rejected(desk: DeskAtWork, writer: Writer) -> None:
    typesetter = Typesetter(TypesettingFailed("status -9"), times=99)
    desk.press = Press(typesetter.typeset)
    desk.starts(desk.store)
    await writer.writes(LETTER)
    await later(desk, times=4)
    letter = await writer.letter()
    assert (letter.state, letter.problem) == (
        LetterState.REJECTED,
        "typesetting failed 5 times: status -9",
    )
    assert typesetter.tried == 5


async def test_a_document_that_will_never_be_a_pdf_is_rejected_at_once(
    desk: DeskAtWork, writer: Writer
) -> None:
    untrue = replace(LETTER, enclosure=replace(REGISTER, content=b"{}"))
    await writer.writes(untrue, BALLOT)
    letter = await writer.letter(1)
    assert (letter.state, letter.problem) == (
        LetterState.REJECTED,
        "its document cannot be typeset: NoDocument: KeyError",
    )
    assert [sent.told for sent in desk.homeserver.sent] == ["decision:opened"]


async def later(desk: DeskAtWork, *, times: int) -> None:
    """Half a minute passes, so many times."""
    for _ in range(times):
        desk.clock.advance(seconds=31)
        await desk.delivers()


async def kept(desk: DeskAtWork) -> Enclosure | None:
    """What waits with the first letter."""
    async with desk.store.work() as work:
        return await work.enclosures.of(LetterId(1))
