"""All that a report is made of, before it is put into words and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kaz_bot.domain.municipalities import Municipality
from kaz_bot.domain.reports.counts import Count
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import CommitteeFigures
from kaz_bot.domain.reports.tables import Published
from kaz_bot.domain.reports.tally import ALL, Tally
from kaz_bot.domain.service_levels import ServiceLevels
from kaz_bot.domain.tickets import AreaKey


@dataclass(frozen=True, kw_only=True)
class Titled:
    """What a model solution is called, and where it belongs. `title` is empty once withdrawn."""

    title: str
    area: AreaKey
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Material:
    """What was counted, what of it may be told, and what the names of things are."""

    kind: ReportKind
    area: AreaKey | None
    period: Period
    as_of: datetime
    tally: Tally
    published: Published
    register: Sequence[Municipality]
    areas: Sequence[AreaKey]
    levels: ServiceLevels
    solutions: Mapping[str, Titled]
    released: int
    committee: CommitteeFigures

    @property
    def scope(self) -> str:
        """The area of the report, or all."""
        return self.area or ALL

    def count(self, *what: str) -> Count:
        """A number of the report's scope."""
        return self.published.count(self.scope, *what)

    def share(self, part: str, whole: str) -> float | None:
        """What part of a number another one is, in the report's scope."""
        return self.published.share((self.scope, part), (self.scope, whole))
