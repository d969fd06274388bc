"""Understands stretches of days that are over or have begun: years, quarters, months, from-to."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaz_bot.domain.words import folded

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jaenner january jan",
            "februar february feb",
            "maerz march mar mrz",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_OR_NONE = rf"(?:\s*(?:/|,|of)?\s*{_YEAR})?"
_DAY = r"(?P<day>\d{1,2})"
_LAST = r"(?:letzte[rsnm]?|vorige[rsnm]?|vergangene[rsnm]?|last|previous)"
_THIS = r"(?:diese[rsnm]?|laufende[rsnm]?|this|current)"
_BETWEEN = re.compile(r"\s+(?:bis(?:\s+zum)?|to|until|through)\s+|\s*[–—]\s*|\s+-\s+")
_BEFORE = re.compile(r"^(?:vo[mn]|from|im|in|seit|fuer|for|das|den|der|die|the|zeitraum|period)\s+")
_ORDINALS = {
    **dict.fromkeys(("erstes", "erste", "first"), 1),
    **dict.fromkeys(("zweites", "zweite", "second"), 2),
    **dict.fromkeys(("drittes", "dritte", "third"), 3),
    **dict.fromkeys(("viertes", "vierte", "fourth"), 4),
}
_NUMBER = rf"(?P<number>[1-4]|{'|'.join(_ORDINALS)})"
_LONGEST = 120


class NoSpan(Exception):
    """Nobody can tell which days are meant."""


@dataclass(frozen=True, kw_only=True)
class _Said:
    """Months `first` to `last` of a year, if one was named; single days of them if they were."""

    year: int | None
    first: int
    last: int
    day: int | None = None

    @property
    def since(self) -> date:
        return date(self._year, self.first, self.day or 1)

    @property
    def until(self) -> date:
        end = self.day or monthrange(self._year, self.last)[1]
        return date(self._year, self.last, end)

    @property
    def _year(self) -> int:
        if self.year is None:
            raise NoSpan
        return self.year

    def begun(self, today: date) -> "_Said":
        """Of the year that was named; otherwise of the latest in which it has begun."""
        if self.year is not None:
            return self
        this = replace(self, year=today.year)
        return this if this.since <= today else replace(self, year=today.year - 1)


def span_of(text: str, today: date) -> tuple[date, date]:
    """The first and the last of the days that are meant. Raise NoSpan."""
    written = _plain(text)
    try:
        parts = [_said(part, today) for part in _BETWEEN.split(written)]
        if len(parts) == 1:
            one = parts[0].begun(today)
            return one.since, one.until
        first, last = parts
    except ValueError as problem:
        # Such as the 31st of a month that has fewer days, or three ends.
        raise NoSpan from problem
    return _between(first, last, today)


def _between(first: _Said, last: _Said, today: date) -> tuple[date, date]:
    """Where only one end has a year the other has the same, or the one beside it."""
    if last.year is None and first.year is not None:
        later = last.first >= first.first
        last = replace(last, year=first.year if later else first.year + 1)
    last = last.begun(today)
    if first.year is None and last.year is not None:
        earlier = (first.first, first.day or 1) <= (last.last, last.day or 31)
        first = replace(first, year=last.year if earlier else last.year - 1)
    try:
        return first.since, last.until
    except ValueError as problem:
        raise NoSpan from problem


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        raise NoSpan
    written = " ".join(folded(text).strip(" .,;:!?").split())
    while (shorter := _BEFORE.sub("", written)) != written:
        written = shorter
    return written


def _said(part: str, today: date) -> _Said:
    written = _BEFORE.sub("", part.strip(" .,"))
    for form, meant in _FORMS:
        if found := form.fullmatch(written):
            said = meant(found, today)
            # What does not exist is found at once.
            _ = said.begun(today).until
            return said
    raise NoSpan


def _year_of(found: re.Match[str]) -> int | None:
    year = found.groupdict().get("year")
    if year is None:
        return None
    return int(year) if len(year) > 2 else 2000 + int(year)


def _day(found: re.Match[str], _: date) -> _Said:
    written = found["month"]
    month = int(written) if written.isdecimal() else _MONTHS[written]
    if not 1 <= month <= 12:
        raise NoSpan
    day = int(found["day"])
    if not 1 <= day <= 31:
        raise NoSpan
    return _Said(year=_year_of(found), first=month, last=month, day=day)


def _month(found: re.Match[str], _: date) -> _Said:
    written = found["month"]
    month = int(written) if written.isdecimal() else _MONTHS[written]
    if not 1 <= month <= 12:
        raise NoSpan
    return _Said(year=_year_of(found), first=month, last=month)


def _part_of_year(months: int) -> Callable[[re.Match[str], date], _Said]:
    def meant(found: re.Match[str], _: date) -> _Said:
        written = found["number"]
        number = int(written) if written.isdecimal() else _ORDINALS[written]
        if number * months > 12:
            raise NoSpan
        return _Said(year=_year_of(found), first=(number - 1) * months + 1, last=number * months)

    return meant


def _stretch(months: int, back: int) -> Callable[[re.Match[str], date], _Said]:
    """The stretch of so many months that today is in, or one before."""

    def meant(_: re.Match[str], today: date) -> _Said:
        count = (today.year * 12 + today.month - 1) // months - back
        year, month = divmod(count * months, 12)
        return _Said(year=year, first=month + 1, last=month + months)

    return meant


def _today(back: int) -> Callable[[re.Match[str], date], _Said]:
    def meant(_: re.Match[str], today: date) -> _Said:
        at = today - timedelta(days=back)
        return _Said(year=at.year, first=at.month, last=at.month, day=at.day)

    return meant


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Said]], ...] = tuple(
    (re.compile(form), meant)
    for form, meant in (
        (rf"{_YEAR}-(?P<month>\d\d?)-{_DAY}", _day),
        (rf"{_DAY}\.\s*(?P<month>\d\d?)(?:\.\s*(?P<year>\d{{4}}|\d\d)?)?", _day),
        (rf"{_DAY}\.?\s*(?P<month>{_MONTH})\.?{_OR_NONE}", _day),
        (rf"(?P<month>{_MONTH})\.?\s+{_DAY}(?:st|nd|rd|th)?{_OR_NONE}", _day),
        (rf"(?P<month>{_MONTH})\.?{_OR_NONE}", _month),
        (rf"{_YEAR}-(?P<month>\d\d?)", _month),
        (rf"(?P<month>\d\d?)[/.]{_YEAR}", _month),
        (
            rf"(?:jahr\s+|year\s+)?{_YEAR}",
            lambda found, _: _Said(year=_year_of(found), first=1, last=12),
        ),
        (rf"q\s?(?P<number>[1-4]){_OR_NONE}", _part_of_year(3)),
        (rf"{_YEAR}\s*[-/]?\s*q(?P<number>[1-4])", _part_of_year(3)),
        (rf"{_NUMBER}(?:\.|st|nd|rd|th)?\s*(?:quartal|quarter){_OR_NONE}", _part_of_year(3)),
        (
            rf"(?P<number>[12]|erstes|zweites|first|second)(?:\.|st|nd)?\s*(?:halbjahr|half){_OR_NONE}",
            _part_of_year(6),
        ),
        (rf"{_LAST}\s*(?:jahr|year)|vorjahr", _stretch(12, 1)),
        (rf"{_THIS}\s*(?:jahr|year)", _stretch(12, 0)),
        (rf"{_LAST}\s*(?:halbjahr|half(?:\s+year)?)", _stretch(6, 1)),
        (rf"{_LAST}\s*(?:quartal|quarter)", _stretch(3, 1)),
        (rf"{_THIS}\s*(?:quartal|quarter)", _stretch(3, 0)),
        (rf"{_LAST}\s*(?:monat|month)|vormonat", _stretch(1, 1)),
        (rf"{_THIS}\s*(?:monat|month)", _stretch(1, 0)),
        (r"heute|today|jetzt|now", _today(0)),
        (r"gestern|yesterday", _today(1)),
    )
)
