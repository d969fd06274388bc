"""Pictures are the same for the same figures, safe whatever is typed, and read in grey as well."""

import re
import struct
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from kaz_bot.messages import Making
from kaz_bot.plots import Chart, Series, drawing, to_json
from kaz_bot.plots.drawing.look import INK, PAPER, QUIET, STYLES
from kaz_bot.plots.drawing.sheet import known
from kaz_bot.typesetting import NotTypeset, made
from tests.plots.charts import COLUMNS, EVERY, ROWS
from tests.plots.seeing import contrast, lightness

HOSTILE = '$\\frac{1}{0}$ <script>x</script> & "q" \u202e\x00\x1b שלום 😀 \ue000\n'


@pytest.mark.parametrize("chart", EVERY)
def test_the_same_figures_are_the_same_bytes(chart: Chart) -> None:
    assert drawing.png(chart) == drawing.png(chart)
    assert drawing.svg(chart) == drawing.svg(chart)


@pytest.mark.parametrize("chart", EVERY)
def test_it_says_neither_when_nor_with_what_it_was_drawn(chart: Chart) -> None:
    assert re.findall(b"20[0-9][0-9]-|[Mm]atplotlib", drawing.svg(chart)) == []
    assert re.findall(b"tEXt|tIME|[Mm]atplotlib", drawing.png(chart)) == []


def test_it_asks_for_nothing_from_outside() -> None:
    addresses = re.findall(rb'(?:href|src)="(?!#)[^"]*"', drawing.svg(COLUMNS))
    assert addresses == []


def test_it_is_as_wide_as_a_page_and_sharp() -> None:
    width, height = struct.unpack_from(">II", drawing.png(COLUMNS), 16)
    assert (width, height > 400) == (1352, True)


def test_its_title_is_left_out_where_it_stands_above_it() -> None:
    assert len(drawing.svg(COLUMNS, titled=False)) < len(drawing.svg(COLUMNS))


@pytest.mark.parametrize("chart", EVERY)
def test_whatever_is_typed_is_drawn_as_text(chart: Chart) -> None:
    typed = replace(
        chart,
        title=HOSTILE * 10,
        unit=HOSTILE,
        categories=tuple(HOSTILE * 3 for _ in chart.categories),
        series=tuple(replace(one, name=HOSTILE) for one in chart.series),
    )
    assert drawing.png(typed).startswith(b"\x89PNG")
    assert b"<script" not in drawing.svg(typed)


def test_letters_that_no_font_has_are_seen_to_be_missing() -> None:
    assert known("a\u202e\x00b\ue000") == "ab\N{WHITE SQUARE}"


@pytest.mark.parametrize("values", [(0, 0, 0), (None, None, None), (0.001, 0, 10**9)])
def test_whatever_the_figures_are_they_are_drawn(values: tuple[float | None, ...]) -> None:
    series = (Series("Zahl", values),)
    standing, lying = replace(COLUMNS, series=series), replace(ROWS, series=series)
    drawn = [drawing.png(one)[:4] for one in (standing, lying, standing.as_lines())]
    assert drawn == [b"\x89PNG"] * 3


def test_as_many_categories_as_there_are_fit() -> None:
    many = tuple(map(str, range(60)))
    chart = replace(COLUMNS, categories=many, series=(Series("Zahl", tuple(range(60))),))
    assert drawing.png(chart.as_lines()).startswith(b"\x89PNG")


def test_no_two_fills_look_alike_in_grey() -> None:
    shades = sorted(lightness(style.fill) for style in STYLES)
    assert min(lighter - darker for darker, lighter in pairwise(shades)) >= 12


def test_each_line_is_seen_on_paper() -> None:
    assert min(contrast(style.stroke, PAPER) for style in STYLES) >= 3


def test_words_are_read_wherever_they_stand() -> None:
    grounds = [(style.ink, style.fill) for style in STYLES] + [(INK, PAPER), (QUIET, PAPER)]
    assert min(contrast(ink, ground) for ink, ground in grounds) >= 4.5


def test_lines_differ_in_more_than_their_colour() -> None:
    assert len({(style.marker, style.dashes) for style in STYLES}) == len(STYLES)


async def test_a_process_of_its_own_draws_the_same() -> None:
    assert await made(to_json(COLUMNS), Making.PICTURE) == drawing.png(COLUMNS)


async def test_what_is_no_chart_is_refused_for_good() -> None:
    with pytest.raises(NotTypeset, match=r"^NoChart: KeyError$"):
        await made(b"{}", Making.PICTURE)


def test_the_bot_does_not_load_what_draws() -> None:
    loaded = (
        "import sys; import kaz_bot.app; import kaz_bot.menu; import kaz_bot.typesetting; "
        "print({'matplotlib', 'numpy', 'kaz_bot.plots.drawing'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "set()\n"
