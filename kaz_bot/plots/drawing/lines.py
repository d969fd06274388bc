"""Draws lines through what follows in time."""

from dataclasses import dataclass
from math import ceil, floor, log10

from kaz_bot.plots.charts import LineChart
from kaz_bot.plots.drawing.heads import draw_head, head_of, paper, wrapped
from kaz_bot.plots.drawing.look import BASELINE, HAIRLINE, LABEL, QUIET, SMALL, VALUE, WIDTH, style
from kaz_bot.plots.drawing.sheet import Sheet

_HIGH = 1.75
_ABOVE = 0.14
_NAME_LINE = 0.16
_BELOW = 0.08
_STEPS = 4
_ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class _Frame:
    """Where the lines begin, how wide a category is, and how high each that is counted."""

    left: float
    base: float
    slot: float
    scale: float

    def point(self, number: int, value: float) -> tuple[float, float]:
        """Where the figure of the category with this number stands."""
        return self.left + (number + 0.5) * self.slot, self.base - value * self.scale


def lines(chart: LineChart, *, titled: bool) -> Sheet:
    """The picture."""
    head = head_of(chart, titled=titled)
    top = head.height + _ABOVE
    base = top + _HIGH
    sheet = paper(head, base + _BELOW + 2 * _NAME_LINE)
    draw_head(sheet, chart, head)
    step = _step(chart)
    marks = [step * number for number in range(_STEPS + 1)]
    left = max(sheet.wide(chart.written(mark), SMALL) for mark in marks) + 0.1
    for mark in marks:
        y = base - mark / marks[-1] * _HIGH
        sheet.line([(left, y), (WIDTH, y)], HAIRLINE if mark else BASELINE)
        sheet.text(left - 0.08, y, chart.written(mark), size=SMALL, colour=QUIET, across="right")
    slot = (WIDTH - left) / len(chart.categories)
    _names(sheet, chart, left, base, slot)
    frame = _Frame(left, base, slot, _HIGH / marks[-1])
    for place in range(len(chart.series)):
        _line(sheet, chart, place, frame)
    return sheet


def _names(sheet: Sheet, chart: LineChart, left: float, base: float, slot: float) -> None:
    """As many as there is room for."""
    widest = max(sheet.wide(name) for name in chart.categories)
    every = max(1, ceil((widest + 0.08) / slot)) if len(chart.categories) > 12 else 1
    for number, name in list(enumerate(chart.categories))[::every]:
        for row, line in enumerate(wrapped(sheet, name, slot * every)):
            y = base + _BELOW + (row + 0.5) * _NAME_LINE
            sheet.text(left + (number + 0.5) * slot, y, line, size=LABEL, across="center")


def _line(sheet: Sheet, chart: LineChart, place: int, frame: _Frame) -> None:
    look = style(place)
    values = chart.series[place].values
    points = [
        None if value is None else frame.point(number, value) for number, value in enumerate(values)
    ]
    for piece in _pieces(points):
        sheet.line(piece, look.stroke, width=2, dashes=look.dashes)
        sheet.line(piece, look.stroke, width=0, marker=look.marker)
    if len(chart.series) == 1:
        for number, point in enumerate(points):
            if point is not None:
                sheet.text(
                    point[0],
                    point[1] - 0.12,
                    chart.told(place, number),
                    size=VALUE,
                    across="center",
                )


def _pieces(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Without bridges over what is not told."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            pieces[-1].append(point)
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _step(chart: LineChart) -> float:
    """A round one, so that some of them reach above all figures."""
    most = max((value or 0 for one in chart.series for value in one.values), default=0) or 1
    size: float = 10.0 ** floor(log10(most / _STEPS))
    least: float = 10.0**-chart.digits
    return max(least, next(size * one for one in _ROUND if size * one * _STEPS >= most))
