"""What happened to an entry of the catalogue: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.knowledge.catalogue import CatalogueEntry
from kaz_bot.domain.knowledge.catalogue_parts import EntryPart
from kaz_bot.domain.knowledge.events import KnowledgeHappened


@dataclass(frozen=True)
class CatalogueHappened(KnowledgeHappened):
    """Something happened to `entry`; `parts` of it were written, or taken out."""

    # Not `entry`: that is what the trail's row is called.
    of: CatalogueEntry
    parts: tuple[EntryPart, ...] = field(default=(), kw_only=True)

    @property
    def subject(self) -> Subject:
        return self.of.subject

    @property
    def details(self) -> Mapping[str, str]:
        """Which parts, so that they are found when their message is taken back, and from where."""
        parts = {"parts": " ".join(self.parts)} if self.parts else {}
        return parts | ({"room": self.heard.room_id} if self.heard else {})


@dataclass(frozen=True)
class EntryAdded(CatalogueHappened):
    """It stands in the catalogue from now on."""

    word: ClassVar[str] = "entered"


@dataclass(frozen=True)
class EntryChanged(CatalogueHappened):
    """It says something else in these parts."""

    word: ClassVar[str] = "changed"


@dataclass(frozen=True)
class EntryTakenOut(CatalogueHappened):
    """It stands in the catalogue no more."""

    word: ClassVar[str] = "removed"


@dataclass(frozen=True)
class EntryRestored(CatalogueHappened):
    """It stands there again."""

    word: ClassVar[str] = "restored"


@dataclass(frozen=True)
class EntryErased(CatalogueHappened):
    """Whoever wrote these parts took them back; without a name it is no entry any more.

    `since`: letters written from then on may show them. `room`: where they were written.
    """

    word: ClassVar[str] = "erased"

    since: datetime = field(kw_only=True)
