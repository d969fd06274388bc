"""Knows which numbers of a report are sums of others, and so what may be told of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kaz_bot.domain.municipalities import Municipality, MunicipalityKey, MunicipalityKind
from kaz_bot.domain.reports.cases import Outcome
from kaz_bot.domain.reports.counts import SMALLEST_GROUP, Count, Disclosure
from kaz_bot.domain.reports.suppression import Cell, Sum, disclosed
from kaz_bot.domain.reports.tally import ALL, Tally
from kaz_bot.domain.service_levels import Target
from kaz_bot.domain.tickets import URGENCY, AreaKey, Rating

ORIGINS = ("asked", "carried", "reopened")
OUTCOMES = (Outcome.SOLVED, Outcome.CLOSED, Outcome.WITHDRAWN, Outcome.OPEN)
OPINIONS = (Rating.HELPFUL, Rating.NOT_HELPFUL, "none")
# So many of the model solutions that were used most are named.
NAMED_SOLUTIONS = 10
# So many words has a cell that is not split by anything.
_TOTAL = 2
# Numbers that stand nowhere, but follow from others.
_UNSAID = frozenset({"turnover", "public", "anew", "known", "rest", "others", "unnamed"})


@dataclass(frozen=True, kw_only=True)
class Published:
    """All numbers of a period, and how each may be told in whatever kind of report: so that who
    reads those on each area and the one on all computes no more than who reads one.

    `listed` are the municipalities that may be named, `named` the model solutions.
    """

    numbers: dict[Cell, int]
    told: dict[Cell, Disclosure]
    listed: tuple[Municipality, ...]
    named: tuple[str, ...]

    def count(self, *cell: str) -> Count:
        """What a report says of a number."""
        return Count.of(self.numbers.get(cell, 0), self.told.get(cell, Disclosure.EXACT))

    def share(self, part: Cell, whole: Cell) -> float | None:
        """None of nothing, and none that gives a number away which is not told."""
        numbers = [self.count(*part).number, self.count(*whole).number]
        if None in numbers or not self.numbers.get(whole):
            return None
        return self.numbers.get(part, 0) / self.numbers[whole]


def publish(tally: Tally, areas: Iterable[AreaKey], register: Sequence[Municipality]) -> Published:
    """What may be told of a period."""
    counted = dict(tally.numbers) | _by_place(tally, register)
    listed = _listed(tally, register)
    named = _named(tally)
    sums = list(_sums(tally, sorted({*areas, *tally.areas}), register, listed))
    numbers = {cell: counted.get(cell, 0) for one in sums for cell in one.cells}
    numbers |= _remainders(sums, numbers)
    told = disclosed(numbers, sums, unsaid=frozenset(_unsaid(numbers, named)), worth=_worth)
    exact = [one for one in listed if told[ALL, "municipality", one.key] is Disclosure.EXACT]
    return Published(numbers=numbers, told=told, listed=tuple(exact), named=named)


def _sums(
    tally: Tally,
    areas: Sequence[str],
    register: Sequence[Municipality],
    listed: Sequence[Municipality],
) -> Iterator[Sum]:
    here = list(_of_scope(tally, ALL))
    yield from here
    for area in areas:
        yield from _of_scope(tally, area)
    for cell in dict.fromkeys(cell for one in here for cell in one.cells):
        yield Sum(cell, tuple((area, *cell[1:]) for area in areas))
    yield Sum((ALL, "offered"), tuple((area, "offered") for area in areas))
    uses = tuple((ALL, "use", one) for one in sorted(tally.used) if not one.isdigit())
    yield Sum((ALL, "by_solutions"), uses)
    yield from _of_places(register, listed)


def _of_scope(tally: Tally, area: str) -> Iterator[Sum]:
    """What adds up in an area, or in all together."""
    months = [month.isoformat() for month in tally.period.months]

    def split(total: str, by: str, values: Iterable[str]) -> Sum:
        return Sum((area, total), tuple((area, by, value) for value in values))

    def whole(total: str, *parts: str) -> Sum:
        return Sum((area, total), tuple((area, part) for part in parts))

    yield whole("turnover", *ORIGINS)
    yield whole("turnover", *OUTCOMES)
    yield split("asked", "opened", months)
    yield whole("asked", "confidential", "public")
    yield split("solved", "solved", months)
    yield split("solved", "rating", OPINIONS)
    yield whole("solved", "taken", "anew")
    yield whole("taken", "by_solutions", "by_answers")
    yield split(Target.ANSWER, Target.ANSWER, URGENCY)
    yield split(Target.SOLUTION, Target.SOLUTION, URGENCY)


def _of_places(register: Sequence[Municipality], listed: Sequence[Municipality]) -> Iterator[Sum]:
    """The districts and the kinds add up to the same; so do the municipalities in each of them.

    An independent city is a kind of its own and a district at once.
    """
    cities, districts = [], []
    for one in register:
        if one.kind is MunicipalityKind.INDEPENDENT_CITY:
            cities.append(one.key)
        elif one.kind is MunicipalityKind.DISTRICT:
            districts.append(one.key)
    city = (ALL, "kind", MunicipalityKind.INDEPENDENT_CITY)
    kinds = [kind for kind in MunicipalityKind if kind is not MunicipalityKind.INDEPENDENT_CITY]
    yield Sum((ALL, "asked"), ((ALL, "known"), (ALL, "without")))
    yield Sum((ALL, "known"), (city, (ALL, "rest")))
    yield Sum(city, tuple((ALL, "district", key) for key in cities))
    yield Sum((ALL, "rest"), tuple((ALL, "district", key) for key in districts))
    yield Sum((ALL, "rest"), tuple((ALL, "kind", kind) for kind in kinds))
    inside: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for one in listed:
        cell = (ALL, "municipality", one.key)
        inside[ALL, "district", one.district_key].append(cell)
        inside[ALL, "kind", one.kind].append(cell)
    for place, cells in inside.items():
        yield Sum(place, (*cells, (ALL, "others", *place[1:])))


def _by_place(tally: Tally, register: Sequence[Municipality]) -> dict[Cell, int]:
    """The numbers of all municipalities, their districts and kinds. One that the register does not
    know any more counts as unknown."""
    numbers: defaultdict[Cell, int] = defaultdict(int)
    asked = dict(tally.municipalities)
    for one in register:
        number = asked.pop(one.key, 0)
        numbers[ALL, "municipality", one.key] += number
        numbers[ALL, "district", one.district_key] += number
        numbers[ALL, "kind", one.kind] += number
    numbers[ALL, "without"] = tally.numbers[ALL, "without"] + sum(asked.values())
    return numbers


def _remainders(sums: Iterable[Sum], numbers: dict[Cell, int]) -> dict[Cell, int]:
    """The numbers nobody counts, because they only follow from those that are counted."""
    found: dict[Cell, int] = {}
    for one in sums:
        total = one.total
        if total[1] in {"turnover", "rest"}:
            # Also the sum of those of all areas, which are not there yet; the first is right.
            found.setdefault(total, sum(numbers[part] for part in one.parts))
        elif total == (ALL, "asked") and (ALL, "known") in one.parts:
            found[ALL, "known"] = numbers[total] - numbers[ALL, "without"]
        elif one.parts and one.parts[-1][1] == "others":
            found[one.parts[-1]] = numbers[total] - sum(numbers[part] for part in one.parts[:-1])
    return found


def _unsaid(numbers: Iterable[Cell], named: Sequence[str]) -> Iterator[Cell]:
    for cell in numbers:
        if cell[1] in _UNSAID or (cell[1] == "use" and cell[2] not in named):
            yield cell


def _worth(cell: Cell) -> int:
    """Rather a detail of an area than one of all, and a total of all only at last."""
    if cell[0] != ALL or cell[1] == "municipality":
        return 2
    return 20 if len(cell) == _TOTAL else 5


def _listed(tally: Tally, register: Sequence[Municipality]) -> tuple[Municipality, ...]:
    """Those from which enough came, most first."""
    asked = tally.municipalities
    enough = [one for one in register if asked[one.key] >= SMALLEST_GROUP]
    return tuple(sorted(enough, key=lambda one: (-asked[one.key], one.name, one.key)))


def _named(tally: Tally) -> tuple[str, ...]:
    """The model solutions that were used most, those first."""
    uses = {one: tally.numbers[ALL, "use", one] for one in tally.used if not one.isdigit()}
    most = sorted(uses, key=lambda one: (-uses[one], len(one), one))
    return tuple(most[:NAMED_SOLUTIONS])


def asked_from(tally: Tally, register: Sequence[Municipality]) -> list[MunicipalityKey]:
    """From which municipalities anybody asked."""
    return [one.key for one in register if tally.municipalities[one.key]]
