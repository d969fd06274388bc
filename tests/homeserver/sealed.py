"""People whose clients encrypt, by matrix-nio as it is: not by the code that the bot runs."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from tempfile import TemporaryDirectory

import nio

from kaz_bot.demo.homeserver import Homeserver
from kaz_bot.matrix.shapes import Json, mapping
from tests.homeserver.people import Event, Person, Refused

_FILTER = {
    "presence": {"not_types": ["*"]},
    "account_data": {"not_types": ["*"]},
    "room": {"timeline": {"limit": 1}, "ephemeral": {"not_types": ["*"]}},
}


class SealedPerson(Person):
    """Encrypts what it says in encrypted rooms, and reads what was encrypted for it."""

    def __init__(self, homeserver: Homeserver, name: str) -> None:
        super().__init__(homeserver, name)
        self._folder = TemporaryDirectory(prefix="kaz-person-")
        self._nio = nio.AsyncClient(
            homeserver.url,
            self.id,
            store_path=self._folder.name,
            config=nio.AsyncClientConfig(max_timeout_retry_wait_time=0.5),
        )
        self._turn = asyncio.Lock()

    async def log_in(self) -> None:
        await super().log_in()
        self._nio.restore_login(self.id, self.device, self._token)
        await self._sync(full_state=True)

    async def leave_off(self) -> None:
        await super().leave_off()
        await self._nio.close()
        if self._nio.store is not None:
            self._nio.store.database.close()
        self._folder.cleanup()

    async def prepare(self) -> None:
        """Fetch the keys that have come."""
        async with self._turn:
            await self._sync()

    async def _sync(self, *, full_state: bool = False) -> None:
        answer = await self._nio.sync(timeout=0, full_state=full_state, sync_filter=_FILTER)
        if not isinstance(answer, nio.SyncResponse):
            raise Refused(str(answer))
        if self._nio.should_upload_keys:
            await self._nio.keys_upload()
        await self._query_keys()

    async def _query_keys(self) -> None:
        if self._nio.should_query_keys:
            await self._nio.keys_query()

    async def send(
        self, room: str, content: Json, *, event_type: str = "m.room.message", txn: str = ""
    ) -> str:
        async with self._turn:
            await self._sync()
            if event_type == "m.room.message" and self._encrypts(room):
                await self._share_key(room)
                event_type, content = self._sealed(room, content)
        return await super().send(room, content, event_type=event_type, txn=txn)

    async def say_all(self, room: str, texts: Iterable[str]) -> list[str]:
        async with self._turn:
            await self._sync()
            if not self._encrypts(room):
                return await super().say_all(room, texts)
            sealed = []
            for text in texts:
                await self._share_key(room)
                sealed.append(self._sealed(room, {"msgtype": "m.text", "body": text}))
        sends = (
            Person.send(self, room, content, event_type=event_type)
            for event_type, content in sealed
        )
        return list(await asyncio.gather(*sends))

    def _encrypts(self, room: str) -> bool:
        return self._nio.rooms[room].encrypted

    async def _share_key(self, room: str) -> None:
        assert self._nio.olm is not None
        if not self._nio.rooms[room].members_synced:
            await self._nio.joined_members(room)
            await self._query_keys()
        if not self._nio.olm.should_share_group_session(room):
            return
        missing = self._nio.get_missing_sessions(room)
        if missing:
            await self._nio.keys_claim(missing)
        answer = await self._nio.share_group_session(room, ignore_unverified_devices=True)
        if not isinstance(answer, nio.ShareGroupSessionResponse):
            raise Refused(str(answer))

    def _sealed(self, room: str, content: Json) -> tuple[str, Json]:
        event_type, sealed = self._nio.encrypt(room, "m.room.message", dict(content))
        if self.hides_relations:
            sealed.pop("m.relates_to", None)
        return event_type, sealed

    def opened(self, event: Event) -> Event:
        """The event decrypted, or as it is while its key is not here."""
        if event.type != "m.room.encrypted" or event.redacted:
            return event
        sealed = nio.MegolmEvent.from_dict(
            {
                "type": event.type,
                "event_id": event.id,
                "sender": event.sender,
                "origin_server_ts": event.sent_at,
                "room_id": event.room,
                "content": event.content,
            }
        )
        if not isinstance(sealed, nio.MegolmEvent):
            return event
        try:
            found = self._nio.decrypt_event(sealed)
        except nio.EncryptionError:
            return event
        inner = json.loads(json.dumps(found.source))
        content = {**mapping(inner["content"])}
        if "m.relates_to" in event.content:
            content["m.relates_to"] = event.content["m.relates_to"]
        return replace(event, type=str(inner["type"]), content=content, encrypted=True)
