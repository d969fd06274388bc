"""The part of a report about the service: how long people waited, what helped, what they think."""

from kaz_bot.domain.reports.counts import Times
from kaz_bot.domain.reports.report import Report, TimesTable
from kaz_bot.plots import BarChart
from kaz_bot.reporting.cells import Cell, Grid, Teller
from kaz_bot.reporting.sections import Section, Shown, series, words_of
from kaz_bot.typesetting import Column

_WHOLE = 100


def waiting(report: Report, teller: Teller) -> Section:
    """Answers and solutions against their targets."""
    return Section(
        teller.word("times"),
        (
            *words_of(teller.said("times")),
            Shown(_times(report.answers, "answers", teller), _in_time(report, teller)),
            Shown(_times(report.solutions, "solutions", teller)),
        ),
    )


def _times(times: TimesTable, name: str, teller: Teller) -> Grid:
    rows = [
        _waited(teller.speech.word("priority", row.priority), row.times, teller, row_target)
        for row in times.rows
        for row_target in (teller.length(row.target),)
    ]
    everything = _waited(
        teller.word("all_priorities"), times.all, teller, Cell(teller.word("none"))
    )
    return Grid(
        title=teller.word(f"times_{name}"),
        columns=teller.columns("priority", ("target", "unit_questions", "in_time", "median")),
        rows=(*rows, everything),
        summed=True,
    )


def _waited(name: str, times: Times, teller: Teller, target: Cell) -> tuple[Cell, ...]:
    return (
        teller.named(name),
        target,
        teller.count(times.number),
        teller.share(times.share),
        teller.length(times.median),
    )


def _in_time(report: Report, teller: Teller) -> BarChart:
    names = tuple(teller.speech.word("priority", row.priority) for row in report.answers.rows)
    answers = [teller.share(row.times.share) for row in report.answers.rows]
    solutions = [teller.share(row.times.share) for row in report.solutions.rows]
    return BarChart(
        title=teller.word("times_chart"),
        axis=teller.word("priority"),
        unit=teller.word("unit_percent"),
        categories=names,
        series=(
            series(teller.word("first_answer"), answers),
            series(teller.word("solution"), solutions),
        ),
        alternative=teller.said(
            "times_told",
            answers=teller.share(report.answers.all.share).text,
            solutions=teller.share(report.solutions.all.share).text,
        ),
        language=teller.speech.language,
        horizontal=True,
        most=_WHOLE,
    )


def reuse(report: Report, teller: Teller, *, sealed: bool) -> Section:
    """Answers that existed before: how often they helped. `sealed`: their titles may be shown even
    if they were said encrypted."""
    figures = report.reuse
    names = ("offered", "taken", "by_solutions", "by_answers")
    cells = [teller.count(getattr(figures, name)) for name in names]
    words = [teller.word(f"reuse_{name}") for name in names]
    grid = Grid(
        title=teller.word("reuse_chart"),
        columns=teller.columns("what", ("unit_questions",)),
        rows=tuple(zip(map(teller.named, words), cells, strict=True)),
    )
    chart = BarChart(
        title=teller.word("reuse_chart"),
        axis=teller.word("what"),
        categories=tuple(words),
        series=(series(teller.word("unit_questions"), cells),),
        alternative=teller.said("reuse_told", offered=cells[0].text, taken=cells[1].text),
        language=teller.speech.language,
        horizontal=True,
    )
    share = figures.share
    said = words_of(
        teller.said("reuse"),
        teller.said("reused", share=teller.speech.percent(share)) if share is not None else "",
        teller.said("released", number=teller.speech.number(figures.released)),
    )
    return Section(
        teller.word("reuse"),
        (*said, Shown(grid, chart), *_solutions(report, teller, sealed=sealed)),
    )


def _solutions(report: Report, teller: Teller, *, sealed: bool) -> tuple[Shown, ...]:
    used = report.reuse.solutions
    if not used:
        return ()
    columns = (
        Column(teller.word("number")),
        Column(teller.word("solution_title")),
        Column(teller.word("area")),
        Column(teller.word("uses"), numeric=True),
    )
    rows = tuple(
        (
            teller.named(one.subject),
            teller.named(one.title if sealed or not one.sealed else ""),
            teller.named(teller.speech.area(one.area)),
            teller.count(one.uses),
        )
        for one in used
    )
    return (Shown(Grid(title=teller.word("solutions"), columns=columns, rows=rows)),)


def ratings(report: Report, teller: Teller) -> Section:
    """What the askers thought of the answers."""
    names = ("helpful", "not_helpful", "none")
    cells = [teller.count(getattr(report.ratings, name)) for name in names]
    words = [teller.word(f"rating_{name}") for name in names]
    grid = Grid(
        title=teller.word("ratings_chart"),
        columns=teller.columns("rating", ("unit_questions",)),
        rows=tuple(zip(map(teller.named, words), cells, strict=True)),
    )
    chart = BarChart(
        title=teller.word("ratings_chart"),
        axis=teller.word("rating"),
        categories=tuple(words),
        series=(series(teller.word("unit_questions"), cells),),
        alternative=teller.said("ratings_told", helpful=cells[0].text, others=cells[1].text),
        language=teller.speech.language,
        horizontal=True,
    )
    share = report.ratings.helpful_share
    said = teller.said("helpful", share=teller.speech.percent(share)) if share is not None else ""
    return Section(
        teller.word("ratings"), (*words_of(teller.said("ratings"), said), Shown(grid, chart))
    )
