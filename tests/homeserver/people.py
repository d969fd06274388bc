"""People with Matrix clients: they log in, make rooms, speak, and read what they were answered."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Self
from urllib.parse import quote

import aiohttp

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, at, mapping, objects

PASSWORD = "a password for tests"
_NUMBERS = count(1)
# How soon a condition is looked at again. Nothing waits for it but the test.
_LOOK_AGAIN = 0.05
_MOST_AT_ONCE = 20
_REDACTION = "m.room.redaction"


class Refused(Exception):
    """The homeserver does not do what a client asked for."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event of a room's timeline, decrypted if that was possible."""

    id: str
    room: str
    sender: str
    type: str
    content: Json
    sent_at: int
    redacted: bool = False
    encrypted: bool = False

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))

    @property
    def relation(self) -> Json:
        return mapping(self.content.get("m.relates_to"))

    @property
    def answers(self) -> object:
        """The message it is a reply to."""
        return at(self.relation, "m.in_reply_to", "event_id")

    @property
    def thread(self) -> object:
        """The root of the thread it stands in."""
        return self.relation.get("event_id") if self._relates("m.thread") else None

    @property
    def edits(self) -> object:
        return self.relation.get("event_id") if self._relates("m.replace") else None

    def _relates(self, how: str) -> bool:
        return self.relation.get("rel_type") == how

    def kaz(self, name: str) -> Json:
        """What `de.kaz.<name>` in its content says to programs."""
        return mapping(self.content.get(f"de.kaz.{name}"))

    @property
    def marks(self) -> dict[str, Json]:
        """All that it says to programs."""
        return {
            key: mapping(value) for key, value in self.content.items() if key.startswith("de.kaz.")
        }

    @property
    def told(self) -> str:
        """The same in two words: what it is about, and what happened."""
        return ", ".join(
            f"{name.removeprefix('de.kaz.')} {_word(mark)}" for name, mark in self.marks.items()
        )


class Person:
    """Somebody whose client knows HTTP and nothing else."""

    def __init__(self, homeserver: Homeserver, name: str) -> None:
        self.name = name
        # Relations stand outside the ciphertext, where homeservers check them; not so those of
        # people who mean ill, if their client encrypts.
        self.hides_relations = False
        self.id = f"@{name}:{homeserver.server_name}"
        self.device = ""
        self._url = homeserver.url
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_MOST_AT_ONCE))
        self._token = ""
        self._txn = count()

    @classmethod
    async def arrive(cls, homeserver: Homeserver, name: str = "") -> Self:
        """Somebody new with an account of their own."""
        name = name or f"person{next(_NUMBERS)}"
        await homeserver.register(name, PASSWORD, display_name=name.capitalize())
        person = cls(homeserver, name)
        await person.log_in()
        return person

    async def log_in(self) -> None:
        answer = await self.ask(
            "POST",
            "login",
            body={
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": self.id},
                "password": PASSWORD,
            },
        )
        self._token, self.device = str(answer["access_token"]), str(answer["device_id"])

    async def leave_off(self) -> None:
        """Close the client."""
        await self._http.close()

    async def ask(
        self,
        method: str,
        *path: str,
        body: Json | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Json:
        """What the homeserver answers; while it is away the request is repeated."""
        address = "/".join(quote(part, safe="") for part in path)
        url = f"{self._url}/_matrix/client/v3/{address}"
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        while True:
            try:
                async with self._http.request(
                    method, url, json=body, params=query, headers=headers
                ) as answer:
                    status, words = answer.status, await answer.read()
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError):
                await asyncio.sleep(_LOOK_AGAIN)
                continue
            if status >= 400:
                raise Refused(f"{method} {address}: {status} {words.decode(errors='replace')}")
            return mapping(json.loads(words))

    async def download(self, address: str) -> bytes:
        """The bytes behind an `mxc://` address, as the homeserver keeps them."""
        path = address.removeprefix("mxc://")
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._http.get(
            f"{self._url}/_matrix/client/v1/media/download/{path}", headers=headers
        ) as answer:
            if answer.status >= 400:
                raise Refused(f"{address}: {answer.status}")
            return await answer.read()

    async def make_room(
        self,
        name: str,
        *,
        invite: Iterable[str] = (),
        encrypted: bool = False,
        version: str | None = None,
        **more: object,
    ) -> str:
        state = [_ENCRYPTION] if encrypted else []
        body = {
            "name": name,
            "preset": "private_chat",
            "invite": list(invite),
            "initial_state": state,
            **({"room_version": version} if version else {}),
            **more,
        }
        return str((await self.ask("POST", "createRoom", body=body))["room_id"])

    async def invite(self, room: str, person: str) -> None:
        await self.ask("POST", "rooms", room, "invite", body={"user_id": person})

    async def invitations(self) -> list[str]:
        """The rooms somebody wants this person in, as soon as there is one."""
        # Nothing here could set an event: it happens in the homeserver.
        while not (rooms := await self._invited()):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_AGAIN)
        return rooms

    async def _invited(self) -> list[str]:
        answer = await self.ask("GET", "sync", query={"timeout": "0"})
        return list(mapping(at(answer, "rooms", "invite")))

    async def join(self, room: str) -> None:
        await self.ask("POST", "rooms", room, "join", body={})

    async def members(self, room: str) -> set[str]:
        answer = await self.ask("GET", "rooms", room, "joined_members")
        return set(mapping(answer.get("joined")))

    async def send(
        self, room: str, content: Json, *, event_type: str = "m.room.message", txn: str = ""
    ) -> str:
        """The id of the event. The same transaction id sends nothing twice."""
        path = ("rooms", room, "send", event_type, txn or self._next_txn())
        return str((await self.ask("PUT", *path, body=content))["event_id"])

    async def say(self, room: str, text: str, **content: object) -> str:
        return await self.send(room, {"msgtype": "m.text", "body": text, **content})

    async def say_in_thread(self, room: str, root: str, text: str, **content: object) -> str:
        return await self.say(room, text, **{"m.relates_to": in_thread(root)}, **content)

    async def say_all(self, room: str, texts: Iterable[str]) -> list[str]:
        """Say them as fast as the homeserver takes them."""
        return list(await asyncio.gather(*(self.say(room, text) for text in texts)))

    async def react(self, room: str, target: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        return await self.send(room, {"m.relates_to": relation}, event_type="m.reaction")

    async def edit(self, room: str, target: str, text: str) -> str:
        return await self.send(
            room,
            {
                "msgtype": "m.text",
                "body": f"* {text}",
                "m.new_content": {"msgtype": "m.text", "body": text},
                "m.relates_to": {"rel_type": "m.replace", "event_id": target},
            },
        )

    async def redact(self, room: str, target: str) -> str:
        path = ("rooms", room, "redact", target, self._next_txn())
        return str((await self.ask("PUT", *path, body={}))["event_id"])

    def _next_txn(self) -> str:
        return f"{self.device}-{next(self._txn)}"

    async def prepare(self) -> None:
        """Do what must be done before events can be read."""

    def opened(self, event: Event) -> Event:
        """The event as this client reads it."""
        return event


@dataclass
class Timeline:
    """What somebody reads in a room, from its beginning or from now on."""

    person: Person
    room: str
    events: list[Event] = field(default_factory=list)
    _token: str | None = None

    @classmethod
    async def from_now(cls, person: Person, room: str) -> Self:
        query = {"dir": "b", "limit": "1"}
        page = await person.ask("GET", "rooms", room, "messages", query=query)
        return cls(person, room, _token=str(page["start"]))

    async def look(self) -> list[Event]:
        """All that can be read by now."""
        while page := await self._next_page():
            self.events += page
            self._take_back({e.content.get("redacts") for e in page if e.type == _REDACTION})
        if any(event.type == "m.room.encrypted" for event in self.events):
            await self.person.prepare()
            self.events = [self.person.opened(event) for event in self.events]
        return self.events

    async def until(
        self, condition: Callable[[list[Event]], bool], what: str, patience: float = 60
    ) -> list[Event]:
        """All events, as soon as they are as wanted."""
        try:
            async with asyncio.timeout(patience):
                # Nothing here could set an event: it happens in the homeserver.
                while not condition(await self.look()):  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_AGAIN)
        except TimeoutError:
            seen = "\n".join(f"{e.sender} {e.type} {e.body[:100]!r}" for e in self.events[-20:])
            raise AssertionError(
                f"not seen in {patience} s: {what}; the last were\n{seen}"
            ) from None
        return self.events

    async def by(
        self, sender: str, number: int, what: str = "", patience: float = 60
    ) -> list[Event]:
        """The messages of `sender`, as soon as there are so many."""
        await self.until(
            lambda events: len(messages(events, sender)) >= number,
            what or f"{number} messages of {sender}",
            patience,
        )
        return messages(self.events, sender)

    async def until_answered(self, asked: str, sender: str, patience: float = 60) -> list[Event]:
        """All events, as soon as `sender` has answered the message."""
        return await self.until(
            lambda events: any(e.sender == sender and e.answers == asked for e in events),
            f"an answer of {sender} to {asked}",
            patience,
        )

    def _take_back(self, targets: set[object]) -> None:
        if targets:
            self.events = [
                replace(event, redacted=True, content={}) if event.id in targets else event
                for event in self.events
            ]

    async def _next_page(self) -> list[Event]:
        query = {"dir": "f", "limit": "500", **({"from": self._token} if self._token else {})}
        page = await self.person.ask("GET", "rooms", self.room, "messages", query=query)
        found = [_event(self.room, source) for source in objects(page.get("chunk"))]
        if "end" in page:
            self._token = str(page["end"])
        return found


def messages(events: Iterable[Event], sender: str) -> list[Event]:
    """The messages of one sender, the encrypted ones only if they could be read."""
    return [e for e in events if e.sender == sender and e.type == "m.room.message"]


def in_thread(root: str) -> dict[str, object]:
    """The relation of a message in a thread, as clients write it."""
    return {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }


def reply_to(event_id: str) -> dict[str, object]:
    return {"m.in_reply_to": {"event_id": event_id}}


@asynccontextmanager
async def people(*clients: Person) -> AsyncIterator[None]:
    """Close their clients at the end."""
    try:
        yield
    finally:
        for client in clients:
            await client.leave_off()


_ENCRYPTION = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}


def _word(mark: Json) -> object:
    return mark.get("event") or mark.get("code") or mark.get("topic")


def _event(room: str, source: Json) -> Event:
    return Event(
        id=str(source["event_id"]),
        room=room,
        sender=str(source["sender"]),
        type=str(source["type"]),
        content=mapping(source.get("content")),
        sent_at=int(str(source["origin_server_ts"])),
        redacted="redacted_because" in mapping(source.get("unsigned")),
    )
