"""Decides which numbers a report leaves out, so that nobody can compute a small group from others.

A number from 1 to 4 is told as small. That is not enough: whoever knows the sum of a row, and all
of the row but one, knows that one. So more numbers are withheld, until for each small one there is
another table, alike in all that is told, in which it is another number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from kaz_bot.domain.reports.counts import SMALLEST_GROUP, Disclosure

# What is counted, such as ("", "asked") or ("security", "rating", "helpful").
Cell = tuple[str, ...]
# How much is lost when a number is withheld.
Worth = Callable[[Cell], int]

# So many half-made tables are looked at for each small number; nearly always a few dozen do.
_TRIES = 60_000
# What is worth one costs so much, and a little more the greater its number is.
_UNIT = 10
# Each sum that is still wrong counts as so much: with less, the search takes far too long.
_WRONG = 100


# Compared by identity: they are many, and no two say the same.
@dataclass(frozen=True, eq=False)
class Sum:
    """`total` is the sum of `parts`, as everybody knows who reads the report."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All that it is about."""
        return (self.total, *self.parts)


def is_small(number: int) -> bool:
    """Whether a group is too small to be told by its number."""
    return 0 < number < SMALLEST_GROUP


def disclosed(
    numbers: Mapping[Cell, int],
    sums: Iterable[Sum],
    *,
    unsaid: Set[Cell] = frozenset(),
    worth: Worth = lambda _: 1,
) -> dict[Cell, Disclosure]:
    """How each number may be told; the same numbers always give the same.

    `unsaid` numbers stand in no table, but follow from sums: they are protected as the others.
    """
    table = _Table(numbers, tuple(sums), unsaid, worth)
    for cell in sorted(cell for cell, number in numbers.items() if is_small(number)):
        table.protect(cell)
    return table.told


@dataclass(frozen=True)
class _Draft:
    """A table on its way to another that is right: what is changed by how much, which sums lack how
    much, and what would have to be withheld so that nobody sees the change."""

    changed: Mapping[Cell, int]
    lacking: Mapping[Sum, int]
    withheld: tuple[Cell, ...] = ()
    cost: int = 0
    expected: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expected", self.cost + _WRONG * len(self.lacking))


class _Table:
    """The numbers, their sums, and how each is told so far."""

    def __init__(
        self,
        numbers: Mapping[Cell, int],
        sums: tuple[Sum, ...],
        unsaid: Set[Cell],
        worth: Worth,
    ) -> None:
        self._numbers = numbers
        self._worth = worth
        self.told = {
            cell: Disclosure.FEW if is_small(number) else Disclosure.EXACT
            for cell, number in numbers.items()
            if cell not in unsaid
        }
        # Each cell with the sums it stands in, and how one more of it changes what they lack.
        self._sums: defaultdict[Cell, list[tuple[Sum, int]]] = defaultdict(list)
        for one in sums:
            self._sums[one.total].append((one, 1))
            for part in one.parts:
                self._sums[part].append((one, -1))

    def protect(self, cell: Cell) -> None:
        """Withhold what is needed so that this number could be another one, the least first.

        What is protected stays so when more is withheld.
        """
        drafts: list[tuple[int, int, _Draft]] = []
        age = count()
        for step in (1, -1):
            self._push(drafts, age, _Draft({}, {}), cell, step)
        for _ in range(_TRIES):
            if not drafts:
                break
            draft = heappop(drafts)[-1]
            if not draft.lacking:
                self.told |= dict.fromkeys(draft.withheld, Disclosure.WITHHELD)
                return
            for other, step in self._remedies(draft):
                self._push(drafts, age, draft, other, step)
        self._withhold_all()

    def _push(
        self,
        drafts: list[tuple[int, int, _Draft]],
        age: Iterator[int],
        draft: _Draft,
        cell: Cell,
        step: int,
    ) -> None:
        price = self._price(cell, step)
        if price is None:
            return
        lacking = dict(draft.lacking)
        for one, sign in self._sums[cell]:
            lacking[one] = lacking.get(one, 0) + sign * step
            if not lacking[one]:
                del lacking[one]
        further = _Draft(
            changed={**draft.changed, cell: step},
            lacking=lacking,
            withheld=(*draft.withheld, cell) if price else draft.withheld,
            cost=draft.cost + price,
        )
        # Of two that promise the same, the younger one is nearer to its end.
        heappush(drafts, (further.expected, -next(age), further))

    def _remedies(self, draft: _Draft) -> Iterator[tuple[Cell, int]]:
        """What may change in a sum that is wrong, and by which step, so that it is right again."""
        one, lacking = next(iter(draft.lacking.items()))
        step = 1 if lacking > 0 else -1
        for part in one.parts:
            if part not in draft.changed:
                yield part, step
        if one.total not in draft.changed:
            yield one.total, -step

    def _price(self, cell: Cell, step: int) -> int | None:
        """What it costs that the reader could believe the changed number; None if never."""
        number = self._numbers[cell]
        changed = number + step
        match self.told.get(cell):
            case None:
                return 0 if changed >= 0 else None
            case Disclosure.FEW if is_small(changed):
                return 0
            case Disclosure.FEW:
                # "unter 5" itself says something: of four areas that have few, and few together,
                # each has one. Then it is not even said of the sum that they are few, at last.
                return self._loss(cell) + _UNIT if changed > 0 else None
            case Disclosure.WITHHELD:
                return 0 if self._may_be_withheld(number, changed) else None
            case _:
                return self._loss(cell) if self._may_be_withheld(number, changed) else None

    def _loss(self, cell: Cell) -> int:
        return self._worth(cell) * _UNIT + self._numbers[cell].bit_length()

    def _may_be_withheld(self, number: int, changed: int) -> bool:
        """Mostly it is no small number that is withheld, as readers know; nobody is told openly."""
        return number > 0 and changed >= (1 if is_small(number) else SMALLEST_GROUP)

    def _withhold_all(self) -> None:
        for cell, number in self._numbers.items():
            if number and cell in self.told:
                self.told[cell] = Disclosure.WITHHELD
