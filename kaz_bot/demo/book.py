"""What the names of the scene stand for in this run: people, rooms, messages, files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kaz_bot.demo.script import BOT

_DIRECT = "direct:"


class NotThere(Exception):
    """The scene speaks of something that did not come about."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A room of this run."""

    room_id: str
    name: str
    encrypted: bool
    members: tuple[str, ...]


@dataclass(kw_only=True)
class Book:
    """Filled while the scene is played. People are named by their id in the scene."""

    users: Mapping[str, str]
    names: Mapping[str, str]
    files: Mapping[str, bytes]
    places: dict[str, Place] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def bot(self) -> str:
        """The bot's Matrix id."""
        return self.users[BOT]

    def person(self, name: str) -> str:
        """The id of somebody, who may be named by the part they play (`winner`)."""
        found = self.parts.get(name, name)
        if found not in self.users:
            raise NotThere(name)
        return found

    def user(self, name: str) -> str:
        """Somebody's Matrix id."""
        return self.users[self.person(name)]

    def name_of(self, user_id: str) -> str:
        """What people call the owner of a Matrix id."""
        named = {user: self.names[person] for person, user in self.users.items()}
        return named.get(user_id, user_id)

    def place(self, room: str) -> Place:
        """A room of the scene; `direct:henrik` is Henrik's direct chat with the bot."""
        if room not in self.places:
            raise NotThere(room)
        return self.places[room]

    def place_at(self, room_id: str) -> Place | None:
        """The room with that id, if it is one of the scene."""
        return next((place for place in self.places.values() if place.room_id == room_id), None)

    def direct_chat(self, person: str, room_id: str, name: str) -> None:
        """Note that the bot has opened a direct chat with somebody."""
        self.places.setdefault(
            f"{_DIRECT}{person}",
            Place(room_id=room_id, name=name, encrypted=True, members=(person,)),
        )

    def message(self, label: str) -> str:
        """The event id of a message that the scene has given a label."""
        if label not in self.messages:
            raise NotThere(label)
        return self.messages[label]

    def filled(self, text: str) -> str:
        """A text of the scene with the names of this run in it, and the numbers that the bot gave:
        `{passed.number}` is that in the message labelled `passed`."""
        for person in (*self.users, *self.parts):
            text = text.replace(f"{{{person}}}", self.names[self.person(person)])
        for label, number in self.numbers.items():
            text = text.replace(f"{{{label}.number}}", number)
        return text

    def race(self, first: object, racers: Iterable[str]) -> dict[str, str]:
        """Who plays the `winner` and who the `loser` if the one with Matrix id `first` won."""
        return {"winner" if self.users[person] == first else "loser": person for person in racers}


def viewer_of(room: str) -> str | None:
    """Whose direct chat is meant, if one is."""
    return room.removeprefix(_DIRECT) if room.startswith(_DIRECT) else None
