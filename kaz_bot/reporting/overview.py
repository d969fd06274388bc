"""What is seen first of a report: its key figures, and what they come to in plain words."""

from collections.abc import Iterator

from kaz_bot.domain.reports.counts import Count, Disclosure
from kaz_bot.domain.reports.report import Report
from kaz_bot.reporting.cells import Cell, Grid, Teller
from kaz_bot.reporting.sections import Section, Shown
from kaz_bot.typesetting import Items, KeyFigure, KeyFigures


def overview(report: Report, teller: Teller) -> Section:
    """The most important figures and sentences."""
    return Section(
        teller.word("overview"),
        (
            KeyFigures(tuple(_key_figures(report, teller))),
            Items(tuple(summary(report, teller))),
        ),
    )


def key_grid(report: Report, teller: Teller) -> Shown:
    """The figures of the head as a list, for programs."""
    head = report.head
    figures: list[tuple[str, Cell]] = [
        ("asked", teller.count(head.asked)),
        ("solved", teller.count(head.solved)),
        ("open", teller.count(head.open)),
        ("answered_in_time", teller.share(head.answered_in_time)),
        ("answer_median", teller.length(head.answer_median)),
        ("solved_in_time", teller.share(head.solved_in_time)),
        ("solution_median", teller.length(head.solution_median)),
        ("reuse_share", teller.share(head.reuse_share)),
        ("helpful_share", teller.share(head.helpful_share)),
    ]
    grid = Grid(
        title=teller.word("overview"),
        columns=teller.columns("figure", ("value",)),
        rows=tuple((teller.named(teller.word(name)), cell) for name, cell in figures),
    )
    return Shown(grid)


def _key_figures(report: Report, teller: Teller) -> Iterator[KeyFigure]:
    head, coverage = report.head, report.coverage
    solved = teller.said("key_solved", solved=teller.count(head.solved).text)
    yield KeyFigure(teller.count(head.asked).text, teller.word("key_asked"), solved)
    if coverage is not None:
        of = teller.said(
            "key_of",
            number=teller.speech.number(coverage.districts),
            all=teller.speech.number(coverage.of_districts),
        )
        yield KeyFigure(of, teller.word("key_districts"), teller.word("key_districts_note"))
    for name, share, length in (
        ("answers", head.answered_in_time, head.answer_median),
        ("solutions", head.solved_in_time, head.solution_median),
    ):
        note = teller.said("key_median", length=teller.length(length).text) if length else ""
        yield KeyFigure(teller.share(share).text, teller.word(f"key_{name}"), note)
    for name, share in (("reuse", head.reuse_share), ("helpful", head.helpful_share)):
        words = teller.word(f"key_{name}_note")
        yield KeyFigure(teller.share(share).text, teller.word(f"key_{name}"), words)
    committee = report.committee
    if committee is not None:
        done = teller.said("key_decisions_done", done=teller.speech.number(committee.done))
        passed = teller.speech.number(committee.passed)
        yield KeyFigure(passed, teller.word("key_decisions"), done)
        tasks = teller.speech.number(committee.tasks.done)
        overdue = teller.speech.number(committee.tasks.overdue)
        note = teller.said("key_tasks_overdue", overdue=overdue)
        yield KeyFigure(tasks, teller.word("key_tasks"), note)


def summary(report: Report, teller: Teller) -> Iterator[str]:
    """What the figures come to, in sentences; of what is not told exactly there is none."""
    head, coverage, committee = report.head, report.coverage, report.committee
    number = teller.speech.number
    if asked := head.asked.number:
        key = "asked_one" if asked == 1 else "asked"
        yield _joined(
            teller.said(key, asked=number(asked)),
            _of(teller, "solved", head.solved),
            _of(teller, "open", head.open),
        )
    elif head.asked == Count(0):
        yield teller.said("asked_none")
    elif head.asked.told is Disclosure.FEW:
        yield teller.said("asked_few")
    if coverage is not None and coverage.districts:
        yield teller.said(
            "covered", number=number(coverage.districts), all=number(coverage.of_districts)
        )
    if head.answered_in_time is not None:
        share = teller.speech.percent(head.answered_in_time)
        yield _joined(teller.said("answered", share=share), _median(report, teller))
    if head.reuse_share is not None:
        yield teller.said("reused", share=teller.speech.percent(head.reuse_share))
    if head.helpful_share is not None:
        yield teller.said("helpful", share=teller.speech.percent(head.helpful_share))
    if committee is not None and committee.passed:
        yield _joined(
            teller.counted("passed", committee.passed),
            teller.counted("passed_done", committee.done),
        )


def _of(teller: Teller, key: str, count: Count) -> str:
    if count.number is None:
        return ""
    key = f"{key}_one" if count.number == 1 else key
    return teller.said(key, number=teller.speech.number(count.number))


def _median(report: Report, teller: Teller) -> str:
    median = report.head.answer_median
    return teller.said("median", length=teller.length(median).text) if median else ""


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
