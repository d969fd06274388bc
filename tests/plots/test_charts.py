"""A chart says the same as a picture, as a table and in words."""

from dataclasses import replace

import pytest

from kaz_bot.plots import Chart, NoChart, Series, from_json, to_json
from tests.plots.charts import COLUMNS, EVERY, LINES, ROWS


def test_its_table_has_all_that_the_picture_shows() -> None:
    assert COLUMNS.table() == (
        ("Monat", "gestellt", "gelöst"),
        (("Jan", "120", "100"), ("Feb", "95", "90"), ("Mär", "1.204", "1.100")),
    )


def test_a_figure_that_is_not_told_has_words_instead() -> None:
    assert ROWS.table()[1] == (
        ("Barnim", "17"),
        ("Havelland", "unter 5"),
        ("Spree-Neiße/Sprjewja-Nysa", "0"),
    )


def test_without_words_of_its_own_it_is_a_dash() -> None:
    assert LINES.table()[1] == (("Jan", "2.5"), ("Feb", "–"), ("Mar", "1.25"), ("Apr", "3"))


def test_bars_too_many_for_their_room_become_lines_with_the_same_figures() -> None:
    assert COLUMNS.as_lines().table() == COLUMNS.table()


@pytest.mark.parametrize("chart", EVERY)
def test_what_is_written_is_read_again(chart: Chart) -> None:
    assert from_json(to_json(chart)) == chart


@pytest.mark.parametrize(
    "untrue",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        to_json(COLUMNS).replace(b'"BarChart"', b'"PieChart"'),
        to_json(COLUMNS).replace(b'"de"', b'"fr"'),
        to_json(COLUMNS).replace(b"1204", b'"many"'),
    ],
)
def test_what_is_no_chart_is_told_apart(untrue: bytes) -> None:
    with pytest.raises(NoChart):
        from_json(untrue)


def test_a_chart_without_words_for_those_who_do_not_see_it_is_none() -> None:
    with pytest.raises(ValueError, match="do not see it"):
        replace(COLUMNS, alternative=" ")


@pytest.mark.parametrize(
    ("series", "why"),
    [
        ((), "categories and series"),
        ((Series("gestellt", (1, 2)),), "one figure for each category"),
        ((Series("gestellt", (1, 2, 3), ("1",)),), "one figure for each category"),
        ((Series("gestellt", (1, -2, 3)),), "below zero"),
    ],
)
def test_each_series_has_a_figure_for_each_category(series: tuple[Series, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(COLUMNS, series=series)
