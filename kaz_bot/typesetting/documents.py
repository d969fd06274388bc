"""Describes a document by its parts, before anybody decides what it looks like."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kaz_bot.domain.rooms import Language


@dataclass(frozen=True)
class Heading:
    """The title of a part. The document's own title stands above level 1."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Words of ours or of others; an empty line in them begins a new one.

    `quiet` says what need not be read to understand the rest.
    """

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Fact:
    """What something is called, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class Facts:
    """A list of descriptions."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand under each other by their last digit."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of as many cells as there are columns. It may be longer than a page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a table has one cell for each of its columns")


@dataclass(frozen=True)
class Items:
    """A list; numbered if its order says something."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Quote:
    """A wording that was decided or said; `source` says by whom."""

    text: str
    source: str = ""


class FigureFormat(StrEnum):
    """The pictures that can be printed."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture; `alternative` tells what it shows to whoever does not see it."""

    content: bytes = field(repr=False)
    format: FigureFormat
    alternative: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a figure has words for those who do not see it")


Block = Heading | Paragraph | Facts | Table | Items | Quote | Figure


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is to be printed. Everything in it is data, and nothing in it is markup.

    `page_words` number the pages: "Seite {page} von {pages}". `author` is the body that issues it,
    `subject` stands in the properties of the file alone, `notes` are the small print at the end.
    """

    title: str
    language: Language
    created_at: datetime
    page_words: str
    author: str = ""
    subtitle: str = ""
    subject: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at names no instant: it has no zone")
