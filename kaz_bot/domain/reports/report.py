"""What stands in a report: figures of a period, none of which tells of a single person."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.municipalities import MunicipalityKey, MunicipalityKind
from kaz_bot.domain.reports.committee_report import CommitteeFigures as CommitteeFigures
from kaz_bot.domain.reports.committee_report import DecisionRow as DecisionRow
from kaz_bot.domain.reports.committee_report import TaskFigures as TaskFigures
from kaz_bot.domain.reports.counts import Count, Times
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.tickets import AreaKey, Priority


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Where the questions came from and where they went: `carried` were open when the period began,
    `reopened` had been solved before it. asked + carried + reopened = solved + closed + withdrawn +
    open."""

    asked: Count
    carried: Count
    reopened: Count
    solved: Count
    closed: Count
    withdrawn: Count
    open: Count


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """`month` is its first day; of the first and the last month only the period's part counts."""

    month: date
    opened: Count
    solved: Count


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """A field of specialists; a question belongs to where it was at the end."""

    area: AreaKey
    asked: Count
    solved: Count
    open: Count
    answers: Times
    solutions: Times


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """A kind of municipality. `there_are`: how many of them there are in the country."""

    kind: MunicipalityKind
    there_are: int
    asked: Count


@dataclass(frozen=True, kw_only=True)
class DistrictRow:
    """One of the 18 districts and independent cities, with all municipalities in it."""

    key: MunicipalityKey
    name: str
    plate: str
    independent: bool
    asked: Count

    @property
    def covered(self) -> bool:
        """Whether anybody asked from there, which is told also of few."""
        return self.asked.any


@dataclass(frozen=True, kw_only=True)
class MunicipalityRow:
    """A municipality from which enough came to be named."""

    key: MunicipalityKey
    name: str
    kind: MunicipalityKind
    district: str
    asked: Count


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """From how many districts of how many somebody asked, and from how many municipalities."""

    districts: int
    of_districts: int
    municipalities: Count
    of_municipalities: int


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    """How those of one priority waited, and how long they should have waited at most."""

    priority: Priority
    target: timedelta
    times: Times


@dataclass(frozen=True, kw_only=True)
class TimesTable:
    """First answers, or solutions: all together, and the most urgent first."""

    all: Times
    rows: tuple[PriorityRow, ...]


@dataclass(frozen=True, kw_only=True)
class UsedSolution:
    """A model solution and how many questions it ended. `title` is empty once it is withdrawn."""

    subject: Subject
    area: AreaKey
    title: str
    uses: Count
    sealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Reuse:
    """Answers that existed before. `offered`: questions whose asker was offered one, `taken`: those
    that it ended, by a model solution or by the answer of another question. `share` is that of
    `taken` among all that were solved. `released`: solutions that others could first use."""

    offered: Count
    taken: Count
    by_solutions: Count
    by_answers: Count
    share: float | None
    released: int
    solutions: tuple[UsedSolution, ...]


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """What the askers of the solved questions thought at the end. `helpful_share`: among those who
    said something."""

    helpful: Count
    not_helpful: Count
    none: Count
    helpful_share: float | None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the figures do not say. `without_municipality` (empty in a report on one area) and
    `confidential` of those asked. `imported`: tickets from elsewhere, left out of the times.
    `incomplete`: those told by their record, since their trail is older than the details that the
    figures need. `suppressed`: how many figures of this report are told as small or not at all.
    """

    without_municipality: Count | None
    confidential: Count
    imported: int
    incomplete: int
    suppressed: int
    smallest_group: int


@dataclass(frozen=True, kw_only=True)
class Head:
    """The figures that everybody looks at first; those of the committee only in a report on all."""

    asked: Count
    solved: Count
    open: Count
    answered_in_time: float | None
    solved_in_time: float | None
    answer_median: timedelta | None
    solution_median: timedelta | None
    reuse_share: float | None
    helpful_share: float | None
    decisions: int | None
    tasks_done: int | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report. `area` is set in one on a single area, which tells nothing of municipalities and of
    the committee: `coverage` and `committee` are empty then.

    `as_of`: the figures are as they were then; the end of the period, or earlier if it still runs.
    """

    kind: ReportKind
    area: AreaKey | None = None
    period: Period
    as_of: datetime
    head: Head
    balance: Balance
    months: tuple[MonthRow, ...]
    areas: tuple[AreaRow, ...] = ()
    kinds: tuple[KindRow, ...] = ()
    districts: tuple[DistrictRow, ...] = ()
    coverage: Coverage | None = None
    municipalities: tuple[MunicipalityRow, ...] = ()
    answers: TimesTable
    solutions: TimesTable
    reuse: Reuse
    ratings: Ratings
    committee: CommitteeFigures | None = None
    limits: Limits

    @property
    def complete(self) -> bool:
        """Whether the period was over when it was made."""
        return self.as_of >= self.period.ends_at

    @property
    def sealed(self) -> bool:
        """Whether it shows words that were said encrypted: the titles of solutions."""
        return any(one.sealed and one.title for one in self.reuse.solutions)


def counts_in(record: object) -> Iterable[Count]:
    """All that are told anywhere in it."""
    if isinstance(record, Count):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from counts_in(one)
    elif is_dataclass(record):
        for part in fields(record):
            yield from counts_in(getattr(record, part.name))
