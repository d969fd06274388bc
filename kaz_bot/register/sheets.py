"""Lists as they are handed out: the same columns and rows for spreadsheets and in print."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kaz_bot.texts import Speech
from kaz_bot.typesetting import Block, Column, Document, Paragraph, Table

# Excel in German takes the semicolon for the separator, and needs the mark to read UTF-8.
_SEPARATOR = ";"
_ENCODING = "utf-8-sig"
# What a spreadsheet would calculate instead of showing it (OWASP, "CSV Injection"), also as
# letters of full width.
_FORMULAS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_DEFUSED = "'"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list with its title. Each row has as many cells as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()


def csv_of(sheet: Sheet) -> bytes:
    """The list for spreadsheets. What people typed can be no formula in it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_cells(column.heading for column in sheet.columns))
    writer.writerows(_cells(row) for row in sheet.rows)
    return text.getvalue().encode(_ENCODING, "replace")


def document_of(sheet: Sheet, speech: Speech, at: datetime) -> Document:
    """The list in print."""
    words = speech.words("register")
    table: Block = Table(columns=sheet.columns, rows=sheet.rows)
    return Document(
        title=sheet.title,
        subtitle=sheet.subtitle,
        language=speech.language,
        created_at=at,
        page_words=words["page_words"],
        blocks=(table if sheet.rows else Paragraph(words["nothing"]),),
        notes=sheet.notes,
    )


def _cells(row: Iterable[str]) -> list[str]:
    return [
        _defused(cell.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")) for cell in row
    ]


def _defused(cell: str) -> str:
    return _DEFUSED + cell if cell.lstrip(" \n").startswith(_FORMULAS) else cell
