"""Plays the scene, step by step, and counts what was seen of it."""

import asyncio
from collections.abc import Callable

from kaz_bot.demo.acting import Acting
from kaz_bot.demo.book import Book, NotThere
from kaz_bot.demo.chronicle import Chronicle
from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.screen import Ink, Screen
from kaz_bot.demo.script import Beat, Scene, Sight
from kaz_bot.demo.seeing import Audience, Missed


class Performance:
    """One run of the scene. `pace` is a pause for whoever reads along."""

    def __init__(
        self,
        scene: Scene,
        acting: Acting,
        audience: Audience,
        *,
        book: Book,
        chronicle: Chronicle,
        narration: Narration,
        screen: Screen,
        pace: float,
    ) -> None:
        self._scene = scene
        self._acting = acting
        self._audience = audience
        self._book = book
        self._chronicle = chronicle
        self._narration = narration
        self._screen = screen
        self._pace = pace
        self.met = 0
        self.missed = 0

    async def play(self, faults: Callable[[], list[str]]) -> None:
        """All of it; what is not seen is shown and counted, and the scene goes on.

        `faults` are the errors in the bot's log, of which there must be none in the end.
        """
        number = 0
        for beat in self._scene.beats:
            if beat.title:
                number += 1
                self._heading(f"{number}  {self._narration.pick(beat.title)}")
            await self._beat(beat)
        self._heading(self._narration.say("at_the_end"))
        unread = self._audience.unread()
        self._judge(self._narration.say("all_readable"), Missed(people=unread) if unread else None)
        reported = faults()
        self._judge(self._narration.say("no_faults"), Missed() if reported else None)
        for line in reported:
            self._screen.line(line, indent=6)

    def _heading(self, text: str) -> None:
        self._screen.line()
        self._screen.rule(text)
        self._chronicle.interrupted()

    async def _beat(self, beat: Beat) -> None:
        try:
            await self._act(beat)
        except (NotThere, DemoError, TimeoutError) as problem:
            self._judge(self._narration.say("never_came", what=problem), Missed())
            return
        for sight in beat.sights:
            await self._see(sight)

    async def _act(self, beat: Beat) -> None:
        if beat.acts:
            await asyncio.sleep(self._pace)
            self._audience.mark()
        if beat.at_once:
            await asyncio.gather(*map(self._acting.perform, beat.acts))
            return
        for act in beat.acts:
            await self._acting.perform(act)

    async def _see(self, sight: Sight) -> None:
        missed = await self._audience.see(sight)
        if sight.file and missed is None:
            size = len(self._book.files[sight.file])
            told = self._narration.say("file_checked", name=sight.file, size=size)
            self._screen.line(told, ink=Ink.FAINT, indent=4)
        self._judge(self._narration.pick(sight.why), missed)

    def _judge(self, why: str, missed: Missed | None) -> None:
        """Count and show how an expectation fared."""
        say = self._narration.say
        self._chronicle.interrupted()
        if missed is None:
            self.met += 1
            self._screen.line(say("seen", why=why), ink=Ink.GOOD, indent=2, head="✓ ")
            return
        self.missed += 1
        self._screen.line(say("missed", why=why), ink=Ink.BAD, indent=2, head="✗ ")
        if missed.people:
            names = ", ".join(self._book.names[person] for person in missed.people)
            self._screen.line(say("missed_by", people=names), indent=4)
        if missed.nearest is not None:
            self._screen.line(say("nearest", text=missed.nearest.body), indent=4)
        for one in missed.differences:
            told = say("difference", what=one.what, expected=one.expected, found=one.found)
            self._screen.line(told, indent=6)
