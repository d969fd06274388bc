"""Lists are read as spreadsheets save them, and what is wrong with a file is told."""

from pathlib import Path

import pytest

from kaz_bot.errors import ConfigError
from kaz_bot.spreadsheets import SheetLine, lines_of

COLUMNS = {"name": ("Name", "Title"), "city": ("Stadt", "City")}


def read(tmp_path: Path, content: str, encoding: str = "utf-8-sig") -> list[SheetLine]:
    file = tmp_path / "list.csv"
    file.write_bytes(content.encode(encoding))
    return list(lines_of(file, COLUMNS, required={"name"}))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_separator_and_any_order_will_do(tmp_path: Path, separator: str, end: str) -> None:
    content = end.join([f"STADT{separator}name", f'Cottbus{separator}"Ann{separator} Beck"'])
    assert read(tmp_path, content) == [
        SheetLine(number=2, cells={"city": "Cottbus", "name": f"Ann{separator} Beck".strip()})
    ]


def test_lines_are_numbered_as_an_editor_shows_them(tmp_path: Path) -> None:
    content = 'Name;City\n"two\nlines";A\n;\n\nlast;B\n'
    assert [(line.number, line.cell("name")) for line in read(tmp_path, content)] == [
        (2, "two\nlines"),
        (6, "last"),
    ]


def test_what_was_kept_from_being_a_formula_is_itself_again(tmp_path: Path) -> None:
    content = "Name\n'=1+1\n'Hof\n"
    assert [line.cell("name") for line in read(tmp_path, content)] == ["=1+1", "'Hof"]


def test_a_column_may_be_missing_and_a_line_may_be_short(tmp_path: Path) -> None:
    assert [line.cell("city") for line in read(tmp_path, "Name\nAnn\n")] == [""]
    assert [line.cell("city") for line in read(tmp_path, "Name;City\nAnn\n")] == [""]


def test_a_line_with_too_many_cells_says_so(tmp_path: Path) -> None:
    [line] = read(tmp_path, "Name;City\nAnn;Cottbus;x;y\n")
    assert line.problem == "2 more cells than the first line has columns"


def test_all_that_is_wrong_with_the_columns_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as problem:
        read(tmp_path, "City;City;Land\nA;B;C\n")
    assert [line.partition("list.csv: ")[2] for line in str(problem.value).splitlines()] == [
        'the column "Land" is not known; there are: Name, Stadt',
        'the column "Name" is missing',
        'the column "Stadt" is there twice',
    ]


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='the column "Name" is missing'):
        read(tmp_path, "")


def test_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not in UTF-8"):
        read(tmp_path, "Name\nMüller\n", encoding="cp1252")


def test_what_is_no_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read as CSV"):
        read(tmp_path, f"Name\n{'x' * 200_000}\n")
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        list(lines_of(tmp_path / "missing.csv", COLUMNS, required=()))
