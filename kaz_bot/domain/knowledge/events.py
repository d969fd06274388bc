"""What happened to what is known: solutions, and entries of the catalogue."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.committee.papers import CommitteeEntry
from kaz_bot.domain.reminder_events import Heard
from kaz_bot.messages import EventId, UserId


@dataclass(frozen=True)
class KnowledgeHappened(ABC):
    """`word` is what the trail calls it. `by` and `heard` are empty for what time brought."""

    word: ClassVar[str]

    by: UserId | None = field(kw_only=True)
    at: datetime = field(kw_only=True)
    heard: Heard | None = field(default=None, kw_only=True)

    @property
    @abstractmethod
    def subject(self) -> Subject:
        """What it happened to, for the trail."""

    @property
    def details(self) -> Mapping[str, str]:
        """Short facts for the trail, never wordings."""
        return {}

    def entry(self, cause: EventId | None) -> CommitteeEntry:
        """The row of the trail, which papers, tasks and meetings are written into too."""
        return CommitteeEntry(
            subject=self.subject,
            at=self.at,
            actor=self.by,
            event=self.word,
            cause=cause,
            details=self.details,
        )
