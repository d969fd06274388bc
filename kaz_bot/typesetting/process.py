"""Has documents set in a process of their own, so that this one stays small."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta

from kaz_bot.typesetting.problems import NotTypeset, TypesettingFailed

PROCESS = (sys.executable, "-m", "kaz_bot.typesetting")
# A register of many years takes some seconds.
PATIENCE = timedelta(minutes=2)
# The status of a process that says: it is the document (sysexits.h, EX_DATAERR).
NOT_TYPESET = 65


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
