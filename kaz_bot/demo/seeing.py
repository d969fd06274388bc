"""Waits until everybody in a room has seen what the scene expects, and says what was missed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaz_bot.demo.book import Book, NotThere, viewer_of
from kaz_bot.demo.guest import Guest
from kaz_bot.demo.heard import Heard
from kaz_bot.demo.matching import Difference, differences
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.script import Sight

_PATIENCE = 20.0
# Whoever has waited in vain once waits less for what probably does not come either.
_PATIENCE_AFTER_A_MISS = 5.0


@dataclass(frozen=True, kw_only=True)
class Missed:
    """An expectation that was not met: by whom, and what came nearest to it."""

    people: tuple[str, ...] = ()
    nearest: Heard | None = None
    differences: Sequence[Difference] = ()


class Audience:
    """Everybody with open eyes. Only what came since the latest mark is looked at."""

    def __init__(self, guests: Mapping[str, Guest], book: Book, narration: Narration) -> None:
        self._guests = guests
        self._book = book
        self._narration = narration
        self._marks = dict.fromkeys(guests, 0)
        self._patience = _PATIENCE

    def mark(self) -> None:
        """From now on something new is expected."""
        self._marks = {name: len(guest.heard) for name, guest in self._guests.items()}

    def unread(self) -> tuple[str, ...]:
        """Who got messages that they cannot read."""
        return tuple(name for name, guest in self._guests.items() if guest.unread)

    async def see(self, sight: Sight) -> Missed | None:
        """Wait until everybody in the room has seen it; nothing if they have."""
        try:
            viewers = await self._viewers(sight)
            if sight.absent:
                return self._never(sight, viewers)
            found = await asyncio.gather(*(self._seen_by(viewer, sight) for viewer in viewers))
            blind = [viewer for viewer, heard in zip(viewers, found, strict=True) if heard is None]
            if blind:
                self._patience = _PATIENCE_AFTER_A_MISS
                return self._miss(sight, blind)
            heard = next(heard for heard in found if heard is not None)
            return await self._note(sight, viewers, heard)
        except NotThere as problem:
            absent = Difference(what="scene", expected=str(problem), found="")
            return Missed(differences=(absent,))

    async def _viewers(self, sight: Sight) -> tuple[str, ...]:
        alone = viewer_of(sight.room)
        if alone is not None:
            await self._invited(alone)
        return self._book.place(sight.room).members

    async def _invited(self, person: str) -> None:
        """Until the bot has invited somebody to a direct chat; they come by themselves."""
        guest, bot = self._guests[person], self._book.bot
        try:
            await guest.until(lambda: bot in guest.invited_by.values(), self._patience)
        except TimeoutError:
            raise NotThere(f"direct:{person}") from None
        room_id = next(room for room, inviter in guest.invited_by.items() if inviter == bot)
        name = self._narration.say("direct", person=self._book.names[person])
        self._book.direct_chat(person, room_id, name)

    async def _seen_by(self, viewer: str, sight: Sight) -> Heard | None:
        guest = self._guests[viewer]
        try:
            await guest.until(lambda: bool(self._matches(viewer, sight)), self._patience)
        except TimeoutError:
            return None
        return self._matches(viewer, sight)[0]

    def _matches(self, viewer: str, sight: Sight) -> list[Heard]:
        return [heard for heard in self._new(viewer) if not differences(sight, heard, self._book)]

    def _new(self, viewer: str) -> Sequence[Heard]:
        return self._guests[viewer].heard[self._marks[viewer] :]

    async def _note(self, sight: Sight, viewers: Sequence[str], heard: Heard) -> Missed | None:
        """Keep what later steps refer to; complain of what came twice or with a broken file."""
        if sight.label:
            self._book.messages[sight.label] = heard.event_id
            self._book.numbers[sight.label] = str(heard.key("decision").get("id", ""))
        self._book.parts |= self._book.race(heard.key("ticket").get("assignee"), sight.one_of)
        often = [viewer for viewer in viewers if len(self._matches(viewer, sight)) > 1]
        if often:
            twice = Difference(what="count", expected=1, found=len(self._matches(often[0], sight)))
            return Missed(people=tuple(often), nearest=heard, differences=(twice,))
        return await self._opened(sight, viewers, heard) if sight.file else None

    async def _opened(self, sight: Sight, viewers: Sequence[str], heard: Heard) -> Missed | None:
        sent = self._book.files[sight.file]
        received = [await self._guests[viewer].download(heard.file) for viewer in viewers]
        wrong = [viewer for viewer, data in zip(viewers, received, strict=True) if data != sent]
        return Missed(people=tuple(wrong), nearest=heard) if wrong else None

    def _never(self, sight: Sight, viewers: Sequence[str]) -> Missed | None:
        room_id = self._book.place(sight.room).room_id
        said = [
            heard
            for viewer in viewers
            for heard in self._guests[viewer].heard
            if heard.room_id == room_id and sight.absent in repr(heard.content)
        ]
        return Missed(nearest=said[0]) if said else None

    def _miss(self, sight: Sight, blind: Sequence[str]) -> Missed:
        candidates = [
            heard
            for heard in self._new(blind[0])
            if heard.sender == self._book.bot and heard.kind != "m.room.member"
        ]
        ranked = sorted(candidates, key=lambda heard: len(differences(sight, heard, self._book)))
        nearest = ranked[0] if ranked else None
        return Missed(
            people=tuple(blind),
            nearest=nearest,
            differences=differences(sight, nearest, self._book) if nearest else (),
        )
