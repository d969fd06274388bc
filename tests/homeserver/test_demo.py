"""The demo from beginning to end, as a newcomer starts it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH = {**os.environ, "KAZ_LANGUAGE": "en"}
Starting = Callable[..., Awaitable[Process]]

pytestmark = [pytest.mark.timeout(240), pytest.mark.usefixtures("synapse_environment")]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Starting]:
    """Starts `kaz-bot demo`, always in the same folder."""
    started: list[Process] = []

    async def start(*arguments: str) -> Process:
        command = [sys.executable, "-m", "kaz_bot", "demo", "--folder", str(tmp_path / "demo")]
        process = await asyncio.create_subprocess_exec(
            *command, *arguments, cwd=ROOT, env=ENGLISH, stdout=PIPE, stderr=STDOUT
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_every_step_of_the_scene_has_its_effect_also_the_second_time(demo: Starting) -> None:
    first, _ = await (run := await demo("--once")).communicate()
    assert run.returncode == 0, first.decode()
    second, _ = await (again := await demo("--once")).communicate()
    assert again.returncode == 0, second.decode()


async def test_it_stays_until_it_is_interrupted_and_ends_in_order(demo: Starting) -> None:
    staying = await demo()
    assert staying.stdout is not None
    await staying.stdout.readuntil(b"Ctrl-C")
    staying.send_signal(signal.SIGINT)
    rest = (await staying.stdout.read()).decode()
    assert await staying.wait() == 0
    assert rest.rstrip().endswith("Everything has ended")
