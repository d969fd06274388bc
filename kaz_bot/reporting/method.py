"""The part of a report about itself: how its figures are made, and what they do not say."""

from collections.abc import Iterator

from kaz_bot.domain.reports.report import Report
from kaz_bot.reporting.cells import Grid, Teller
from kaz_bot.reporting.sections import Section, Shown
from kaz_bot.typesetting import Heading, Items, Paragraph

_METHOD = "report_method"


def method(report: Report, teller: Teller, *, contact: str) -> Section:
    """In plain words. `contact`: whom to tell of what cannot be read."""
    words = teller.speech.words(_METHOD)
    return Section(
        words["title"],
        (
            Items(tuple(words[key] for key in _KEYS)),
            Heading(words["limits"], level=2),
            Items(tuple(_limits(report, teller))),
            Shown(_uncounted(report, teller)),
            Heading(words["barriers"], level=2),
            Paragraph(words["barriers_text"].format(contact=contact)),
        ),
    )


_KEYS = (
    "question",
    "municipality",
    "answer",
    "solution",
    "target",
    "business_time",
    "median",
    "same",
)


def _limits(report: Report, teller: Teller) -> Iterator[str]:
    words = teller.speech.words(_METHOD)
    few = teller.speech.number(report.limits.smallest_group)
    yield words["few"].format(number=few)
    yield words["withheld"]
    yield words["people"]
    if not report.complete:
        yield words["running"]


def _uncounted(report: Report, teller: Teller) -> Grid:
    limits = report.limits
    words = teller.speech.words(_METHOD)
    without = limits.without_municipality
    counts = [
        *([("without_municipality", teller.count(without))] if without is not None else []),
        ("confidential", teller.count(limits.confidential)),
        ("imported", teller.plain(limits.imported)),
        ("incomplete", teller.plain(limits.incomplete)),
        ("suppressed", teller.plain(limits.suppressed)),
    ]
    return Grid(
        title=words["uncounted"],
        columns=teller.columns("what", ("number_of",)),
        rows=tuple((teller.named(words[name]), cell) for name, cell in counts),
    )
