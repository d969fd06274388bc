"""Tells numbers that count something from those that are hours or days."""

from collections.abc import Sequence
from dataclasses import replace

from kaz_bot.dates.tokens import Token

_UNITS = frozenset({"MINUTE", "HOUR", "DAY", "WEEK", "MONTHS", "QUARTERS", "YEARS", "WORKDAY"})
_NUMBERS = frozenset({"INT", "DECIMAL", "DOTTED", "FOUR_DIGITS", "YEAR"})
_PARTS = frozenset({"HALF", "QUARTER", "THREE_QUARTERS"})


def kinds(tokens: Sequence[Token], place: int, count: int) -> tuple[str, ...]:
    """The kinds of so many tokens from `place` on, fewer at the end."""
    return tuple(token.kind for token in tokens[place : place + count])


def kind_before(tokens: Sequence[Token], place: int) -> str:
    """The kind of the neighbour before, or nothing."""
    return tokens[place - 1].kind if place else ""


def kind_after(tokens: Sequence[Token], place: int) -> str:
    """The kind of the neighbour behind, or nothing."""
    return tokens[place + 1].kind if place + 1 < len(tokens) else ""


def counted(tokens: list[Token]) -> list[Token]:
    """A number before a unit is a count, before "mal" so many times; `14-tägig` is a frequency."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = kinds(tokens, place + 1, 2)
        if token.kind in _NUMBERS and after[:1] == ("TIMES_WORD",):
            times = int(_amount(token))
            kept.append(replace(token, kind="TIMES", value=times, end=tokens[place + 1].end))
            place += 1
        elif token.kind == "INT" and _joined(tokens, place):
            width = 2 if after[0] == "DASH" else 1
            kept.append(_frequency(token, tokens[place + width]))
            place += width
        elif token.kind == "CLOCK" and _is_length(tokens, place):
            hour = replace(tokens[place + 1], kind="HOUR", value=1)
            kept += [replace(token, kind="COUNT", value=_hours(token)), hour]
            place += 1
        elif token.kind in _NUMBERS and is_counting(after):
            kept.append(replace(token, kind="COUNT", value=_amount(token)))
        else:
            kept.append(token)
        place += 1
    return kept


def is_counting(after: Sequence[str]) -> bool:
    """Whether a number before tokens of these kinds counts a unit."""
    if not after:
        return False
    return after[0] in _UNITS or (after[0] in _PARTS and len(after) > 1 and after[1] in _UNITS)


def _joined(tokens: Sequence[Token], place: int) -> bool:
    after = kinds(tokens, place + 1, 2)
    return after[:1] == ("TAEGIG",) or after in {("DASH", "TAEGIG"), ("DASH", "FREQUENCY")}


def _frequency(number: Token, word: Token) -> Token:
    assert isinstance(number.value, int)
    unit = word.value if word.kind == "TAEGIG" else str(word.value).rstrip("0123456789")
    return replace(number, kind="FREQUENCY", value=f"{unit}{number.value}", end=word.end)


def _is_length(tokens: Sequence[Token], place: int) -> bool:
    """`in 1:30 h`, `1:30 Stunden`"""
    after = kind_after(tokens, place)
    return after == "HOUR" or (after == "H" and kind_before(tokens, place) == "IN")


def _hours(clock: Token) -> float:
    assert isinstance(clock.value, tuple)
    hour, minute = clock.value
    return (hour or 0) + (minute or 0) / 60


def _amount(number: Token) -> float:
    if isinstance(number.value, tuple):
        one, other = number.value
        # "1.5 hours" are one and a half; four digits are one number.
        return (
            float(f"{one}.{other}") if number.kind == "DOTTED" else (one or 0) * 100 + (other or 0)
        )
    assert isinstance(number.value, int | float)
    return number.value
