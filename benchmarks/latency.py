"""Measures how long an answer takes: Kaz-Bot and a bare nio bot by turns, on one Synapse."""

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, at, mapping, objects
from tests.homeserver.bot import BotProcess
from tests.homeserver.organisation import Organisation, at_work
from tests.homeserver.people import PASSWORD, Person, Timeline
from tests.homeserver.sealed import SealedPerson

_ECHO_BOT = Path(__file__).with_name("echo_bot.py")
_SYNAPSE = Path(__file__).parents[1] / ".synapse"
_GOALS = {"plain": 1.25, "encrypted": 1.4}
_MOST_MEMORY = 150
_PATIENCE_WITH_BURST = 120


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Somebody who talks to one bot in a room of its own, and a device that watches the room."""

    bot: str
    room: str
    person: Person
    watcher: Person
    command: str

    @classmethod
    async def between(
        cls, homeserver: Homeserver, person: Person, *, bot: str, room: str, command: str
    ) -> Self:
        # The watching device takes no part in encryption: reading is no part of what is measured.
        watcher = Person(homeserver, person.name)
        await watcher.log_in()
        return cls(bot=bot, room=room, person=person, watcher=watcher, command=command)

    async def once(self) -> float:
        """One command; how many milliseconds the answer took by the homeserver's clock."""
        watch = await self._watch()
        asked = await self.person.say(self.room, self.command)
        return (await watch.answered([asked], patience=30))[asked]

    async def burst(self, number: int) -> list[float]:
        """So many commands at once; the times of those that were answered."""
        watch = await self._watch()
        asked = await self.person.say_all(self.room, [self.command] * number)
        return list((await watch.answered(asked, patience=_PATIENCE_WITH_BURST)).values())

    async def _watch(self) -> "_Watch":
        answer = await self.watcher.ask("GET", "sync", query={"timeout": "0", "filter": _FILTER})
        return _Watch(self, str(answer["next_batch"]))


_FILTER = json.dumps(
    {
        "presence": {"not_types": ["*"]},
        "room": {"timeline": {"limit": 100}, "ephemeral": {"not_types": ["*"]}},
    }
)
# A bot that answers no more is given up after so many milliseconds of silence.
_SILENCE = 8000


class _Watch:
    """Follows a room from one moment on."""

    def __init__(self, talk: Talk, since: str) -> None:
        self._talk = talk
        self._since = since
        self._events: dict[object, Json] = {}

    async def answered(self, asked: Sequence[str], patience: float) -> dict[str, float]:
        """How long each of these messages had to wait for its answer; silence ends the wait."""
        async with asyncio.timeout(patience):
            while len(times := self._times(asked)) < len(asked):
                if not await self._look():
                    break
        return times

    async def _look(self) -> bool:
        """Whether something happened."""
        query = {"since": self._since, "timeout": str(_SILENCE), "filter": _FILTER}
        answer = await self._talk.watcher.ask("GET", "sync", query=query)
        timeline = mapping(at(answer, "rooms", "join", self._talk.room, "timeline"))
        events = list(objects(timeline.get("events")))
        if timeline.get("limited") is True:
            events += await self._gap(str(timeline["prev_batch"]))
        self._since = str(answer["next_batch"])
        self._events |= {event["event_id"]: event for event in events}
        return bool(events)

    async def _gap(self, until: str) -> list[Json]:
        query = {"dir": "f", "from": self._since, "to": until, "limit": "1000"}
        page = await self._talk.watcher.ask(
            "GET", "rooms", self._talk.room, "messages", query=query
        )
        return list(objects(page.get("chunk")))

    def _times(self, asked: Sequence[str]) -> dict[str, float]:
        wanted = set(asked) & self._events.keys()
        answers = {
            str(at(event, "content", "m.relates_to", "m.in_reply_to", "event_id")): event
            for event in self._events.values()
            if event["sender"] == self._talk.bot
        }
        return {
            str(question): _time(answers[question]) - _time(self._events[question])
            for question in wanted & answers.keys()
        }


def _time(event: Json) -> int:
    return int(str(event["origin_server_ts"]))


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
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--commands", type=int, default=100, help="one after the other")
    parser.add_argument("--burst", type=int, default=200, help="all at once")
    parser.add_argument("--only", choices=sorted(_GOALS), help="plain or encrypted")
    given = parser.parse_args(arguments)
    kinds = [given.only] if given.only else list(_GOALS)
    return 0 if asyncio.run(run(given.commands, given.burst, kinds)) else 1


if __name__ == "__main__":
    sys.exit(main())
