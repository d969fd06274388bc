"""A demo from beginning to end: the stage, the scene, and then the floor is the reader's."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path

from kaz_bot.demo.acting import Acting
from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.folder import DemoFolder
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.performance import Performance
from kaz_bot.demo.screen import Ink, Screen
from kaz_bot.demo.script import Scene
from kaz_bot.demo.seeing import Audience
from kaz_bot.demo.stage import Stage
from kaz_bot.demo.synapse_environment import HomeserverError

_INTERRUPTED = 130
_PACE = 1.0


def play(folder: Path, once: bool, port: int | None) -> int:
    """The exit status: 0 if every step of the scene was seen to have its effect."""
    screen = Screen.of_terminal()
    narration = Narration.of(os.environ)
    try:
        with DemoFolder(folder) as own:
            return asyncio.run(_Demo(own, narration, screen, port).run(once=once))
    except (DemoError, HomeserverError, OSError) as problem:
        print(f"kaz-bot: {problem}", file=sys.stderr)
        return 1


class _Demo:
    def __init__(
        self, folder: DemoFolder, narration: Narration, screen: Screen, port: int | None
    ) -> None:
        self._narration = narration
        self._screen = screen
        self._scene = Scene.read()
        self._homeserver = Homeserver(folder.homeserver, port=port)
        self._stage = Stage(self._scene, folder, self._homeserver, narration, screen)
        self._status: int | None = None

    async def run(self, *, once: bool) -> int:
        """Play, and stay unless `once`. Ctrl-C ends both, whatever has been started with it."""
        playing = asyncio.create_task(self._play(once=once))
        _end_on_signal(playing)
        try:
            await playing
        except asyncio.CancelledError:
            self._tell("stopped")
        return _INTERRUPTED if self._status is None else self._status

    async def _play(self, *, once: bool) -> None:
        self._screen.rule(self._narration.say("intro"))
        async with AsyncExitStack() as closing:
            await self._stage.set(closing)
            closing.callback(self._tell, "stopping")
            await _while_well(self._stage.bot.ended(), self._perform(once=once))
            if not once:
                self._invite()
                await self._stage.bot.ended()

    async def _perform(self, *, once: bool) -> None:
        started = asyncio.get_running_loop().time()
        stage = self._stage
        performance = Performance(
            self._scene,
            Acting(stage.guests, stage.book),
            Audience(stage.guests, stage.book, self._narration),
            book=stage.book,
            chronicle=stage.chronicle,
            narration=self._narration,
            screen=self._screen,
            pace=_PACE if self._screen.is_watched and not once else 0,
        )
        await performance.play(stage.bot.faults)
        met, missed = performance.met, performance.missed
        seconds = round(asyncio.get_running_loop().time() - started)
        self._screen.line()
        self._screen.line(
            self._narration.say("result", seen=met, all=met + missed, seconds=seconds),
            ink=Ink.BAD if missed else Ink.GOOD,
            indent=2,
        )
        self._status = 1 if missed else 0

    def _invite(self) -> None:
        """How to log in."""
        say = self._narration.say
        self._screen.line()
        self._screen.rule(say("stays"))
        for told in (
            say("client"),
            say("url", url=self._homeserver.url),
            say("password", password=self._stage.password),
        ):
            self._screen.line(told, indent=2)
        for person in self._scene.people.values():
            names = [room.name for room in self._scene.rooms_of(person.id)]
            account = say(
                "account",
                login=person.id,
                name=person.name,
                role=self._narration.pick(person.role),
                rooms=", ".join(names),
            )
            self._screen.line(account, indent=4)
        aliases = ", ".join(map(self._stage.alias, self._scene.rooms.values()))
        for told in (
            say("rooms", rooms=aliases),
            say("bot_account", user_id=self._stage.book.bot),
            say("old_messages"),
            say("ending"),
        ):
            self._screen.line(told, indent=2)

    def _tell(self, sentence: str) -> None:
        self._screen.line(self._narration.say(sentence), indent=2)


async def _while_well(
    trouble: Coroutine[None, None, None], act: Coroutine[None, None, None]
) -> None:
    """Act; end at once with what `trouble` raises."""
    watching, acting = asyncio.create_task(trouble), asyncio.create_task(act)
    try:
        done, _ = await asyncio.wait({watching, acting}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        watching.cancel()
        acting.cancel()
        await asyncio.gather(watching, acting, return_exceptions=True)


def _end_on_signal(playing: asyncio.Task[None]) -> None:
    """The first Ctrl-C ends everything in order; further ones do not disturb that."""
    loop = asyncio.get_running_loop()
    asked: list[bool] = []

    def end() -> None:
        if not asked:
            asked.append(True)
            playing.cancel()

    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, end)
