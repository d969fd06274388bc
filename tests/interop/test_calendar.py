"""ical.js, by which Thunderbird and Nextcloud read calendars, finds the bot's occurrences."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kaz_bot.calendars import Entry, Shift
from kaz_bot.dates import occurrences
from kaz_bot.domain.reminders import ReminderKind
from kaz_bot.planning import rule_of
from tests.calendars.reminders import REMINDER, file_of, recurring, wall

PROGRAM = Path(__file__).with_name("calendar.mjs")
COUNT = 40
ISO = "%Y-%m-%dT%H:%M:%S.000Z"


def read_by(node: Path, file: str) -> dict[str, list[str]]:
    """When what is, as ical.js reads the file."""
    done = subprocess.run(
        [node, PROGRAM, str(COUNT)], input=file, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime(ISO)


@pytest.mark.parametrize(
    ("rrule", "starts"),
    [
        ("FREQ=DAILY", "2026-10-20T09:00"),
        ("FREQ=WEEKLY;BYDAY=TH", "2026-10-01T13:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-10-05T08:00"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T225959Z", "2026-10-01T13:00"),
        ("FREQ=DAILY;COUNT=4", "2026-10-24T09:00"),
        ("FREQ=HOURLY;INTERVAL=2", "2026-10-24T23:30"),
        ("FREQ=MONTHLY;BYDAY=1TH", "2026-10-01T13:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-10-31T17:00"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-30T10:00"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", "2026-10-14T09:00"),
    ],
)
async def test_it_finds_the_same_occurrences(node_program: Path, rrule: str, starts: str) -> None:
    reminder = recurring(rrule, starts)
    ours = occurrences(rule_of(reminder), wall("2026-09-01T00:00"), COUNT)
    assert read_by(node_program, file_of(reminder)) == {reminder.about: [iso(at) for at in ours]}


async def test_it_finds_what_holidays_made_of_a_rule(node_program: Path) -> None:
    weekly = recurring("FREQ=WEEKLY;BYDAY=SA;COUNT=4", "2026-10-24T09:00")
    moved = Shift(planned=wall("2026-10-31T09:00"), at=wall("2026-10-30T09:00"))
    entry = Entry(reminder=weekly, left_out=(wall("2026-11-07T09:00"),), shifts=(moved,))
    days = ("2026-10-24T09:00", "2026-10-30T09:00", "2026-11-14T09:00")
    assert read_by(node_program, file_of(entry)) == {weekly.about: [iso(wall(at)) for at in days]}


async def test_it_reads_hostile_texts_as_texts(node_program: Path) -> None:
    text = "a;b,c\\n\nEND:VEVENT\nBEGIN:VEVENT ä🗓" + "x" * 500
    deadline = replace(REMINDER, about=text, kind=ReminderKind.DEADLINE, timed=False)
    assert read_by(node_program, file_of(deadline)) == {f"Frist: {text}": ["2026-10-15"]}
