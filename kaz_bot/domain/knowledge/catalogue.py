"""The catalogue: applications that are available, projects that run, plans that are made.

The Kaz informs of all three (Umsetzungskonzept, 2.2).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from kaz_bot.domain.committee.numbers import EntryId, Series, Subject, subject_of
from kaz_bot.domain.tickets import AreaKey
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


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """The entry `K-4`. `status` is in its keepers' words ("im Einsatz"), `as_of` its Stand.

    `room_id`, `author` and `event_id` are empty for what the operator imported.
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

    def removed(self, at: datetime) -> Self:
        """No longer in the catalogue."""
        return replace(self, removed_at=at, changed_at=at)
