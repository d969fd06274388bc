"""What stands above the figures of a picture: its title, and which series is which."""

from dataclasses import dataclass

from kaz_bot.plots.charts import Chart, LineChart
from kaz_bot.plots.drawing.look import LABEL, MARGIN, QUIET, SMALL, TITLE, WIDTH, style
from kaz_bot.plots.drawing.sheet import Sheet

_TITLE_LINE = 0.24
_LINE = 0.2
_SQUARE = 0.12
_GAP = 0.22
_AIR = 0.1


@dataclass(frozen=True)
class Head:
    """The lines above a picture, and how much room they take."""

    title: tuple[str, ...]
    named: tuple[tuple[int, ...], ...]
    unit: str
    height: float


def paper(head: Head, height: float) -> Sheet:
    """For what stands below this head; with a title it stands alone."""
    return Sheet(WIDTH, height, MARGIN if head.title else 0)


def head_of(chart: Chart, *, titled: bool) -> Head:
    """What stands above this chart."""
    ruler = Sheet(WIDTH, 1)
    title = wrapped(ruler, chart.title, WIDTH, TITLE, strong=True) if titled else ()
    named = _flowing(ruler, chart) if len(chart.series) > 1 else ()
    unit = chart.unit
    lines = len(named) + (1 if unit else 0)
    height = len(title) * _TITLE_LINE + lines * _LINE + (_AIR if lines or title else 0)
    return Head(title, named, unit, height)


def draw_head(sheet: Sheet, chart: Chart, head: Head) -> None:
    """Title, what is counted, and the names of the series, each with its mark."""
    y = 0.0
    for line in head.title:
        sheet.text(0, y + _TITLE_LINE / 2, line, size=TITLE, strong=True)
        y += _TITLE_LINE
    if head.unit:
        sheet.text(0, y + _LINE / 2, head.unit, size=SMALL, colour=QUIET)
        y += _LINE
    for numbers in head.named:
        x = 0.0
        for number in numbers:
            _mark(sheet, chart, number, x, y + _LINE / 2)
            name = chart.series[number].name
            sheet.text(x + _mark_width(chart), y + _LINE / 2, name, size=LABEL)
            x += _mark_width(chart) + sheet.wide(name) + _GAP
        y += _LINE


def wrapped(
    ruler: Sheet, words: str, width: float, size: float = LABEL, *, strong: bool = False
) -> tuple[str, ...]:
    """The words in lines that are no wider; two at most, the second cut if need be."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and len(lines) < 2 and ruler.wide(longer, size, strong=strong) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(_cut(ruler, line, width, size, strong=strong) for line in lines)


def _cut(ruler: Sheet, line: str, width: float, size: float, *, strong: bool) -> str:
    if ruler.wide(line, size, strong=strong) <= width:
        return line
    while len(line) > 1 and ruler.wide(f"{line}…", size, strong=strong) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _flowing(ruler: Sheet, chart: Chart) -> tuple[tuple[int, ...], ...]:
    rows: list[list[int]] = [[]]
    x = 0.0
    for number, series in enumerate(chart.series):
        wide = _mark_width(chart) + ruler.wide(series.name)
        if rows[-1] and x + wide > WIDTH:
            rows.append([])
            x = 0.0
        rows[-1].append(number)
        x += wide + _GAP
    return tuple(map(tuple, rows))


def _mark_width(chart: Chart) -> float:
    return 0.36 if isinstance(chart, LineChart) else 0.18


def _mark(sheet: Sheet, chart: Chart, number: int, x: float, y: float) -> None:
    look = style(number)
    if isinstance(chart, LineChart):
        sheet.line([(x, y), (x + 0.28, y)], look.stroke, width=1.8, dashes=look.dashes)
        sheet.line([(x + 0.14, y)], look.stroke, width=0, marker=look.marker)
    else:
        sheet.bar(x, y - _SQUARE / 2, _SQUARE, _SQUARE, look)
