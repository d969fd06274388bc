"""No group under five can be computed from what reports tell, by whoever reads all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaz_bot.domain.reports.counts import Disclosure
from kaz_bot.domain.reports.suppression import Cell, Sum, disclosed, is_small
from tests.domain.reports.cases import counted, some
from tests.domain.reports.readers import Bounds, Reader, ranges

EXACT, FEW, WITHHELD = Disclosure.EXACT, Disclosure.FEW, Disclosure.WITHHELD
# A whole number that can be another one can be another one by one.
ONE = 0.999


def told(total: int, *parts: int) -> list[Disclosure]:
    """How the parts of a sum are told, and then the sum itself."""
    cells: list[Cell] = [("part", str(number)) for number in range(len(parts))]
    numbers = {**dict(zip(cells, parts, strict=True)), ("total",): total}
    found = disclosed(numbers, [Sum(("total",), tuple(cells))])
    return [found[cell] for cell in (*cells, ("total",))]


def test_nobody_is_no_group_and_five_are_one() -> None:
    assert told(5, 0, 5) == [EXACT, EXACT, EXACT]


def test_beside_a_small_number_the_next_smallest_is_withheld() -> None:
    assert told(60, 3, 20, 30, 7) == [FEW, EXACT, EXACT, WITHHELD, EXACT]


def test_two_small_numbers_hide_each_other() -> None:
    assert told(35, 3, 2, 30) == [FEW, FEW, EXACT, EXACT]


def test_two_that_can_only_be_one_each_hide_behind_a_third() -> None:
    assert told(32, 1, 1, 30) == [FEW, FEW, WITHHELD, EXACT]


def test_two_that_can_only_be_four_each_need_another_too() -> None:
    assert told(8, 4, 4) == [FEW, FEW, WITHHELD]


def test_of_four_that_have_few_together_it_is_not_said_that_they_are_few() -> None:
    assert told(4, 1, 1, 1, 1) == [FEW, FEW, FEW, FEW, WITHHELD]


def test_the_only_one_that_there_is_is_as_small_as_the_sum() -> None:
    assert told(3, 3, 0, 0) == [FEW, EXACT, EXACT, FEW]


def test_what_is_worth_more_is_withheld_last() -> None:
    numbers: dict[Cell, int] = {("a",): 3, ("b",): 10, ("c",): 20, ("total",): 33}
    sums = [Sum(("total",), (("a",), ("b",), ("c",)))]
    found = disclosed(numbers, sums, worth=lambda cell: 9 if cell == ("b",) else 1)
    assert (found["b",], found["c",]) == (EXACT, WITHHELD)


def test_a_rest_that_stands_nowhere_is_protected_as_well() -> None:
    numbers: dict[Cell, int] = {("named",): 20, ("also named",): 300, ("rest",): 2, ("total",): 322}
    sums = [Sum(("total",), (("named",), ("also named",), ("rest",)))]
    found = disclosed(numbers, sums, unsaid={("rest",)})
    assert found == {("named",): WITHHELD, ("also named",): EXACT, ("total",): EXACT}


def crossed(rows: list[list[int]]) -> tuple[dict[Cell, int], list[Sum]]:
    """A table with the sums of its rows and columns, and of all."""
    numbers: dict[Cell, int] = {
        ("cell", str(y), str(x)): number
        for y, row in enumerate(rows)
        for x, number in enumerate(row)
    }
    down, across = range(len(rows)), range(len(rows[0]))
    numbers |= {("row", str(y)): sum(rows[y]) for y in down}
    numbers |= {("column", str(x)): sum(row[x] for row in rows) for x in across}
    numbers[("all",)] = sum(map(sum, rows))
    sums = [
        *(Sum(("row", str(y)), tuple(("cell", str(y), str(x)) for x in across)) for y in down),
        *(Sum(("column", str(x)), tuple(("cell", str(y), str(x)) for y in down)) for x in across),
        Sum(("all",), tuple(("row", str(y)) for y in down)),
        Sum(("all",), tuple(("column", str(x)) for x in across)),
    ]
    return numbers, sums


def believed(number: int, how: Disclosure | None) -> Bounds:
    """What a reader knows who knows how this is done: what is withheld is mostly no small one."""
    least = 1 if is_small(number) else 5
    known: dict[Disclosure | None, Bounds] = {
        EXACT: (number, number),
        FEW: (1, 4),
        WITHHELD: (least, None),
        None: (0, None),
    }
    return known[how]


def given_away(
    numbers: dict[Cell, int], sums: list[Sum], how: dict[Cell, Disclosure]
) -> list[Cell]:
    """The small numbers that a reader can be sure of."""
    bounds = {cell: believed(number, how.get(cell)) for cell, number in numbers.items()}
    small = [cell for cell, number in numbers.items() if is_small(number)]
    found = ranges(bounds, sums, small)
    return [cell for cell, (least, most) in found.items() if most - least < ONE]


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 9), st.integers(0, 200)), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_small_number_of_a_table_follows_from_the_others(rows: list[list[int]]) -> None:
    numbers, sums = crossed(rows)
    assert given_away(numbers, sums, disclosed(numbers, sums)) == []


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_same_numbers_are_always_told_alike(rows: list[list[int]]) -> None:
    numbers, sums = crossed(rows)
    again, others = crossed(rows)
    assert disclosed(numbers, sums) == disclosed(again, others)


def sure_of(reader: Reader) -> list[Cell]:
    """The small groups that somebody who has all reports is sure of, told or not."""
    found = ranges(reader.bounds, reader.sums, [*reader.few, *reader.unsaid])
    return [
        cell
        for cell, (least, most) in found.items()
        if most - least < ONE and is_small(round(least))
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [4, 15, 60, 200, 900])
def test_all_reports_of_a_period_together_give_no_small_group_away(count: int, seed: int) -> None:
    reader = Reader(counted(some(count, seed)).reports)
    assert reader.few != []
    assert sure_of(reader) == []


def test_a_report_that_withheld_nothing_more_would_give_groups_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kaz_bot.domain.reports.suppression._Table.protect", lambda *_: None)
    assert sure_of(Reader(counted(some(200, 1)).reports)) != []
