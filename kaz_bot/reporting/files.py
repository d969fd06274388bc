"""A report as files: in print, as a page, for spreadsheets, and its pictures."""

from kaz_bot.domain.reports.report import Report
from kaz_bot.messages import Enclosure, Making
from kaz_bot.register import Sheet, csv_of
from kaz_bot.reporting.cells import TABLE
from kaz_bot.reporting.layout import document_of, grids_of
from kaz_bot.reporting.naming import file_name
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Column, to_json

_HEADINGS = ("section", "list", "row", "column", "value", "suppressed")


def files_of(
    report: Report, speech: Speech, *, contact: str, sealed: bool, name: str = ""
) -> tuple[Enclosure, ...]:
    """PDF, page, list and pictures, in this order; named by what is in them unless by `name`."""
    called = name or file_name(report, speech)
    document = to_json(document_of(report, speech, contact=contact, sealed=sealed))
    pictures = speech.word(TABLE, "file_pictures")
    made = (
        (f"{called}.pdf", "application/pdf", Making.PDF),
        (f"{called}.html", "text/html", Making.PAGE),
        (f"{called}-{pictures}.zip", "application/zip", Making.PICTURES),
    )
    pdf, page, packed = (
        Enclosure(name=name, media_type=media_type, content=document, making=making)
        for name, media_type, making in made
    )
    sheet = Enclosure(
        name=f"{called}.csv",
        media_type="text/csv",
        content=csv_of(sheet_of(report, speech, sealed=sealed)),
    )
    return pdf, page, sheet, packed


def sheet_of(report: Report, speech: Speech, *, sealed: bool) -> Sheet:
    """Each figure in a row of its own, so that no program has to find its place."""
    words = speech.words(TABLE)
    yes, no = words["yes"], words["no"]
    rows = tuple(
        (
            section,
            grid.title,
            row[0].text,
            column.heading,
            cell.value,
            yes if cell.suppressed else no,
        )
        for section, grid in grids_of(report, speech, sealed=sealed)
        for row in grid.rows
        for column, cell in zip(grid.columns[1:], row[1:], strict=True)
    )
    columns = tuple(Column(words[f"csv_{heading}"]) for heading in _HEADINGS)
    return Sheet(title=words["subject"], columns=columns, rows=rows)
