"""Divides the width of a page among the columns of a table."""

from kaz_bot.typesetting.documents import Table

# So many letters fit into a line of a table, all columns together.
LINE = 98
# The space between two columns, in letters.
_GAP = 3
# Up to here a line is not broken, while there is room.
_SHORT = 22


def widths(table: Table) -> list[int]:
    """How many letters wide each column is; together they fill the line, unless the table is
    dense: its columns stand close together, so that the eye finds from one to the other."""
    longest = [_longest(table, number) for number in range(len(table.columns))]
    needs = [min(length, _SHORT) + _GAP for length in longest]
    free = LINE - sum(needs)
    if free < 0:
        return [max(_GAP + 1, need * LINE // sum(needs)) for need in needs]
    if table.dense:
        return _close_together(longest, needs, free)
    # What is left goes to those whose lines are still broken, or else to those of words.
    wishes = [min(length, LINE) - min(length, _SHORT) for length in longest]
    if not any(wishes):
        wishes = [0 if column.numeric else 1 for column in table.columns]
    if not any(wishes):
        wishes = [1] * len(needs)
    return [need + free * wish // sum(wishes) for need, wish in zip(needs, wishes, strict=True)]


def _close_together(longest: list[int], needs: list[int], free: int) -> list[int]:
    """As wide as their longest lines, as far as there is room."""
    wide = list(needs)
    for number, length in sorted(enumerate(longest), key=lambda one: one[1]):
        more = min(free, max(0, length - _SHORT))
        wide[number] += more
        free -= more
    return wide


def room(width: int) -> int:
    """How many letters of a word stand in a column of this width."""
    return max(1, width - _GAP)


def _longest(table: Table, number: int) -> int:
    cells = (table.columns[number].heading, *(row[number] for row in table.rows))
    return max(len(line) for cell in cells for line in cell.split("\n"))
