"""Runs the bot as its operators do: a process of its own, with settings and a data directory."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_PATIENCE = 60
_ROOT = Path(__file__).parents[2]


class BotProcess:
    """One bot. It keeps its data directory over kill and restart."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        program: Sequence[str] = ("-m", "kaz_bot", "run"),
    ) -> None:
        self.folder = folder
        self._program = program
        self.settings = {
            "KAZ_DATA_DIR": str(folder),
            "KAZ_LOG_FORMAT": "json",
            **settings,
        }
        self.log: list[Mapping[str, object]] = []
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Return when it says that it is ready."""
        await self.spawn()
        await self.ready()

    async def spawn(self) -> None:
        """Return at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._ready.clear()
        others = {key: value for key, value in os.environ.items() if not key.startswith("KAZ_")}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._program,
            cwd=self.folder,
            env={**others, "PYTHONPATH": str(_ROOT), **self.settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=2**20,
        )
        self._listening = asyncio.create_task(self._listen(self._process))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            told = _told(line)
            self.log.append(told)
            if told.get("event") == "ready":
                self._ready.set()

    async def ready(self, patience: float = _PATIENCE) -> None:
        """Return when it has said that it is ready. Raise AssertionError if it ends before."""
        assert self._listening is not None
        waiting = asyncio.create_task(self._ready.wait())
        await asyncio.wait(
            {waiting, self._listening}, timeout=patience, return_when=asyncio.FIRST_COMPLETED
        )
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        assert self._ready.is_set(), f"the bot is not ready; it says\n{self.last_words()}"

    async def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        await self._end(kill=True)

    async def stop(self) -> int:
        """End it as an operator would; its exit status."""
        return await self._end(kill=False)

    async def _end(self, *, kill: bool) -> int:
        if self._process is None or self._listening is None:
            return 0
        with suppress(ProcessLookupError):
            self._process.kill() if kill else self._process.terminate()
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            raise AssertionError("the bot does not end when asked to") from None
        finally:
            await self._listening
        return self._process.returncode or 0

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def faults(self) -> list[Mapping[str, object]]:
        """What it has logged for operators to worry about."""
        return [line for line in self.log if line.get("level") in {"error", "critical"}]

    def last_words(self) -> str:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in self.log[-15:])

    def peak_memory(self) -> float:
        """The most memory it has ever held, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        assert found is not None
        return int(found[1]) / 1024


def _told(line: bytes) -> Mapping[str, object]:
    """A line of the log; what is none, such as a traceback at the start, as it stands."""
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    return {"event": "", "level": "raw", "message": line.decode(errors="replace").rstrip()}
