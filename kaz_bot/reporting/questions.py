"""The part of a report about the questions: when they came, about what, and from where."""

from kaz_bot.domain.reports.periods import ReportKind
from kaz_bot.domain.reports.report import Report
from kaz_bot.plots import BarChart
from kaz_bot.reporting.cells import Cell, Grid, Teller
from kaz_bot.reporting.naming import month_named, month_short
from kaz_bot.reporting.sections import Section, Shown, series, words_of
from kaz_bot.typesetting import Block, Column

# More months than this stand too close for bars.
_MOST_BARS = 14


def over_time(report: Report, teller: Teller) -> Section:
    """Asked and solved, month by month, and what was left."""
    return Section(
        teller.word("over_time"),
        (_months(report, teller), *words_of(teller.said("balance")), _balance(report, teller)),
    )


def _months(report: Report, teller: Teller) -> Shown:
    rows = report.months
    opened = [teller.count(row.opened) for row in rows]
    solved = [teller.count(row.solved) for row in rows]
    names = [month_named(row.month, teller.speech) for row in rows]
    title = teller.word("months")
    grid = Grid(
        title=title,
        columns=teller.columns("month", ("asked", "solved")),
        rows=tuple(zip(map(teller.named, names), opened, solved, strict=True)),
    )
    if len(rows) < 2:
        return Shown(grid)
    several = len({row.month.year for row in rows}) > 1
    chart = BarChart(
        title=title,
        axis=teller.word("month"),
        categories=tuple(month_short(row.month, teller.speech, year=several) for row in rows),
        series=(series(teller.word("asked"), opened), series(teller.word("solved"), solved)),
        alternative=teller.said(
            "months_told", first=names[0], last=names[-1], most=_most(names, opened, teller)
        ),
        language=teller.speech.language,
    )
    return Shown(grid, chart if len(rows) <= _MOST_BARS else chart.as_lines())


def _balance(report: Report, teller: Teller) -> Shown:
    balance = report.balance
    names = ("carried", "asked", "reopened", "solved", "closed", "withdrawn", "open")
    rows = tuple(
        (teller.named(teller.word(f"balance_{name}")), teller.count(getattr(balance, name)))
        for name in names
    )
    grid = Grid(
        title=teller.word("balance"),
        columns=teller.columns("what", ("unit_questions",)),
        rows=rows,
        summed=True,
    )
    return Shown(grid)


def by_area(report: Report, teller: Teller) -> Section:
    """How many in which area, and how long they waited there."""
    names = [teller.speech.area(row.area) for row in report.areas]
    asked = [teller.count(row.asked) for row in report.areas]
    grid = Grid(
        title=teller.word("areas"),
        columns=teller.columns(
            "area", ("asked", "solved", "open", "answered_in_time", "solved_in_time")
        ),
        rows=tuple(
            (
                teller.named(name),
                teller.count(row.asked),
                teller.count(row.solved),
                teller.count(row.open),
                teller.share(row.answers.share),
                teller.share(row.solutions.share),
            )
            for name, row in zip(names, report.areas, strict=True)
        ),
    )
    chart = _bars(teller, "areas", "area", names, asked)
    return Section(teller.word("by_area"), (Shown(grid, chart), *words_of(teller.said("areas"))))


def by_kind(report: Report, teller: Teller) -> Section:
    """From which kinds of municipalities they came."""
    names = [teller.word(f"kind_{row.kind}") for row in report.kinds]
    asked = [teller.count(row.asked) for row in report.kinds]
    there_are = [teller.plain(row.there_are) for row in report.kinds]
    grid = Grid(
        title=teller.word("kinds"),
        columns=teller.columns("kind", ("there_are", "asked")),
        rows=tuple(zip(map(teller.named, names), there_are, asked, strict=True)),
    )
    chart = _bars(teller, "kinds", "kind", names, asked)
    return Section(teller.word("by_kind"), (Shown(grid, chart),))


def by_district(report: Report, teller: Teller) -> Section:
    """From which of the districts and independent cities they came, and from which municipalities
    if that is told."""
    names = [row.name for row in report.districts]
    asked = [teller.count(row.asked) for row in report.districts]
    kinds = ["independent_city" if row.independent else "district" for row in report.districts]
    grid = Grid(
        title=teller.word("districts"),
        columns=(
            Column(teller.word("district")),
            Column(teller.word("plate")),
            Column(teller.word("kind")),
            Column(teller.word("asked"), numeric=True),
        ),
        rows=tuple(
            (
                teller.named(row.name),
                teller.named(row.plate),
                teller.named(teller.word(f"one_{kind}")),
                count,
            )
            for row, kind, count in zip(report.districts, kinds, asked, strict=True)
        ),
    )
    chart = _bars(teller, "districts", "district", names, asked)
    parts = (*_coverage(report, teller), Shown(grid, chart), *_municipalities(report, teller))
    return Section(teller.word("by_district"), parts)


def _coverage(report: Report, teller: Teller) -> tuple[Block, ...]:
    coverage = report.coverage
    if coverage is None:
        return ()
    number = teller.speech.number
    municipalities = coverage.municipalities.number
    return words_of(
        teller.said(
            "covered", number=number(coverage.districts), all=number(coverage.of_districts)
        ),
        teller.said(
            "covered_municipalities",
            number=number(municipalities),
            all=number(coverage.of_municipalities),
        )
        if municipalities is not None
        else "",
        teller.said("district_holds"),
    )


def _municipalities(report: Report, teller: Teller) -> tuple[Shown, ...]:
    if report.kind is not ReportKind.MUNICIPALITIES or not report.municipalities:
        return ()
    grid = Grid(
        title=teller.word("municipalities"),
        columns=(
            Column(teller.word("municipality")),
            Column(teller.word("kind")),
            Column(teller.word("in_district")),
            Column(teller.word("asked"), numeric=True),
        ),
        rows=tuple(
            (
                teller.named(row.name),
                teller.named(teller.word(f"one_{row.kind}")),
                teller.named(row.district),
                teller.count(row.asked),
            )
            for row in report.municipalities
        ),
    )
    return (Shown(grid),)


def _bars(
    teller: Teller, title: str, axis: str, names: list[str], cells: list[Cell]
) -> BarChart | None:
    """Lying bars, one for each name; nothing if there is nothing to compare."""
    if len(names) < 2:
        return None
    return BarChart(
        title=teller.word(title),
        axis=teller.word(axis),
        categories=tuple(names),
        series=(series(teller.word("asked"), cells),),
        alternative=teller.said(
            "bars_told", what=teller.word(axis), most=_most(names, cells, teller)
        ),
        language=teller.speech.language,
        horizontal=True,
    )


def _most(names: list[str], cells: list[Cell], teller: Teller) -> str:
    """Where the longest bar is, and how long."""
    number, name = max((cell.number or 0, name) for cell, name in zip(cells, names, strict=True))
    return teller.said("most", name=name, number=teller.speech.number(number)) if number else ""
