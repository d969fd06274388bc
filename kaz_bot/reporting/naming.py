"""What a report and its period are called."""

from datetime import date, timedelta

from kaz_bot.domain.reports.periods import Period
from kaz_bot.domain.reports.report import Report
from kaz_bot.reporting.cells import TABLE
from kaz_bot.texts import Speech

_DAY = timedelta(days=1)
_MONTHS_OF_YEAR, _MONTHS_OF_QUARTER = 12, 3


def period_named(period: Period, speech: Speech) -> str:
    """As short as people say it: 2026, 3. Quartal 2026, März 2026, Januar bis Mai 2026."""
    words = speech.words(TABLE)
    since, until = period.since, period.until
    if since.day != 1 or (until + _DAY).day != 1:
        return words["from_to"].format(since=speech.short_day(since), until=speech.short_day(until))
    count = len(period.months)
    year = str(until.year)
    if count == _MONTHS_OF_YEAR and since.month == 1:
        return year
    if count == _MONTHS_OF_QUARTER and since.month % _MONTHS_OF_QUARTER == 1:
        number = since.month // _MONTHS_OF_QUARTER + 1
        return words[f"quarter_{number}"].format(year=year)
    first = month_named(since, speech, year=since.year != until.year)
    last = month_named(until, speech)
    return last if count == 1 else words["from_to"].format(since=first, until=last)


def month_named(month: date, speech: Speech, *, year: bool = True) -> str:
    """März 2026"""
    name = speech.word(TABLE, f"month_{month.month}")
    return f"{name} {month.year}" if year else name


def month_short(month: date, speech: Speech, *, year: bool) -> str:
    """Mär, or Mär 26 where the year is not clear."""
    name = speech.word(TABLE, f"short_{month.month}")
    return f"{name} {month.year % 100:02}" if year else name


def title_of(report: Report, speech: Speech) -> str:
    """What stands above it."""
    words = speech.words(TABLE)
    return words["title"].format(period=period_named(report.period, speech))


def subject_named(report: Report, speech: Speech) -> str:
    """What it is about."""
    area = speech.area(report.area) if report.area else ""
    return speech.word(TABLE, f"about_{report.kind.name.lower()}").format(area=area)


def subtitle_of(report: Report, speech: Speech) -> str:
    """For whom it is, from when to when, and as of when."""
    words = speech.words(TABLE)
    about = subject_named(report, speech)
    period = report.period
    days = words["from_to"].format(since=speech.day(period.since), until=speech.day(period.until))
    as_of = words["as_of" if report.complete else "as_of_running"]
    return f"{about}\n{days}\n{as_of.format(moment=_as_of(report, speech))}"


def file_name(report: Report, speech: Speech) -> str:
    """What its files are called, without their ending."""
    words = speech.words(TABLE)
    period = report.period
    kind = words[f"file_{report.kind.name.lower()}"].format(area=report.area or "")
    days = f"{period.since.isoformat()}-{period.until.isoformat()}"
    whole_year = period.since == date(period.since.year, 1, 1) and period.until == date(
        period.since.year, 12, 31
    )
    return f"{words['file']}-{kind}-{period.since.year if whole_year else days}".replace("--", "-")


def _as_of(report: Report, speech: Speech) -> str:
    """The last moment that counts; that of a period which is over is its last day."""
    if report.complete:
        return speech.day(report.period.until)
    return speech.moment(report.as_of)
