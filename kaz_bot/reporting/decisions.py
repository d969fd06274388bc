"""The part of a report about the committee: what it decided, and what became of it."""

from kaz_bot.domain.reports.report import CommitteeFigures
from kaz_bot.plots import BarChart
from kaz_bot.reporting.cells import Grid, Teller
from kaz_bot.reporting.sections import Section, Shown, series, words_of
from kaz_bot.typesetting import Column


def decisions(figures: CommitteeFigures, teller: Teller) -> Section:
    """Decisions and tasks."""
    said = words_of(
        teller.counted("passed", figures.passed),
        teller.counted("passed_done", figures.done) if figures.passed else "",
        teller.counted("standing", figures.standing),
        teller.said("decisions_counted"),
    )
    parts = (*said, _counts(figures, teller), *_list(figures, teller))
    return Section(teller.word("decisions"), parts)


def _counts(figures: CommitteeFigures, teller: Teller) -> Shown:
    tasks = figures.tasks
    counted = {
        "passed": figures.passed,
        "passed_done": figures.done,
        "carried_out": figures.carried_out,
        "tasks_set": tasks.set,
        "tasks_done": tasks.done,
        "tasks_accepted": tasks.accepted,
        "tasks_open": tasks.open,
        "tasks_overdue": tasks.overdue,
        "tasks_withdrawn": tasks.withdrawn,
    }
    words = [teller.word(f"committee_{name}") for name in counted]
    cells = [teller.plain(number) for number in counted.values()]
    title = teller.word("decisions_chart")
    grid = Grid(
        title=title,
        columns=teller.columns("what", ("number_of",)),
        rows=tuple(zip(map(teller.named, words), cells, strict=True)),
    )
    chart = BarChart(
        title=title,
        axis=teller.word("what"),
        categories=tuple(words),
        series=(series(teller.word("number_of"), cells),),
        alternative=teller.said(
            "decisions_told",
            passed=teller.speech.number(figures.passed),
            tasks=teller.speech.number(tasks.set),
        ),
        language=teller.speech.language,
        horizontal=True,
    )
    return Shown(grid, chart)


def _list(figures: CommitteeFigures, teller: Teller) -> tuple[Shown, ...]:
    if not figures.rows:
        return ()
    grid = Grid(
        title=teller.word("decisions_list"),
        columns=(
            Column(teller.word("number")),
            Column(teller.word("decision_title")),
            Column(teller.word("decided_on")),
            Column(teller.word("state")),
            Column(teller.word("tasks_of"), numeric=True),
            Column(teller.word("tasks_done"), numeric=True),
            Column(teller.word("tasks_overdue"), numeric=True),
        ),
        rows=tuple(
            (
                teller.named(str(row.number)),
                teller.named(row.title or teller.word("not_published")),
                teller.named(teller.speech.short_day(row.decided_on)),
                teller.named(teller.word("done" if row.done else "not_done")),
                teller.plain(row.tasks),
                teller.plain(row.tasks_done),
                teller.plain(row.tasks_overdue),
            )
            for row in figures.rows
        ),
    )
    return (Shown(grid),)
