"""A person with a Matrix client of their own: a real device with real encryption."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import nio
from nio.crypto import decrypt_attachment
from nio.store import SqliteMemoryStore

from kaz_bot.demo.errors import DemoError
from kaz_bot.demo.heard import Heard, Json

Told = Callable[[Heard], None]

_LONG_POLL = 20_000
_PATIENCE = 30
# Synapse sends ten events of a room at most unless asked for more.
_FILTER = {"room": {"timeline": {"limit": 100}}}

log = logging.getLogger(__name__)

# nio reports on standard error what it cannot read, in words for its own developers.
logging.getLogger("nio").setLevel(logging.CRITICAL)


class Guest:
    """Somebody who is there: hears what is said in their rooms, and can speak.

    Encryption keys live in memory: each run of the demo begins with new people.
    """

    def __init__(self, url: str, user_id: str, told: Told) -> None:
        config = nio.AsyncClientConfig(
            store=SqliteMemoryStore, max_timeout_retry_wait_time=5, request_timeout=_PATIENCE
        )
        self._client = nio.AsyncClient(url, user_id, config=config)
        self._told = told
        self._heard: list[Heard] = []
        self._unread: list[nio.MegolmEvent] = []
        self._something_new = asyncio.Condition()
        self._listening: asyncio.Task[None] | None = None
        self.user_id = user_id
        self.invited_by: dict[str, str] = {}

    @property
    def heard(self) -> Sequence[Heard]:
        """Everything so far, in the order it came."""
        return self._heard

    @property
    def unread(self) -> int:
        """How many messages this person sees but cannot decrypt."""
        return len(self._unread)

    async def arrive(self, password: str) -> None:
        """Log in with a new device and listen from now on."""
        _checked(await self._client.login(password, device_name="Kaz-Bot demo"))
        await self._sync(full_state=True, wait=0)
        self._listening = asyncio.create_task(self._listen(), name=f"guest {self.user_id}")

    async def leave(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self._client.close()

    async def create_room(
        self, *, name: str, topic: str, alias: str, encrypted: bool, invite: Sequence[str]
    ) -> str:
        """A private room; its id."""
        encryption = {
            "type": "m.room.encryption",
            "state_key": "",
            "content": {"algorithm": "m.megolm.v1.aes-sha2"},
        }
        answer = await self._client.room_create(
            name=name,
            topic=topic,
            alias=alias,
            preset=nio.RoomPreset.private_chat,
            invite=invite,
            initial_state=[encryption] if encrypted else [],
        )
        return str(_checked(answer).room_id)

    async def invite(self, room_id: str, user_id: str) -> None:
        """Ask somebody in."""
        _checked(await self._client.room_invite(room_id, user_id))

    def is_in(self, room_id: str, *, encrypted: bool) -> bool:
        """Whether this client knows the room, and knows how one speaks there."""
        room = self._client.rooms.get(room_id)
        return room is not None and room.encrypted == encrypted

    def sees(self, room_id: str, user_id: str) -> bool:
        """Whether somebody is in the room, as far as this client knows."""
        room = self._client.rooms.get(room_id)
        return room is not None and user_id in room.users and not room.users[user_id].invited

    async def send(self, room_id: str, content: Json, kind: str = "m.room.message") -> str:
        """Say something; its event id. Encrypted where the room is."""
        if self._client.should_query_keys:
            await self._client.keys_query()
        answer = await self._client.room_send(
            room_id, kind, dict(content), ignore_unverified_devices=True
        )
        return str(_checked(answer).event_id)

    async def redact(self, room_id: str, event_id: str) -> str:
        """Take a message back."""
        return str(_checked(await self._client.room_redact(room_id, event_id)).event_id)

    async def upload(self, data: bytes, *, name: str, mimetype: str) -> dict[str, object]:
        """Store an encrypted file; what a message says to carry it (`file`)."""
        answer, keys = await self._client.upload(
            lambda *_: BytesIO(data),
            content_type=mimetype,
            filename=name,
            encrypt=True,
            filesize=len(data),
        )
        return {**(keys or {}), "url": _checked(answer).content_uri}

    async def download(self, file: Json) -> bytes:
        """Fetch an encrypted file and open it with the key that came in the message."""
        described: dict[str, Any] = dict(file)
        answer = _checked(await self._client.download(described["url"]))
        data: bytes = decrypt_attachment(
            answer.body,
            described["key"]["k"],
            described["hashes"]["sha256"],
            described["iv"],
        )
        return data

    async def until(self, happened: Callable[[], bool], within: float = _PATIENCE) -> None:
        """Wait for something to be so; looked at again after each sync. Raise TimeoutError."""
        async with asyncio.timeout(within), self._something_new:
            await self._something_new.wait_for(happened)

    async def _listen(self) -> None:
        while True:
            try:
                await self._sync(wait=_LONG_POLL)
            except Exception:
                # A malformed event of somebody else can end nio, but should end nobody's listening.
                log.exception("%s misses something", self.user_id)
                await asyncio.sleep(1)

    async def _sync(self, *, wait: int, full_state: bool = False) -> None:
        answer = await self._client.sync(timeout=wait, sync_filter=_FILTER, full_state=full_state)
        if not isinstance(answer, nio.SyncResponse):
            await asyncio.sleep(1)
            return
        # Whoever answers what they hear needs the keys of all who came with it.
        await self._keep_keys()
        await self._accept(answer)
        self._read_again()
        for room_id, room in answer.rooms.join.items():
            for event in room.timeline.events:
                self._hear(room_id, event)
        async with self._something_new:
            self._something_new.notify_all()

    async def _keep_keys(self) -> None:
        client = self._client
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        await client.send_to_device_messages()

    async def _accept(self, answer: nio.SyncResponse) -> None:
        for room_id, invitation in answer.rooms.invite.items():
            for event in invitation.invite_state:
                if (
                    isinstance(event, nio.InviteMemberEvent)
                    and event.membership == "invite"
                    and event.state_key == self.user_id
                ):
                    self.invited_by[room_id] = event.sender
                    await self._client.join(room_id)

    def _read_again(self) -> None:
        """A key may come after the message it opens."""
        unread, self._unread = self._unread, []
        for event in unread:
            try:
                self._hear(event.room_id, self._client.decrypt_event(event))
            except nio.EncryptionError:
                self._unread.append(event)

    def _hear(self, room_id: str, event: object) -> None:
        if isinstance(event, nio.MegolmEvent):
            self._unread.append(event)
            return
        if not isinstance(event, nio.Event):
            return
        heard = Heard(
            event_id=event.event_id,
            room_id=room_id,
            sender=event.sender,
            kind=str(event.source.get("type", "")),
            content=event.source.get("content", {}),
            encrypted=bool(event.decrypted),
            redacts=event.redacts if isinstance(event, nio.RedactionEvent) else "",
        )
        self._heard.append(heard)
        self._told(heard)


def _checked(answer: Any) -> Any:
    """nio gives errors back instead of raising them."""
    if isinstance(answer, nio.ErrorResponse):
        raise DemoError(f"The homeserver refused: {answer}")
    return answer
