"""An organisation with a support desk: rooms, people in them, and the bot's account."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kaz_bot.demo.homeserver import Homeserver
from tests.homeserver.bot import BotProcess
from tests.homeserver.people import PASSWORD, Person, Timeline

_NUMBERS = count(1)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """The smallest one: somebody who asks, two specialists of security, one of procurement.

    All rooms but `aloud` are encrypted or none is.
    """

    homeserver: Homeserver
    bot: BotProcess
    bot_id: str
    asker: Person
    ann: Person
    bek: Person
    cem: Person
    project: str
    security: str
    procurement: str

    async def timeline(self, room: str, person: Person | None = None) -> Timeline:
        """The room as somebody reads it, from now on."""
        return await Timeline.from_now(person or self._somebody_in(room), room)

    def history(self, room: str, person: Person | None = None) -> Timeline:
        """The room as somebody reads it, from its beginning."""
        return Timeline(person or self._somebody_in(room), room)

    def _somebody_in(self, room: str) -> Person:
        return {self.project: self.asker, self.security: self.ann}.get(room, self.cem)

    async def another_room(self, name: str, setting: str = "", *, encrypted: bool) -> str:
        """A room with everybody in it; the bot serves it as what the setting of that name says."""
        room = await self.cem.make_room(name, invite=[self.bot_id], encrypted=encrypted)
        await self.meet_in(room)
        if setting:
            self.bot.settings[setting] = room
        return room

    async def meet_in(self, room: str) -> None:
        """Bring everybody into one of the rooms."""
        host = self._somebody_in(room)
        guests = {person.id: person for person in (self.asker, self.ann, self.bek, self.cem)}
        for guest in guests.keys() - await host.members(room):
            await host.invite(room, guest)
            await guests[guest].join(room)

    async def close(self) -> None:
        await self.bot.kill()
        for person in (self.asker, self.ann, self.bek, self.cem):
            await person.leave_off()


async def found(
    homeserver: Homeserver,
    folder: Path,
    client: type[Person],
    *,
    encrypted: bool,
    settings: Mapping[str, str] | None = None,
) -> Organisation:
    """Make accounts and rooms, invite the bot, and do not start it yet."""
    number = next(_NUMBERS)
    bot_name = f"kaz{number}"
    bot_id = await homeserver.register(bot_name, PASSWORD, display_name="Kaz-Bot")
    names = (f"{name}{number}" for name in ("asker", "ann", "bek", "cem"))
    asker, ann, bek, cem = [await client.arrive(homeserver, name) for name in names]
    project = await asker.make_room("Projekt Musterstadt", invite=[bot_id], encrypted=encrypted)
    security = await ann.make_room(
        "Informationssicherheit", invite=[bot_id, bek.id], encrypted=encrypted
    )
    procurement = await cem.make_room("Vergabe", invite=[bot_id], encrypted=encrypted)
    await bek.join(security)
    return Organisation(
        homeserver=homeserver,
        bot=BotProcess(
            folder,
            {
                "KAZ_HOMESERVER": homeserver.url,
                "KAZ_USER_ID": bot_id,
                "KAZ_PASSWORD": PASSWORD,
                "KAZ_ROOM_SECURITY": security,
                "KAZ_ROOM_PROCUREMENT": procurement,
                "KAZ_DEFAULT_AREA": "procurement",
                **(settings or {}),
            },
        ),
        bot_id=bot_id,
        asker=asker,
        ann=ann,
        bek=bek,
        cem=cem,
        project=project,
        security=security,
        procurement=procurement,
    )


async def opened(organisation: Organisation) -> Organisation:
    """Start the bot, and return when it has greeted every room."""
    await organisation.bot.start()
    rooms = (organisation.project, organisation.security, organisation.procurement)
    greeted = (organisation.history(room).by(organisation.bot_id, 1, "greeting") for room in rooms)
    await asyncio.gather(*greeted)
    return organisation


@asynccontextmanager
async def at_work(
    homeserver: Homeserver,
    folder: Path,
    client: type[Person],
    *,
    encrypted: bool,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Organisation]:
    """An organisation whose desk is open."""
    organisation = await found(homeserver, folder, client, encrypted=encrypted, settings=settings)
    try:
        yield await opened(organisation)
    finally:
        await organisation.close()
