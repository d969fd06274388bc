"""A question on its way from one client to another, through the bot."""

from dataclasses import dataclass
from typing import Self

from tests.homeserver.bot import BotProcess
from tests.homeserver.organisation import Organisation
from tests.homeserver.people import Event, Timeline
from tests.interop.js_person import JsPerson


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The organisation's rooms, and those of its people who meet in them."""

    organisation: Organisation
    asker: JsPerson
    ann: JsPerson

    @property
    def bot_id(self) -> str:
        return self.organisation.bot_id

    @property
    def project(self) -> str:
        return self.organisation.project

    @property
    def security(self) -> str:
        return self.organisation.security

    @property
    def bot(self) -> BotProcess:
        return self.organisation.bot

    async def hears(
        self, person: JsPerson, room: str, event: str, thread: str, text: str = ""
    ) -> Event:
        """What the bot says there of that event, as soon as the person's client can show it."""

        def is_it(said: Event) -> bool:
            told = said.kaz("ticket").get("event")
            return (said.thread, told) == (thread, event) and text in said.body

        events = await Timeline(person, room).until(
            lambda events: any(map(is_it, events)), f"{event} {text!r} in the thread {thread}"
        )
        return next(filter(is_it, events))


@dataclass(frozen=True, kw_only=True)
class Question:
    """Asked in the project's room; `card` is what the bot shows of it to the specialists."""

    desk: Desk
    asker: JsPerson
    root: str
    card: Event

    @classmethod
    async def asked(
        cls, desk: Desk, text: str, *, by: JsPerson | None = None, read_by: JsPerson | None = None
    ) -> Self:
        """Sent, received, and read by a specialist."""
        asker, specialist = by or desk.asker, read_by or desk.ann
        root = await asker.say(desk.project, f"!kaz frage #sicherheit {text}")
        receipt = await desk.hears(asker, desk.project, "opened", root)
        number = receipt.kaz("ticket")["id"]
        events = await Timeline(specialist, desk.security).until(
            lambda events: any(e.kaz("ticket").get("id") == number for e in events),
            f"{number} in the specialists' room",
        )
        card = next(event for event in events if event.kaz("ticket").get("id") == number)
        return cls(desk=desk, asker=asker, root=root, card=card)

    async def claimed_by(self, specialist: JsPerson) -> Event:
        """By a reaction; what the asker reads of it."""
        await specialist.react(self.desk.security, self.card.id, "🙋")
        return await self.asker_hears("claimed")

    async def answered_by(self, specialist: JsPerson, text: str) -> Event:
        """What the asker reads of it."""
        await specialist.say_in_thread(self.desk.security, self.card.id, f"!kaz antwort {text}")
        return await self.asker_hears("relayed", text)

    async def added(self, text: str, *, by: JsPerson | None = None) -> Event:
        """What a specialist reads of it when the asker goes on in the thread."""
        await (by or self.asker).say_in_thread(self.desk.project, self.root, text)
        return await self.specialist_hears("relayed", text)

    async def asker_hears(self, event: str, text: str = "") -> Event:
        return await self.desk.hears(self.asker, self.desk.project, event, self.root, text)

    async def specialist_hears(self, event: str, text: str = "") -> Event:
        return await self.desk.hears(self.desk.ann, self.desk.security, event, self.card.id, text)
