"""The period of a report, in whole days, and the kinds of reports there are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


class ReportKind(StrEnum):
    """For whom a report is made, in the words of the contract."""

    IT_RAT = "it-rat"
    AREA = "fachgebiet"
    MUNICIPALITIES = "kommune"


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first moment of the day `since` to the last of the day `until`, as `zone` counts."""

    since: date
    until: date
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        """Its first moment."""
        return self._midnight(self.since)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is no part of it any more."""
        return self._midnight(self.until + _DAY)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month that it touches."""
        first = self.since.year * 12 + self.since.month - 1
        last = self.until.year * 12 + self.until.month - 1
        return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))

    def holds(self, at: datetime) -> bool:
        """Whether it is a moment of the period."""
        return self.starts_at <= at < self.ends_at

    def month_of(self, at: datetime) -> date:
        """The first day of the month in which `at` lies."""
        return at.astimezone(self.zone).date().replace(day=1)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)
