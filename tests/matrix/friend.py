"""Somebody with an encrypting client, as far as keys go; the fake homeserver carries them."""

from pathlib import Path
from typing import Any

from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.shapes import Json
from kaz_bot.messages import RoomId, UserId
from tests.matrix.events import ROOM, Event, event
from tests.matrix.fake_homeserver import BOT, FakeHomeserver

_ROOM = RoomId(ROOM)


class Friend:
    """One device of somebody in the room, known to the bot's homeserver."""

    def __init__(self, server: FakeHomeserver, folder: Path, user: str, device: str = "PHONE"):
        folder.mkdir(exist_ok=True)
        self._server = server
        self.user = user
        self.device = device
        self.machine = Machine(folder / f"{device}.db", UserId(user), device, "pickle key")
        published = self.machine.own_keys.unpublished()
        name, key = next(iter(dict[str, Any](published["one_time_keys"]).items()))  # type: ignore[call-overload]  # JSON
        self.machine.own_keys.mark_published(50)
        server.others.setdefault(user, {})[device] = published["device_keys"]
        server.claimable.setdefault(user, {})[device] = {name: key}

    def key_for_bot(self) -> Event:
        """The room's key as a to-device event, a new Olm session being begun for it."""
        mine = self._server.device_keys
        device = mine["device_id"]
        self.machine.receive_devices({"device_keys": {BOT: {device: mine}}})
        name = next(iter(self._server.one_time_keys))
        one_time_key = {name: self._server.one_time_keys.pop(name)}
        self.machine.receive_claimed({"one_time_keys": {BOT: {device: one_time_key}}})
        return self._room_key()

    def same_key_again(self) -> Event:
        """The key as it is now: it opens what will be said, not what was said before."""
        session = self.machine.outbound(_ROOM)
        assert session is not None
        session.shared = False
        session.users_shared_with.clear()
        return self._room_key()

    def _room_key(self) -> Event:
        [(_, messages)] = self.machine.room_keys_for(_ROOM, [UserId(BOT)])
        session = self.machine.outbound(_ROOM)
        assert session is not None
        session.shared = True
        device = self._server.device_keys["device_id"]
        content = dict[str, Any](messages)["messages"][BOT][device]
        return {"type": "m.room.encrypted", "sender": self.user, "content": content}

    def says(self, body: str, **more: Any) -> Event:
        """An encrypted message; the key must have been made."""
        return self.sends("m.room.message", {"msgtype": "m.text", "body": body, **more})

    def sends(self, event_type: str, content: Json) -> Event:
        """The same of an event of another type."""
        encrypted = self.machine.encrypt(_ROOM, event_type, content)
        return event("m.room.encrypted", encrypted, sender=self.user)

    def reads(self, sent: Event) -> dict[str, Any] | None:
        """What an encrypted event of the bot says, all keys sent so far taken in."""
        for request in self._server.asked("sendToDevice"):
            content = request.body["messages"].get(self.user, {}).get(self.device)
            came = {"type": "m.room.encrypted", "sender": BOT, "content": content}
            self.machine.receive({"to_device": {"events": [came] if content else []}})
        return dict(self.machine.room_keys.decrypt(_ROOM, sent))
