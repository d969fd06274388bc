"""Draws bars that lie, each behind its name."""

from dataclasses import dataclass

from kaz_bot.plots.charts import BarChart
from kaz_bot.plots.drawing.columns import most, total
from kaz_bot.plots.drawing.heads import draw_head, head_of, paper, wrapped
from kaz_bot.plots.drawing.look import BASELINE, HAIRLINE, INK, QUIET, VALUE, WIDTH, style
from kaz_bot.plots.drawing.sheet import Sheet

_WIDEST_NAME = 2.3
# Many rows stand closer.
_BAR, _THIN = 0.17, 0.145
_AIR, _LITTLE = 0.11, 0.075
_MANY = 10
_LINE = 0.16
_GAP = 0.12
# Room behind the longest bar for its figure.
_BEHIND = 0.55


@dataclass(frozen=True)
class _Frame:
    """Where the bars begin, and how long one of them is for each that is counted."""

    left: float
    scale: float
    bar: float


def rows(chart: BarChart, *, titled: bool) -> Sheet:
    """The picture."""
    head = head_of(chart, titled=titled)
    ruler = Sheet(WIDTH, 1)
    names = [wrapped(ruler, name, _WIDEST_NAME) for name in chart.categories]
    left = max(ruler.wide(line) for name in names for line in name) + _GAP
    scale = (WIDTH - left - _BEHIND) / (most(chart) or 1)
    bars = 1 if chart.stacked else len(chart.series)
    bar, air = (_BAR, _AIR) if len(names) <= _MANY else (_THIN, _LITTLE)
    heights = [max(bars * bar, len(name) * _LINE) + air for name in names]
    sheet = paper(head, head.height + sum(heights) + 0.02)
    draw_head(sheet, chart, head)
    y = head.height
    for number, (name, height) in enumerate(zip(names, heights, strict=True)):
        if number:
            sheet.line([(0, y), (WIDTH, y)], HAIRLINE, width=0.5)
        for row, line in enumerate(name):
            sheet.text(0, y + height / 2 + (row - (len(name) - 1) / 2) * _LINE, line)
        _bars(sheet, chart, number, _Frame(left, scale, bar), y + height / 2)
        y += height
    sheet.line([(left, head.height + air / 4), (left, y - air / 4)], BASELINE, width=0.8)
    return sheet


def _bars(sheet: Sheet, chart: BarChart, number: int, frame: _Frame, middle: float) -> None:
    if chart.stacked:
        _stack(sheet, chart, number, frame, middle)
        return
    top = middle - len(chart.series) * frame.bar / 2
    for place, series in enumerate(chart.series):
        value = series.values[number]
        long = (value or 0) * frame.scale
        if long:
            sheet.bar(frame.left, top + place * frame.bar, long, frame.bar, style(place))
        sheet.text(
            frame.left + long + 0.06,
            top + (place + 0.5) * frame.bar,
            chart.told(place, number),
            size=VALUE,
            colour=QUIET if value is None else INK,
        )


def _stack(sheet: Sheet, chart: BarChart, number: int, frame: _Frame, middle: float) -> None:
    x = frame.left
    for place, series in enumerate(chart.series):
        value = series.values[number]
        long = (value or 0) * frame.scale
        if not long:
            continue
        sheet.bar(x, middle - frame.bar / 2, long, frame.bar, style(place))
        told = chart.told(place, number)
        if sheet.wide(told, VALUE) < long - 0.06:
            sheet.text(
                x + long / 2, middle, told, size=VALUE, colour=style(place).ink, across="center"
            )
        x += long
    told = chart.written(total(chart, number))
    sheet.text(x + 0.06, middle, told, size=VALUE, strong=True)
