"""What somebody's client was told: one event of a room, readable."""

from collections.abc import Mapping
from dataclasses import dataclass

Json = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One event as a client understood it; `content` is decrypted where it came encrypted."""

    event_id: str
    room_id: str
    sender: str
    kind: str
    content: Json
    encrypted: bool = False
    redacts: str = ""

    @property
    def body(self) -> str:
        """The plain text; of an edit the new one."""
        return _text(_part(self.content, "m.new_content").get("body") or self.content.get("body"))

    @property
    def thread(self) -> str:
        """The root of the thread it stands in; empty outside of threads."""
        return self._related("m.thread")

    @property
    def edits(self) -> str:
        """The message it puts into other words."""
        return self._related("m.replace")

    @property
    def reacts_to(self) -> str:
        """The message it is a reaction to."""
        return self._related("m.annotation")

    @property
    def reaction(self) -> str:
        """The emoji of a reaction."""
        return _text(_part(self.content, "m.relates_to").get("key"))

    @property
    def calls(self) -> frozenset[str]:
        """Whom it calls."""
        named = _part(self.content, "m.mentions").get("user_ids")
        return frozenset(map(str, named)) if isinstance(named, list) else frozenset()

    @property
    def file(self) -> Json:
        """Address and key of the encrypted file it carries."""
        return _part(self.content, "file")

    def key(self, name: str) -> Json:
        """What it tells programs under `de.kaz.<name>`."""
        return _part(self.content, f"de.kaz.{name}")

    def _related(self, how: str) -> str:
        relation = _part(self.content, "m.relates_to")
        return _text(relation.get("event_id")) if relation.get("rel_type") == how else ""


def _part(content: Json, name: str) -> Json:
    value = content.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
