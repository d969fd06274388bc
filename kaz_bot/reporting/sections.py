"""The parts of a report: each a heading, words, lists of figures and their pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaz_bot.plots import BarChart, LineChart, Series
from kaz_bot.reporting.cells import Cell, Grid
from kaz_bot.typesetting import Block, Chart, Heading, Paragraph

Drawing = BarChart | LineChart


@dataclass(frozen=True)
class Shown:
    """Figures as a list and, if `chart` is there, as a picture before it."""

    grid: Grid
    chart: Drawing | None = None


@dataclass(frozen=True)
class Section:
    """A part of a report."""

    title: str
    parts: tuple[Block | Shown, ...]

    def blocks(self) -> Iterator[Block]:
        """As it is printed."""
        yield Heading(self.title)
        for part in self.parts:
            if not isinstance(part, Shown):
                yield part
            elif part.chart is None:
                yield part.grid.table
            else:
                yield Chart(chart=part.chart, table=part.grid.table)

    def grids(self) -> Iterator[Grid]:
        """Its lists."""
        yield from (part.grid for part in self.parts if isinstance(part, Shown))


def series(name: str, cells: list[Cell]) -> Series:
    """What is drawn of a column of a list."""
    return Series(name, tuple(c.number for c in cells), tuple(c.text for c in cells))


def words_of(*sentences: str, quiet: bool = False) -> tuple[Block, ...]:
    """One paragraph of those sentences that there are."""
    said = " ".join(filter(None, sentences))
    return (Paragraph(said, quiet=quiet),) if said else ()
