"""When a recurrence is due, whatever holidays and the night of the clock change do to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from kaz_bot.days_off import DaysOff, Holiday
from kaz_bot.domain.recurring import starts_of
from kaz_bot.domain.reminders import HolidayRule, Reminder
from kaz_bot.planning import (
    MISSED_AT_MOST,
    CountedInHours,
    SearchGivenUp,
    check_holiday_rule,
    first_on_holiday,
    next_due,
    next_ones,
    rule_of,
    times_missed,
)
from tests.domain.reminders import berlin, reminder

DAYS = DaysOff()
QUARTERS = "FREQ=MINUTELY;INTERVAL=15"


@dataclass(frozen=True)
class NeverOpen(DaysOff):
    """Every day is a holiday."""

    def holiday(self, day: date) -> Holiday | None:  # noqa: ARG002  whatever the day
        return Holiday.OTHER


def recurring(rrule: str, starts: str, holidays: HolidayRule = HolidayRule.KEEP) -> Reminder:
    once = starts[:16]
    return reminder(once, set_at=once, rrule=rrule, starts=starts, holidays=holidays)


def upcoming(recurrence: Reminder, after: str, count: int) -> list[str]:
    found = next_ones(recurrence, berlin(after), count, DAYS)
    return [f"{at:%a %d.%m. %H:%M %z}" for at in found]


@pytest.mark.parametrize("rule", [HolidayRule.AFTER, HolidayRule.BEFORE, HolidayRule.SKIP])
def test_between_the_holidays_of_easter_no_day_is_lost(rule: HolidayRule) -> None:
    daily = recurring("FREQ=DAILY", "2027-03-01T09:00", rule)
    assert upcoming(daily, "2027-03-25T08:00", 4) == [
        "Thu 25.03. 09:00 +0100",
        "Sat 27.03. 09:00 +0100",
        "Tue 30.03. 09:00 +0200",
        "Wed 31.03. 09:00 +0200",
    ]


def test_on_the_sunday_after_christmas_the_earliest_counts() -> None:
    daily = recurring("FREQ=DAILY", "2026-12-01T09:00", HolidayRule.AFTER)
    assert upcoming(daily, "2026-12-24T10:00", 2) == [
        "Sun 27.12. 09:00 +0100",
        "Mon 28.12. 09:00 +0100",
    ]


def test_a_later_occurrence_may_be_moved_before_an_earlier_one() -> None:
    rule = "FREQ=WEEKLY;BYDAY=SU,MO"
    both = recurring(rule, "2027-03-01T09:00", HolidayRule.BEFORE)
    assert upcoming(both, "2027-03-22T10:00", 2) == [
        "Thu 25.03. 09:00 +0100",
        "Sun 04.04. 09:00 +0200",
    ]


@pytest.mark.parametrize("now", ["2027-03-29T12:00", "2027-03-30T08:59"])
def test_what_waits_since_good_friday_is_still_found_on_the_tuesday(now: str) -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=FR", "2027-03-05T09:00", HolidayRule.AFTER)
    assert upcoming(weekly, now, 1) == ["Tue 30.03. 09:00 +0200"]


@pytest.mark.parametrize("rule", list(HolidayRule))
@pytest.mark.parametrize("rrule", [QUARTERS, "FREQ=MINUTELY;INTERVAL=30", "FREQ=HOURLY"])
def test_what_is_counted_in_minutes_never_ends(rrule: str, rule: HolidayRule) -> None:
    now = berlin("2026-11-21T09:00")
    due = next_due(recurring(rrule, "2026-11-01T09:00", rule), now, DAYS)
    assert due is not None
    assert timedelta() < due - now <= timedelta(hours=1)


def test_a_search_that_is_given_up_is_no_end() -> None:
    daily = recurring("FREQ=DAILY", "2026-11-01T09:00", HolidayRule.SKIP)
    with pytest.raises(SearchGivenUp, match=r"reminder 1, FREQ=DAILY"):
        next_due(daily, berlin("2026-11-02T09:00"), NeverOpen())


def test_a_rule_that_has_ended_is_due_no_more() -> None:
    thrice = recurring("FREQ=DAILY;COUNT=3", "2026-10-29T09:00", HolidayRule.AFTER)
    assert upcoming(thrice, "2026-10-01T09:00", 9) == [
        "Thu 29.10. 09:00 +0100",
        "Fri 30.10. 09:00 +0100",
        "Mon 02.11. 09:00 +0100",
    ]
    assert next_due(thrice, berlin("2026-11-02T09:00"), DAYS) is None


@pytest.mark.parametrize("rule", [HolidayRule.BEFORE, HolidayRule.AFTER])
@pytest.mark.parametrize("rrule", ["FREQ=HOURLY;INTERVAL=2", QUARTERS])
def test_what_is_counted_in_hours_cannot_be_moved(rrule: str, rule: HolidayRule) -> None:
    with pytest.raises(CountedInHours):
        check_holiday_rule(recurring(rrule, "2026-11-01T09:00"), rule, "!kaz")


@pytest.mark.parametrize(
    ("rrule", "rule"),
    [
        ("FREQ=HOURLY", HolidayRule.SKIP),
        ("FREQ=HOURLY", HolidayRule.KEEP),
        ("FREQ=DAILY", HolidayRule.AFTER),
        ("FREQ=MONTHLY;BYMONTHDAY=1", HolidayRule.BEFORE),
    ],
)
def test_all_else_can_be_said_about_holidays(rrule: str, rule: HolidayRule) -> None:
    check_holiday_rule(recurring(rrule, "2026-11-01T09:00"), rule, "!kaz")


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T02:30+02:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30+01:00"),
    ],
)
def test_what_is_counted_in_hours_keeps_its_first_instant(first: datetime, kept: str) -> None:
    rrule = "FREQ=HOURLY;INTERVAL=2"
    assert starts_of(rrule, first.astimezone(berlin("2026-10-25T02:30").tzinfo)) == kept
    assert rule_of(recurring(rrule, kept)).dtstart.astimezone(UTC) == first


def test_what_goes_by_the_wall_is_kept_as_the_wall_shows_it() -> None:
    kept = starts_of("FREQ=DAILY", berlin("2026-10-25T02:30"))
    assert (kept, rule_of(recurring("FREQ=DAILY", kept)).dtstart) == (
        "2026-10-25T02:30",
        berlin("2026-10-25T02:30"),
    )


def test_what_was_kept_without_its_offset_is_still_read() -> None:
    hourly = recurring("FREQ=HOURLY", "2026-10-24T23:30")
    assert rule_of(hourly).dtstart == berlin("2026-10-24T23:30")


def test_every_hour_is_every_hour_in_the_night_of_the_change() -> None:
    hourly = recurring("FREQ=HOURLY", "2026-10-25T00:00+02:00")
    assert upcoming(hourly, "2026-10-25T01:00", 3) == [
        "Sun 25.10. 02:00 +0200",
        "Sun 25.10. 02:00 +0100",
        "Sun 25.10. 03:00 +0100",
    ]
    until = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert times_missed(hourly, berlin("2026-10-25T01:00"), until, DAYS) == 3


def test_a_holiday_months_ahead_is_seen_by_what_comes_every_quarter_of_an_hour() -> None:
    clash = first_on_holiday(recurring(QUARTERS, "2026-06-01T09:00"), berlin("2026-06-02"), DAYS)
    assert clash is not None
    assert (clash.due, clash.holiday) == (berlin("2026-10-03T00:00"), Holiday.UNITY_DAY)


def test_of_holidays_more_than_a_year_ahead_nothing_is_asked() -> None:
    rare = recurring("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=3;INTERVAL=2", "2025-10-03T09:00")
    assert first_on_holiday(rare, berlin("2026-06-02"), DAYS) is None


def test_of_a_holiday_today_only_what_is_still_to_come_is_asked_about() -> None:
    daily = recurring("FREQ=DAILY", "2026-10-01T09:00")
    clash = first_on_holiday(daily, berlin("2026-10-03T10:00"), DAYS)
    assert clash is not None
    assert clash.due == berlin("2026-10-31T09:00")


@pytest.mark.parametrize(
    ("until", "missed"),
    [("2026-11-02T09:00", 96), ("2026-11-02T09:59", 99), ("2027-11-01T09:00", MISSED_AT_MOST)],
)
def test_what_was_missed_is_counted_to_a_hundred(until: str, missed: int) -> None:
    quarters = recurring(QUARTERS, "2026-11-01T09:00")
    since = berlin("2026-11-01T09:00")
    assert times_missed(quarters, since, berlin(until), DAYS) == missed


def test_two_that_were_moved_to_one_time_were_missed_once() -> None:
    daily = recurring("FREQ=DAILY", "2027-03-01T09:00", HolidayRule.AFTER)
    since, until = berlin("2027-03-25T09:00"), berlin("2027-03-30T12:00")
    assert times_missed(daily, since, until, DAYS) == 2
