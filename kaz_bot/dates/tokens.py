"""Turns a text into the tokens of the grammar: words by the vocabulary, figures by their form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from kaz_bot.dates.scanning import Piece, scan
from kaz_bot.dates.vocabulary import Ambiguous, Meaning, Value, vocabulary
from kaz_bot.domain.words import folded

NOISE = "NOISE"
UNKNOWN = "UNKNOWN"
# A word as near to one date word as to another.
UNSURE = "UNSURE"
# Figures in the form of a date that is in no calendar.
_NO_DATE = "DATE", (99, 99, None)

TokenValue = Value | tuple[int | None, ...] | datetime


@dataclass(frozen=True)
class Token:
    """What the grammar reads: a kind, its value, and where in the text it stands."""

    kind: str
    value: TokenValue
    start: int
    end: int
    text: str = ""
    # Mistyped, and taken for the word it is nearest to.
    slip: bool = False


# With its dot it is another word than without.
_ABBREVIATED = {"spaet.": "spaetestens"}
# More slips than these are no date but another language; and each one costs time.
_MOST_SLIPS = 4


def tokens(text: str, *, most: int) -> list[Token]:
    """The first `most` tokens of a visible text. Noise and unknown words are among them."""
    return named(list(islice(scan(text), most)))


def named(pieces: Sequence[Piece], *, last_first: bool = False) -> list[Token]:
    """What each piece is, or several of them together.

    Only a few mistyped words are corrected, of a sentence the first or the last.
    """
    found: list[Token] = []
    keys = [_key(piece) for piece in pieces]
    strange = [place for place, piece in enumerate(pieces) if _is_strange(piece, keys[place])]
    slips = set(strange[-_MOST_SLIPS:] if last_first else strange[:_MOST_SLIPS])
    place = 0
    while place < len(pieces):
        length, meanings = _longest_phrase(keys, place)
        slip = meanings is None and place in slips
        if meanings is None and pieces[place].form == "word":
            meanings = _meant(keys[place]) if slip else _compound(keys[place])
        key = " ".join(keys[place : place + length])
        found += _tokens_of(pieces[place : place + length], key, meanings, slip=slip)
        place += length
    # From the end: what makes "Morgen" of "Montag-Morgen-Runde" no morning makes Montag no day.
    for place in reversed(range(len(found))):
        found[place] = _of_compound(found[place], place, found)
    return found


def _of_compound(token: Token, place: int, found: Sequence[Token]) -> Token:
    """The "Dienstag" of "Dienstag-Runde" is no day."""
    before, after = found[max(place - 2, 0) : place], found[place + 1 : place + 3]
    if token.text.isalpha() and (_is_joined(*before, token) or _is_joined(token, *after)):
        return replace(token, kind=UNKNOWN)
    return token


def _is_joined(*tokens: Token) -> bool:
    """Whether a dash holds two words together, one of which is unknown."""
    if len(tokens) != 3:
        return False
    first, dash, last = tokens
    glued = (first.end, dash.end) == (dash.start, last.start)
    unknown = any(each.kind == UNKNOWN and each.text.isalpha() for each in (first, last))
    return dash.kind == "DASH" and glued and unknown


def _is_strange(piece: Piece, key: str) -> bool:
    known = piece.form != "word" or vocabulary().phrase((key,)) is not None
    return not known and _compound(key) is None


def _tokens_of(
    pieces: Sequence[Piece], key: str, meanings: tuple[Meaning, ...] | None, *, slip: bool
) -> list[Token]:
    if meanings is None:
        return [_in_digits(pieces[0])]
    start, end = pieces[0].start, pieces[-1].end
    return [Token(meaning.kind, meaning.value, start, end, key, slip) for meaning in meanings]


def _key(piece: Piece) -> str:
    if piece.form == "word":
        word = folded(piece.text).replace("’", "'")
        return _ABBREVIATED.get(word) or word.rstrip(".")
    return (
        folded(piece.text).replace(" ", "").rstrip(".") if piece.form == "meridiem" else piece.text
    )


def _longest_phrase(keys: Sequence[str], place: int) -> tuple[int, tuple[Meaning, ...] | None]:
    known = vocabulary()
    for length in range(min(known.longest, len(keys) - place), 0, -1):
        if meanings := known.phrase(tuple(keys[place : place + length])):
            return length, meanings
    return 1, None


def _compound(word: str) -> tuple[Meaning, ...] | None:
    try:
        return vocabulary().compound(word)
    except Ambiguous:
        return None


def _meant(word: str) -> tuple[Meaning, ...] | None:
    try:
        return vocabulary().meant(word)
    except Ambiguous as unsure:
        return (Meaning(UNSURE, " ".join(unsure.words)),)


def _in_digits(piece: Piece) -> Token:
    read = _READ.get(piece.form)
    kind, value = read(piece.text) if read else (UNKNOWN, piece.text)
    return Token(kind, value, piece.start, piece.end, piece.text)


def _figures(text: str) -> list[int]:
    """The numbers in a text of digits and signs."""
    return [int(part) for part in "".join(c if c.isdigit() else " " for c in text).split()]


def _date(text: str) -> tuple[str, TokenValue]:
    day, month, *year = _figures(text)
    return "DATE", (day, month, _full(text, year[0]) if year else None)


def _slashed(text: str) -> tuple[str, TokenValue]:
    figures = _figures(text)
    if figures[0] > 31:
        year, month, day = figures
        return "DATE", (day, month, year)
    one, other, *rest = figures
    year_said = _full(text, rest[0]) if rest else None
    if "-" in text and year_said and len(text.rsplit("-", maxsplit=1)[-1]) < 4:
        return UNKNOWN, text
    # 15/10 is unmistakable, and so is 10/15; 3/4 is April here and March elsewhere.
    if "/" in text and other <= 12 and one <= 12 and one != other:
        return "SLASHED", (one, other, year_said)
    day, month = (other, one) if other > 12 >= one else (one, other)
    return "DATE", (day, month, year_said)


def _full(text: str, year: int) -> int:
    """The year at the end of a text: 26 is 2026, but 0026 is not."""
    return year if text[-4:].isdigit() else 2000 + year


def _iso(text: str) -> tuple[str, TokenValue]:
    digits = text.rstrip("T")
    if "-" not in digits:
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    year, month, day = _figures(digits)
    return "DATE", (day, month, year)


def _iso_week(text: str) -> tuple[str, TokenValue]:
    year, week, *weekday = _figures(text)
    if not weekday:
        return "ISO_WEEK", (week, year)
    try:
        day = date.fromisocalendar(year, week, weekday[0])
    except ValueError:
        return _NO_DATE
    return "DATE", (day.day, day.month, day.year)


def _clock(text: str) -> tuple[str, TokenValue]:
    hour, minute, *_ = _figures(text)
    return "CLOCK", (hour, minute)


def _number(text: str) -> tuple[str, TokenValue]:
    # So long a number is none that a date could hold; int() of thousands of digits takes its time.
    if len(text) > 6:
        return UNKNOWN, text
    number = int(text)
    if len(text) == 4 and 1900 <= number < 2200:
        return "YEAR", number
    if len(text) == 4 and number // 100 < 24 and number % 100 < 60:
        return "FOUR_DIGITS", (number // 100, number % 100)
    return "INT", number


def _instant(text: str) -> tuple[str, TokenValue]:
    try:
        return "INSTANT", datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return "CLOCK", (99, 99)


def _numbered(text: str) -> tuple[str, TokenValue]:
    return "ORDINAL", _figures(text)[0]


_READ: dict[str, Callable[[str], tuple[str, TokenValue]]] = {
    "instant": _instant,
    "iso": _iso,
    "iso_week": _iso_week,
    "date": _date,
    "slashed": _slashed,
    "clock": _clock,
    # 9:7 or 12:345 is a time gone wrong.
    "odd": lambda _: ("CLOCK", (99, 99)),
    "odd_date": lambda _: _NO_DATE,
    "ordinal": _numbered,
    "dotted": lambda text: ("DOTTED", tuple(_figures(text))),
    "decimal": lambda text: ("DECIMAL", float(text.replace(",", ".")[:12])),
    "numbered": _numbered,
    "number": _number,
    "dash": lambda text: ("DASH", text),
}
