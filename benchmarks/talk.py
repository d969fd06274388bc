"""Somebody talks to a bot, and the homeserver's clock tells how long each answer took."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, at, mapping, objects
from tests.homeserver.people import Person

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
        times = await watch.answered([asked], patience=30)
        if asked not in times:
            raise RuntimeError(f"{self.bot} does not answer {self.command}")
        return times[asked]

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
