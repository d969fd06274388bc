"""Counts tickets for a report, one after the other, without keeping any."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from kaz_bot.domain.municipalities import MunicipalityKey
from kaz_bot.domain.reports.cases import Case, Outcome, Wait
from kaz_bot.domain.reports.periods import Period
from kaz_bot.domain.reports.suppression import Cell
from kaz_bot.domain.service_levels import Target
from kaz_bot.domain.tickets import AreaKey, Priority

# All areas together.
ALL = ""
_SECOND = timedelta(seconds=1)


@dataclass
class Waits:
    """How long a group waited: how many, how many of them not too long, and the lengths of those
    that are over, in seconds."""

    number: int = 0
    in_time: int = 0
    lengths: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, wait: Wait) -> None:
        self.number += 1
        self.in_time += wait.in_time
        if wait.at is not None:
            self.lengths.append(wait.passed // _SECOND)

    @property
    def median(self) -> timedelta:
        return timedelta(seconds=median(self.lengths))


@dataclass
class Tally:
    """The numbers of a period by what they count; `waits` by area, target and priority, of all
    areas and of all priorities too."""

    period: Period
    numbers: Counter[Cell] = field(default_factory=Counter)
    municipalities: Counter[MunicipalityKey] = field(default_factory=Counter)
    waits: defaultdict[tuple[str, Target, Priority | None], Waits] = field(
        default_factory=lambda: defaultdict(Waits)
    )
    areas: set[AreaKey] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    imported: int = 0
    incomplete: int = 0

    def add(self, case: Case) -> None:
        """Count a ticket that had to do with the period."""
        self.areas.add(case.area)
        self.imported += case.imported
        self.incomplete += case.incomplete
        for area in (ALL, case.area):
            for what in self._facts(case):
                self.numbers[area, *what] += 1
            self._wait(area, Target.ANSWER, case.answer)
            self._wait(area, Target.SOLUTION, case.solution)
        if case.before is None:
            if case.municipality is None:
                self.numbers[ALL, "without"] += 1
            else:
                self.municipalities[case.municipality] += 1
        if case.closed_by:
            self.used.add(case.closed_by)

    def _facts(self, case: Case) -> Iterator[tuple[str, ...]]:
        """What it counts for, in its area and in all."""
        yield (_origin(case.before),)
        yield (case.outcome,)
        if case.before is None:
            yield ("opened", self.period.month_of(case.asked_at).isoformat())
            yield ("confidential",) if case.confidential else ("public",)
        if any(self.period.holds(at) for at in case.offered):
            yield ("offered",)
        if case.outcome is Outcome.SOLVED:
            yield ("solved", self.period.month_of(case.outcome_at).isoformat())
            yield ("rating", case.rating or "none")
            yield from _answered_by(case.closed_by)

    def _wait(self, area: str, target: Target, wait: Wait | None) -> None:
        if wait is None or not (wait.at is None or self.period.holds(wait.at)):
            return
        self.numbers[area, target] += 1
        self.numbers[area, target, wait.priority] += 1
        self.waits[area, target, None].add(wait)
        self.waits[area, target, wait.priority].add(wait)


def _origin(before: Outcome | None) -> str:
    if before is None:
        return "asked"
    return "carried" if before is Outcome.OPEN else "reopened"


def _answered_by(closed_by: str) -> Iterator[tuple[str, ...]]:
    if not closed_by:
        yield ("anew",)
        return
    yield ("taken",)
    if closed_by.isdigit():
        yield ("by_answers",)
    else:
        yield ("by_solutions",)
        yield ("use", closed_by)
