"""Runs Kaz-Bot as an operator would: `kaz-bot run` with a `.env` file, the log in a file."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

from kaz_bot.demo import child
from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.folder import DemoFolder

_PATIENCE_AT_START = 60
_PATIENCE_AT_STOP = 15


class BotProcess:
    """One bot, in a process of its own."""

    def __init__(self, folder: DemoFolder) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, settings: Mapping[str, str]) -> None:
        """Write the settings, start it, and return when it says `ready`."""
        file = self._folder.env_file
        file.touch(mode=0o600)
        file.write_text("".join(f'{name}="{value}"\n' for name, value in settings.items()))
        # What the environment says wins over the file, and is meant for another bot.
        environ = {name: v for name, v in os.environ.items() if not name.startswith("KAZ_")}
        self._process = child.start(
            "kaz_bot",
            ["run", "--env-file", str(file)],
            python=sys.executable,
            log_file=self._folder.log_file,
            environ=environ,
        )
        try:
            async with asyncio.timeout(_PATIENCE_AT_START):
                await self._says_ready()
        except TimeoutError:
            raise DemoError(
                f"The bot was not ready within {_PATIENCE_AT_START} seconds. {self._log_says()}"
            ) from None

    async def ended(self) -> None:
        """Wait until it is no more, and say so as a DemoError: nobody has asked it to end."""
        if self._process is not None:
            await asyncio.to_thread(self._process.wait)
        raise DemoError(f"The bot has ended by itself. {self._log_says()}")

    async def stop(self) -> None:
        """End it as an operator would; kill it if it does not come to an end."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _PATIENCE_AT_STOP)
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    def faults(self) -> list[str]:
        """What the log reports as an error."""
        lines = self._folder.log_file.read_text(errors="replace").splitlines()
        return [line for line in lines if " ERROR " in line or " CRITICAL " in line]

    async def _says_ready(self) -> None:
        assert self._process is not None
        while not _is_ready(self._folder.log_file.read_text(errors="replace")):
            if self._process.poll() is not None:
                raise DemoError(f"The bot ended while starting. {self._log_says()}")
            await asyncio.sleep(0.1)

    def _log_says(self) -> str:
        log_file = self._folder.log_file
        return f"The last lines of {log_file}:\n{child.last_lines(log_file)}"


def _is_ready(log: str) -> bool:
    return any(line.endswith(": ready") for line in log.splitlines())
