"""Describes a document by its parts, before anybody decides what it looks like."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kaz_bot import plots
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
    """Rows of as many cells as there are columns. It may be longer than a page.

    The lines of a `dense` one stand close together. The last row of a `summed` one tells the sums.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    dense: bool = False
    summed: bool = False

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
    """A picture; `alternative` tells what it shows to whoever does not see it.

    Its caption stands below it, or `above`.
    """

    content: bytes = field(repr=False)
    format: FigureFormat
    alternative: str
    caption: str = ""
    above: bool = False

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a figure has words for those who do not see it")


@dataclass(frozen=True)
class KeyFigure:
    """A figure that is seen before anything else; `note` says how to take it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The most important figures, large."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Figures as a picture and, for all who want or need them so, as a table.

    Without a table of its own it has that of the chart.
    """

    chart: plots.Chart
    caption: str = ""
    table: Table | None = None

    @property
    def title(self) -> str:
        """What stands above the picture."""
        return self.caption or self.chart.title

    @property
    def in_rows(self) -> Table:
        """The table that belongs to it."""
        if self.table is not None:
            return self.table
        headings, rows = self.chart.table()
        first, *others = headings
        columns = (Column(first), *(Column(heading, numeric=True) for heading in others))
        return Table(columns=columns, rows=rows, caption=self.title, dense=True)


Block = Heading | Paragraph | Facts | Table | Items | Quote | Figure | KeyFigures | Chart


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is to be printed. Everything in it is data, and nothing in it is markup.

    `page_words` number the pages: "Seite {page} von {pages}". `author` is the body that issues it,
    `subject` stands in the properties of the file alone, `notes` are the small print at the end.
    With a `banner` its head stands on a band of colour. A page on the screen has a list of its
    contents under the heading `contents`, and a link over it that `skip` names.
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
    banner: bool = False
    contents: str = ""
    skip: str = ""

    def __post_init__(self) -> None:
        if self.created_at.tzinfo is None:
            raise ValueError("created_at names no instant: it has no zone")
