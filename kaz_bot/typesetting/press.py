"""Makes the files of letters ready for their way: documents become PDFs, charts pictures."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from kaz_bot.errors import SendDelayed, SendRejected
from kaz_bot.messages import Enclosure, LetterId, Making
from kaz_bot.typesetting.problems import NotTypeset, TypesettingFailed
from kaz_bot.typesetting.process import made

_TRIES = 5
_PAUSE = 30.0


class Press:
    """Makes one file at a time; the letters of the others wait."""

    def __init__(self, made: Callable[[bytes, Making], Awaitable[bytes]] = made) -> None:
        self._made = made
        self._turn = asyncio.Lock()
        self._failures: dict[LetterId, int] = {}

    async def printed(self, letter: LetterId, enclosure: Enclosure) -> Enclosure:
        """The file as it is sent. Raise SendDelayed, and after some tries SendRejected."""
        if enclosure.finished:
            return enclosure
        try:
            async with self._turn:
                content = await self._made(enclosure.content, enclosure.making)
        except NotTypeset as problem:
            raise SendRejected(f"its document cannot be typeset: {problem}") from problem
        except TypesettingFailed as problem:
            raise self._failed(letter, str(problem)) from problem
        self._failures.pop(letter, None)
        return replace(enclosure, content=content, making=Making.FINISHED)

    def _failed(self, letter: LetterId, why: str) -> SendDelayed | SendRejected:
        failures = self._failures.pop(letter, 0) + 1
        if failures >= _TRIES:
            return SendRejected(f"typesetting failed {failures} times: {why}")
        self._failures[letter] = failures
        return SendDelayed(f"typesetting failed: {why}", seconds=_PAUSE)
