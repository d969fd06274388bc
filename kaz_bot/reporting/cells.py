"""The figures of a report as cells of lists: as people read them and as spreadsheets do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kaz_bot.domain.reports.counts import Count, Disclosure
from kaz_bot.domain.service_levels import BUSINESS_DAY
from kaz_bot.texts import Speech
from kaz_bot.typesetting import Column, Table

TABLE = "report"
_HOUR = timedelta(hours=1)
# From here on days of work are easier to grasp than hours.
_DAYS = 2 * BUSINESS_DAY


@dataclass(frozen=True)
class Cell:
    """`text` is for people, `value` for programs. A `number` can be drawn; what is `suppressed` is
    not told."""

    text: str
    value: str = ""
    number: float | None = None
    suppressed: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A list of figures. The first cell of each row says what the row is about."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summed: bool = False

    @property
    def table(self) -> Table:
        """For people."""
        return Table(
            columns=self.columns,
            rows=tuple(tuple(cell.text for cell in row) for row in self.rows),
            caption=self.title,
            dense=True,
            summed=self.summed,
        )


@dataclass(frozen=True)
class Teller:
    """Tells figures in one language."""

    speech: Speech

    def word(self, key: str) -> str:
        """What something is called in reports."""
        return self.speech.word(TABLE, key)

    def said(self, key: str, **facts: str) -> str:
        """A sentence of reports."""
        return self.speech.word("report_text", key).format(**facts)

    def counted(self, key: str, number: int) -> str:
        """A sentence about so many, which has other words for one, and for none."""
        last = {0: "_none", 1: "_one"}.get(number, "")
        return self.said(f"{key}{last}", number=self.speech.number(number))

    def named(self, text: str) -> Cell:
        """What a row is about, and other words."""
        return Cell(text, text)

    def plain(self, number: int) -> Cell:
        """A number that nobody is behind."""
        return Cell(self.speech.number(number), str(number), number)

    def count(self, count: Count) -> Cell:
        """How many, or that they are few."""
        match count.told:
            case Disclosure.FEW:
                return Cell(self.word("few"), suppressed=True)
            case Disclosure.WITHHELD:
                return Cell(self.word("withheld"), suppressed=True)
        return self.plain(count.number or 0)

    def share(self, share: float | None) -> Cell:
        """From 0 to 1, as percent."""
        if share is None:
            return Cell(self.word("none"))
        percent = round(share * 100)
        written = self.word("percent").format(number=self.speech.number(percent))
        return Cell(written, self.speech.number(share, 3), percent)

    def length(self, length: timedelta | None) -> Cell:
        """A stretch of business time; for programs in hours."""
        if length is None:
            return Cell(self.word("none"))
        hours = round(length / _HOUR, 1)
        if length < _HOUR:
            minutes = round(length / timedelta(minutes=1))
            text = self._counted("minute", minutes)
        elif hours < _DAYS / _HOUR:
            text = self._counted("hour", _whole(hours))
        else:
            text = self._counted("workday", _whole(round(length / BUSINESS_DAY, 1)))
        return Cell(text, self.speech.number(hours, 1), hours)

    def _counted(self, word: str, number: float) -> str:
        written = self.speech.number(number, 0 if isinstance(number, int) else 1)
        return self.word(word if number == 1 else f"{word}s").format(number=written)

    def columns(self, first: str, others: Sequence[str]) -> tuple[Column, ...]:
        """The headings of a list: words, then numbers."""
        return (Column(self.word(first)), *(Column(self.word(one), numeric=True) for one in others))


def _whole(number: float) -> float:
    """Without a point where nothing stands behind it."""
    return int(number) if number.is_integer() else number
