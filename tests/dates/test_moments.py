"""What a moment says besides its time."""

from datetime import datetime

import pytest

from kaz_bot.dates import Moment, Remark, Use
from tests.dates.examples import BERLIN, READER

TUESDAY = datetime(2026, 2, 17, 9, 10, tzinfo=BERLIN)


def moment(text: str, now: datetime = TUESDAY, use: Use = Use.REMINDER) -> Moment:
    read = READER.read(text, now, use)
    assert isinstance(read, Moment)
    return read


def test_a_disputed_weekday_is_remarked() -> None:
    assert moment("nächsten Donnerstag") == Moment(
        at=datetime(2026, 2, 26, 9, tzinfo=BERLIN), timed=False, remark=Remark.NEXT_WEEK_MEANT
    )
    assert moment("nächsten Montag").remark is None
    assert moment("kommenden Donnerstag").remark is None


def test_a_day_that_rolled_over_into_next_year_is_remarked() -> None:
    assert moment("31.1.", use=Use.DEADLINE) == Moment(
        at=datetime(2027, 1, 31, 23, 59, tzinfo=BERLIN), timed=False, remark=Remark.NEXT_YEAR
    )


def test_a_time_shown_twice_is_remarked_and_the_first_is_taken() -> None:
    read = moment("25.10.2026 2:30")
    assert read.remark is Remark.TWICE
    assert read.at.isoformat() == "2026-10-25T02:30:00+02:00"


def test_between_the_two_the_second_is_the_one_ahead() -> None:
    between = datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN)
    assert moment("heute 2:30", between).at.isoformat() == "2026-10-25T02:30:00+01:00"


@pytest.mark.parametrize(
    ("text", "then"), [("in 30 Minuten", "02:15:00+01:00"), ("in 1 Stunde", "02:45:00+01:00")]
)
def test_a_length_that_ends_in_the_second_of_the_two_hours_is_real_time(
    text: str, then: str
) -> None:
    first = datetime.fromisoformat("2026-10-25T02:45:00+02:00")
    assert moment(text, first).at.isoformat() == f"2026-10-25T{then}"


def test_hours_and_minutes_elapse_and_days_do_not() -> None:
    assert moment("in 72 Stunden") == Moment(
        at=datetime(2026, 2, 20, 9, 10, tzinfo=BERLIN), timed=True, elapsed=True
    )
    assert moment("in 3 Tagen") == Moment(
        at=datetime(2026, 2, 20, 9, 0, tzinfo=BERLIN), timed=False
    )


def test_seconds_are_waited_for() -> None:
    late = datetime(2026, 2, 17, 9, 10, 31, tzinfo=BERLIN)
    assert moment("in 5 Minuten", late).at == datetime(2026, 2, 17, 9, 16, tzinfo=BERLIN)


def test_the_zone_of_now_does_not_matter() -> None:
    assert moment("morgen um 9", datetime.fromisoformat("2026-02-17T22:30:00-05:00")).at == (
        datetime(2026, 2, 19, 9, tzinfo=BERLIN)
    )
