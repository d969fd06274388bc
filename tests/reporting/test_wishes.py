"""Whichever way somebody names a period, it is understood; and what cannot be is refused."""

from datetime import date

import pytest

from kaz_bot.domain.areas import Areas
from kaz_bot.domain.reports.periods import Period, ReportKind
from kaz_bot.domain.tickets import AreaKey
from kaz_bot.errors import Refusal
from kaz_bot.reporting.spans import NoSpan, span_of
from kaz_bot.reporting.wishes import Place, ReportWish
from tests.reporting.reports import BERLIN

# A Monday in September.
TODAY = date(2026, 9, 28)
NOW = Period(since=TODAY, until=TODAY, zone=BERLIN)
AREAS = Areas.of(["standards", "procurement", "security", "projects"], default="projects")
COMMITTEE = Place(areas=AREAS, area=None, prefix="!kaz")
SECURITY = Place(areas=AREAS, area=AreaKey("security"), prefix="!kaz")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("im Jahr 2025", "2025-01-01", "2025-12-31"),
        ("letztes Jahr", "2025-01-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("3. Quartal 2026", "2026-07-01", "2026-09-30"),
        ("Q3/2025", "2025-07-01", "2025-09-30"),
        ("first quarter of 2026", "2026-01-01", "2026-03-31"),
        ("letztes Quartal", "2026-04-01", "2026-06-30"),
        ("1. Halbjahr 2026", "2026-01-01", "2026-06-30"),
        ("1st half of 2026", "2026-01-01", "2026-06-30"),
        ("März 2026", "2026-03-01", "2026-03-31"),
        ("letzter Monat", "2026-08-01", "2026-08-31"),
        ("last month", "2026-08-01", "2026-08-31"),
        ("1.1.2026 bis 31.12.2026", "2026-01-01", "2026-12-31"),
        ("vom 01.01.26 bis zum 31.03.26", "2026-01-01", "2026-03-31"),
        ("1.1. - 31.3.2026", "2026-01-01", "2026-03-31"),
        ("2026-01-01 – 2026-06-30", "2026-01-01", "2026-06-30"),
        ("1. Januar bis 4. April 2026", "2026-01-01", "2026-04-04"),
        ("from January 1 to March 31, 2026", "2026-01-01", "2026-03-31"),
        ("1 January 2026 to 31 March 2026", "2026-01-01", "2026-03-31"),
        ("Januar bis März", "2026-01-01", "2026-03-31"),
        ("Oktober 2025 bis März 2026", "2025-10-01", "2026-03-31"),
        ("von Oktober bis März 2026", "2025-10-01", "2026-03-31"),
        ("1. Januar bis heute", "2026-01-01", "2026-09-28"),
        ("letztes Jahr bis gestern", "2025-01-01", "2026-09-27"),
        ("2024 bis 2026", "2024-01-01", "2026-12-31"),
    ],
)
def test_a_period_is_understood_as_people_say_it(text: str, since: str, until: str) -> None:
    assert span_of(text, TODAY) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Dezember", "2025-12-01", "2025-12-31"),
        ("November bis Januar", "2025-11-01", "2026-01-31"),
        ("September", "2026-09-01", "2026-09-30"),
        ("4. Quartal", "2025-10-01", "2025-12-31"),
    ],
)
def test_without_a_year_the_latest_is_meant_that_has_begun(
    text: str, since: str, until: str
) -> None:
    assert span_of(text, TODAY) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "irgendwann",
        "31.2.2026 bis 4.5.2026",
        "31.2.2026",
        "0.1.2026",
        "13/2026",
        "5. Quartal 2026",
        "1 bis 2 bis 3",
        "29.2.2026",
        "2026 bis",
        "99999999999999",
        "bis " * 200,
    ],
)
def test_what_is_no_period_is_told_apart(text: str) -> None:
    with pytest.raises(NoSpan):
        span_of(text, TODAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unclear"),
        ("it-rat", "unclear"),
        ("Unfug " * 30, "unclear"),
        ("31.12.2026 bis 1.1.2026", "backwards"),
        ("2027", "future"),
        ("29.9.2026 bis 30.9.2026", "future"),
        ("2020 bis 2026", "too_long"),
        ("1.1.2021 bis 1.1.2026", "too_long"),
    ],
)
def test_a_period_of_which_there_is_no_report_is_refused_with_the_reason(
    text: str, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        COMMITTEE.wish(text, NOW)
    assert refused.value.facts["reason"] == reason


def test_five_years_are_not_too_long() -> None:
    assert COMMITTEE.wish("1.1.2021 bis 31.12.2025", NOW).kind is ReportKind.IT_RAT


@pytest.mark.parametrize(
    ("place", "text", "kind", "area"),
    [
        (COMMITTEE, "2026", ReportKind.IT_RAT, None),
        (COMMITTEE, "2026 IT-Rat", ReportKind.IT_RAT, None),
        (COMMITTEE, "2026 kommune", ReportKind.MUNICIPALITIES, None),
        (COMMITTEE, "2026 municipalities", ReportKind.MUNICIPALITIES, None),
        (COMMITTEE, "2026 fachgebiet vergabe", ReportKind.AREA, "procurement"),
        (COMMITTEE, "2026 area Security", ReportKind.AREA, "security"),
        (SECURITY, "2026", ReportKind.AREA, "security"),
        (SECURITY, "2026 fachgebiet", ReportKind.AREA, "security"),
        (SECURITY, "2026 it-rat", ReportKind.IT_RAT, None),
        (SECURITY, "it-rat 2026", ReportKind.IT_RAT, None),
    ],
)
def test_the_kind_is_that_of_the_room_or_the_one_that_is_named(
    place: Place, text: str, kind: ReportKind, area: str | None
) -> None:
    year = Period(since=date(2026, 1, 1), until=date(2026, 12, 31), zone=BERLIN)
    named = AreaKey(area) if area else None
    assert place.wish(text, NOW) == ReportWish(period=year, kind=kind, area=named)


@pytest.mark.parametrize("text", ["2026 fachgebiet", "2026 fachgebiet gartenbau"])
def test_outside_of_the_areas_it_is_asked_which_one(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        COMMITTEE.wish(text, NOW)
    assert refused.value.template == "refusal/report_area_missing"
