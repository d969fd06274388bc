"""Columns are as wide as what stands in them."""

import pytest

from kaz_bot.typesetting import Column, Table
from kaz_bot.typesetting.widths import LINE, widths


def table(*columns: Column, row: tuple[str, ...]) -> Table:
    return Table(columns=columns, rows=(row,))


def test_running_text_gets_what_short_columns_leave() -> None:
    columns = (Column("Nr."), Column("Titel"), Column("Ja", numeric=True))
    assert widths(table(*columns, row=("2026/3", "Wort " * 50, "7"))) == [9, LINE - 14, 5]


def test_two_columns_of_running_text_share_it() -> None:
    columns = (Column("a"), Column("b"))
    assert widths(table(*columns, row=("x" * 500, "y" * 500))) == [LINE // 2, LINE // 2]


def test_numbers_stay_narrow_when_there_is_room() -> None:
    columns = (Column("Stelle"), Column("Ja", numeric=True))
    assert widths(table(*columns, row=("Potsdam", "7"))) == [LINE - 5, 5]


def test_numbers_alone_share_the_line() -> None:
    columns = (Column("a", numeric=True), Column("b", numeric=True))
    assert widths(table(*columns, row=("1", "2"))) == [LINE // 2, LINE // 2]


@pytest.mark.parametrize("count", [1, 5, 20, 60])
def test_they_never_exceed_the_line_by_more_than_a_little_each(count: int) -> None:
    columns = (Column("Spalte mit vielen Wörtern"),) * count
    assert sum(widths(table(*columns, row=("x",) * count))) <= max(LINE, 4 * count)


def test_a_line_end_makes_a_column_no_wider() -> None:
    columns = (Column("a"), Column("b"))
    row = ("\n".join(["kurz"] * 40), "Wort " * 50)
    assert widths(table(*columns, row=row)) == [7, LINE - 7]
