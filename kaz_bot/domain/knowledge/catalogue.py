"""The catalogue: applications that are available, projects that run, plans that are made.

The Kaz informs of all three (Umsetzungskonzept, 2.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.numbers import EntryId, Series, Subject, subject_of
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.messages import EventId, RoomId, UserId


class EntryKind(StrEnum):
    """Anwendung, Projekt, Vorhaben."""

    APPLICATION = "application"
    PROJECT = "project"
    PLAN = "plan"


class EntryNotFound(Refusal):
    """The catalogue has no entry of this number."""

    code = ErrorCode.NOT_FOUND
    template = "refusal/entry_not_found"


class EntryRemoved(Refusal):
    """It stands in the catalogue no more; told how it comes back, or that its words are gone."""

    code = ErrorCode.BAD_STATE
    template = "refusal/entry_removed"


class EntryStands(Refusal):
    """It was not removed, so there is nothing to restore."""

    code = ErrorCode.BAD_STATE
    template = "refusal/entry_stands"


class EntryKnown(Refusal):
    """Another entry of this kind has the same name; told which."""

    code = ErrorCode.BAD_STATE
    template = "refusal/entry_known"


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """The entry `K-4`. `status` is in its keepers' words ("im Einsatz"), `as_of` its Stand.

    `room_id`, `author` and `event_id` say who wrote it last; they are empty for what the operator
    imported. One that was removed keeps its words, unless whoever wrote them took them back: then
    it has no name. `sealed`: words of it were written in an encrypted room.
    """

    id: EntryId
    version: int = 1
    kind: EntryKind
    name: str
    status: str = ""
    description: str = ""
    contact: str = ""
    area: AreaKey | None = None
    link: str = ""
    as_of: date
    sealed: bool = False
    room_id: RoomId | None = None
    author: UserId | None = None
    event_id: EventId | None = None
    added_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """`K-4`."""
        return subject_of(Series.ENTRY, self.id)

    @property
    def listed(self) -> bool:
        """Whether it stands in the catalogue."""
        return self.removed_at is None

    @property
    def known_as(self) -> tuple[EntryKind, str]:
        """Two entries that have this in common are one entered twice."""
        return self.kind, " ".join(folded(self.name).split())

    def is_old(self, today: date) -> bool:
        """Whether nobody has looked at it for more than twelve months."""
        return self.as_of < _a_year_before(today)

    def check_listed(self) -> None:
        """Raises EntryRemoved."""
        if not self.listed:
            raise EntryRemoved(entry=self, erased=not self.name)

    def removed(self, at: datetime) -> Self:
        """No longer in the catalogue. Raises EntryRemoved."""
        self.check_listed()
        return replace(self, removed_at=at, changed_at=at)

    def restored(self, at: datetime) -> Self:
        """In the catalogue again, as it was. Raises EntryStands, and EntryRemoved without words."""
        if self.listed:
            raise EntryStands(entry=self)
        if not self.name:
            raise EntryRemoved(entry=self, erased=True)
        return replace(self, removed_at=None, changed_at=at)

    def erased(self, at: datetime) -> Self:
        """Without any words, and therefore no longer in the catalogue."""
        return replace(self.without_words(), removed_at=self.removed_at or at, changed_at=at)

    def without_words(self) -> Self:
        """Number, kind, area and Stand alone: where its words may not be shown, or not be kept."""
        return replace(self, name="", status="", description="", contact="", link="")


def check_new(entry: CatalogueEntry, others: Iterable[CatalogueEntry]) -> None:
    """Raises EntryKnown if one of the others is the same."""
    for other in others:
        if other.id != entry.id and other.known_as == entry.known_as:
            raise EntryKnown(entry=entry, other=other)


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        # The 29th of February.
        return day.replace(year=day.year - 1, day=28)
