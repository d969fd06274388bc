"""Measures how long an answer takes, and what it costs: Kaz-Bot and a bare nio bot by turns.

    python -m benchmarks.latency [--commands 100] [--burst 200] [--only plain|encrypted]

Both answer the same person on one Synapse, each in a room of its own, first one command after the
other, then all at once. The time is the homeserver's: from when it had the command to when it had
the answer. The bare bot (`echo_bot.py`) keeps nothing and reads no gaps, so that it leaves most
of a burst unanswered.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.talk import Talk
from kaz_bot.demo.homeserver import Homeserver
from tests.homeserver.bot import BotProcess
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import PASSWORD, Person, Timeline
from tests.homeserver.sealed import SealedPerson

_ECHO_BOT = Path(__file__).with_name("echo_bot.py")
_SYNAPSE = Path(__file__).parents[1] / ".synapse"
_GOALS = {"plain": 1.25, "encrypted": 1.4}
_MOST_MEMORY = 150


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was measured of one bot."""

    paced: list[float]
    burst: list[float]
    memory: float

    def line(self, name: str) -> str:
        return (
            f"  {name:<12}{statistics.median(self.paced):>8.0f}{_p95(self.paced):>8.0f}"
            f"{len(self.burst):>11}{statistics.median(self.burst):>8.0f}{_p95(self.burst):>8.0f}"
            f"{self.memory:>10.0f}"
        )


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


async def measure(
    homeserver: Homeserver, folder: Path, number: int, burst: int, *, encrypted: bool
) -> bool:
    """Both bots by turns; whether the goals are met."""
    kind = "encrypted" if encrypted else "plain"
    client = SealedPerson if encrypted else Person
    async with AsyncExitStack() as closing:
        organisation = await closing.enter_async_context(
            at_work(homeserver, folder / kind / "kaz", client, encrypted=encrypted)
        )
        ours = await _ours(homeserver, organisation)
        echo_bot, theirs = await _theirs(
            homeserver, organisation, folder / kind / "echo", encrypted=encrypted
        )
        closing.push_async_callback(echo_bot.kill)
        closing.push_async_callback(ours.watcher.leave_off)
        closing.push_async_callback(theirs.watcher.leave_off)
        # The first answers pay for keys, connections and templates; then each takes its turn.
        for talk in (ours, theirs) * 3:
            await talk.once()
        paced = [(await ours.once(), await theirs.once()) for _ in range(number)]
        kaz = Figures(
            paced=[time for time, _ in paced],
            burst=await ours.burst(burst),
            memory=organisation.bot.peak_memory(),
        )
        echo = Figures(
            paced=[time for _, time in paced],
            burst=await theirs.burst(burst),
            memory=echo_bot.peak_memory(),
        )
    return _told(kind, burst, kaz, echo)


async def _ours(homeserver: Homeserver, organisation: Organisation) -> Talk:
    project, asker = organisation.project, organisation.asker
    timeline = await Timeline.from_now(asker, project)
    await asker.say(project, "!kaz frage #sicherheit Wer darf die Firewall ändern?")
    await timeline.by(organisation.bot_id, 1)
    return await Talk.between(
        homeserver, asker, bot=organisation.bot_id, room=project, command="!kaz status KAZ-1"
    )


async def _theirs(
    homeserver: Homeserver, organisation: Organisation, folder: Path, *, encrypted: bool
) -> tuple[BotProcess, Talk]:
    name = organisation.bot_id.partition(":")[0].replace("@kaz", "echo")
    bot_id = await homeserver.register(name, PASSWORD)
    room = await organisation.asker.make_room("Echo", invite=[bot_id], encrypted=encrypted)
    settings = {**organisation.bot.settings, "KAZ_USER_ID": bot_id, "KAZ_DATA_DIR": str(folder)}
    bot = BotProcess(folder, settings, program=[str(_ECHO_BOT)])
    await bot.start()
    command = "!echo KAZ-1 ist neu. Zuständig ist das Fachgebiet Informationssicherheit."
    talk = await Talk.between(
        homeserver, organisation.asker, bot=bot_id, room=room, command=command
    )
    return bot, talk


def _told(kind: str, burst: int, kaz: Figures, echo: Figures) -> bool:
    ratio = statistics.median(kaz.paced) / statistics.median(echo.paced)
    print(f"{kind}, milliseconds from command to answer")
    burst_head = f"of {burst}"
    print(
        f"  {'':<12}{'median':>8}{'p95':>8}{burst_head:>11}{'median':>8}{'p95':>8}{'peak MiB':>10}"
    )
    print(kaz.line("Kaz-Bot"))
    print(echo.line("bare nio"))
    print(f"  ratio of medians {ratio:.2f}, goal {_GOALS[kind]}")
    return ratio <= _GOALS[kind] and len(kaz.burst) == burst and kaz.memory <= _MOST_MEMORY


async def run(number: int, burst: int, kinds: Sequence[str]) -> bool:
    with TemporaryDirectory(prefix="kaz-latency-") as name:
        folder = Path(name)
        homeserver = Homeserver(folder / "synapse", environment=_SYNAPSE)
        await homeserver.install(print)
        await homeserver.start()
        try:
            met = [
                await measure(homeserver, folder, number, burst, encrypted=kind == "encrypted")
                for kind in kinds
            ]
        finally:
            await homeserver.stop()
    return all(met)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 if the goals are met."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.latency",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--commands", type=int, default=100, help="one after the other")
    parser.add_argument("--burst", type=int, default=200, help="all at once")
    parser.add_argument("--only", choices=sorted(_GOALS), help="plain or encrypted")
    given = parser.parse_args(arguments)
    kinds = [given.only] if given.only else list(_GOALS)
    return 0 if asyncio.run(run(given.commands, given.burst, kinds)) else 1


if __name__ == "__main__":
    sys.exit(main())
