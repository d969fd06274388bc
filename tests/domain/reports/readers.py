"""Somebody who reads reports and computes what they do not say."""

from collections.abc import Iterable, Mapping, Sequence

from scipy.optimize import linprog

from kaz_bot.domain.municipalities import MunicipalityKey, MunicipalityKind
from kaz_bot.domain.reports.counts import Count, Disclosure
from kaz_bot.domain.reports.report import Report, TimesTable
from kaz_bot.domain.reports.suppression import Cell, Sum

ALL = ""
Bounds = tuple[float, float | None]


def ranges(
    bounds: Mapping[Cell, Bounds], sums: Iterable[Sum], wanted: Iterable[Cell]
) -> dict[Cell, tuple[float, float]]:
    """From where to where each wanted number can be, for all that is known."""
    place = {cell: number for number, cell in enumerate(bounds)}
    rows = [_row(one, place) for one in sums]
    return {cell: _range(place[cell], rows, [*bounds.values()]) for cell in wanted}


def _row(one: Sum, place: Mapping[Cell, int]) -> list[float]:
    row = [0.0] * len(place)
    row[place[one.total]] -= 1
    for part in one.parts:
        row[place[part]] += 1
    return row


def _range(
    wanted: int, rows: Sequence[Sequence[float]], bounds: Sequence[Bounds]
) -> tuple[float, float]:
    ends = []
    for sign in (1, -1):
        goal = [0.0] * len(bounds)
        goal[wanted] = sign
        found = linprog(goal, A_eq=rows, b_eq=[0.0] * len(rows), bounds=bounds)
        # 0: there is an end; 3: there is none.
        assert found.status in {0, 3}, found.message
        ends.append(sign * found.fun if found.status == 0 else sign * -1e9)
    return ends[0], ends[1]


class Reader:
    """Has all reports of a period on the desk, and knows which numbers add up to which."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._known: dict[Cell, Count] = {}
        self.sums: list[Sum] = []
        for report in reports:
            self._read(report)
        self._add_areas()

    @property
    def few(self) -> list[Cell]:
        """What is told as small."""
        return [cell for cell, count in self._known.items() if count.told is Disclosure.FEW]

    @property
    def unsaid(self) -> list[Cell]:
        """What is told nowhere, but is the rest of something."""
        return [cell for cell in self.bounds if cell not in self._known]

    @property
    def bounds(self) -> dict[Cell, Bounds]:
        """What is said of each number."""
        cells = {cell for one in self.sums for cell in one.cells} | {*self._known}
        return {cell: self._bounds(cell) for cell in sorted(cells)}

    def _bounds(self, cell: Cell) -> Bounds:
        count = self._known.get(cell)
        if count is None:
            return (0, None)
        if count.number is not None:
            return (count.number, count.number)
        return (1, 4) if count.told is Disclosure.FEW else (1, None)

    def _knows(self, count: Count, *cell: str) -> Cell:
        assert self._known.get(cell, count) == count, "two reports contradict each other"
        self._known[cell] = count
        return cell

    def _sum(self, total: Cell, parts: Iterable[Cell]) -> None:
        self.sums.append(Sum(total, tuple(parts)))

    def _read(self, report: Report) -> None:
        here = report.area or ALL
        self._read_balance(report, here)
        self._read_solved(report, here)
        self._read_times(report.answers, here, "answers")
        self._read_times(report.solutions, here, "solutions")
        if not report.area:
            self._read_areas(report)
            self._read_places(report)

    def _read_balance(self, report: Report, here: str) -> None:
        balance = report.balance
        came = ("asked", "carried", "reopened")
        went = ("solved", "closed", "withdrawn", "open")
        cells = {name: self._knows(getattr(balance, name), here, name) for name in came + went}
        for names in (came, went):
            self._sum((here, "all"), [cells[name] for name in names])
        months = [self._knows(row.opened, here, "opened", str(row.month)) for row in report.months]
        self._sum((here, "asked"), months)
        confidential = self._knows(report.limits.confidential, here, "confidential")
        self._sum((here, "asked"), [confidential, (here, "public")])

    def _read_solved(self, report: Report, here: str) -> None:
        months = [self._knows(row.solved, here, "solved", str(row.month)) for row in report.months]
        ratings = report.ratings
        opinions = [
            self._knows(ratings.helpful, here, "helpful"),
            self._knows(ratings.not_helpful, here, "not_helpful"),
            self._knows(ratings.none, here, "none"),
        ]
        reuse = report.reuse
        taken = self._knows(reuse.taken, here, "taken")
        by_solutions = self._knows(reuse.by_solutions, here, "by_solutions")
        by_answers = self._knows(reuse.by_answers, here, "by_answers")
        self._knows(reuse.offered, here, "offered")
        self._sum((here, "solved"), months)
        self._sum((here, "solved"), opinions)
        self._sum((here, "solved"), [taken, (here, "anew")])
        self._sum(taken, [by_solutions, by_answers])
        if here == ALL:
            uses = [self._knows(one.uses, ALL, "use", one.subject) for one in reuse.solutions]
            self._sum(by_solutions, [*uses, (ALL, "use", "others")])

    def _read_times(self, table: TimesTable, here: str, name: str) -> None:
        everything = self._knows(table.all.number, here, name)
        rows = [self._knows(row.times.number, here, name, row.priority) for row in table.rows]
        self._sum(everything, rows)

    def _read_areas(self, report: Report) -> None:
        for row in report.areas:
            self._knows(row.asked, row.area, "asked")
            self._knows(row.solved, row.area, "solved")
            self._knows(row.open, row.area, "open")
            self._knows(row.answers.number, row.area, "answers")
            self._knows(row.solutions.number, row.area, "solutions")

    def _add_areas(self) -> None:
        areas = sorted({cell[0] for cell in self._known} - {ALL})
        for cell in [cell for cell in self.bounds if cell[0] == ALL]:
            parts = [(area, *cell[1:]) for area in areas]
            if areas and parts[0] in self.bounds:
                self._sum(cell, parts)

    def _read_places(self, report: Report) -> None:
        assert report.limits.without_municipality is not None
        without = self._knows(report.limits.without_municipality, ALL, "without")
        kinds = {row.kind: self._knows(row.asked, ALL, row.kind) for row in report.kinds}
        places = {row.key: self._knows(row.asked, ALL, row.key) for row in report.districts}
        cities = [places[row.key] for row in report.districts if row.independent]
        self._sum((ALL, "asked"), [*kinds.values(), without])
        self._sum((ALL, "asked"), [*places.values(), without])
        self._sum(kinds[MunicipalityKind.INDEPENDENT_CITY], cities)
        # In the other reports nobody is named, and the rest is all.
        if report.municipalities:
            self._read_named(report, places, kinds)

    def _read_named(
        self,
        report: Report,
        places: Mapping[MunicipalityKey, Cell],
        kinds: Mapping[MunicipalityKind, Cell],
    ) -> None:
        rows = report.municipalities
        named = {row.key: self._knows(row.asked, ALL, "of", row.key) for row in rows}
        for place, cell in places.items():
            inside = [one for key, one in named.items() if key.startswith(place)]
            self._sum(cell, [*inside, (ALL, "others", place)])
        for kind, cell in kinds.items():
            alike = [named[row.key] for row in rows if row.kind is kind]
            self._sum(cell, [*alike, (ALL, "others", kind)])
