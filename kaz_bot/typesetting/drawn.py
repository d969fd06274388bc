"""Puts the pictures of its charts into a document, for print, and each with its table."""

from collections.abc import Iterator
from dataclasses import replace

from kaz_bot.plots import drawing
from kaz_bot.typesetting.documents import Block, Chart, Document, Figure, FigureFormat


def drawn(document: Document) -> Document:
    """The same with a picture and a table in the place of each chart."""
    return replace(document, blocks=tuple(_drawn(document.blocks)))


def _drawn(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Chart):
            yield Figure(
                content=drawing.svg(block.chart, titled=False),
                format=FigureFormat.SVG,
                alternative=block.chart.alternative,
                caption=block.title,
                above=True,
            )
            table = block.in_rows
            # It follows its picture, which has the same name.
            yield replace(table, caption="") if table.caption == block.title else table
        else:
            yield block
