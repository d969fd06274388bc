"""Lays a report out: what stands in it, in which order, in the words of one language."""

from collections.abc import Iterator

from kaz_bot.domain.reports.report import Report
from kaz_bot.reporting.cells import TABLE, Grid, Teller
from kaz_bot.reporting.decisions import decisions
from kaz_bot.reporting.method import method
from kaz_bot.reporting.naming import subtitle_of, title_of
from kaz_bot.reporting.overview import key_grid, overview
from kaz_bot.reporting.questions import by_area, by_district, by_kind, over_time
from kaz_bot.reporting.sections import Section
from kaz_bot.reporting.service import ratings, reuse, waiting
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Block, Document


def document_of(report: Report, speech: Speech, *, contact: str, sealed: bool) -> Document:
    """For people. `contact`: whom to tell of barriers; `sealed`: titles that were said encrypted
    are shown."""
    words = speech.words(TABLE)
    sections = _sections(report, Teller(speech), contact=contact, sealed=sealed)
    blocks: tuple[Block, ...] = tuple(block for one in sections for block in one.blocks())
    return Document(
        title=title_of(report, speech),
        subtitle=subtitle_of(report, speech),
        author=words["author"],
        subject=words["subject"],
        language=speech.language,
        created_at=report.as_of,
        page_words=words["page_words"],
        blocks=blocks,
        banner=True,
        contents=words["contents"],
        skip=words["skip"],
    )


def grids_of(report: Report, speech: Speech, *, sealed: bool) -> Iterator[tuple[str, Grid]]:
    """All lists of figures, each with the title of its section."""
    teller = Teller(speech)
    yield teller.word("overview"), key_grid(report, teller).grid
    for section in _sections(report, teller, contact="", sealed=sealed):
        yield from ((section.title, grid) for grid in section.grids())


def _sections(report: Report, teller: Teller, *, contact: str, sealed: bool) -> Iterator[Section]:
    """Those that say anything in a report of this kind."""
    yield overview(report, teller)
    yield over_time(report, teller)
    if len(report.areas) > 1:
        yield by_area(report, teller)
    if report.kinds:
        yield by_kind(report, teller)
    if report.districts:
        yield by_district(report, teller)
    yield waiting(report, teller)
    yield reuse(report, teller, sealed=sealed)
    yield ratings(report, teller)
    if report.committee is not None:
        yield decisions(report.committee, teller)
    yield method(report, teller, contact=contact)
