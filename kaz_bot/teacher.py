"""Speaks with the process in which the routing is learned anew."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from kaz_bot.domain.lessons import TaughtQuestion
from kaz_bot.routing.version import Verdict

PROCESS = (sys.executable, "-m", "kaz_bot.routing.learning.anew")


class LearningFailed(Exception):
    """The process that learns ended without a verdict, or too late for one."""


async def taught_by(
    process: Sequence[str],
    taught: Sequence[TaughtQuestion],
    *,
    fresh: Path,
    before: Path,
    tell: Callable[[str], None],
) -> Verdict:
    """Have a version learned and written to `fresh`; how it stands against the one `before`.

    Raises LearningFailed. The process ends when this is cancelled, and when this process ends.
    """
    child = await asyncio.create_subprocess_exec(
        *(*process, str(fresh), str(before)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # A signal to the bot is not one to it: the bot ends it in order.
        start_new_session=True,
    )
    try:
        said, last = await _heard(child, _lines(taught), tell)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise LearningFailed(f"the process ended with status {child.returncode}: {last}")
    return Verdict(**json.loads(said))


def digests(taught: Sequence[TaughtQuestion]) -> Mapping[str, str]:
    """By what a version knows the question of each ticket again; not the question itself."""
    return {
        str(one.ticket_id): sha256(one.question.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        for one in taught
    }


async def _heard(
    child: asyncio.subprocess.Process, lessons: bytes, tell: Callable[[str], None]
) -> tuple[bytes, str]:
    """What the process said, and the last line of what it told meanwhile."""
    stdin, stdout, stderr = child.stdin, child.stdout, child.stderr
    assert stdin is not None
    assert stdout is not None
    assert stderr is not None
    last = ""

    async def give() -> None:
        # The pipe stays open behind them: by its end the process sees that nobody waits any more.
        stdin.write(lessons)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await stdin.drain()

    async def listen() -> None:
        nonlocal last
        async for line in stderr:
            last = line.decode(errors="replace").rstrip()
            tell(last)

    said, _, _ = await asyncio.gather(stdout.read(), give(), listen())
    stdin.close()
    await child.wait()
    return said, last


def _lines(taught: Sequence[TaughtQuestion]) -> bytes:
    """A line for each lesson, and an empty one behind them."""
    known = digests(taught)
    lines = (
        json.dumps(
            {
                "ticket": str(one.ticket_id),
                "area": one.area,
                "text": one.question,
                "digest": known[str(one.ticket_id)],
            }
        )
        for one in taught
    )
    return "\n".join((*lines, "", "")).encode()
