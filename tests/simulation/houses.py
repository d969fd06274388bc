"""Who asks and who answers in a simulated year, in which rooms, for which municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from kaz_bot.domain.municipalities import Municipality, MunicipalityKind
from kaz_bot.domain.rooms import BoundRoom, RoomKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.messages import RoomId, RoomState, UserId
from kaz_bot.municipalities import directory

BOT = UserId("@kaz:kaz.test")
AREAS = tuple(map(AreaKey, ("standards", "procurement", "security", "projects")))
ADMIN_ROOM, COMMITTEE_ROOM = RoomId("!sim-admin:kaz.test"), RoomId("!sim-committee:kaz.test")
BODIES = (
    "ZIT-BB",
    "Landkreistag",
    "Städte- und Gemeindebund",
    "Ministerium der Justiz und für Digitalisierung",
    "Ministerium des Innern",
    "Zweckverband Digitale Kommunen",
)
_FIRST = (
    "Anke Bernd Carla Detlef Elke Frank Grit Holger Ines Jörg Katrin Lutz Maren Norbert Olga Peter "
    "Ramona Silke Torsten Ulrike Volker Wiebke Yvonne Zora"
).split()
_LAST = (
    "Ahrens Böhme Conrad Dahlke Engel Fiedler Gersch Hanisch Jahnke Krüger Lehmann Matschke Noack "
    "Otto Pätzold Quandt Richter Schulze Tietz Unger Voigt Wendt Zabel Zimmermann"
).split()
_SPECIALISTS = 5
# How much more than a small municipality somebody asks.
_WEIGHTS = {
    MunicipalityKind.DISTRICT: 14.0,
    MunicipalityKind.INDEPENDENT_CITY: 16.0,
    MunicipalityKind.AMT: 4.0,
    MunicipalityKind.VERBANDSGEMEINDE: 4.0,
    MunicipalityKind.MITVERWALTUNG: 2.0,
    MunicipalityKind.TOWN: 3.0,
    MunicipalityKind.MUNICIPALITY: 1.0,
}
# From here nobody asks at all, and from there few, and not by chance: a report has something to
# show, and something to hide.
ABSENT, QUIET = "Frankfurt (Oder)", "Potsdam"
_UNKNOWN = 0.3
_IN_COMMON = 0.35
# Rooms of projects that many municipalities work on; two of them are not encrypted.
_COMMON = tuple(RoomId(f"!sim-common-{number}:kaz.test") for number in range(1, 13))
_OPEN = frozenset(_COMMON[:2])


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Somebody of a municipality; without one if nobody ever said which. `weight`: how often."""

    person: UserId
    name: str
    municipality: Municipality | None
    room: RoomId
    chat: RoomId
    sealed: bool
    weight: float


@dataclass(frozen=True, kw_only=True)
class House:
    """All people and rooms. `states` is what a homeserver says of the rooms."""

    askers: tuple[Asker, ...]
    specialists: Mapping[AreaKey, tuple[UserId, ...]]
    area_rooms: Mapping[AreaKey, RoomId]
    rooms: tuple[BoundRoom, ...]
    states: tuple[RoomState, ...]
    names: Mapping[UserId, str]
    # Who asks from where few do.
    quiet: Asker
    # One for each body, in their order.
    committee: tuple[UserId, ...]
    # Whom a room asks for, of the rooms that are one municipality's own.
    own_rooms: Mapping[RoomId, Municipality]


def settle(random: Random, municipalities: int, at: datetime) -> House:
    """So many municipalities ask, those of the districts and independent cities among them."""
    people = _People(random)
    specialists = {
        area: tuple(people.named(f"fach-{area}") for _ in range(_SPECIALISTS)) for area in AREAS
    }
    committee = [people.named("gremium") for _ in BODIES]
    admins = [people.named("betrieb") for _ in range(2)]
    asking = _chosen(random, municipalities)
    own_rooms = {_own_room(one): one for one in asking if one.plate}
    askers = tuple(
        people.asker(one, known=number == 0)
        for one in asking
        for number in range(random.choice((1, 1, 2, 3)))
    )
    area_rooms = {area: RoomId(f"!sim-{area}:kaz.test") for area in AREAS}
    members: dict[RoomId, list[UserId]] = {
        room: [asker.person for asker in askers if asker.room == room]
        for room in (*own_rooms, *_COMMON)
    }
    bound = [
        *(_bound(room, RoomKind.PROJECT, at) for room in members),
        *(_bound(asker.chat, RoomKind.DIRECT, at, person=asker.person) for asker in askers),
        *(_bound(room, RoomKind.AREA, at, area=area) for area, room in area_rooms.items()),
        _bound(COMMITTEE_ROOM, RoomKind.COMMITTEE, at),
        _bound(ADMIN_ROOM, RoomKind.ADMIN, at),
    ]
    members |= {asker.chat: [asker.person] for asker in askers}
    members |= {area_rooms[area]: [*those] for area, those in specialists.items()}
    members |= {COMMITTEE_ROOM: committee, ADMIN_ROOM: admins}
    return House(
        askers=askers,
        quiet=next(one for one in askers if one.municipality and one.municipality.name == QUIET),
        specialists=specialists,
        committee=tuple(committee),
        area_rooms=area_rooms,
        rooms=tuple(bound),
        states=tuple(_state(room, those, people.names) for room, those in members.items()),
        names=people.names,
        own_rooms=own_rooms,
    )


class _People:
    """Gives everybody a name of their own."""

    def __init__(self, random: Random) -> None:
        self.names: dict[UserId, str] = {}
        self._random = random

    def named(self, prefix: str) -> UserId:
        number = len(self.names) + 1
        name = f"{self._random.choice(_FIRST)} {self._random.choice(_LAST)}"
        person = UserId(f"@{prefix}-{number}:kaz.test")
        self.names[person] = name
        return person

    def asker(self, one: Municipality, *, known: bool) -> Asker:
        """`known`: it is certain for whom they ask."""
        person = self.named("kommune")
        at_home = bool(one.plate) and self._random.random() > _IN_COMMON
        room = _own_room(one) if at_home else self._random.choice(_COMMON)
        unknown = not (known or at_home) and self._random.random() < _UNKNOWN
        return Asker(
            person=person,
            name=self.names[person],
            municipality=None if unknown else one,
            room=room,
            chat=RoomId(f"!sim-chat-{len(self.names)}:kaz.test"),
            sealed=room not in _OPEN,
            weight=_weight(one) * self._random.uniform(0.3, 1.7),
        )


def _weight(one: Municipality) -> float:
    return 0.0 if one.name == QUIET else _WEIGHTS[one.kind]


def _own_room(one: Municipality) -> RoomId:
    return RoomId(f"!sim-own-{one.key}:kaz.test")


def _chosen(random: Random, municipalities: int) -> Sequence[Municipality]:
    known = [one for one in directory().all if one.name != ABSENT]
    large = [one for one in known if one.plate]
    others = [one for one in known if not one.plate]
    return [*large, *random.sample(others, municipalities - len(large))]


def _bound(
    room: RoomId,
    kind: RoomKind,
    at: datetime,
    *,
    area: AreaKey | None = None,
    person: UserId | None = None,
) -> BoundRoom:
    return BoundRoom(room_id=room, kind=kind, area=area, person=person, bound_at=at)


def _state(room: RoomId, people: Sequence[UserId], names: Mapping[UserId, str]) -> RoomState:
    members = {BOT: "Kaz-Bot"} | {person: names[person] for person in people}
    name = room.removeprefix("!sim-").partition(":")[0]
    return RoomState(room_id=room, name=name, encrypted=room not in _OPEN, members=members)
