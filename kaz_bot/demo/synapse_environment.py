"""Installs Synapse, pinned by hashes, into a virtual environment of its own."""

import asyncio
import fcntl
import hashlib
import re
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO

Progress = Callable[[str], None]

_LOCK_FILE = Path(__file__).with_name("synapse.txt")
_PINNED = re.compile(r"^[\w.-]+==", re.MULTILINE)
_COLLECTING = re.compile(r"^Collecting (?P<package>\S+)")


class HomeserverError(Exception):
    """The embedded homeserver cannot be had. The text says what to do."""


class SynapseEnvironment:
    """One folder with the environment, what it was made from, and a lock for its makers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._virtual_environment = self._folder / "venv"
        self._made_from = self._folder / "made-from"
        self.python = self._virtual_environment / "bin" / "python"

    def is_installed(self) -> bool:
        return self._made_from.exists() and self._made_from.read_text() == _ingredients()

    async def install(self, progress: Progress) -> None:
        """Make the environment, unless it is there already. Two at once wait for each other."""
        if self.is_installed():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            await asyncio.to_thread(_wait_for, lock)
            if not self.is_installed():
                await self._make(progress)

    async def _make(self, progress: Progress) -> None:
        self._made_from.unlink(missing_ok=True)
        progress(f"Synapse: making {self._virtual_environment} (once, about a minute)")
        await self._make_virtual_environment()
        await self._install_packages(progress)
        self._made_from.write_text(_ingredients())
        progress("Synapse: installed")

    async def _make_virtual_environment(self) -> None:
        status, last_lines = await _run(
            [sys.executable, "-m", "venv", "--clear", str(self._virtual_environment)],
            _ignore,
        )
        if status != 0:
            raise HomeserverError(
                f"python3 -m venv {self._virtual_environment} failed. On Debian and Ubuntu the "
                f"package python3-venv is needed. It said:\n{last_lines}"
            )

    async def _install_packages(self, progress: Progress) -> None:
        total = len(_PINNED.findall(_LOCK_FILE.read_text()))
        collected = 0

        def show(line: str) -> None:
            nonlocal collected
            if found := _COLLECTING.match(line):
                collected += 1
                progress(f"Synapse: package {collected} of {total}, {found['package']}")
            elif line.startswith("Installing collected"):
                progress(f"Synapse: unpacking {total} packages")

        # Without -I a PYTHONPATH or a user's own packages would mix with the pinned ones. Only
        # wheels: building Synapse wants a Rust compiler, and fails after minutes, unreadably.
        pip = [str(self.python), "-I", "-m", "pip", "install", "--require-hashes"]
        status, last_lines = await _run(
            [
                *pip,
                "--only-binary",
                ":all:",
                "--progress-bar",
                "off",
                "-r",
                str(_LOCK_FILE),
            ],
            show,
        )
        if status != 0:
            raise HomeserverError(
                "pip could not install Synapse. Check that this machine reaches a Python package "
                f"registry (pip config list), then start again. It said:\n{last_lines}"
            )


def _ingredients() -> str:
    pinned = hashlib.sha256(_LOCK_FILE.read_bytes()).hexdigest()
    return f"{pinned}\n{sys.base_prefix}\n{sys.version}\n"


def _wait_for(lock: IO[str]) -> None:
    fcntl.flock(lock, fcntl.LOCK_EX)


def _ignore(line: str) -> None:
    pass


async def _run(command: list[str], each_line: Progress) -> tuple[int, str]:
    """Exit status and last lines of a command, each line being passed on as it is written."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    last_lines: deque[str] = deque(maxlen=15)
    try:
        async for raw_line in process.stdout:
            line = raw_line.decode(errors="replace").rstrip()
            last_lines.append(line)
            each_line(line)
        return await process.wait(), "\n".join(last_lines)
    finally:
        if process.returncode is None:
            process.terminate()
