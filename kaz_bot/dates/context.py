"""Settles by its neighbours what a word alone leaves open: whether "am" is German, 9 a count."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kaz_bot.dates.counting import counted, is_counting, kind_after, kind_before, kinds
from kaz_bot.dates.tokens import NOISE, Token

_OF = frozenset({"im", "des", "of", "in", "in the", "vom", "dieses"})
_COUNTABLE = frozenset({"WEEKDAY", "WORKDAY", "DAY"})
_WHOLE = {("MONTHS",), ("QUARTERS",)}
# A dash or "to" between two of these is "bis".
_ENDS = frozenset(
    "INT ORDINAL CLOCK DATE DOTTED UHR H WEEKDAY HABIT MONTH AMPM FOUR_DIGITS YEAR DAYPART".split()
)
_COUNTS = frozenset({"INT", "YEAR", "FOUR_DIGITS", "DECIMAL"})
# "in 2 Mon." is no Monday.
_SHORT_UNITS = {"mon": "MONTHS", "mo": "MONTHS", "j": "YEARS", "J": "YEARS", "J.": "YEARS"}
_DAYS = {("WEEKDAY",), ("RELATIVE_DAY",), ("MORGEN",)}
_WEEKS_IN_A_YEAR = 53
_MONTHS = 12
_MINUTES_SAID = (5, 10, 15, 20, 25)


def settled(found: Sequence[Token]) -> list[Token]:
    """The tokens as the grammar reads them, without noise."""
    tokens = _spoken(list(found))
    for settle in _SETTLING:
        tokens = settle(tokens)
    return tokens


def _spoken(tokens: list[Token]) -> list[Token]:
    """Words that are noise in most places, but mean something in these; the others leave."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        before, after = kind_before(tokens, place), kinds(tokens, place + 1, 2)
        if _is_one(tokens, place) and before != "TIMES" and is_counting(after):
            kept.append(replace(token, kind="INT", value=1))
        elif token.text == "am" and _is_meridiem(tokens, place):
            kept.append(replace(token, kind="AMPM", value="am"))
        elif token.text == "eines" and before in _COUNTABLE:
            continue
        elif token.text in _OF and before == "ORDINAL" and after[:1] in _WHOLE:
            kept.append(replace(token, kind="OF"))
        elif token.text == "mal" and before not in _COUNTS:
            continue
        elif token.text in _SHORT_UNITS and before == "INT" and _is_in(tokens, place - 2):
            kept.append(replace(token, kind=_SHORT_UNITS[token.text], value=1))
        elif token.text in {"from", "on"} and before == "WEEK" and after[:1] in _DAYS:
            kept.append(replace(token, kind="FROM"))
        elif token.kind != NOISE:
            kept.append(token)
    return kept


def _is_in(tokens: Sequence[Token], place: int) -> bool:
    return place >= 0 and tokens[place].kind == "IN"


def _is_one(tokens: Sequence[Token], place: int) -> bool:
    """ "a week" and "an hour" are one; German "an Tagen" is not."""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return tokens[place].text == "a" or (tokens[place].text == "an" and after in {"hour", "hr"})


def _is_meridiem(tokens: Sequence[Token], place: int) -> bool:
    """`9 am` and `9 am tomorrow`, but not `um 9 am Freitag`."""
    if kind_before(tokens, place) not in {"INT", "CLOCK", "DOTTED"}:
        return False
    after = tokens[place + 1 : place + 2]
    glued = tokens[place - 1].end == tokens[place].start
    return glued or not after or after[0].text in _ENGLISH_AFTER_AM


_ENGLISH_AFTER_AM = frozenset(
    "on tomorrow today every each next this until till by to and from starting "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split()
)


def _several(tokens: list[Token]) -> list[Token]:
    """ "ersten und dritten Montag" are two places of one day."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        end = place
        while kinds(tokens, end, 1) in {("ORDINAL",), ("UND",)}:
            end += 1
        places = [token for token in tokens[place:end] if token.kind == "ORDINAL"]
        if (
            len(places) > 1
            and tokens[place] is places[0]
            and kind_after(tokens, end - 1) in _COUNTABLE
        ):
            numbers = tuple(token.value for token in places if isinstance(token.value, int))
            kept.append(replace(places[0], kind="ORDINALS", value=numbers))
            place = end
        else:
            kept.append(tokens[place])
            place += 1
    return kept


def _every_second(tokens: list[Token]) -> list[Token]:
    """ "jeden zweiten" may be a day of the month or every other day; "jeden 15." is clear."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        few = token.kind == "ORDINAL" and token.text.isalpha() and token.value in _FEW
        every = few and kind_before(tokens, place) == "EVERY"
        if every and kind_after(tokens, place) not in _OF_WHICH:
            kept[-1] = replace(token, kind="VAGUE")
        else:
            kept.append(token)
    return kept


_FEW = range(2, 10)
_OF_WHICH = frozenset(
    "WEEKDAY WORKDAY DAY WEEK MONTH MONTHS QUARTERS YEARS MINUTE HOUR OF UND ORDINAL".split()
)


def _spelt_dates(tokens: list[Token]) -> list[Token]:
    """ "am fünfzehnten zehnten" is the 15th of October."""
    kept: list[Token] = []
    for token in tokens:
        day = kept[-1] if kept and kept[-1].kind == "ORDINAL" else None
        month = token.value if token.kind == "ORDINAL" and token.text.isalpha() else None
        if day and isinstance(day.value, int) and isinstance(month, int) and month <= _MONTHS:
            kept[-1] = replace(day, kind="DATE", value=(day.value, month, None), end=token.end)
        else:
            kept.append(token)
    return kept


def _quarters(tokens: list[Token]) -> list[Token]:
    """ "quarter" is three months, unless a time of day is told with it."""
    return [
        replace(token, kind="QUARTERS")
        if token.kind == "QUARTER"
        and token.text == "quarter"
        and kinds(tokens, place + 1, 1) not in {("VOR",), ("NACH",), ("HOUR",), ("INT",)}
        else token
        for place, token in enumerate(tokens)
    ]


def _oclock(tokens: list[Token]) -> list[Token]:
    """ "drei Uhr" in words means office hours, "3 Uhr" the night."""
    kept = list(tokens)
    for place, token in enumerate(tokens):
        said = place > 0 and tokens[place - 1].kind == "INT" and tokens[place - 1].text.isalpha()
        if token.kind == "UHR" and said and kind_before(tokens, place - 1) not in _HOUR_FOLLOWS:
            kept[place] = replace(token, kind="O_CLOCK")
    return kept


_HOUR_FOLLOWS = {"HALF", "QUARTER", "THREE_QUARTERS", "VOR", "NACH"}


def _weeks(tokens: list[Token]) -> list[Token]:
    """ "Woche 42", "week 42"; but "Ende der Woche 12 Uhr" is a time."""
    kept = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind != "WEEK" or kinds(tokens, place + 1, 1) != ("INT",):
            continue
        number, after = tokens[place + 1].value, kinds(tokens, place + 2, 1)
        counted = kind_before(tokens, place) in {
            "COUNT",
            "WHICH",
            "EVERY",
            "OTHER",
            "LAST",
            "TIMES",
        }
        told = after in {("UHR",), ("H",), ("AMPM",)}
        if not counted and not told and isinstance(number, int) and number <= _WEEKS_IN_A_YEAR:
            kept[place] = replace(token, kind="KW")
    return kept


def _inside(tokens: list[Token]) -> list[Token]:
    """ "in der nächsten Woche" is "nächste Woche"; "Oktober 9 Uhr" is no 9th of October."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        which, whole = (*kinds(tokens, place + 1, 2), "", "")[:2]
        if token.kind == "IN" and which == "WHICH" and whole in _STRETCHES:
            continue
        if token.kind == "INT" and kind_before(tokens, place) == "MONTH" and which in {"UHR", "H"}:
            kept.append(replace(token, kind="UM"))
        kept.append(token)
    return kept


_STRETCHES = frozenset({"WEEK", "MONTHS", "QUARTERS", "YEARS", "KW", "WEEKEND"})


def _weeks_from(tokens: list[Token]) -> list[Token]:
    """ "a week from Monday" is "in a week, Monday"."""
    kept: list[Token] = []
    for token in tokens:
        counts = (
            len(kept) > 1
            and kept[-2].kind == "COUNT"
            and kind_before(kept, len(kept) - 2) != "EVERY"
        )
        if token.kind == "FROM" and counts:
            kept.insert(-2, replace(token, kind="IN", value=1))
        elif token.kind != "FROM":
            kept.append(token)
    return kept


def _ranges(tokens: list[Token]) -> list[Token]:
    """A dash between two times or days is "bis"; elsewhere it is only a dash."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        ends = kind_before(tokens, place), kind_after(tokens, place)
        # "15-Oct-2026" is one date.
        between = set(ends) <= _ENDS and not (token.kind == "DASH" and "MONTH" in ends)
        if token.kind == "DASH" and between:
            kept.append(replace(token, kind="BIS", value=1))
        elif token.kind == "DASH":
            kept += [token] if _is_minus(tokens, place) else []
        elif token.text == "to" and token.kind == "VOR":
            kept += _to(token, tokens, place) if between or _tells(tokens, place) else []
        else:
            kept.append(token)
    return kept


def _is_minus(tokens: Sequence[Token], place: int) -> bool:
    """In "in -3 Tagen" it is no mere dash, and no date either."""
    glued = place + 1 < len(tokens) and tokens[place].end == tokens[place + 1].start
    counts = kind_after(tokens, place) in {"COUNT", "INT", "DECIMAL"}
    return glued and counts and kind_before(tokens, place) in {"", "IN", "EVERY", "UM", "BIS"}


def _tells(tokens: Sequence[Token], place: int) -> bool:
    return kind_before(tokens, place) in {"QUARTER", "MINUTE"}


def _to(token: Token, tokens: Sequence[Token], place: int) -> list[Token]:
    """`ten to nine` is a time, `9 to 11` a range."""
    before = tokens[place - 1]
    minutes = before.kind == "INT" and before.value in _MINUTES_SAID
    told = _tells(tokens, place) or (minutes and kind_before(tokens, place - 1) != "AB")
    return [token if told else replace(token, kind="BIS", value=1)]


def _single_limits(tokens: list[Token]) -> list[Token]:
    """ "bis spätestens zum" says it once; so does "bis in"."""
    return [
        token
        for place, token in enumerate(tokens)
        if not (token.kind == "BIS" and kind_before(tokens, place) == "BIS")
    ]


_SETTLING: tuple[Callable[[list[Token]], list[Token]], ...] = (
    counted,
    _quarters,
    counted,
    _several,
    _every_second,
    _spelt_dates,
    _oclock,
    _weeks,
    _inside,
    _weeks_from,
    _ranges,
    _single_limits,
)
