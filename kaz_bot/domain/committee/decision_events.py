"""What happened to a decision once it was in the register: one record per kind."""

from dataclasses import dataclass
from typing import ClassVar

from kaz_bot.domain.committee.decisions import Entry
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.numbers import Subject


@dataclass(frozen=True)
class DecisionHappened(CommitteeHappened):
    """Something happened to what was decided; `decided` is as it is from now on."""

    decided: Entry

    @property
    def subject(self) -> Subject:
        return self.decided.decision.subject


@dataclass(frozen=True)
class DecisionPublished(DecisionHappened):
    """Others than the committee may read it from now on."""

    word: ClassVar[str] = "published"


@dataclass(frozen=True)
class DecisionDone(DecisionHappened):
    """All that follows from it is done."""

    word: ClassVar[str] = "done"


@dataclass(frozen=True)
class DecisionUndone(DecisionHappened):
    """Something is to be done for it after all."""

    word: ClassVar[str] = "undone"
