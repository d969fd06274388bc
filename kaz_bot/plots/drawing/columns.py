"""Draws bars that stand: beside each other, or upon each other."""

from dataclasses import dataclass

from kaz_bot.plots.charts import BarChart
from kaz_bot.plots.drawing.heads import draw_head, head_of, paper, wrapped
from kaz_bot.plots.drawing.look import BASELINE, INK, QUIET, VALUE, WIDTH, style
from kaz_bot.plots.drawing.sheet import Sheet

_HIGH = 1.75
_ABOVE = 0.2
_NAME_LINE = 0.16
_BELOW = 0.08
# How much of its place a bar fills.
_FULL = 0.72
# A bar is no wider than this, however few there are.
_WIDEST = 0.45
_LEAST_INSIDE = 0.16
# How far above a bar its figure stands, and how much wider than the bar it may be.
_OVER = 0.09
_WIDER = 1.3


@dataclass(frozen=True)
class _Place:
    """Where the bars of one category stand, and how high one is for each that is counted."""

    left: float
    base: float
    wide: float
    scale: float


def columns(chart: BarChart, *, titled: bool) -> Sheet:
    """The picture."""
    head = head_of(chart, titled=titled)
    slot = WIDTH / len(chart.categories)
    ruler = Sheet(WIDTH, 1)
    names = [wrapped(ruler, name, slot - 0.05) for name in chart.categories]
    base = head.height + _ABOVE + _HIGH
    sheet = paper(head, base + _BELOW + max(map(len, names)) * _NAME_LINE + 0.02)
    draw_head(sheet, chart, head)
    draw = _stack if chart.stacked else _beside
    scale = _HIGH / (most(chart) or 1)
    bars = 1 if chart.stacked else len(chart.series)
    wide = min(slot * _FULL, bars * _WIDEST)
    for number, name in enumerate(names):
        left = (number + 0.5) * slot - wide / 2
        draw(sheet, chart, number, _Place(left, base, wide, scale))
        for row, line in enumerate(name):
            y = base + _BELOW + (row + 0.5) * _NAME_LINE
            sheet.text((number + 0.5) * slot, y, line, across="center")
    sheet.line([(0, base), (WIDTH, base)], BASELINE, width=0.8)
    return sheet


def _stack(sheet: Sheet, chart: BarChart, number: int, place: _Place) -> None:
    top, middle = place.base, place.left + place.wide / 2
    for count, series in enumerate(chart.series):
        high = (series.values[number] or 0) * place.scale
        if not high:
            continue
        top -= high
        sheet.bar(place.left, top, place.wide, high, style(count))
        told = chart.told(count, number)
        if high >= _LEAST_INSIDE and sheet.wide(told, VALUE) < place.wide - 0.04:
            ink = style(count).ink
            sheet.text(middle, top + high / 2, told, size=VALUE, colour=ink, across="center")
    told = chart.written(total(chart, number))
    sheet.text(middle, top - _OVER, told, size=VALUE, strong=True, across="center")


def _beside(sheet: Sheet, chart: BarChart, number: int, place: _Place) -> None:
    each = place.wide / len(chart.series)
    for count, series in enumerate(chart.series):
        value = series.values[number]
        high = (value or 0) * place.scale
        left = place.left + count * each
        if high:
            sheet.bar(left, place.base - high, each, high, style(count))
        told = chart.told(count, number)
        colour = QUIET if value is None else INK
        # Where there is no room for it, the table beside the picture says it.
        if sheet.wide(told, VALUE) <= each * _WIDER:
            middle, above = left + each / 2, place.base - high - _OVER
            sheet.text(middle, above, told, size=VALUE, colour=colour, across="center")


def total(chart: BarChart, number: int) -> float | None:
    """All of one category; nothing if one of its figures is not told."""
    values = [series.values[number] for series in chart.series]
    return None if None in values else sum(value or 0 for value in values)


def most(chart: BarChart) -> float:
    """The length of the longest bar."""
    values = [series.values for series in chart.series]
    if chart.stacked:
        return max(
            chart.most, *(sum(value or 0 for value in one) for one in zip(*values, strict=True))
        )
    return max(chart.most, *(value or 0 for some in values for value in some))
