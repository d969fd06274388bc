"""Hours, days off and targets are read as operators write them, or refused."""

from datetime import time, timedelta

import pytest

from kaz_bot.config_hours import business_hours, extra_days
from kaz_bot.config_time import service_levels
from kaz_bot.days_off import ExtraDay
from kaz_bot.domain.service_levels import USUAL, Targets
from kaz_bot.domain.tickets import Priority
from kaz_bot.domain.working_time import Span, usual_hours

EIGHT_TO_FOUR = (Span(time(8), time(16)),)
NINE_TO_FIVE = (Span(time(9), time(17)),)
LONG_TUESDAY = (Span(time(8), time(12)), Span(time(13), time(18)))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Do 08:00-16:00, Fr 08:00-14:00", usual_hours()),
        ("Montag bis Donnerstag: 8 - 16 Uhr; freitags 8.00–14.00 Uhr", usual_hours()),
        ("Mon-Thu 08:00-16:00 Friday 08:00 to 14:00", usual_hours()),
        ("Di 08:00-12:00 13:00-18:00", {1: LONG_TUESDAY}),
        ("Di 13-18, 8-12", {1: LONG_TUESDAY}),
        ("Dienstag von 8 bis 12 und von 13 bis 18 Uhr", {1: LONG_TUESDAY}),
        ("Mo, Mi 09:00-17:00", {0: NINE_TO_FIVE, 2: NINE_TO_FIVE}),
        ("Sa-Mo 8-16", {0: EIGHT_TO_FOUR, 5: EIGHT_TO_FOUR, 6: EIGHT_TO_FOUR}),
        ("Mo 8-16 Di geschlossen", {0: EIGHT_TO_FOUR, 1: ()}),
        ("Mo-So 00:00-24:00", dict.fromkeys(range(7), (Span(time(0), time(0)),))),
        ("MO. 08:00-16:00", {0: EIGHT_TO_FOUR}),
        ("Mon..Wed=08:00-16:00", dict.fromkeys(range(3), EIGHT_TO_FOUR)),
        ("Mo/Di 8-16", {0: EIGHT_TO_FOUR, 1: EIGHT_TO_FOUR}),
        ("täglich 8-16", dict.fromkeys(range(7), EIGHT_TO_FOUR)),
        ("weekdays 8h to 16h", dict.fromkeys(range(5), EIGHT_TO_FOUR)),
    ],
)
def test_hours_are_read(text: str, hours: dict[int, tuple[Span, ...]]) -> None:
    assert business_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mo", "ends with a day that has no hours"),
        ("Mo 8-16 Di", "ends with a day that has no hours"),
        ("08:00-16:00", "is out of place"),
        ("Mo 08:00", '"08:00" is out of place'),
        ("nie", '"nie" is out of place'),
        ("Mo 8-25", '"25" is no time of day'),
        ("Mo 16:00-08:00", "ends before it begins"),
        ("Mo 8-12 11-13", "overlap"),
        ("Mo 8-24 12-13", "overlap"),
        ("Mo geschlossen", "no day on which somebody works"),
    ],
)
def test_hours_that_mean_nothing_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        business_hours(text)


CHRISTMAS_EVE = ExtraDay(month=12, day=24)
CLOSED = tuple(ExtraDay(year=2026, month=12, day=day) for day in (28, 29, 30))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24.12., 31.12.", (CHRISTMAS_EVE, ExtraDay(month=12, day=31))),
        ("24.12", (CHRISTMAS_EVE,)),
        ("15.05.2026", (ExtraDay(year=2026, month=5, day=15),)),
        ("2026-05-15", (ExtraDay(year=2026, month=5, day=15),)),
        ("28.12.2026-30.12.2026", CLOSED),
        ("28.12.-30.12.2026", CLOSED),
        ("28.12. bis 30.12.2026", CLOSED),
        ("2026-12-28 - 2026-12-30", CLOSED),
        ("2026-12-28/2026-12-30; 24.12.", (*CLOSED, CHRISTMAS_EVE)),
        ("31.12.-01.01.", (ExtraDay(month=12, day=31), ExtraDay(month=1, day=1))),
        ("29.02.", (ExtraDay(month=2, day=29),)),
        ("keine", ()),
        ("none", ()),
    ],
)
def test_days_off_are_read(text: str, days: tuple[ExtraDay, ...]) -> None:
    assert extra_days(text) == days


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Weihnachten", "is no list of days"),
        ("24.12.26", "is no list of days"),
        ("30.02.", "is no day of the calendar"),
        ("29.02.2026", "is no day of the calendar"),
        ("01.01.0000", "is no day of the calendar"),
        ("30.12.2026-28.12.2026", "ends before it begins"),
        ("01.01.2026-31.12.2099", "lasts years"),
    ],
)
def test_days_off_that_do_not_exist_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        extra_days(text)


FOUR_HOURS = Targets(answer=timedelta(minutes=30), solution=timedelta(hours=4))
A_DAY = Targets(answer=timedelta(hours=4), solution=timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("critical=1h/8h, high=4h/2d, normal=1d/5d, low=3d/15d", {}),
        ("high=30m/4h", {Priority.HIGH: FOUR_HOURS}),
        ("hoch=30 Minuten / 4 Stunden", {Priority.HIGH: FOUR_HOURS}),
        (
            "Kritisch: 0.5h/4h; niedrig: 4h/1 Tag",
            {Priority.CRITICAL: FOUR_HOURS, Priority.LOW: A_DAY},
        ),
    ],
)
def test_targets_are_read(text: str, changed: dict[Priority, Targets]) -> None:
    assert service_levels(text).targets == {**USUAL, **changed}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("high", "is no target"),
        ("eilt=1h/2h", "is no target"),
        ("high=1.2.3h/4h", "is no target"),
        ("high=2h/1h", "no solution comes before the first answer"),
        ("high=0h/1h", "more than nothing"),
        ("high=1h/251d", "at most 250d"),
        ("high=1h/999999999999d", "at most 250d"),
        ("high=1y/2y", "is no length of business time"),
        ("high=1h/2h, hoch=1h/3h", "twice"),
    ],
)
def test_targets_that_mean_nothing_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        service_levels(text)
