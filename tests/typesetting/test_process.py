"""Documents are set in a process of their own, which cannot hold the bot up for long."""

import asyncio
import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from kaz_bot.typesetting import NotTypeset, TypesettingFailed, to_json, typeset
from kaz_bot.typesetting.setting import pdf
from tests.typesetting.documents import FULL

SOON = timedelta(seconds=1)


def process(source: str) -> tuple[str, ...]:
    """A process that does this instead of setting anything."""
    return (sys.executable, "-c", source)


async def test_it_gives_back_the_pdf() -> None:
    assert await typeset(to_json(FULL)) == pdf(FULL)


async def test_several_may_be_set_at_the_same_time() -> None:
    printed = await asyncio.gather(*[typeset(to_json(FULL)) for _ in range(3)])
    assert set(printed) == {pdf(FULL)}


async def test_what_is_no_document_is_refused_for_good() -> None:
    with pytest.raises(NotTypeset, match=r"^NoDocument: KeyError$"):
        await typeset(b"{}")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("raise MemoryError('too much')", "status 1: MemoryError: too much"),
        ("import os; os.kill(os.getpid(), 9)", "status -9"),
        ("pass", "status 0"),
        ("import sys; sys.stdin.close(); sys.exit(3)", "status 3"),
    ],
)
async def test_a_process_that_ends_without_a_pdf_may_be_tried_again(source: str, why: str) -> None:
    with pytest.raises(TypesettingFailed, match=why):
        await typeset(to_json(FULL), process=process(source))


async def test_a_process_that_cannot_start_may_be_tried_again() -> None:
    with pytest.raises(TypesettingFailed, match="could not start"):
        await typeset(to_json(FULL), process=("/nowhere/python",))


async def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = f"import os; open({str(tmp_path / 'id')!r}, 'w').write(str(os.getpid()))\nwhile 1: 0"
    with pytest.raises(TypesettingFailed, match="no PDF within"):
        await typeset(to_json(FULL), process=process(endless), patience=SOON)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "id").read_text()), 0)


async def test_it_ends_with_whoever_waits_for_it(tmp_path: Path) -> None:
    endless = f"import os; os.mkfifo({str(tmp_path / 'up')!r})\nwhile 1: 0"
    waiting = asyncio.create_task(typeset(to_json(FULL), process=process(endless)))
    await asyncio.to_thread(_appears, tmp_path / "up")
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert waiting.cancelled()


def _appears(file: Path) -> None:
    """Return when the file is there."""
    while not file.exists():
        os.sched_yield()


def test_the_bot_does_not_load_what_sets() -> None:
    loaded = (
        "import sys; import kaz_bot.app; import kaz_bot.postman; import kaz_bot.typesetting; "
        "print({'typst', 'kaz_bot.typesetting.setting'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "set()\n"
