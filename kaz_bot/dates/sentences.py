"""Finds a date at the beginning or at the end of a sentence, and what is left of it."""

import re
from collections.abc import Sequence

from kaz_bot.dates.edges import MOST_TOKENS, Reading, beginning, end, is_doubtful, is_one_date
from kaz_bot.dates.moments import Found
from kaz_bot.dates.scanning import Piece, scan
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.tokens import Token, named

# Characters at either end of a long text.
_EDGE = 240

_GLUE = re.compile(
    r"[\s,;:.–—-]*(?:(?:an|to|of|dass|daß|that|about)\b(?!-)[\s,:]*)?", re.IGNORECASE
)
_TAIL = " \t\r\n,;:–—-"
_LAST_CALL = frozenset({"spaetestens", "allerspaetestens"})


def found(text: str, scene: Scene) -> Found | None:
    """The date first, if there is one at the beginning; otherwise the one at the end."""
    head, tail = _edges(text)
    first, last = beginning(head, text), end(tail)
    if first and last and is_one_date(first, last):
        parts = first.parts + last.parts
        when = Reading(first.tokens, parts).resolved(text, scene)
        return Found(when=when, what=_rest(text, first.tokens[-1].end, last.tokens[0].start))
    if first and not (last and is_doubtful(first)):
        return Found(
            when=first.resolved(text, scene), what=_rest(text, first.tokens[-1].end, len(text))
        )
    if last:
        return Found(when=last.resolved(text, scene), what=_rest(text, 0, last.tokens[0].start))
    return None


def until(text: str, scene: Scene) -> Found | None:
    """What stands before the last "bis" that a date follows; without one, as in `found`."""
    _, tail = _edges(text)
    for place in reversed(range(len(tail))):
        token = tail[place]
        if token.kind != "BIS" and token.text not in _LAST_CALL:
            continue
        reading = beginning(tail[place + 1 :], text)
        if reading:
            when = reading.resolved(text, scene)
            before = _rest(text, 0, _limit_start(tail, place))
            behind = reading.tokens[-1].end
            # "Bericht bis Freitag an Ann schicken": behind its matter, "an" belongs to it.
            after = text[behind:].strip(_TAIL) if before else _rest(text, behind, len(text))
            return Found(when=when, what=" ".join(filter(None, (before, after))))
    return found(text, scene)


def _limit_start(tokens: Sequence[Token], place: int) -> int:
    """Where "bis", "bis spätestens", "by … at the latest" begins."""
    while place and (tokens[place - 1].kind == "BIS" or tokens[place - 1].text in _LAST_CALL):
        place -= 1
    return tokens[place].start


def _edges(text: str) -> tuple[list[Token], list[Token]]:
    """The first and the last tokens of a text. In a short one they are the same."""
    if len(text) <= 2 * _EDGE:
        pieces = list(scan(text))
        if len(pieces) <= 2 * MOST_TOKENS:
            return named(pieces), named(pieces, last_first=True)
        return named(pieces[:MOST_TOKENS]), named(pieces[-MOST_TOKENS:], last_first=True)
    cut = len(text) - _EDGE
    # A number or word that is cut in two is none.
    tail = list(scan(text[cut:]))[1:][-MOST_TOKENS:]
    moved = [Piece(piece.form, piece.text, piece.start + cut, piece.end + cut) for piece in tail]
    return named(list(scan(text[:_EDGE]))[:-1][:MOST_TOKENS]), named(moved, last_first=True)


def _rest(text: str, start: int, end: int) -> str:
    """The words between, without those that only tied them to the date."""
    between = text[start:end].strip()
    glue = _GLUE.match(between)
    return (between[glue.end() :] if glue else between).rstrip(_TAIL)
