"""Reads tokens by the grammar into what was said."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lark import Lark, UnexpectedInput
from lark import Token as Terminal

from kaz_bot.dates.hearing_days import DayEars, StretchEars
from kaz_bot.dates.hearing_repeats import MarkEars, RepeatEars
from kaz_bot.dates.hearing_times import LengthEars, TimeEars
from kaz_bot.dates.spoken import Part
from kaz_bot.dates.tokens import Token

_GRAMMAR = Path(__file__).with_name("grammar.lark")


class NotUnderstood(Exception):
    """The tokens are no sentence of the grammar."""


def heard(tokens: Sequence[Token]) -> tuple[Part, ...]:
    """The parts of a date, in order. Raises `NotUnderstood`."""
    reading = _parser().parse_interactive()
    try:
        for token in tokens:
            reading.feed_token(Terminal(token.kind, token.value))
        parts = reading.feed_token(Terminal("$END", ""))
    except UnexpectedInput as problem:
        raise NotUnderstood(str(tokens)) from problem
    assert isinstance(parts, tuple)
    return parts


class _Ears(TimeEars, LengthEars, DayEars, StretchEars, RepeatEars, MarkEars):
    """What each part of the grammar becomes."""


@cache
def _parser() -> Lark:
    # The tokens are made already, with a vocabulary that no lexer of lark's could hold.
    grammar = _GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Ears())
