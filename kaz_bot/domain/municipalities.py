"""Whose question it is: the municipalities of Brandenburg, and what a room or a person is bound to.

Levels and keys are those of the official register (GV-ISys); see the data's own note.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self

from kaz_bot.messages import RoomId, UserId

# The Regionalschlüssel: 5 digits for a district, 9 for an Amt or a Verband, 12 for a municipality.
MunicipalityKey = NewType("MunicipalityKey", str)


class MunicipalityKind(StrEnum):
    """What it is by law; there are no English words for some."""

    DISTRICT = "district"
    INDEPENDENT_CITY = "independent_city"
    AMT = "amt"
    VERBANDSGEMEINDE = "verbandsgemeinde"
    MITVERWALTUNG = "mitverwaltung"
    TOWN = "town"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """One body of the register. `district` and `association` are the names of those it belongs to;
    an independent city is its own district. `plate` is the district's, as people write it in chat.
    """

    key: MunicipalityKey
    ags: str = ""
    name: str
    sorbian_name: str = ""
    official_name: str
    kind: MunicipalityKind
    seat: str = ""
    district_key: MunicipalityKey
    district: str
    association: str = ""
    plate: str = ""


@dataclass(frozen=True, kw_only=True)
class Affiliation:
    """For which municipality a room or a person asks; exactly one of the two is set.

    `municipality` is empty as long as nobody said, or if they said that it is none. `asked_at`:
    when they were asked, if they were: nobody is asked for whom there is one of these.
    """

    id: int = 0
    version: int = 1
    room_id: RoomId | None = None
    person: UserId | None = None
    municipality: MunicipalityKey | None = None
    asked_at: datetime | None = None
    changed_at: datetime

    @property
    def awaits_answer(self) -> bool:
        """Whether they were asked, and nobody has said anything since."""
        unanswered = self.asked_at is not None and self.changed_at == self.asked_at
        return unanswered and self.municipality is None

    def asked(self, at: datetime) -> Self:
        """Nobody is asked a second time."""
        return replace(self, asked_at=at, changed_at=at)

    def bound_to(self, municipality: MunicipalityKey | None, at: datetime) -> Self:
        """To another one, or to none."""
        return replace(self, municipality=municipality, changed_at=at)
