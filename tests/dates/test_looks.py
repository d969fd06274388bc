"""A look at a recurrence costs the same after ten years as on its first days."""

import sys
from datetime import UTC, datetime, timedelta
from types import FrameType

import pytest

from kaz_bot.dates import Recurrence, occurrences
from tests.dates.examples import BERLIN

STARTS = datetime(2026, 9, 30, 9, 0, tzinfo=BERLIN)
LATER = timedelta(days=3653)
# The nearest beginning may be some weekdays away.
A_LITTLE_MORE = 3


def rule(rrule: str) -> Recurrence:
    return Recurrence(rrule=rrule, dtstart=STARTS, timed=True)


def steps(rrule: str, after: datetime) -> int:
    """How many functions are entered for the next two times."""
    entered = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal entered
        entered += event == "call"

    sys.setprofile(count)
    try:
        occurrences(rule(rrule), after, 2)
    finally:
        sys.setprofile(None)
    return entered


RULES = [
    "FREQ=MINUTELY;INTERVAL=15",
    "FREQ=HOURLY",
    "FREQ=HOURLY;INTERVAL=7",
    "FREQ=HOURLY;INTERVAL=5;UNTIL=20991231T225959Z",
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,FR",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20991231T225959Z",
]


@pytest.mark.parametrize("rrule", RULES)
def test_a_look_is_as_short_after_ten_years_as_in_the_first_days(rrule: str) -> None:
    early, late = steps(rrule, STARTS + timedelta(hours=1)), steps(rrule, STARTS + LATER)
    assert late <= A_LITTLE_MORE * early


@pytest.mark.parametrize("rrule", RULES)
def test_it_finds_what_is_found_from_the_beginning(rrule: str) -> None:
    after = STARTS + timedelta(days=400, hours=5)
    counted = f"{rrule.partition(';UNTIL')[0]};COUNT=60000"
    from_the_beginning = occurrences(rule(counted), after, 20)
    assert occurrences(rule(rrule), after, 20) == from_the_beginning


def test_what_was_to_come_so_often_is_counted_from_its_first_time() -> None:
    last = STARTS + timedelta(days=9)
    assert occurrences(rule("FREQ=DAILY;COUNT=10"), STARTS + timedelta(days=7), 9) == [
        last - timedelta(days=1),
        last,
    ]


def test_what_ended_years_ago_has_no_time_any_more() -> None:
    ended = rule("FREQ=HOURLY;UNTIL=20261231T225959Z")
    assert occurrences(ended, datetime(2036, 1, 1, tzinfo=UTC), 1) == []
