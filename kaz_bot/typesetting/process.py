"""Has files made in a process of their own, so that this one stays small."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta

from kaz_bot.messages import Making
from kaz_bot.plots.problems import NOT_DRAWN
from kaz_bot.typesetting.problems import NotTypeset, TypesettingFailed

_PYTHON = (sys.executable, "-m")
PROCESS = (*_PYTHON, "kaz_bot.typesetting", Making.PDF)
_PROCESSES: Mapping[Making, Sequence[str]] = {
    Making.PDF: PROCESS,
    Making.PAGE: (*_PYTHON, "kaz_bot.typesetting", Making.PAGE),
    Making.PICTURES: (*_PYTHON, "kaz_bot.typesetting", Making.PICTURES),
    Making.PICTURE: (*_PYTHON, "kaz_bot.plots"),
}
# What calculates in it would set memory aside for each processor of the machine.
_SMALL = {"OPENBLAS_NUM_THREADS": "1"}
# A register of many years takes some seconds.
PATIENCE = timedelta(minutes=2)
# The status of a process that says: it is the document.
NOT_TYPESET = NOT_DRAWN


async def made(content: bytes, making: Making) -> bytes:
    """What is to be made of a description in JSON. Raise NotTypeset or TypesettingFailed."""
    return await typeset(content, process=_PROCESSES[making])


async def typeset(
    document: bytes, *, process: Sequence[str] = PROCESS, patience: timedelta = PATIENCE
) -> bytes:
    """The PDF of a document in JSON. Raise NotTypeset or TypesettingFailed.

    The process ends when this is cancelled.
    """
    try:
        child = await asyncio.create_subprocess_exec(
            *process,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            # A signal to the bot is not one to it: the bot ends it in order.
            start_new_session=True,
            env={**os.environ, **_SMALL},
        )
    except OSError as problem:
        raise TypesettingFailed(f"the process could not start: {problem}") from problem
    try:
        async with asyncio.timeout(patience.total_seconds()):
            printed, told = await child.communicate(document)
    except TimeoutError as problem:
        raise TypesettingFailed(f"no PDF within {patience}") from problem
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _checked(child.returncode, printed, told)


def _checked(status: int | None, printed: bytes, told: bytes) -> bytes:
    last = told.decode(errors="replace").strip().rpartition("\n")[2]
    if status == NOT_TYPESET:
        raise NotTypeset(last)
    if status or not printed:
        raise TypesettingFailed(f"the process ended with status {status}: {last}")
    return printed
