"""People whose client is matrix-js-sdk, with the encryption of Element: nothing of it is nio's."""

import base64
from dataclasses import replace
from itertools import count
from typing import ClassVar, Self

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, items, mapping
from tests.homeserver.people import PASSWORD, Event, Person
from tests.interop.node import Node

_NUMBERS = count(1)


class JsPerson(Person):
    """Somebody with a signed device, who at first shuts out devices that are not signed."""

    node: ClassVar[Node]

    def __init__(self, homeserver: Homeserver, name: str) -> None:
        super().__init__(homeserver, name)
        self._who = f"{name}-{next(_NUMBERS)}"
        self._homeserver = homeserver
        self._recovery_key: str | None = None
        self._decrypted: Json = {}

    async def log_in(self) -> None:
        """On a new device; of somebody with a recovery key it is signed by it."""
        told = await self._do(
            "arrive",
            url=self._url,
            user=self.id,
            password=PASSWORD,
            recoveryKey=self._recovery_key,
        )
        self._token, self.device = str(told["token"]), str(told["device"])
        self._recovery_key = str(told["recoveryKey"])

    async def on_another_device(self) -> Self:
        """The same person, with a client that knows the recovery key and else nothing."""
        other = type(self)(self._homeserver, self.name)
        other._recovery_key = self._recovery_key
        await other.log_in()
        return other

    async def shut_out(self, *, unsigned: bool) -> None:
        """Leave devices that are not signed out of what is said and what is read, or no longer."""
        await self._do("shutOut", unsigned=unsigned)

    async def leave_off(self) -> None:
        await self._do("leave")
        await super().leave_off()

    async def sees(self, room: str, *people: str) -> None:
        """Return when the client knows that they are in the room."""
        await self._do("meets", room=room, people=list(people))

    async def send(
        self, room: str, content: Json, *, event_type: str = "m.room.message", txn: str = ""
    ) -> str:
        return await self._send(room, None, event_type, content, txn)

    async def say_in_thread(self, room: str, root: str, text: str, **content: object) -> str:
        """The client itself writes how the message relates to the thread."""
        words = {"msgtype": "m.text", "body": text, **content}
        return await self._send(room, root, "m.room.message", words, "")

    async def send_file(self, room: str, root: str, name: str, content: bytes) -> str:
        """An encrypted file in a thread."""
        sealed = await self._do("uploadEncrypted", base64=base64.b64encode(content).decode())
        words = {"msgtype": "m.file", "body": name, "filename": name, "file": sealed["file"]}
        return await self._send(room, root, "m.room.message", words, "")

    async def file_of(self, event: Event) -> bytes:
        """What the file of a message contains, decrypted with the key in the message."""
        told = await self._do("downloadEncrypted", file=event.content["file"])
        return base64.b64decode(str(told["base64"]))

    async def redact(self, room: str, target: str) -> str:
        return str((await self._do("redact", room=room, target=target))["event"])

    async def prepare(self) -> None:
        self._decrypted = await self._do("decrypted")

    def opened(self, event: Event) -> Event:
        """The event as the client shows it, or as it is if the client cannot."""
        shown = mapping(self._decrypted.get(event.id))
        if event.type != "m.room.encrypted" or not shown:
            return event
        content = {**mapping(shown["content"])}
        if "m.relates_to" in event.content:
            content["m.relates_to"] = event.content["m.relates_to"]
        return replace(event, type=str(shown["type"]), content=content, encrypted=True)

    async def shield(self, event: Event) -> str:
        """What the client warns of beside the message: NONE, or why it warns."""
        told = await self._do("shield", event=event.id)
        return str(told["reason"] or told["colour"])

    async def failure(self, event: str) -> str:
        """Why the client cannot show the message, once it has tried."""
        return str((await self._do("failure", event=event))["reason"])

    async def thread(self, room: str, root: str, *, until: Event) -> list[str]:
        """The messages which the client shows in the thread, once one of them is there."""
        told = await self._do("thread", room=room, root=root, until=until.id)
        return [str(event) for event in items(told["answer"])]

    async def pick(self, room: str, poll: str, *answers: str) -> str:
        """Answer a poll; without an answer the one before is taken back."""
        told = await self._do(
            "pick", room=room, poll=poll, answers=list(answers), txn=self._next_txn()
        )
        return str(told["event"])

    async def poll(self, room: str, poll: str, *, voters: int = 0, ended: bool = False) -> Json:
        """What the client shows of it, as soon as it runs or has ended with so many voters."""
        return await self._do("poll", room=room, poll=poll, voters=voters, ended=ended)

    async def hold_keys_back(self, room: str) -> None:
        """From now on messages go out with a new key, and the key does not."""
        await self._do("holdKeysBack", room=room)

    async def let_keys_go(self) -> None:
        await self._do("letKeysGo")

    async def _send(
        self, room: str, thread: str | None, event_type: str, content: Json, txn: str
    ) -> str:
        told = await self._do(
            "send",
            room=room,
            thread=thread,
            type=event_type,
            content=content,
            txn=txn or self._next_txn(),
        )
        return str(told["event"])

    async def _do(self, action: str, **details: object) -> Json:
        return await self.node.ask(self._who, action, **details)
