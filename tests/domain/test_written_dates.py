"""Days and times are read as files and forms write them."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from kaz_bot.domain.written_dates import written_day, written_moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        ("1.7.2026", date(2026, 7, 1)),
        ("01.07.26", date(2026, 7, 1)),
        ("01. 07. 2026", date(2026, 7, 1)),
        ("1. Juli 2026", date(2026, 7, 1)),
        ("3 März 2026", date(2026, 3, 3)),
        ("3. Maerz 2026", date(2026, 3, 3)),
        ("5 May 2026", date(2026, 5, 5)),
        ("24. Dez. 2025", date(2025, 12, 24)),
        ("Juli 2026", date(2026, 7, 1)),
        ("October 2025", date(2025, 10, 1)),
        ("07/2026", date(2026, 7, 1)),
        ("2026-07", date(2026, 7, 1)),
        ("31.2.2026", None),
        ("2026-13-01", None),
        ("Brachmond 2026", None),
        ("0.0.0000", None),
        ("heute", None),
        ("", None),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert written_day(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-01", datetime(2025, 3, 1, 12, tzinfo=BERLIN)),
        ("1.3.2025", datetime(2025, 3, 1, 12, tzinfo=BERLIN)),
        ("2025-03-01 09:30", datetime(2025, 3, 1, 9, 30, tzinfo=BERLIN)),
        ("2025-03-01T09:30:15", datetime(2025, 3, 1, 9, 30, 15, tzinfo=BERLIN)),
        (
            "2025-03-01T09:30:00.5Z",
            datetime(2025, 3, 1, 9, 30, 0, 500_000, tzinfo=timezone(timedelta(0))),
        ),
        (
            "2025-03-01T09:30+02:00",
            datetime(2025, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("01.03.2025 9:30 Uhr", datetime(2025, 3, 1, 9, 30, tzinfo=BERLIN)),
        ("01.03.2025, 09:30", datetime(2025, 3, 1, 9, 30, tzinfo=BERLIN)),
        ("01.03.2025 25:00", None),
        ("31.02.2025 09:00", None),
        ("2025-03-01T09:30+xx", None),
        ("gestern 9:30", None),
    ],
)
def test_a_moment_is_read(text: str, moment: datetime | None) -> None:
    assert written_moment(text, BERLIN) == moment
