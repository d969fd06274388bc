"""The paper that charts are drawn on, measured in inches from its upper left corner."""

import io
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from kaz_bot.plots.drawing.look import DOTS, INK, LABEL, PAPER, Style

_REGULAR, _STRONG, _OTHERS = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-SemiBold.ttf",
    "DejaVuSans.ttf",
)
_UNKNOWN = "\N{WHITE SQUARE}"
_POINTS = 72
# Of the size of the letters (Source Sans 3).
_HALF_A_CAPITAL = 0.33
# Around a bar: the line, and the paper that shows between two bars, in inches.
_LINE, _AIR = 0.7 / 72, 0.3 / 72
# Nothing is longer than this in a picture, whoever typed it.
_LONGEST = 200

Across = Literal["left", "center", "right"]


class Sheet:
    """A picture in the making, with a margin around it. What is drawn later lies above."""

    def __init__(self, width: float, height: float, margin: float = 0) -> None:
        self._margin = margin
        self._size = width + 2 * margin, height + 2 * margin
        self._figure = Figure(figsize=self._size, dpi=_POINTS * 2, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)

    def bar(self, x: float, y: float, width: float, height: float, style: Style) -> None:
        """A filled rectangle with its line around it, which is narrower than itself by a line of
        paper."""
        air = _LINE / 2 + _AIR
        left, low = self._at(x + min(air, width / 3), y + height - min(air, height / 3))
        right, high = self._at(x + width - min(air, width / 3), y + min(air, height / 3))
        self._figure.add_artist(
            Rectangle(
                (left, low),
                right - left,
                high - low,
                transform=self._figure.transFigure,
                facecolor=style.fill,
                edgecolor=style.stroke,
                linewidth=_LINE * _POINTS,
                joinstyle="miter",
            )
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        width: float = 0.6,
        dashes: Sequence[float] = (),
        marker: str = "",
    ) -> None:
        """A line through the points, or the points alone if it has no `width`."""
        across, along = zip(*(self._at(x, y) for x, y in points), strict=True)
        drawn = Line2D(
            across,
            along,
            transform=self._figure.transFigure,
            color=colour,
            linewidth=width,
            marker=marker or "None",
            markersize=5,
            markeredgecolor=PAPER,
            markeredgewidth=0.8,
            solid_joinstyle="round",
        )
        if dashes:
            drawn.set_dashes(dashes)
        self._figure.add_artist(drawn)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = LABEL,
        colour: str = INK,
        strong: bool = False,
        across: Across = "left",
    ) -> None:
        """Words beside this point, which is halfway up their capital letters."""
        drawn = self._words(words, size, strong=strong)
        drawn.set_position(self._at(x, y + _HALF_A_CAPITAL * size / _POINTS))
        drawn.set_color(colour)
        drawn.set_horizontalalignment(across)
        drawn.set_verticalalignment("baseline")

    def wide(self, words: str, size: float = LABEL, *, strong: bool = False) -> float:
        """How wide the words are, in inches."""
        drawn = self._words(words, size, strong=strong)
        extent = drawn.get_window_extent()
        drawn.remove()
        return float(extent.width) / float(self._figure.dpi)

    def _words(self, words: str, size: float, *, strong: bool) -> Text:
        first = _FAMILIES[_STRONG if strong else _REGULAR]
        family = [first, _FAMILIES[_OTHERS]]
        # Nothing that people type is a formula.
        return self._figure.text(
            0, 0, known(words), fontsize=size, fontfamily=family, parse_math=False
        )

    def _at(self, x: float, y: float) -> tuple[float, float]:
        width, height = self._size
        return (x + self._margin) / width, 1 - (y + self._margin) / height

    def png(self) -> bytes:
        """The picture in dots; the same chart gives the same bytes."""
        return self._written("png", {"Software": None})

    def svg(self) -> bytes:
        """The picture in lines, its letters as shapes: it looks the same everywhere."""
        return self._written("svg", {"Date": None, "Creator": None, "Format": None, "Type": None})

    def _written(self, form: str, metadata: dict[str, str | None]) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format=form, dpi=DOTS, metadata=metadata, facecolor=PAPER)
        return file.getvalue()


def known(words: str) -> str:
    """The words in letters that the fonts have, in one line."""
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    visible = (letter for letter in cut if unicodedata.category(letter) not in {"Cc", "Cf"})
    return "".join(letter if ord(letter) in _LETTERS else _UNKNOWN for letter in visible)


def _file(name: str) -> Path:
    return Path(str(files("kaz_bot").joinpath("typesetting", "data", "fonts", name)))


def _families() -> dict[str, str]:
    """With no other fonts than ours every machine draws the same: their names."""
    manager = font_manager.fontManager
    manager.ttflist = []
    for name in (_REGULAR, _STRONG, _OTHERS):
        manager.addfont(_file(name))
    return {Path(font.fname).name: font.name for font in manager.ttflist}


def _letters() -> frozenset[int]:
    fonts = (font_manager.get_font(_file(name)) for name in (_REGULAR, _OTHERS))
    return frozenset(code for font in fonts for code in font.get_charmap())


_FAMILIES = _families()
_LETTERS = _letters()
mpl.rcParams.update(
    {
        "svg.fonttype": "path",
        "svg.hashsalt": "kaz",
        "text.hinting": "none",
    }
)
