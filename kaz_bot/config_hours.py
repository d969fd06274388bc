"""Reads when the desk is open, or says in a sentence how to mend it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from itertools import pairwise

from kaz_bot.days_off import ExtraDay
from kaz_bot.domain.words import folded
from kaz_bot.domain.working_time import Span

_WEEKDAYS = (
    ("mo", "mon", "montag", "montags", "monday"),
    ("di", "die", "dienstag", "dienstags", "tu", "tue", "tues", "tuesday"),
    ("mi", "mit", "mittwoch", "mittwochs", "we", "wed", "wednesday"),
    ("do", "don", "donnerstag", "donnerstags", "th", "thu", "thur", "thurs", "thursday"),
    ("fr", "fre", "freitag", "freitags", "fri", "friday"),
    ("sa", "sam", "samstag", "samstags", "sonnabend", "sat", "saturday"),
    ("so", "son", "sonntag", "sonntags", "su", "sun", "sunday"),
)
_DAY_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_SHUT = frozenset({"geschlossen", "zu", "closed"})
# From what people write to one spelling: "Mo. bis Do.: 8 - 12 und 13.30-16 Uhr" becomes
# "mo-do 8-12 13:30-16".
_SPELLING = (
    (r"(?<=\d)\.(?=\d\d\b)", ":"),
    (r"(?<=\d)\s*(?:uhr|h)\b|\b(?:uhr|und|and|von|from)\b", " "),
    (r"\b(?:bis|to)\b|[–—]|\.{2,}", "-"),
    (r"\b(?:taeglich|daily)\b", "mo-so"),
    (r"\b(?:werktags|weekdays)\b", "mo-fr"),
    (r"(?<=[a-z])[.:=]+|[,;/]", " "),
    (r"\s*-\s*", "-"),
)
_SPAN = re.compile(r"(\d{1,2}(?::\d{2})?)-(\d{1,2}(?::\d{2})?)")
_NO_HOURS = "write for example Mo-Do 08:00-16:00, Fr 08:00-14:00"

_DATE = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.?(?:\d{4})?)"
_DATES = re.compile(rf"({_DATE})(?:\s*(?:-|–|—|/|\.\.|bis|to)\s*({_DATE}))?(?=[,;\s]|$)")
_NO_DAY = "write days as 24.12., 24.12.2026 or 2026-12-24, a range as 28.12.2026-30.12.2026"
# Any year with a 29 February: a day without a year falls into it.
_LEAP_YEAR = 2024
_LONGEST_RANGE = 366


def business_hours(text: str) -> Mapping[int, tuple[Span, ...]]:
    """The spans of each weekday, 0 being Monday."""
    hours: dict[int, list[Span]] = {}
    days: list[int] = []
    complete = False
    for word in _spelled(text).split():
        if named := _weekdays(word):
            days, complete = [*([] if complete else days), *named], False
        elif days and (word in _SHUT or _SPAN.fullmatch(word)):
            complete = True
            for day in days:
                hours.setdefault(day, []).extend([] if word in _SHUT else [_span(word)])
        else:
            raise ValueError(f'"{word}" is out of place in "{text}"; {_NO_HOURS}')
    if not complete:
        raise ValueError(f'"{text}" ends with a day that has no hours; {_NO_HOURS}')
    if not any(hours.values()):
        raise ValueError(f'"{text}" leaves no day on which somebody works; {_NO_HOURS}')
    return {day: _in_order(spans) for day, spans in sorted(hours.items())}


def extra_days(text: str) -> tuple[ExtraDay, ...]:
    """The days on which the desk is closed besides holidays; `none` for no day at all."""
    if text.strip().lower().rstrip(".") in {"keine", "keiner", "none", "-"}:
        return ()
    rest = _DATES.sub("", text)
    if rest.strip(" ,;\t"):
        raise ValueError(f'"{text}" is no list of days; {_NO_DAY}')
    return tuple(
        extra
        for first, last in _DATES.findall(text)
        for extra in _range(_extra_day(first), _extra_day(last) if last else None, text)
    )


def _spelled(text: str) -> str:
    spelled = folded(text)
    for found, better in _SPELLING:
        spelled = re.sub(found, better, spelled)
    return spelled


def _weekdays(word: str) -> list[int]:
    """The days a word such as `mo` or `mo-do` names; nothing when it names none."""
    first, _, last = word.partition("-")
    if first not in _DAY_NUMBERS or (last or first) not in _DAY_NUMBERS:
        return []
    begin, end = _DAY_NUMBERS[first], _DAY_NUMBERS[last or first]
    return [day % 7 for day in range(begin, end + (7 if end < begin else 0) + 1)]


def _span(word: str) -> Span:
    first, _, last = word.partition("-")
    opens = _time(first)
    # The end of a day has no time of its own.
    closes = time(0) if last in {"24", "24:00"} else _time(last)
    if time(0) < closes <= opens:
        raise ValueError(
            f'"{word}" ends before it begins; write a night as 22:00-24:00, '
            "and 00:00-06:00 of the next day"
        )
    return Span(opens, closes)


def _time(text: str) -> time:
    hour, _, minute = text.partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise ValueError(f'"{text}" is no time of day; write it as 08:00') from None


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    ordered = sorted(spans, key=lambda span: span.opens)
    for earlier, later in pairwise(ordered):
        if earlier.closes == time(0) or later.opens < earlier.closes:
            raise ValueError(
                f'"{earlier.opens:%H:%M}-{earlier.closes:%H:%M}" and '
                f'"{later.opens:%H:%M}-{later.closes:%H:%M}" overlap; write them as one'
            )
    return tuple(ordered)


def _extra_day(text: str) -> ExtraDay:
    if "-" in text:
        parts = [int(part) for part in text.split("-")]
        extra = ExtraDay(year=parts[0], month=parts[1], day=parts[2])
    else:
        day, month, year = [*text.rstrip(".").split("."), ""][:3]
        extra = ExtraDay(day=int(day), month=int(month), year=int(year) if year else None)
    _date(extra, text)
    return extra


def _date(extra: ExtraDay, text: str) -> date:
    try:
        return date(_LEAP_YEAR if extra.year is None else extra.year, extra.month, extra.day)
    except ValueError:
        raise ValueError(f'"{text}" is no day of the calendar; {_NO_DAY}') from None


def _range(first: ExtraDay, last: ExtraDay | None, text: str) -> Iterator[ExtraDay]:
    if last is None:
        yield first
        return
    # "28.12.-30.12.2026" means the same year for both.
    year = first.year or last.year
    day, end = (
        _date(ExtraDay(month=one.month, day=one.day, year=one.year or year), text)
        for one in (first, last)
    )
    if year is None and end < day:
        end = end.replace(year=_LEAP_YEAR + 1)
    if not timedelta(0) <= end - day < timedelta(days=_LONGEST_RANGE):
        raise ValueError(f'"{text}": a range ends before it begins, or lasts years; {_NO_DAY}')
    while day <= end:
        yield ExtraDay(month=day.month, day=day.day, year=day.year if year else None)
        day += timedelta(days=1)
