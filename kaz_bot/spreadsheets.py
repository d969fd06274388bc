"""Reads lists as spreadsheets save them: CSV with semicolons, commas or tabs, its columns in any
order, line by line."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kaz_bot.domain.words import folded
from kaz_bot.errors import ConfigError

_SEPARATORS = ";,\t"
# What `register` puts before a cell that a spreadsheet would calculate.
_DEFUSED = tuple("'" + sign for sign in ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of the list, by the names of its columns; `number` is that of the file's line.

    `problem`: it has more cells than the first line has columns.
    """

    number: int
    cells: Mapping[str, str]
    problem: str = ""

    def cell(self, column: str) -> str:
        """What stands there, or nothing."""
        return self.cells.get(column, "")


def lines_of(
    file: Path, columns: Mapping[str, Sequence[str]], *, required: Collection[str]
) -> Iterator[SheetLine]:
    """The lines below the first one, which names the columns. `columns`: what each may be called.

    Raises ConfigError for what is no such list; never more than a line is in memory.
    """
    try:
        # The mark that Excel writes is no part of the first heading.
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield from _lines(stream, file, columns, required)
    except UnicodeDecodeError as problem:
        raise ConfigError(f'{file} is not in UTF-8: save it as "CSV UTF-8"') from problem
    except csv.Error as problem:
        raise ConfigError(f"{file} cannot be read as CSV: {problem}") from problem
    except OSError as problem:
        raise ConfigError(f"{file} cannot be read: {problem.strerror}") from problem


def _lines(
    stream: TextIO, file: Path, columns: Mapping[str, Sequence[str]], required: Collection[str]
) -> Iterator[SheetLine]:
    first = stream.readline()
    separator = max(_SEPARATORS, key=first.count)
    stream.seek(0)
    reader = csv.reader(stream, delimiter=separator)
    names = _names(next(reader, []), file, columns, required)
    before = reader.line_num
    for cells in reader:
        # A cell with several lines ends further down than it begins.
        number, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        found = {name: _plain(cell) for name, cell in zip(names, cells, strict=False)}
        more = len(cells) - len(names)
        problem = f"{more} more cells than the first line has columns" if more > 0 else ""
        yield SheetLine(number=number, cells=found, problem=problem)


def _names(
    headings: Sequence[str],
    file: Path,
    columns: Mapping[str, Sequence[str]],
    required: Collection[str],
) -> list[str]:
    """The columns by our own names. Raises ConfigError, with all that is wrong with them."""
    known = {folded(heading): name for name, called in columns.items() for heading in called}
    names = [known.get(folded(" ".join(heading.split())), "") for heading in headings]
    problems = [
        f'{file}: the column "{heading}" is not known; there are: {_called(columns)}'
        for heading, name in zip(headings, names, strict=True)
        if not name
    ]
    problems += [
        f'{file}: the column "{columns[name][0]}" is missing'
        for name in columns
        if name in required and name not in names
    ]
    problems += [
        f'{file}: the column "{columns[name][0]}" is there twice'
        for name in columns
        if names.count(name) > 1
    ]
    if problems:
        raise ConfigError("\n".join(problems))
    return names


def _called(columns: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(called[0] for called in columns.values())


def _plain(cell: str) -> str:
    text = cell.removeprefix("'") if cell.startswith(_DEFUSED) else cell
    return text.strip()
