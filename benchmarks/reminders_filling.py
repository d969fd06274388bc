"""Fills a migrated database with any number of pending reminders, in seconds."""

from zoneinfo import ZoneInfo

from sqlalchemy import URL, Text, case, insert, literal, select

from benchmarks.store_filling import Numbers, add_rows, filling
from kaz_bot.domain.reminders import HolidayRule, ReminderKind, ReminderState, Told
from kaz_bot.store.tables_of_time import reminders, responsible
from tests.desk import COMMITTEE, MARKET, PROCUREMENT, PROJECT
from tests.fakes import MORNING

ZONE = ZoneInfo("Europe/Berlin")
ROOMS = (PROJECT, MARKET, PROCUREMENT, COMMITTEE)
REMINDERS_PER_PERSON = 50
# Of ten reminders this one comes again each week, and that one is a deadline.
WEEKLY, DEADLINE = 8, 9


def fill(url: URL, count: int) -> None:
    """Reminder `i` is due `i` minutes after a year from now."""
    with filling(url) as connection:
        numbers = Numbers(connection.engine, count, since=MORNING.replace(year=2027))
        add_rows(connection, numbers, reminders, _reminder(numbers, count))
        deadlines = select(reminders.c.id, literal("@doer", Text)).where(
            reminders.c.kind == ReminderKind.DEADLINE
        )
        connection.execute(insert(responsible).from_select(["reminder_id", "person"], deadlines))


def _reminder(n: Numbers, count: int) -> dict[str, object]:
    share = n.i % 10
    person = n.named("@asker", n.drawn(1500450271, count // REMINDERS_PER_PERSON + 1))
    room = case(
        *((n.i % len(ROOMS) == place, literal(room, Text)) for place, room in enumerate(ROOMS)),
    )
    return {
        "version": 1,
        "kind": case(
            (share == DEADLINE, literal(ReminderKind.DEADLINE.value, Text)),
            else_=literal(ReminderKind.REMINDER.value, Text),
        ),
        "state": ReminderState.OPEN,
        "room_id": room,
        "owner": person,
        "target": case((share < WEEKLY, person)),
        "about": "Angebot der Firma prüfen und dem Gremium bis Freitag vorlegen",
        "event_id": literal("$", Text) + n.unique,
        "wall": "2027-09-30T12:00",
        "zone": ZONE.key,
        "due_at": n.moment,
        "next_at": n.moment,
        "timed": True,
        "elapsed": False,
        "rrule": case((share == WEEKLY, literal("FREQ=WEEKLY", Text)), else_=literal("", Text)),
        "starts": case(
            (share == WEEKLY, literal("2026-09-30T09:00", Text)), else_=literal("", Text)
        ),
        "holidays": HolidayRule.KEEP,
        "told": Told.NOTHING,
        "sealed": True,
        "sequence": 0,
        "set_at": MORNING,
        "changed_at": MORNING,
    }
