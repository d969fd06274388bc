"""Speaks one language where no template lays out what is said: in tables and printed documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kaz_bot.domain.rooms import Language
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.texts.words import Words


@dataclass(frozen=True)
class Speech:
    """Words and dates as templates write them, but as plain text."""

    language: Language
    _words: Words

    def words(self, table: str) -> Mapping[str, str]:
        """What the values of one kind are called."""
        return self._words.table(table)

    def word(self, table: str, key: str) -> str:
        """The word for `key`; without one, the key itself is better than a file lost."""
        return self._words.called(table, key)

    def day(self, at: date) -> str:
        """Freitag, 25. September 2026"""
        return self._words.day(at).unescape()

    def short_day(self, at: date) -> str:
        """25.09.2026"""
        return self._words.short_day(at).unescape()

    def moment(self, at: datetime) -> str:
        """Freitag, 25. September 2026, 9:00 Uhr"""
        return self._words.moment(at).unescape()

    def clock(self, at: datetime) -> str:
        """9:00 Uhr"""
        return self._words.clock(at).unescape()

    def number(self, value: float, decimals: int = 0) -> str:
        """1.250"""
        return self._words.number(value, decimals).unescape()

    def percent(self, share: float) -> str:
        """A share of 1 as 83 Prozent"""
        return self._words.percent(share).unescape()

    def area(self, key: AreaKey) -> str:
        """An area as the operator calls it"""
        return self._words.area(key)

    def listed(self, items: Iterable[object]) -> str:
        """a, b und c"""
        return self._words.listed(items).unescape()
