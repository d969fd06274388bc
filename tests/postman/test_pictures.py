"""A picture of the bot's own is drawn on its way, shown in the chat, and told in words below."""

from dataclasses import replace

import pytest

from kaz_bot.domain.letters import LetterState
from kaz_bot.messages import Enclosure, Making
from kaz_bot.plots import drawing, to_json
from tests.desk import COMMITTEE, DeskAtWork
from tests.plots.charts import COLUMNS
from tests.postman.conftest import BALLOT, Writer

PICTURE = Enclosure(
    name="anfragen.png",
    media_type="image/png",
    content=to_json(COLUMNS),
    making=Making.PICTURE,
)
LETTER = replace(BALLOT, enclosure=PICTURE)


async def test_it_is_drawn_before_it_is_uploaded(desk: DeskAtWork, writer: Writer) -> None:
    await writer.writes(LETTER)
    drawn = replace(PICTURE, content=drawing.png(COLUMNS), making=Making.FINISHED)
    assert desk.homeserver.uploads == [(COMMITTEE, drawn)]


async def test_its_message_is_a_picture_with_its_size_and_words(writer: Writer) -> None:
    [sent] = await writer.writes(LETTER)
    told = {key: sent.content[key] for key in ("msgtype", "body", "filename", "info", "file")}
    assert told == {
        "msgtype": "m.image",
        "body": "BV-7. Es fehlen: MIK, ZIT-BB.",
        "filename": "anfragen.png",
        "info": {
            "mimetype": "image/png",
            "size": len(drawing.png(COLUMNS)),
            "w": 1352,
            "h": 622,
        },
        "file": {"url": "mxc://kaz.test/1"},
    }


async def test_one_that_is_there_already_is_sent_as_it_is(desk: DeskAtWork, writer: Writer) -> None:
    finished = replace(PICTURE, content=drawing.png(COLUMNS), making=Making.FINISHED)
    [sent] = await writer.writes(replace(LETTER, enclosure=finished))
    assert (sent.content["msgtype"], desk.homeserver.uploads) == (
        "m.image",
        [(COMMITTEE, finished)],
    )


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" * 9])
async def test_what_is_no_picture_after_all_has_no_measures(writer: Writer, content: bytes) -> None:
    untrue = replace(PICTURE, content=content, making=Making.FINISHED)
    [sent] = await writer.writes(replace(LETTER, enclosure=untrue))
    assert sent.content["info"] == {"mimetype": "image/png", "size": len(content)}


async def test_what_is_no_chart_is_rejected_at_once(writer: Writer) -> None:
    await writer.writes(replace(LETTER, enclosure=replace(PICTURE, content=b"{}")))
    letter = await writer.letter()
    assert (letter.state, letter.problem) == (
        LetterState.REJECTED,
        "its document cannot be typeset: NoChart: KeyError",
    )
