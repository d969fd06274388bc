"""When people hear of a deadline."""

from datetime import timedelta
from itertools import islice

from kaz_bot.domain.ladders import Ladder, Rung
from kaz_bot.domain.reminders import Reminder, Told
from tests.domain.reminders import berlin, deadline

LADDER = Ladder()


def rungs(one: Reminder, count: int, ladder: Ladder = LADDER) -> list[tuple[str, Told, int]]:
    """The first times after it was set."""
    found: list[Rung] = []
    after = one.set_at
    for _ in range(count):
        found.append(ladder.next_after(one, after))
        after = found[-1].at
    return [
        (
            rung.at.astimezone(berlin("2026-01-01").tzinfo).strftime("%a %d.%m. %H:%M"),
            rung.told,
            rung.level,
        )
        for rung in islice(found, count)
    ]


def test_two_weeks_a_week_and_a_day_before_and_that_morning() -> None:
    one = deadline("2026-11-19 23:59", set_at="2026-10-26 10:00")
    assert rungs(one, 4) == [
        ("Thu 05.11. 08:00", Told.AHEAD, 0),
        ("Thu 12.11. 08:00", Told.AHEAD, 0),
        ("Wed 18.11. 08:00", Told.AHEAD, 0),
        ("Thu 19.11. 08:00", Told.AHEAD, 0),
    ]


def test_afterwards_each_working_day_then_who_set_it_then_the_operators() -> None:
    one = deadline("2026-11-19 23:59", set_at="2026-11-19 10:00")
    assert rungs(one, 6) == [
        ("Fri 20.11. 08:00", Told.OVERDUE, 0),
        ("Mon 23.11. 08:00", Told.OVERDUE, 0),
        ("Tue 24.11. 08:00", Told.ESCALATED, 1),
        ("Wed 25.11. 08:00", Told.ESCALATED, 1),
        ("Thu 26.11. 08:00", Told.ESCALATED, 2),
        ("Thu 03.12. 08:00", Told.ESCALATED, 2),
    ]


def test_a_deadline_on_sunday_is_told_of_on_the_friday_before() -> None:
    one = deadline("2026-11-22 23:59", set_at="2026-11-18 10:00")
    assert rungs(one, 2) == [
        ("Fri 20.11. 08:00", Told.AHEAD, 0),
        ("Mon 23.11. 08:00", Told.OVERDUE, 0),
    ]


def test_a_deadline_at_an_hour_is_told_of_at_that_hour_too() -> None:
    one = deadline("2026-11-19 12:00", set_at="2026-11-19 07:00", timed=True)
    assert rungs(one, 3) == [
        ("Thu 19.11. 08:00", Told.AHEAD, 0),
        ("Thu 19.11. 12:00", Told.DUE, 0),
        ("Fri 20.11. 08:00", Told.OVERDUE, 0),
    ]


def test_hours_run_through_the_weekend() -> None:
    # A data breach noticed on Friday afternoon: 72 hours end on Monday (Art. 33 GDPR).
    one = deadline("2026-11-23 16:00", set_at="2026-11-20 16:00", timed=True, elapsed=True)
    assert rungs(one, 5) == [
        ("Sun 22.11. 16:00", Told.AHEAD, 0),
        ("Mon 23.11. 12:00", Told.AHEAD, 0),
        ("Mon 23.11. 15:00", Told.AHEAD, 0),
        ("Mon 23.11. 16:00", Told.DUE, 0),
        ("Tue 24.11. 08:00", Told.OVERDUE, 0),
    ]


def test_holidays_are_no_working_days() -> None:
    one = deadline("2026-12-23 23:59", set_at="2026-12-23 10:00")
    assert rungs(one, 2) == [
        ("Mon 28.12. 08:00", Told.OVERDUE, 0),
        ("Tue 29.12. 08:00", Told.OVERDUE, 0),
    ]


def test_the_operator_decides_how_long_before() -> None:
    ladder = Ladder(ahead=(timedelta(days=3),), escalated_after=1)
    one = deadline("2026-11-19 23:59", set_at="2026-10-26 10:00")
    assert rungs(one, 2, ladder) == [
        ("Mon 16.11. 08:00", Told.AHEAD, 0),
        ("Fri 20.11. 08:00", Told.ESCALATED, 1),
    ]


def test_of_several_that_were_missed_only_the_latest_counts() -> None:
    one = deadline("2026-11-19 23:59", set_at="2026-10-26 10:00")
    latest = LADDER.latest_until(one, one.set_at, berlin("2026-11-14 09:00"))
    assert latest == Rung(at=berlin("2026-11-12 08:00"), told=Told.AHEAD)


def test_before_the_first_time_there_is_nothing_to_tell() -> None:
    one = deadline("2026-11-19 23:59", set_at="2026-10-26 10:00")
    assert LADDER.latest_until(one, one.set_at, berlin("2026-10-27 09:00")) is None
