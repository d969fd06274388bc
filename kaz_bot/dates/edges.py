"""Tells which words at the beginning or end of a sentence are its date, and which its matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaz_bot.dates.hearing import NotUnderstood
from kaz_bot.dates.moments import Moment, Recurrence
from kaz_bot.dates.parts import DAYS, TIMES
from kaz_bot.dates.refusals import BadDate
from kaz_bot.dates.scene import Scene
from kaz_bot.dates.spoken import (
    Ahead,
    DayOfMonth,
    Dotted,
    Mark,
    Number,
    Part,
    Slashed,
    Stretch,
    Times,
    Unit,
)
from kaz_bot.dates.tokens import NOISE, UNKNOWN, UNSURE, Token
from kaz_bot.dates.understanding import parts_of, resolved, understood

# A date has fewer words than this; no sentence is looked at further in.
MOST_TOKENS = 16

# They begin what the sentence is about, so no date goes on behind them.
_TURNS = frozenset({"an", "ans", "to", "about", "for", "fuer", "auf", "of"})
_GOES_ON = frozenset({"EVERY", "INT", "CLOCK", "FOUR_DIGITS", "HOUR"})
_NEVER_FIRST = frozenset({"UND", "ODER", "DASH", "UHR", "NACH", "TIMES", UNSURE})
_NEVER_LAST = frozenset(
    {NOISE, "VOR", "NACH", "IN", "UM", "AB", "BIS", "UND", "ODER", "DASH", UNSURE}
)
# Of what stands beside them, unless a unit of time follows: "Freitag einige Fragen klären".
_QUANTITIES = frozenset(
    "paar einige einigen einiger mehrere mehreren wenige wenigen viele vielen few "
    "several many".split()
)
_CLOCKS = frozenset({"INT", "CLOCK", "DOTTED"})
# Of these a date goes on behind "of": "first Thursday of the month", "end of October".
_OF_THEM = frozenset({"MONTHS", "QUARTERS", "YEARS", "MONTH", "Q"})
_BETWEEN = frozenset({NOISE, "EVERY", "WHICH"})
# They make "am" English; no German sentence holds them.
_ENGLISH = frozenset(
    {"at", "to", "of", "about", "that", "tomorrow", "today", "every", "next", "on"}
)
_NUMBERS = frozenset({"INT", "YEAR", "FOUR_DIGITS", "DECIMAL"})
_FIGURES = frozenset({"DOTTED", "YEAR", "FOUR_DIGITS"})
_RELATING = frozenset(
    {Mark.UNTIL, Mark.STARTING, Mark.BEFORE, Mark.AFTER, Mark.INSIDE, Mark.ALSO, Mark.ALWAYS}
)
_SHORTENED = 3
# A word alone, mistyped, must be long to be sure of it.
_LONG = 7


@dataclass(frozen=True)
class Reading:
    """Words in a row that say a date; without parts they say one of two."""

    tokens: Sequence[Token]
    parts: tuple[Part, ...]

    def resolved(self, text: str, scene: Scene) -> Moment | Recurrence:
        """Raises `BadDate`, naming the words."""
        try:
            if not self.parts:
                return understood(self.tokens, scene)
            return resolved(self.parts, scene)
        except BadDate as refusal:
            heard = text[self.tokens[0].start : self.tokens[-1].end]
            raise refusal.hearing(heard) from refusal.__cause__


def beginning(tokens: Sequence[Token], text: str) -> Reading | None:
    """The most words at the beginning that say a date."""
    run = _known(tokens[:MOST_TOKENS])
    run = run[: _turn(run)]
    for length in range(len(run), 0, -1):
        said = run[:length]
        after = tokens[length:]
        if _ends_too_late(said, after) or _belongs_to_next(said, after, text):
            continue
        reading = _reading(said)
        if reading and not _counts_the_next(reading, after, text):
            return reading
    return None


def _ends_too_late(said: Sequence[Token], after: Sequence[Token]) -> bool:
    """The last word begins what follows, but for the "am" of "tomorrow 10 am to call Ann"."""
    is_meridiem = (
        said[-1].text == "am"
        and len(said) > 1
        and said[-2].kind in _CLOCKS
        and not _ENGLISH.isdisjoint(token.text for token in (*said, *after[:1]))
    )
    counted = len(said) > 1 and said[-2].kind in _NUMBERS
    begins_matter = (
        said[-1].kind in _NEVER_LAST
        or (after and said[-1].text in _QUANTITIES)
        or (said[-1].text == "mal" and not counted)
    )
    return bool(begins_matter) and not is_meridiem


def end(tokens: Sequence[Token]) -> Reading | None:
    """The most words at the end that say a date."""
    run = list(reversed(_known(list(reversed(tokens[-MOST_TOKENS:])))))
    for length in range(len(run), 0, -1):
        said = run[-length:]
        if said[0].kind in _NEVER_FIRST or (length > 1 and said[0].text in _QUANTITIES):
            continue
        reading = _reading(said)
        if reading and not _counts_the_last(reading, whole=length == len(tokens)):
            return reading
    return None


def _known(tokens: Sequence[Token]) -> list[Token]:
    """The tokens up to the first word that no date holds."""
    stops = (place for place, token in enumerate(tokens) if token.kind == UNKNOWN)
    return list(tokens[: next(stops, len(tokens))])


def _turn(run: Sequence[Token]) -> int:
    """Where the sentence turns from the date to its matter: "Freitag an den Montag denken"."""
    begun = False
    for place, token in enumerate(run):
        after = run[place + 1].kind if place + 1 < len(run) else ""
        if begun and token.text in _TURNS and after not in _GOES_ON and not _of_it(run[place:]):
            return place
        begun = begun or token.kind != NOISE
    return len(run)


def _of_it(run: Sequence[Token]) -> bool:
    """ "of the month", "of every quarter", "of October": the date goes on."""
    named_next = (token.kind for token in run[1:] if token.kind not in _BETWEEN)
    return run[0].text == "of" and next(named_next, "") in _OF_THEM


def _reading(said: Sequence[Token]) -> Reading | None:
    choice = [place for place, token in enumerate(said) if token.kind == "ODER"]
    if choice:
        sides = said[: choice[0]], said[choice[0] + 1 :]
        return Reading(said, ()) if all(map(_reading, sides)) else None
    if not said:
        return None
    try:
        parts = parts_of(said)
    except NotUnderstood:
        return None
    return Reading(said, parts) if _is_date(parts, said) else None


def _is_date(parts: Sequence[Part], said: Sequence[Token]) -> bool:
    """Whether it can be meant as one: a lone number, "so" or "August" need not be."""
    named_parts = [part for part in parts if part not in _RELATING]
    if not named_parts or all(isinstance(part, Number | Times) for part in named_parts):
        return False
    if parts[0] is Mark.ROUGHLY and not isinstance(parts[1:2] and parts[1], Stretch):
        return False
    words = [token for token in said if token.kind != NOISE]
    if len(words) == 1 and _is_ambiguous_word(words[0], said):
        return False
    return not (len(named_parts) == 1 and _is_mere_stretch(named_parts[0], said))


def _is_ambiguous_word(word: Token, said: Sequence[Token]) -> bool:
    """ "so", "do", "mi", "sun", "mar": days and months only if something says so."""
    if word.slip and word.end - word.start < _LONG:
        return True
    short = word.kind in {"WEEKDAY", "MONTH", "Q", "KW"} and word.end - word.start <= _SHORTENED
    return short and len(said) == 1


def _is_mere_stretch(part: Part, said: Sequence[Token]) -> bool:
    """ "Haushalt 2027" and "Bericht Oktober" name no deadline; "im Oktober" does, vaguely."""
    if not isinstance(part, Stretch) or part.unit is Unit.WEEK or part.number is None:
        return isinstance(part, Stretch) and part.unit is Unit.YEAR and part.which is None
    return said[0].text not in {"im", "in", "bis", "by", "until", "zum"}


def _belongs_to_next(said: Sequence[Token], after: Sequence[Token], text: str) -> bool:
    """In "morgen 3 Anträge" and "Freitag 2. Entwurf" the last number counts what follows."""
    last = said[-1]
    if not after or _separated(last, after[0], text) or after[0].text in _TURNS:
        return False
    before = said[-2] if len(said) > 1 else None
    if last.kind in {"INT", "YEAR", "FOUR_DIGITS", "DECIMAL", "DOTTED"}:
        return before is None or before.kind not in {"UM", "KW", "MONTH", "UHR", "Q", "EVERY"}
    if last.kind == "ORDINAL":
        in_words = last.text.isalpha()
        return in_words or before is None or before.kind not in {NOISE, "UM", "EVERY"}
    return False


def _separated(last: Token, following: Token, text: str) -> bool:
    return any(mark in text[last.end : following.start] for mark in ",:;\n–")


def _counts_the_next(reading: Reading, after: Sequence[Token], text: str) -> bool:
    """In "morgen 3 Tage Urlaub planen" the length is not the date's."""
    if not after or _separated(reading.tokens[-1], after[0], text):
        return False
    last = reading.parts[-1] if len(reading.parts) > 1 else None
    return isinstance(last, Ahead) and last.plain


def _counts_the_last(reading: Reading, *, whole: bool) -> bool:
    """In "Ticket 12 am Freitag" and "Haushalt 2027 morgen" the first number is not the date's."""
    if not reading.parts:
        return False
    first, *more = reading.parts
    if whole or not more:
        return isinstance(first, Dotted | Slashed) and not whole
    lead = reading.tokens[0].kind == NOISE
    if reading.tokens[0].kind in _FIGURES and any(isinstance(part, DAYS) for part in more):
        return reading.tokens[1].kind not in {"UHR", "H", "MONTH"}
    if isinstance(first, Number | Times):
        return True
    if isinstance(first, Stretch):
        return first.number is None and first.unit is Unit.YEAR
    if isinstance(first, Ahead):
        return first.plain
    return isinstance(first, DayOfMonth) and not lead


def is_doubtful(reading: Reading) -> bool:
    """ "30 min" or "Sommerferien" before a sentence that ends with a date of its own."""
    (first, *more) = reading.parts or (None,)
    return not more and (first is Mark.VAGUE or (isinstance(first, Ahead) and first.plain))


def is_one_date(first: Reading, last: Reading) -> bool:
    """ "am Freitag die Vorlage um 10 Uhr": the day stands at one end, the time at the other."""
    apart = first.tokens[-1].end <= last.tokens[0].start
    only_time = bool(last.parts) and all(isinstance(part, TIMES) for part in last.parts)
    timeless = bool(first.parts) and not any(
        isinstance(part, (*TIMES, Ahead)) for part in first.parts
    )
    return apart and only_time and timeless
