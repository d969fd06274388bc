"""Runs `client.mjs`, and carries requests to the people it plays."""

import asyncio
import json
from collections import deque
from itertools import count
from pathlib import Path

from kaz_bot.matrix.shapes import Json, at, mapping

_PROGRAM = Path(__file__).with_name("client.mjs")
_PATIENCE = 60
_LONGEST_LINE = 2**24


class NodeProblem(Exception):
    """A request failed. The text is what JavaScript says of it."""


class Node:
    """One process for all people."""

    def __init__(self, program: Path) -> None:
        self._node = program
        self._process: asyncio.subprocess.Process | None = None
        self._listening: list[asyncio.Task[None]] = []
        self._asked: dict[int, asyncio.Future[Json]] = {}
        self._numbers = count(1)
        self._log: deque[str] = deque(maxlen=40)

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            str(self._node),
            str(_PROGRAM),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._listening = [
            asyncio.create_task(self._hear(self._process.stdout)),
            asyncio.create_task(self._keep(self._process.stderr)),
        ]

    async def stop(self) -> None:
        """End it by ending its input."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await asyncio.gather(*self._listening)

    async def ask(self, who: str, action: str, **details: object) -> Json:
        """What it answers. An answer that is no object is found under `answer`."""
        assert self._process is not None
        assert self._process.stdin is not None
        number = next(self._numbers)
        self._asked[number] = asyncio.get_running_loop().create_future()
        request = {"id": number, "who": who, "action": action, **details}
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._asked[number]
        except TimeoutError:
            raise NodeProblem(f"no answer to {action} of {who}; {self._last_words()}") from None
        finally:
            del self._asked[number]

    async def _hear(self, answers: asyncio.StreamReader) -> None:
        async for line in answers:
            said = mapping(json.loads(line))
            asked = self._asked.get(int(str(said["id"])))
            if asked is None or asked.done():
                continue
            if "error" in said:
                asked.set_exception(NodeProblem(f"{said['error']}\n{self._last_words()}"))
            else:
                asked.set_result(_object(said))
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(NodeProblem(f"Node has ended; {self._last_words()}"))

    async def _keep(self, log: asyncio.StreamReader) -> None:
        async for line in log:
            self._log.append(line.decode(errors="replace").rstrip())

    def _last_words(self) -> str:
        return "its last words were\n" + "\n".join(self._log)


def _object(said: Json) -> Json:
    result = at(said, "result")
    return result if isinstance(result, dict) else {"answer": result}
