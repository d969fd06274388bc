"""Programs that know no zones by name learn from the file when clocks change."""

from zoneinfo import ZoneInfo

import pytest

from kaz_bot.calendars.zones import timezone_of

BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def shown(zone: str) -> str:
    text: bytes = timezone_of(ZoneInfo(zone), 2026).to_ical()
    return text.decode().replace("\r\n", "\n")


def test_brandenburgs_clocks_are_told_by_rules() -> None:
    assert shown("Europe/Berlin") == BERLIN


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        (
            "America/New_York",
            ["FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"],
        ),
        (
            "Australia/Lord_Howe",
            ["FREQ=YEARLY;BYDAY=1SU;BYMONTH=4", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=10"],
        ),
        ("UTC", []),
        ("Asia/Kolkata", []),
    ],
)
def test_other_zones_have_their_rules(zone: str, rules: list[str]) -> None:
    lines = shown(zone).split("\n")
    assert [line.removeprefix("RRULE:") for line in lines if line.startswith("RRULE:")] == rules


def test_changes_without_a_rule_are_told_one_by_one() -> None:
    text = shown("Africa/Casablanca")
    assert ("RRULE" in text, "RDATE:2027" in text) == (False, True)
