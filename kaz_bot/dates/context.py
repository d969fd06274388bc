"""Settles by its neighbours what a word alone leaves open: whether "am" is German, 9 a count."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kaz_bot.dates.tokens import NOISE, Token

UNITS = frozenset({"MINUTE", "HOUR", "DAY", "WEEK", "MONTHS", "QUARTERS", "YEARS", "WORKDAY"})
_NUMBERS = frozenset({"INT", "DECIMAL", "DOTTED", "FOUR_DIGITS", "YEAR"})
_PARTS = frozenset({"HALF", "QUARTER", "THREE_QUARTERS"})
_OF = frozenset({"im", "des", "of", "in", "in the", "vom", "dieses"})
_COUNTABLE = frozenset({"WEEKDAY", "WORKDAY", "DAY"})
_WHOLE = {("MONTHS",), ("QUARTERS",)}
# A dash or "to" between two of these is "bis".
_ENDS = frozenset(
    "INT ORDINAL CLOCK DATE DOTTED UHR H WEEKDAY HABIT MONTH AMPM FOUR_DIGITS YEAR DAYPART".split()
)
_WEEKS_IN_A_YEAR = 53
_MINUTES_SAID = (5, 10, 15, 20, 25)


def settled(found: Sequence[Token]) -> list[Token]:
    """The tokens as the grammar reads them, without noise."""
    tokens = _spoken(list(found))
    for settle in _SETTLING:
        tokens = settle(tokens)
    return tokens


def _kinds(tokens: Sequence[Token], place: int, count: int) -> tuple[str, ...]:
    return tuple(token.kind for token in tokens[place : place + count])


def _before(tokens: Sequence[Token], place: int) -> str:
    return tokens[place - 1].kind if place else ""


def _after(tokens: Sequence[Token], place: int) -> str:
    return tokens[place + 1].kind if place + 1 < len(tokens) else ""


def _spoken(tokens: list[Token]) -> list[Token]:
    """Words that are noise in most places, but mean something in these; the others leave."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        before, after = _before(tokens, place), _kinds(tokens, place + 1, 2)
        if token.text in {"a", "an"} and before != "TIMES" and _is_counting(after):
            kept.append(replace(token, kind="INT", value=1))
        elif token.text == "am" and _is_meridiem(tokens, place):
            kept.append(replace(token, kind="AMPM", value="am"))
        elif token.text == "eines" and before in _COUNTABLE:
            continue
        elif token.text in _OF and before == "ORDINAL" and after[:1] in _WHOLE:
            kept.append(replace(token, kind="OF"))
        elif token.kind != NOISE:
            kept.append(token)
    return kept


def _is_meridiem(tokens: Sequence[Token], place: int) -> bool:
    """`9 am` and `9 am tomorrow`, but not `um 9 am Freitag`."""
    if _before(tokens, place) not in {"INT", "CLOCK", "DOTTED"}:
        return False
    after = tokens[place + 1 : place + 2]
    glued = tokens[place - 1].end == tokens[place].start
    return glued or not after or after[0].text in _ENGLISH_AFTER_AM


_ENGLISH_AFTER_AM = frozenset(
    "on tomorrow today every each next this until till by to and from starting "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split()
)


def _counted(tokens: list[Token]) -> list[Token]:
    """A number before a unit is a count, before "mal" so many times; `14-tägig` is a frequency."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = _kinds(tokens, place + 1, 2)
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
        elif token.kind in _NUMBERS and _is_counting(after):
            kept.append(replace(token, kind="COUNT", value=_amount(token)))
        else:
            kept.append(token)
        place += 1
    return kept


def _joined(tokens: Sequence[Token], place: int) -> bool:
    after = _kinds(tokens, place + 1, 2)
    return after[:1] == ("TAEGIG",) or after in {("DASH", "TAEGIG"), ("DASH", "FREQUENCY")}


def _frequency(number: Token, word: Token) -> Token:
    assert isinstance(number.value, int)
    unit = word.value if word.kind == "TAEGIG" else str(word.value).rstrip("0123456789")
    return replace(number, kind="FREQUENCY", value=f"{unit}{number.value}", end=word.end)


def _is_counting(after: Sequence[str]) -> bool:
    if not after:
        return False
    return after[0] in UNITS or (after[0] in _PARTS and len(after) > 1 and after[1] in UNITS)


def _is_length(tokens: Sequence[Token], place: int) -> bool:
    """`in 1:30 h`, `1:30 Stunden`"""
    after = _after(tokens, place)
    return after == "HOUR" or (after == "H" and _before(tokens, place) == "IN")


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


def _several(tokens: list[Token]) -> list[Token]:
    """ "ersten und dritten Montag" are two places of one day."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        end = place
        while _kinds(tokens, end, 1) in {("ORDINAL",), ("UND",)}:
            end += 1
        places = [token for token in tokens[place:end] if token.kind == "ORDINAL"]
        if len(places) > 1 and tokens[place] is places[0] and _after(tokens, end - 1) in _COUNTABLE:
            numbers = tuple(token.value for token in places if isinstance(token.value, int))
            kept.append(replace(places[0], kind="ORDINALS", value=numbers))
            place = end
        else:
            kept.append(tokens[place])
            place += 1
    return kept


def _quarters(tokens: list[Token]) -> list[Token]:
    """ "quarter" is three months, unless a time of day is told with it."""
    return [
        replace(token, kind="QUARTERS")
        if token.kind == "QUARTER"
        and token.text == "quarter"
        and _kinds(tokens, place + 1, 1) not in {("VOR",), ("NACH",), ("HOUR",), ("INT",)}
        else token
        for place, token in enumerate(tokens)
    ]


def _oclock(tokens: list[Token]) -> list[Token]:
    """ "drei Uhr" in words means office hours, "3 Uhr" the night."""
    kept = list(tokens)
    for place, token in enumerate(tokens):
        said = place > 0 and tokens[place - 1].kind == "INT" and tokens[place - 1].text.isalpha()
        if token.kind == "UHR" and said and _before(tokens, place - 1) not in _HOUR_FOLLOWS:
            kept[place] = replace(token, kind="O_CLOCK")
    return kept


_HOUR_FOLLOWS = {"HALF", "QUARTER", "THREE_QUARTERS", "VOR", "NACH"}


def _weeks(tokens: list[Token]) -> list[Token]:
    """ "Woche 42", "week 42"; but "Ende der Woche 12 Uhr" is a time."""
    kept = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind != "WEEK" or _kinds(tokens, place + 1, 1) != ("INT",):
            continue
        number, after = tokens[place + 1].value, _kinds(tokens, place + 2, 1)
        counted = _before(tokens, place) in {"COUNT", "WHICH", "EVERY", "OTHER", "LAST", "TIMES"}
        told = after in {("UHR",), ("H",), ("AMPM",)}
        if not counted and not told and isinstance(number, int) and number <= _WEEKS_IN_A_YEAR:
            kept[place] = replace(token, kind="KW")
    return kept


def _inside(tokens: list[Token]) -> list[Token]:
    """ "in der nächsten Woche" is "nächste Woche"; "Oktober 9 Uhr" is no 9th of October."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        which, whole = (*_kinds(tokens, place + 1, 2), "", "")[:2]
        if token.kind == "IN" and which == "WHICH" and whole in _STRETCHES:
            continue
        if token.kind == "INT" and _before(tokens, place) == "MONTH" and which in {"UHR", "H"}:
            kept.append(replace(token, kind="UM"))
        kept.append(token)
    return kept


_STRETCHES = frozenset({"WEEK", "MONTHS", "QUARTERS", "YEARS", "KW", "WEEKEND"})


def _ranges(tokens: list[Token]) -> list[Token]:
    """A dash between two times or days is "bis"; elsewhere it is only a dash."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        between = _before(tokens, place) in _ENDS and _after(tokens, place) in _ENDS
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
    counts = _after(tokens, place) in {"COUNT", "INT", "DECIMAL"}
    return glued and counts and _before(tokens, place) in {"", "IN", "EVERY", "UM", "BIS"}


def _tells(tokens: Sequence[Token], place: int) -> bool:
    return _before(tokens, place) in {"QUARTER", "MINUTE"}


def _to(token: Token, tokens: Sequence[Token], place: int) -> list[Token]:
    """`ten to nine` is a time, `9 to 11` a range."""
    before = tokens[place - 1]
    minutes = before.kind == "INT" and before.value in _MINUTES_SAID
    told = _tells(tokens, place) or (minutes and _before(tokens, place - 1) != "AB")
    return [token if told else replace(token, kind="BIS", value=1)]


def _single_limits(tokens: list[Token]) -> list[Token]:
    """ "bis spätestens zum" says it once; so does "bis in"."""
    return [
        token
        for place, token in enumerate(tokens)
        if not (token.kind == "BIS" and _before(tokens, place) == "BIS")
    ]


_SETTLING: tuple[Callable[[list[Token]], list[Token]], ...] = (
    _counted,
    _quarters,
    _counted,
    _several,
    _oclock,
    _weeks,
    _inside,
    _ranges,
    _single_limits,
)
