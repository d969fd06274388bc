"""Goes into rooms and out of them, and makes direct chats."""

import logging
from collections.abc import Iterable

from kaz_bot.errors import HomeserverUnavailable
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.delivery import Delivery
from kaz_bot.matrix.known_room import DIRECT_MARK
from kaz_bot.matrix.room_keys import MEGOLM
from kaz_bot.matrix.rooms import RoomBook
from kaz_bot.matrix.shapes import Json, items, mapping, room_id
from kaz_bot.messages import RoomId, UserId

log = logging.getLogger(__name__)


class Memberships:
    """All of it may be repeated without harm. Raise HomeserverRefused, HomeserverUnavailable."""

    def __init__(self, api: Api, rooms: RoomBook, delivery: Delivery, own_id: UserId) -> None:
        self._api = api
        self._rooms = rooms
        self._delivery = delivery
        self._own_id = own_id
        self._awaited: dict[UserId, RoomId] = {}

    async def join(self, room: RoomId, via: Iterable[str] = ()) -> None:
        """Come in, by one of the servers `via` if our own does not know the room."""
        servers = [pair for server in via for pair in (("server_name", server), ("via", server))]
        await self._api.post("join", room, body={}, query=servers)
        self._delivery.expect(room)

    async def leave(self, room: RoomId) -> None:
        """Go out, or turn an invitation down."""
        await self._api.post("rooms", room, "leave", body={})

    async def resolve(self, alias: str) -> RoomId:
        """The room an alias points to."""
        answer = await self._api.get("directory", "room", alias)
        found = room_id(answer.get("room_id"))
        if found is None:
            raise HomeserverRefused(404, "M_NOT_FOUND", f"{alias} points to no room")
        return found

    async def create_direct(self, person: UserId) -> RoomId:
        """An encrypted room for two. The one made before is found again, if there is one.

        The room itself says whom it is for: a crash between making it and noting it down makes
        no second one.
        """
        found = self._rooms.direct_with(person) or self._awaited_with(person)
        if found is not None:
            return found
        answer = await self._api.post("createRoom", body=_direct_room(person))
        made = room_id(answer.get("room_id"))
        if made is None:
            raise HomeserverRefused(500, "M_UNKNOWN", "a room was made that has no id")
        self._delivery.expect(made)
        self._awaited[person] = made
        try:
            await self._note_direct(person, made)
        except (HomeserverUnavailable, HomeserverRefused) as problem:
            log.warning("Direct chat %s is not listed as one: %s", made, problem)
        return made

    def _awaited_with(self, person: UserId) -> RoomId | None:
        """A direct chat just made, of which the sync has not told everything yet."""
        room = self._awaited.get(person)
        return None if room is None or self._rooms.knows(room) else room

    async def _note_direct(self, person: UserId, room: RoomId) -> None:
        """Clients of this account list the room under people."""
        kind = ("user", self._own_id, "account_data", "m.direct")
        try:
            noted = await self._api.get(*kind)
        except HomeserverRefused as refused:
            if refused.status != 404:
                raise
            noted = {}
        rooms = [*items(noted.get(person)), room]
        await self._api.put(*kind, body={**mapping(noted), person: rooms})


def _direct_room(person: UserId) -> Json:
    return {
        "preset": "private_chat",
        "is_direct": True,
        "invite": [person],
        "creation_content": {DIRECT_MARK: person},
        "initial_state": [
            {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}},
            {
                "type": "m.room.guest_access",
                "state_key": "",
                "content": {"guest_access": "forbidden"},
            },
        ],
    }
