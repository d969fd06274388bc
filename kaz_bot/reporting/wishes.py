"""Understands which report somebody wants: of which period, of which kind, of which area."""

from dataclasses import dataclass
from datetime import date

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.domain.words import folded
from kaz_bot.errors import ErrorCode, Refusal
from kaz_bot.reporting.spans import NoSpan, span_of

LONGEST_YEARS = 5
# What is longer is no period; nobody reads on.
_MOST_WORDS = 20
_KINDS = {
    **dict.fromkeys(("it-rat", "itrat", "it-council"), ReportKind.IT_RAT),
    **dict.fromkeys(("fachgebiet", "fachgebiete", "area"), ReportKind.AREA),
    **dict.fromkeys(
        ("kommune", "kommunen", "municipality", "municipalities"), ReportKind.MUNICIPALITIES
    ),
}


class BadPeriod(Refusal):
    """No report can be made of what was said; told why, and how a period is written.

    `reason`: unclear, backwards, future or too_long.
    """

    code = ErrorCode.BAD_DATE
    template = "refusal/bad_period"


class ReportAreaMissing(Refusal):
    """A report on one area was wanted, and which one is not clear; those there are are named."""

    code = ErrorCode.BAD_ARGUMENT
    template = "refusal/report_area_missing"


@dataclass(frozen=True, kw_only=True)
class ReportWish:
    """What somebody wants to read."""

    period: Period
    kind: ReportKind
    area: AreaKey | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it is wanted: `area` is that of the room; the operator's prefix is for examples."""

    areas: Areas
    area: AreaKey | None
    prefix: str

    def wish(self, text: str, period: Period) -> ReportWish:
        """What is said with the verb. `period` is today, and has the zone. Raises a Refusal."""
        words = text.split()
        if len(words) > _MOST_WORDS:
            raise BadPeriod(reason="unclear", years=LONGEST_YEARS, prefix=self.prefix)
        at = next((at for at, word in enumerate(words) if _kind(word)), len(words))
        kind, named = _kind(words[at]) if words[at:] else None, words[at + 1 :]
        if kind is None:
            kind = ReportKind.AREA if self.area else ReportKind.IT_RAT
        area = self._area(named) if kind is ReportKind.AREA else None
        spoken = " ".join(words[:at] + ([] if kind is ReportKind.AREA else named))
        return ReportWish(period=self._period(spoken, period), kind=kind, area=area)

    def _area(self, named: list[str]) -> AreaKey:
        found = self.areas.named(folded(" ".join(named))) if named else self.area
        if found is None:
            raise ReportAreaMissing(areas=self.areas.all, prefix=self.prefix)
        return found

    def _period(self, text: str, today: Period) -> Period:
        try:
            since, until = span_of(text, today.since)
        except NoSpan:
            raise BadPeriod(reason="unclear", years=LONGEST_YEARS, prefix=self.prefix) from None
        wrong = problem(since, until, today.since)
        if wrong:
            raise BadPeriod(reason=wrong, years=LONGEST_YEARS, prefix=self.prefix)
        return Period(since=since, until=until, zone=today.zone)


def problem(since: date, until: date, today: date) -> str:
    """Why there can be no report of these days; nothing if there can."""
    if until < since:
        return "backwards"
    if since > today:
        return "future"
    years = until.year - since.year
    longer = years > LONGEST_YEARS or (
        years == LONGEST_YEARS and (until.month, until.day) >= (since.month, since.day)
    )
    return "too_long" if longer else ""


def _kind(word: str) -> ReportKind | None:
    return _KINDS.get(folded(word.strip(".,;:[]")))
