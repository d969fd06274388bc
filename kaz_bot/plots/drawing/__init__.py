"""Draws charts, and owns the library that does it."""

from kaz_bot.plots.charts import Chart, LineChart
from kaz_bot.plots.drawing.columns import columns
from kaz_bot.plots.drawing.lines import lines
from kaz_bot.plots.drawing.rows import rows
from kaz_bot.plots.drawing.sheet import Sheet


def sheet_of(chart: Chart, *, titled: bool = True) -> Sheet:
    """The picture; its title is left out where it stands above it anyway."""
    if isinstance(chart, LineChart):
        return lines(chart, titled=titled)
    return rows(chart, titled=titled) if chart.horizontal else columns(chart, titled=titled)


def png(chart: Chart, *, titled: bool = True) -> bytes:
    """In dots."""
    return sheet_of(chart, titled=titled).png()


def svg(chart: Chart, *, titled: bool = True) -> bytes:
    """In lines."""
    return sheet_of(chart, titled=titled).svg()
