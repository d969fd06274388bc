"""A period is whole days, as the people of a zone count them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kaz_bot.domain.reports.periods import Period

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = Period(since=date(2026, 3, 1), until=date(2026, 5, 31), zone=BERLIN)


def test_both_days_belong_to_it_also_across_the_clock_change() -> None:
    assert SPRING.starts_at == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert SPRING.ends_at == datetime(2026, 5, 31, 22, tzinfo=UTC)


def test_its_last_moment_is_before_midnight() -> None:
    assert SPRING.holds(datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC))
    assert not SPRING.holds(SPRING.ends_at)
    assert SPRING.holds(SPRING.starts_at)


def test_its_months_are_all_that_it_touches() -> None:
    winter = Period(since=date(2025, 11, 20), until=date(2026, 1, 3), zone=BERLIN)
    assert winter.months == (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1))


def test_a_moment_belongs_to_the_month_of_the_zone() -> None:
    assert SPRING.month_of(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)) == date(2026, 4, 1)
