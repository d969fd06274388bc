"""The face of Matrix to the rest of the house: open it, run it, and send by it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import IO

from kaz_bot.errors import HomeserverUnavailable, LoggedOut
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.cross_signing import CrossSigning
from kaz_bot.matrix.decoding import Decoder
from kaz_bot.matrix.delivery import Delivery
from kaz_bot.matrix.entrance import Entrance
from kaz_bot.matrix.files import lock
from kaz_bot.matrix.gaps import Gaps
from kaz_bot.matrix.history import History
from kaz_bot.matrix.identity import IdentityFolder
from kaz_bot.matrix.keys import Keys
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.memberships import Memberships
from kaz_bot.matrix.report import IdentityReport, report
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.matrix.settings import SessionSettings
from kaz_bot.matrix.shapes import Json, mapping, room_id
from kaz_bot.matrix.sync import Follower
from kaz_bot.messages import Batch, Enclosure, EventId, Incoming, Parcel, RoomId, Rooms, UserId

log = logging.getLogger(__name__)

_PAUSE_AFTER_TROUBLE = 5.0


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """What exists only once the bot has a device."""

    machine: Machine
    keys: Keys
    decoder: Decoder
    delivery: Delivery
    memberships: Memberships
    cross_signing: CrossSigning
    follower: Follower


class Session:
    """One device of one account. All its methods but `open` want it to be open."""

    def __init__(self, settings: SessionSettings) -> None:
        self._settings = settings
        self._api = Api(settings.homeserver)
        self._folder = IdentityFolder(settings.data_dir)
        self._rooms = RoomBook(settings.user_id)
        self._lock: IO[str] | None = None
        self._parts: _Opened | None = None
        self._keys_are_due = asyncio.Event()

    @property
    def rooms(self) -> Rooms:
        """Who is where, as of the latest sync."""
        return self._rooms

    @property
    def in_touch(self) -> bool:
        """Whether all that was said until `HEARD_WITHIN` ago has been handled: the homeserver
        answers, and `run` is not behind."""
        return self._parts is not None and self._parts.follower.in_touch

    @property
    def device_id(self) -> str:
        """The device this is."""
        return self._open.machine.device_id

    async def open(self) -> None:
        """Be a device of the account, with keys published and signed.

        Raise ConfigError or IdentityError for the operator, HomeserverUnavailable to try again.
        """
        self._lock = lock(self._settings.data_dir)
        try:
            machine = await Entrance(self._api, self._folder, self._settings).enter()
            self._parts = self._built(machine)
            await self._parts.keys.publish()
            await self._sign()
        except BaseException:
            await self.close()
            raise

    def _built(self, machine: Machine) -> _Opened:
        keys = Keys(self._api, machine, self._rooms)
        decoder = Decoder(machine.user_id, machine.room_keys.decrypt)
        delivery = Delivery(self._api, machine, keys, self._rooms)
        history = History(machine.user_id, decoder, Gaps(self._api))
        return _Opened(
            machine=machine,
            keys=keys,
            decoder=decoder,
            delivery=delivery,
            memberships=Memberships(self._api, self._rooms, delivery, machine.user_id),
            cross_signing=CrossSigning(self._api, machine, self._folder.seeds()),
            follower=Follower(
                api=self._api,
                machine=machine,
                keys=keys,
                rooms=self._rooms,
                history=history,
                on_sync=self._synced,
            ),
        )

    async def _sign(self) -> None:
        try:
            await self._open.cross_signing.ensure(
                recovery_key=self._settings.recovery_key, password=self._settings.password
            )
        except HomeserverRefused as refused:
            log.warning("The device stays unsigned, the homeserver says: %s", refused)

    @property
    def _open(self) -> _Opened:
        if self._parts is None:
            raise RuntimeError("the session is not open")
        return self._parts

    def _synced(self) -> None:
        self._open.delivery.has_synced = True
        self._keys_are_due.set()

    async def run(self, since: str | None, handle: Callable[[Batch], Awaitable[None]]) -> None:
        """Follow the homeserver from `since` on, until cancelled.

        The next sync is asked for when `handle` has returned; what it raises ends the run. Raise
        LoggedOut when the token has ended. A repeated batch holds the same event ids.
        """
        housekeeping = asyncio.create_task(self._keep_keys())
        try:
            await self._open.follower.run(since, handle)
        finally:
            housekeeping.cancel()
            await asyncio.wait([housekeeping])

    async def _keep_keys(self) -> None:
        """Exchange keys between the syncs, without holding them up."""
        while True:
            await self._keys_are_due.wait()
            self._keys_are_due.clear()
            try:
                await self._exchange_keys()
                continue
            except (HomeserverUnavailable, HomeserverRefused, LoggedOut) as problem:
                log.warning("Keys cannot be exchanged just now: %s", problem)
            except Exception:
                log.exception("Keys cannot be exchanged")
            await asyncio.sleep(_PAUSE_AFTER_TROUBLE)
            self._keys_are_due.set()

    async def _exchange_keys(self) -> None:
        keys = self._open.keys
        await keys.publish()
        await keys.ask(silent_too=True)
        await keys.unwedge()

    async def deliver(self, parcel: Parcel) -> EventId:
        """Send it, encrypted if its room is, and tell the event's id.

        The same transaction id posts nothing twice. Raise SendDelayed or SendRejected. One at a
        time per room; whoever stops waiting does not stop the sending.
        """
        return await self._open.delivery.deliver(parcel)

    async def upload(self, room_id: RoomId, enclosure: Enclosure) -> Json:
        """Bring a file to the homeserver, encrypted if the room is; the keys by which an event of
        the room names it. Raise SendDelayed or SendRejected."""
        return await self._open.delivery.upload(room_id, enclosure)

    async def join(self, room_id: RoomId, via: Iterable[str] = ()) -> None:
        """Raise HomeserverRefused if the bot may not; joining twice does no harm."""
        await self._open.memberships.join(room_id, via)

    async def leave(self, room_id: RoomId) -> None:
        """Go out, or turn an invitation down."""
        await self._open.memberships.leave(room_id)

    async def resolve(self, alias: str) -> RoomId:
        """The room of an alias. Raise HomeserverRefused if there is none."""
        return await self._open.memberships.resolve(alias)

    async def create_direct(self, person: UserId) -> RoomId:
        """An encrypted room for the bot and `person`; the one there is, if there is one."""
        return await self._open.memberships.create_direct(person)

    def find_direct(self, person: UserId) -> RoomId | None:
        """The direct chat that `create_direct` has made, while both belong to it."""
        return self._rooms.direct_with(person)

    async def fetch(self, room_id: RoomId, event_id: EventId) -> Incoming | None:
        """One event, decrypted; nothing if it is gone, not for us, or of no meaning to us."""
        try:
            event = await self._api.get("rooms", room_id, "event", event_id)
        except HomeserverRefused:
            return None
        return self._open.decoder.latest(room_id, event)

    def decrypt(self, source: str) -> Incoming | None:
        """An Undecryptable's source once more: the same again if its key is still missing,
        nothing if it turns out to be nothing to us."""
        event = mapping(json.loads(source))
        room = room_id(event.get("room_id"))
        return None if room is None else self._open.decoder.decode(room, event)

    async def report(self) -> IdentityReport:
        """How the device stands on the homeserver, for `kaz-bot check`."""
        return await report(self._api, self._open.machine, self._open.cross_signing)

    async def reset_identity(self, password: str) -> None:
        """Replace the account's cross-signing identity by the bot's. Only if the operator says so:
        everybody who verified the account has to do it again."""
        await self._open.cross_signing.reset(password)

    async def close(self) -> None:
        """End what is under way, and let go of the homeserver and the data directory."""
        if self._parts is not None:
            await self._parts.delivery.close()
            self._parts.machine.close()
            self._parts = None
        await self._api.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None
