"""Puts the figures of a report together, from what was counted and what of it may be told."""

from dataclasses import replace
from itertools import chain

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.reports.cases import Outcome
from kaz_bot.domain.reports.counts import SMALLEST_GROUP
from kaz_bot.domain.reports.material import Material, Titled
from kaz_bot.domain.reports.periods import ReportKind
from kaz_bot.domain.reports.places import coverage, district_rows, kind_rows, municipality_rows
from kaz_bot.domain.reports.report import (
    AreaRow,
    Balance,
    Head,
    Limits,
    MonthRow,
    Ratings,
    Report,
    Reuse,
    TimesTable,
    UsedSolution,
    counts_in,
)
from kaz_bot.domain.reports.tally import ALL
from kaz_bot.domain.reports.waiting import times_of, times_table
from kaz_bot.domain.service_levels import Target
from kaz_bot.domain.tickets import AreaKey, Rating


def compose(material: Material) -> Report:
    """The report; in one on a single area nothing tells of municipalities, or of the committee."""
    whole = material.area is None
    named = whole and material.kind is ReportKind.MUNICIPALITIES
    answers = times_table(material, Target.ANSWER)
    solutions = times_table(material, Target.SOLUTION)
    report = Report(
        kind=material.kind,
        area=material.area,
        period=material.period,
        as_of=material.as_of,
        head=_head(material, answers, solutions),
        balance=_balance(material),
        months=_months(material),
        areas=_areas(material) if whole else (),
        kinds=kind_rows(material) if whole else (),
        districts=district_rows(material) if whole else (),
        coverage=coverage(material) if whole else None,
        municipalities=municipality_rows(material) if named else (),
        answers=answers,
        solutions=solutions,
        reuse=_reuse(material),
        ratings=_ratings(material),
        committee=material.committee if whole else None,
        limits=_limits(material),
    )
    limits = replace(report.limits, suppressed=_suppressed(report))
    return replace(report, limits=limits)


def _suppressed(report: Report) -> int:
    """How many figures of the tables; the head only repeats some."""
    tables = (
        report.balance,
        report.months,
        report.areas,
        report.kinds,
        report.districts,
        report.answers,
        report.solutions,
        report.reuse,
        report.ratings,
        report.limits,
    )
    return sum(count.suppressed for count in chain.from_iterable(map(counts_in, tables)))


def _head(material: Material, answers: TimesTable, solutions: TimesTable) -> Head:
    committee = material.committee if material.area is None else None
    return Head(
        asked=material.count("asked"),
        solved=material.count(Outcome.SOLVED),
        open=material.count(Outcome.OPEN),
        answered_in_time=answers.all.share,
        solved_in_time=solutions.all.share,
        answer_median=answers.all.median,
        solution_median=solutions.all.median,
        reuse_share=material.share("taken", Outcome.SOLVED),
        helpful_share=_helpful_share(material),
        decisions=committee.passed if committee else None,
        tasks_done=committee.tasks.done if committee else None,
    )


def _balance(material: Material) -> Balance:
    return Balance(
        asked=material.count("asked"),
        carried=material.count("carried"),
        reopened=material.count("reopened"),
        solved=material.count(Outcome.SOLVED),
        closed=material.count(Outcome.CLOSED),
        withdrawn=material.count(Outcome.WITHDRAWN),
        open=material.count(Outcome.OPEN),
    )


def _months(material: Material) -> tuple[MonthRow, ...]:
    return tuple(
        MonthRow(
            month=month,
            opened=material.count("opened", month.isoformat()),
            solved=material.count("solved", month.isoformat()),
        )
        for month in material.period.months
    )


def _areas(material: Material) -> tuple[AreaRow, ...]:
    """Those of the settings in their order; former ones only if something is told of them."""
    former = sorted(material.tally.areas.difference(material.areas))
    return tuple(_area(material, area) for area in (*material.areas, *former))


def _area(material: Material, area: AreaKey) -> AreaRow:
    return AreaRow(
        area=area,
        asked=material.published.count(area, "asked"),
        solved=material.published.count(area, Outcome.SOLVED),
        open=material.published.count(area, Outcome.OPEN),
        answers=times_of(material, area, Target.ANSWER),
        solutions=times_of(material, area, Target.SOLUTION),
    )


def _reuse(material: Material) -> Reuse:
    return Reuse(
        offered=material.count("offered"),
        taken=material.count("taken"),
        by_solutions=material.count("by_solutions"),
        by_answers=material.count("by_answers"),
        share=material.share("taken", Outcome.SOLVED),
        released=material.released,
        solutions=tuple(
            _used(material, number, material.solutions[number])
            for number in material.published.named
            if number in material.solutions
            and material.area in {None, material.solutions[number].area}
        ),
    )


def _used(material: Material, number: str, titled: Titled) -> UsedSolution:
    return UsedSolution(
        subject=Subject(number),
        area=titled.area,
        title=titled.title,
        uses=material.published.count(ALL, "use", number),
        sealed=titled.sealed,
    )


def _ratings(material: Material) -> Ratings:
    return Ratings(
        helpful=material.count("rating", Rating.HELPFUL),
        not_helpful=material.count("rating", Rating.NOT_HELPFUL),
        none=material.count("rating", "none"),
        helpful_share=_helpful_share(material),
    )


def _helpful_share(material: Material) -> float | None:
    """Among those who said something, if both groups may be told."""
    helpful = material.count("rating", Rating.HELPFUL).number
    not_helpful = material.count("rating", Rating.NOT_HELPFUL).number
    if helpful is None or not_helpful is None or helpful + not_helpful < SMALLEST_GROUP:
        return None
    return helpful / (helpful + not_helpful)


def _limits(material: Material) -> Limits:
    without = None if material.area else material.published.count(ALL, "without")
    return Limits(
        without_municipality=without,
        confidential=material.count("confidential"),
        imported=material.tally.imported,
        incomplete=material.tally.incomplete,
        suppressed=0,
        smallest_group=SMALLEST_GROUP,
    )
