"""Sets the stage: a homeserver, people with clients, the rooms of an organisation, the bot."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial

from kaz_bot.demo.book import Book, Place
from kaz_bot.demo.bot import BotProcess
from kaz_bot.demo.chronicle import Chronicle
from kaz_bot.demo.folder import DemoFolder
from kaz_bot.demo.guest import Guest
from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.demo.narration import Narration
from kaz_bot.demo.screen import Screen
from kaz_bot.demo.script import BOT, Room, Scene

BOT_NAME = "Kaz"
_OPERATIONS = "KAZ_ROOM_ADMIN"
# One of the numbers that the Bundesnetzagentur keeps free for stories.
_EMERGENCY_CONTACT = "030 23125 112 (Montag bis Freitag, 8 bis 16 Uhr)"


class Stage:
    """Everything a scene needs. What has been started is in `closing`, and ended with it."""

    def __init__(
        self,
        scene: Scene,
        folder: DemoFolder,
        homeserver: Homeserver,
        narration: Narration,
        screen: Screen,
    ) -> None:
        self._scene = scene
        self._folder = folder
        self._homeserver = homeserver
        self._narration = narration
        self._screen = screen
        self.password = secrets.token_hex(4)
        self.bot = BotProcess(folder)
        self.book = Book(
            users={name: self._user(name) for name in (*scene.people, BOT)},
            names={BOT: BOT_NAME, **{p.id: p.name for p in scene.people.values()}},
            files={name: text.encode() for name, text in scene.files.items()},
        )
        self.chronicle = Chronicle(self.book, narration, screen)
        self.guests: dict[str, Guest] = {}

    async def set(self, closing: AsyncExitStack) -> None:
        """Return when the bot is ready."""
        await self._homeserver.install(self._tell)
        closing.push_async_callback(self._homeserver.stop)
        await self._homeserver.start()
        self._tell(self._narration.say("homeserver", url=self._homeserver.url))
        await self._let_people_in(closing)
        for room in self._scene.rooms.values():
            await self._make(room)
        closing.push_async_callback(self.bot.stop)
        await self._start_bot()

    async def _let_people_in(self, closing: AsyncExitStack) -> None:
        bot_password = self._bot_password = secrets.token_urlsafe(24)
        await self._homeserver.register(BOT, bot_password, display_name=BOT_NAME)
        for person in self._scene.people.values():
            await self._homeserver.register(person.id, self.password, display_name=person.name)
            told = partial(self.chronicle.told, person.id)
            guest = Guest(self._homeserver.url, self.book.users[person.id], told)
            closing.push_async_callback(guest.leave)
            self.guests[person.id] = guest
        await asyncio.gather(*(guest.arrive(self.password) for guest in self.guests.values()))
        self._tell(self._narration.say("people", count=len(self.guests)))

    async def _make(self, room: Room) -> None:
        """One member makes the room and invites the others, and the bot if it belongs there."""
        first, *others = room.members
        invited = [*others, BOT] if room.setting else others
        room_id = await self.guests[first].create_room(
            name=room.name,
            topic=room.topic,
            alias=room.id,
            encrypted=room.encrypted,
            invite=[self.book.users[name] for name in invited],
        )
        place = Place(
            room_id=room_id, name=room.name, encrypted=room.encrypted, members=room.members
        )
        self.book.places[room.id] = place
        for name in room.members:
            guest = self.guests[name]
            await guest.until(partial(guest.is_in, room_id, encrypted=room.encrypted))
            for other in room.members:
                await guest.until(partial(guest.sees, room_id, self.book.users[other]))
        self._tell(self.told_of(room))

    def told_of(self, room: Room) -> str:
        """The room in one line."""
        lock = self._narration.say("encrypted" if room.encrypted else "unencrypted")
        members = ", ".join(self.book.names[name] for name in room.members)
        return self._narration.say("room", name=room.name, lock=lock, members=members)

    async def _start_bot(self) -> None:
        folder = self._folder
        self._tell(self._narration.say("bot", env_file=folder.env_file, log_file=folder.log_file))
        await self.bot.start(self._settings())
        self._tell(self._narration.say("bot_ready"))

    def _settings(self) -> Mapping[str, str]:
        rooms = [room for room in self._scene.rooms.values() if room.setting]
        operators = [name for room in rooms if room.setting == _OPERATIONS for name in room.members]
        return {
            "KAZ_HOMESERVER": self._homeserver.url,
            "KAZ_USER_ID": self.book.bot,
            "KAZ_PASSWORD": self._bot_password,
            "KAZ_DATA_DIR": str(self._folder.data),
            "KAZ_ADMINS": ",".join(self.book.users[name] for name in operators),
            **{room.setting: self.alias(room) for room in rooms},
            "KAZ_LANGUAGE": "de",
            "KAZ_EMERGENCY_CONTACT": _EMERGENCY_CONTACT,
        }

    def alias(self, room: Room) -> str:
        """The room's address."""
        return f"#{room.id}:{self._homeserver.server_name}"

    def _user(self, name: str) -> str:
        return f"@{name}:{self._homeserver.server_name}"

    def _tell(self, line: str) -> None:
        self._screen.line(line, indent=2)
