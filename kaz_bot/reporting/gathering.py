"""Gathers the figures of a report from what the desk has kept."""

from collections.abc import Callable, Iterable
from datetime import datetime

from kaz_bot.config import Settings
from kaz_bot.domain.committee.numbers import SolutionId
from kaz_bot.domain.knowledge.solutions import Solution, SolutionNotFound, SolutionState
from kaz_bot.domain.reports.committee import committee_figures
from kaz_bot.domain.reports.composing import compose
from kaz_bot.domain.reports.histories import Measure, as_it_was
from kaz_bot.domain.reports.material import Material, Titled
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.reports.report import CommitteeFigures, Report
from kaz_bot.domain.reports.tables import publish
from kaz_bot.domain.reports.tally import Tally
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.municipalities import Directory
from kaz_bot.store import Work

# How many tickets were read, and of how many.
Progress = Callable[[int, int], None]


async def gather(
    work: Work,
    period: Period,
    kind: ReportKind,
    *,
    area: AreaKey | None = None,
    directory: Directory,
    settings: Settings,
    now: datetime,
    progress: Progress | None = None,
) -> Report:
    """The report of a period as it was at its end; or as it is `now`, while the period runs."""
    until = min(now, period.ends_at)
    measure = Measure(levels=settings.service_levels, time=settings.working_time)
    tally = await _counted(work, period, until, measure, progress)
    areas = [AreaKey(one.key) for one in settings.areas]
    published = publish(tally, areas, directory.all)
    material = Material(
        kind=kind,
        area=area,
        period=period,
        as_of=until,
        tally=tally,
        published=published,
        register=directory.all,
        areas=areas,
        levels=settings.service_levels,
        solutions=await _titled(work, published.named, until),
        released=await work.figures.solutions_released(period.starts_at, until),
        committee=await _committee(work, period, until),
    )
    return compose(material)


async def _counted(
    work: Work, period: Period, until: datetime, measure: Measure, progress: Progress | None
) -> Tally:
    tally = Tally(period)
    since = period.starts_at
    total, read = await work.figures.count(since, until), 0
    async for batch in work.figures.histories(since, until):
        for history in batch:
            case = as_it_was(history, since=since, until=until, measure=measure)
            if case is not None:
                tally.add(case)
        read += len(batch)
        if progress is not None:
            progress(read, total)
    return tally


async def _committee(work: Work, period: Period, until: datetime) -> CommitteeFigures:
    return committee_figures(
        period,
        until,
        decisions=await work.decisions.all(),
        notes=await work.figures.notes(until),
        tasks_of=await work.figures.tasks_of_decisions(),
    )


async def _titled(work: Work, named: Iterable[str], until: datetime) -> dict[str, Titled]:
    """The solutions by their numbers; one that is gone altogether is not named."""
    titled = {}
    for number in named:
        try:
            solution = await work.solutions.get(SolutionId(int(number.partition("-")[2])))
        except SolutionNotFound:
            continue
        title = await _title(work, solution, until)
        titled[number] = Titled(title=title, area=solution.area, sealed=solution.sealed)
    return titled


async def _title(work: Work, solution: Solution, until: datetime) -> str:
    """What it was called at the time, unless it was withdrawn: then its words are gone."""
    if solution.state is SolutionState.WITHDRAWN:
        return ""
    released = [
        edition
        for edition in await work.solutions.editions(solution.id)
        if edition.released_at is not None and edition.released_at < until
    ]
    return released[-1].title if released else ""
