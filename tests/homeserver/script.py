"""A conversation of a hundred events, and what must be there when it is over."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from kaz_bot.domain.tickets import TicketState
from tests.homeserver.observer import Observer
from tests.homeserver.organisation import Organisation
from tests.homeserver.people import Event, Person

PATIENCE = 180

# What the bot said: in which room, under which root, in words that no template changes.
Effect = tuple[str, str, str]


def effects_of(events: Iterable[Event], bot: str) -> Counter[Effect]:
    """All that the bot said, counted."""
    return Counter(_effect(event) for event in events if event.sender == bot and _speaks(event))


def _speaks(event: Event) -> bool:
    return event.type in {
        "m.room.message",
        "m.room.encrypted",
        "m.room.redaction",
        "m.reaction",
    }


def _effect(event: Event) -> Effect:
    if event.redacted:
        return event.room, "", "taken back"
    if event.type != "m.room.message":
        return event.room, "", event.type
    told = " ".join(_words(event))
    if event.edits:
        return event.room, "", f"edit: {told}"
    return event.room, str(event.thread or ""), told


def _words(event: Event) -> Iterator[str]:
    for name, mark in event.marks.items():
        yield name.removeprefix("de.kaz.")
        keys = ("id", "event", "state", "code", "topic")
        yield from (str(mark[key]) for key in keys if key in mark)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Rooms of one kind, encrypted or not: where one asks, and two areas that answer."""

    project: str
    area: str
    tag: str
    next_area: str
    next_tag: str


@dataclass
class Script:
    """What was said so far, and what must come of it."""

    organisation: Organisation
    observer: Observer
    places: tuple[Place, ...]
    said: int = 0
    expected: Counter[Effect] = field(default_factory=Counter)
    endings: dict[str, tuple[TicketState, list[str]]] = field(default_factory=dict)
    _progress: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def went_on(self, number: int) -> None:
        """Return when so many events have been sent."""
        async with self._progress:
            await self._progress.wait_for(lambda: self.said >= number)

    @asynccontextmanager
    async def event(self) -> AsyncIterator[None]:
        """Somebody does something in the block. It counts from its beginning on."""
        async with self._progress:
            self.said += 1
            self._progress.notify_all()
        yield

    def effects(self) -> Counter[Effect]:
        """What the bot has said in all rooms."""
        rooms = self.observer.read().values()
        bot = self.organisation.bot_id
        return sum((effects_of(events, bot) for events in rooms), Counter[Effect]())

    async def see(self, *effects: Effect) -> None:
        """Return when all these are there, besides those expected before."""
        self.expected.update(effects)
        wanted = {effect: self.expected[effect] for effect in effects}
        await self.observer.until(
            lambda: all(self.effects()[effect] >= number for effect, number in wanted.items()),
            f"{wanted} beside {self.effects()}",
            PATIENCE,
        )


@dataclass
class Story:
    """One ticket from its question on. Each step waits for all that must come of it."""

    script: Script
    place: Place
    area: str = ""
    number: str = ""
    question: str = ""
    root: str = ""
    trail: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.area = self.place.area

    @property
    def asker(self) -> Person:
        return self.script.organisation.asker

    @property
    def project(self) -> str:
        return self.place.project

    async def ask(self, text: str) -> None:
        async with self.script.event():
            self.question = await self.asker.say(
                self.project, f"!kaz frage #{self.place.tag} {text}"
            )
        await self._opened()

    async def say(self, text: str) -> str:
        """The asker says something that is no question to the bot."""
        async with self.script.event():
            return await self.asker.say(self.project, f"{text} #{self.place.tag}")

    async def ask_from(self, message: str, by: Person) -> None:
        """Somebody makes a question of a message of the asker."""
        async with self.script.event():
            await by.react(self.project, message, "🎫")
        self.question = message
        await self._opened()

    async def _opened(self) -> None:
        self.trail.append("opened")
        await self.script.observer.until(
            self._find_number, f"a receipt of {self.question}", PATIENCE
        )
        await self.root_appears("opened")
        await self.script.see((self.project, self.question, f"ticket {self.number} opened new"))

    def _find_number(self) -> bool:
        receipts = (
            event.kaz("ticket")
            for event in self.script.observer.events(self.project)
            if event.thread == self.question and event.kaz("ticket")
        )
        self.number = str(next(receipts, {}).get("id", ""))
        return bool(self.number)

    async def root_appears(self, word: str) -> str:
        """The message in the area's room under which specialists work."""
        effect = (self.area, "", f"ticket {self.number} {word} new")
        await self.script.see(effect)
        self.root = next(
            event.id
            for event in self.script.observer.events(self.area)
            if event.sender == self.script.organisation.bot_id and _effect(event) == effect
        )
        return self.root

    async def _both(self, word: str, state: str, trail: str = "") -> None:
        """Asker and specialists are told alike."""
        self.trail.append(trail or word)
        told = f"ticket {self.number} {word} {state}"
        await self.script.see((self.project, self.question, told), (self.area, self.root, told))

    async def _inside(self, told: str) -> None:
        await self.script.see((self.area, self.root, told))

    async def _typed(self, who: Person, command: str) -> str:
        async with self.script.event():
            return await who.say_in_thread(self.area, self.root, f"!kaz {command}")

    async def claim(self, who: Person) -> None:
        await self._typed(who, "übernehmen")
        await self._both("claimed", "claimed")

    async def claim_by_reaction(self, who: Person) -> None:
        async with self.script.event():
            await who.react(self.area, self.root, "🙋")
        await self._both("claimed", "claimed")

    async def claim_too_late(self, who: Person) -> None:
        await self._typed(who, "claim")
        await self._inside("error bad_state")

    async def release(self, who: Person) -> None:
        await self._typed(who, "freigeben")
        await self._both("released", "new")

    async def query(self, who: Person, text: str) -> None:
        await self._typed(who, f"rückfrage {text}")
        await self._both("waiting", "waiting")

    async def answer(self, who: Person, text: str) -> str:
        """The specialist's message."""
        said = await self._typed(who, f"antwort {text}")
        await self._both("relayed", "claimed")
        return said

    async def answer_by_reaction(self, who: Person, message: str) -> None:
        async with self.script.event():
            await who.react(self.area, message, "📤")
        await self._both("relayed", "claimed")

    async def note(self, who: Person, text: str) -> str:
        """A word among specialists, of which nobody else hears."""
        async with self.script.event():
            said = await who.say_in_thread(self.area, self.root, text)
        self.trail.append("note")
        return said

    async def note_by_verb(self, who: Person, text: str) -> None:
        await self._typed(who, f"notiz {text}")
        self.trail.append("note")
        await self._inside(f"ticket {self.number} note claimed")

    async def tell(self, text: str) -> str:
        """The asker adds something."""
        async with self.script.event():
            said = await self.asker.say_in_thread(self.project, self.question, text)
        self.trail.append("relayed")
        await self._inside(f"ticket {self.number} relayed claimed")
        return said

    async def correct(self, message: str, text: str) -> None:
        """The asker edits what specialists have read."""
        async with self.script.event():
            await self.asker.edit(self.project, message, text)
        self.trail.append("edited")
        await self.script.see((self.area, "", f"edit: ticket {self.number} relayed claimed"))

    async def correct_answer(self, who: Person, message: str, text: str) -> None:
        """A specialist edits what the asker has read."""
        async with self.script.event():
            await who.edit(self.area, message, text)
        self.trail.append("edited")
        await self.script.see((self.project, "", f"edit: ticket {self.number} relayed claimed"))

    async def take_back(self, message: str) -> None:
        """The asker redacts what specialists have read."""
        async with self.script.event():
            await self.asker.redact(self.project, message)
        self.trail.append("erased")
        self.script.expected[self.area, self.root, f"ticket {self.number} relayed claimed"] -= 1
        self.script.expected[self.area, "", "taken back"] += 1
        await self.script.see((self.area, "", "m.room.redaction"))

    async def prioritise(self, who: Person, word: str) -> None:
        await self._typed(who, f"priorität {word}")
        self.trail.append("priority")
        await self._inside(f"ticket {self.number} priority claimed")

    async def mistype(self, who: Person) -> None:
        await self._typed(who, "übernemen")
        await self._inside("error unknown_command")

    async def status(self) -> None:
        async with self.script.event():
            await self.asker.say_in_thread(self.project, self.question, "!kaz status")
        await self.script.see((self.project, self.question, "info status"))

    async def route(self, who: Person, posts: int) -> None:
        """To the other area, where `posts` of what was said so far are repeated."""
        await self._typed(who, f"weiterleiten {self.place.next_tag}")
        self.trail.append("routed")
        told = f"ticket {self.number} routed new"
        await self.script.see((self.area, self.root, told), (self.project, self.question, told))
        self.area = self.place.next_area
        await self.root_appears("routed")
        await self.script.see(
            *[(self.area, self.root, f"ticket {self.number} relayed new")] * posts
        )

    async def resolve(self, who: Person, text: str) -> None:
        await self._typed(who, f"lösen {text}")
        await self._both("resolved", "resolved")
        self._ends(TicketState.RESOLVED)

    async def rate(self, key: str) -> None:
        """The asker's opinion of the solution."""
        solution = next(
            event.id
            for event in self.script.observer.events(self.project)
            if event.kaz("ticket").get("event") == "resolved" and event.thread == self.question
        )
        async with self.script.event():
            await self.asker.react(self.project, solution, key)
        self.trail.append("rated")
        await self.script.see((self.project, self.question, f"info {self.number} rated"))

    async def reopen(self) -> None:
        async with self.script.event():
            await self.asker.say_in_thread(self.project, self.question, "!kaz öffnen")
        await self._both("reopened", "claimed")

    async def withdraw(self) -> None:
        async with self.script.event():
            await self.asker.say_in_thread(self.project, self.question, "!kaz zurückziehen")
        await self._both("withdrawn", "withdrawn")
        self._ends(TicketState.WITHDRAWN)

    def _ends(self, state: TicketState) -> None:
        self.script.endings[self.number] = (state, self.trail)
