"""Reads the scene: who is there, in which rooms, what they do and what must come of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from kaz_bot.demo.errors import DemoError

SCENE = Path(__file__).with_name("scene.toml")
BOT = "kaz"

# One sentence in every language the demo is told in.
Told = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the cast; `id` is the local part of their Matrix id."""

    id: str
    name: str
    role: Told


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room of the organisation. The first member has made it and invited the others.

    `setting` is the setting that names the room to the bot; without one, somebody of the scene
    invites it.
    """

    id: str
    name: str
    topic: str
    encrypted: bool
    members: tuple[str, ...]
    setting: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody does. Exactly one of `says`, `reacts`, `redacts`, `sends`, `invites` is set.

    `label` names the message for later; `thread`, `to`, `edits` and `redacts` are such labels.
    """

    by: str
    room: str
    label: str = ""
    says: str = ""
    mentions: tuple[str, ...] = ()
    thread: str = ""
    edits: str = ""
    reacts: str = ""
    to: str = ""
    redacts: str = ""
    sends: str = ""
    invites: str = ""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What everybody in `room` must get to see of the bot's, and `why` in words.

    `ticket`, `reminder`, `decision`, `task`, `meeting`, `solution`, `digest` and `error` are parts
    of the keys of those names. Without `thread` it must stand outside of threads. `calls` is
    complete. `hides` must not be in it; `absent` was never said in the room. `one_of`: the ticket's
    assignee is one of them, from then on the `winner`.
    """

    room: str
    why: Told
    label: str = ""
    thread: str = ""
    ticket: Mapping[str, str] = field(default_factory=dict)
    reminder: Mapping[str, str | int] = field(default_factory=dict)
    decision: Mapping[str, str] = field(default_factory=dict)
    task: Mapping[str, str] = field(default_factory=dict)
    meeting: Mapping[str, str] = field(default_factory=dict)
    solution: Mapping[str, str] = field(default_factory=dict)
    digest: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    error: str = ""
    calls: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    reacts: str = ""
    to: str = ""
    edits: str = ""
    redacts: str = ""
    file: str = ""
    absent: str = ""


@dataclass(frozen=True, kw_only=True)
class Beat:
    """What people do, one after the other or in the same instant, and what must come of it."""

    title: Told = field(default_factory=dict)
    at_once: bool = False
    acts: tuple[Act, ...] = ()
    sights: tuple[Sight, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The whole of it."""

    people: Mapping[str, Person]
    rooms: Mapping[str, Room]
    files: Mapping[str, str]
    beats: tuple[Beat, ...]

    @classmethod
    def read(cls, path: Path = SCENE) -> Self:
        """The scene of a file. Raises DemoError naming what is not understood."""
        with path.open("rb") as file:
            return cls.of(tomllib.load(file))

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The scene as a file tells it."""
        try:
            people = [Person(**person) for person in told["people"]]
            rooms = [Room(**_tuples(room)) for room in told["rooms"]]
            beats = tuple(_beat(beat) for beat in told["beats"])
        except (KeyError, TypeError) as problem:
            raise DemoError(f"The scene is not understood: {problem}") from problem
        return cls(
            people={person.id: person for person in people},
            rooms={room.id: room for room in rooms},
            files=told.get("files", {}),
            beats=beats,
        )

    def rooms_of(self, person: str) -> tuple[Room, ...]:
        """Where somebody is a member."""
        return tuple(room for room in self.rooms.values() if person in room.members)


def _beat(told: Mapping[str, Any]) -> Beat:
    return Beat(
        **{
            **told,
            "acts": tuple(Act(**_tuples(act)) for act in told.get("acts", ())),
            "sights": tuple(Sight(**_tuples(sight)) for sight in told.get("sights", ())),
        }
    )


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
