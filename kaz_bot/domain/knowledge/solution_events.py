"""What happened to a solution: one record per kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.knowledge.anonymising import Personal
from kaz_bot.domain.knowledge.events import KnowledgeHappened
from kaz_bot.domain.knowledge.solution_lines import SolutionPart
from kaz_bot.domain.knowledge.solutions import Solution, SolutionEdition
from kaz_bot.domain.letters import StoredLetter
from kaz_bot.domain.tickets import AreaKey, Ticket


@dataclass(frozen=True)
class SolutionHappened(KnowledgeHappened):
    """Something happened to `solution`; `edition` is the one it happened to."""

    solution: Solution
    edition: SolutionEdition

    @property
    def subject(self) -> Subject:
        return self.solution.subject

    @property
    def details(self) -> Mapping[str, str]:
        return {"edition": str(self.edition.number)}


@dataclass(frozen=True)
class SolutionProposed(SolutionHappened):
    """Somebody proposed the answer of `ticket`. `taken`: what was taken out of it, how often."""

    word: ClassVar[str] = "proposed"

    ticket: Ticket
    taken: Mapping[Personal, int]

    @property
    def details(self) -> Mapping[str, str]:
        return {"edition": str(self.edition.number), "ticket": str(self.ticket.id)}


@dataclass(frozen=True)
class SolutionChanged(SolutionHappened):
    """It has another edition, different in these parts, which nobody has released.

    `left`: what in it may still point at somebody. `origin`: the area it was in until now.
    """

    word: ClassVar[str] = "changed"

    parts: tuple[SolutionPart, ...]
    left: Mapping[Personal, int]
    origin: AreaKey


@dataclass(frozen=True)
class SolutionReleased(SolutionHappened):
    """A second specialist read it: others are offered it from now on."""

    word: ClassVar[str] = "released"


@dataclass(frozen=True)
class SolutionWithdrawn(SolutionHappened):
    """Nobody uses it any more, and its text is gone; `shown` are the letters that show it.

    `used`: the tickets that it had closed.
    """

    word: ClassVar[str] = "withdrawn"

    shown: tuple[StoredLetter, ...] = field(default=(), kw_only=True)
    used: tuple[Ticket, ...] = field(default=(), kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {}


@dataclass(frozen=True)
class SolutionErased(SolutionHappened):
    """Words that nobody had released were taken back: those of an edition, or all of them.

    `shown`: the letters that show them. `since`: when they were written.
    """

    word: ClassVar[str] = "erased"

    since: datetime
    shown: tuple[StoredLetter, ...] = field(default=(), kw_only=True)

    @property
    def details(self) -> Mapping[str, str]:
        return {}
