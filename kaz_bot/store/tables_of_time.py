"""The tables of what time brings: reminders, service levels, calendars."""

from datetime import timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Integer,
    SmallInteger,
    Table,
    text,
)

from kaz_bot.domain.reminders import HolidayRule, ReminderKind, ReminderState, Told
from kaz_bot.domain.service_levels import Stage
from kaz_bot.messages import Making
from kaz_bot.store.columns import FACTS, ID, INSTANT, Chars, Converted, choice
from kaz_bot.store.metadata import metadata, partial

# In the same words in the queries, see tables.py.
OPEN_REMINDERS = text("state = 'open'")
AWAITED_REMINDERS = text("next_at IS NOT NULL")
TOLD_REMINDERS = text("state = 'open' AND next_at IS NULL")
ENDED_REMINDERS = text("ended_at IS NOT NULL")
AWAITED_CLOCKS = text("next_at IS NOT NULL")
RUNNING_CLOCKS = text("due_at IS NOT NULL")
LIVE_FEEDS = text("revoked_at IS NULL")

_MICROSECOND = timedelta(microseconds=1)
LENGTH = Converted(
    BigInteger(),
    put=lambda length: length // _MICROSECOND,
    take=lambda count: count * _MICROSECOND,
)
STAGE = Converted(SmallInteger(), put=int, take=Stage)

reminders = Table(
    "reminders",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", choice(ReminderKind), nullable=False),
    Column("state", choice(ReminderState), nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("owner", Chars, nullable=False),
    Column("target", Chars),
    Column("about", Chars, nullable=False),
    Column("about_event", Chars, index=True),
    Column("about_author", Chars, index=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), index=True),
    Column("thread", Chars),
    Column("event_id", Chars, nullable=False, index=True),
    Column("wall", Chars, nullable=False),
    Column("zone", Chars, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("next_at", INSTANT),
    Column("timed", Boolean, nullable=False),
    Column("elapsed", Boolean, nullable=False),
    Column("rrule", Chars, nullable=False),
    Column("starts", Chars, nullable=False),
    Column("holidays", choice(HolidayRule), nullable=False),
    Column("told", choice(Told), nullable=False),
    Column("told_at", INSTANT),
    Column("sealed", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("set_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("erased_at", INSTANT),
    partial("ix_reminders_next_at", "next_at", "id", where=AWAITED_REMINDERS),
    partial("ix_reminders_room_id", "room_id", "due_at", "id", where=OPEN_REMINDERS),
    partial("ix_reminders_owner", "owner", "due_at", "id", where=OPEN_REMINDERS),
    partial("ix_reminders_target", "target", "due_at", "id", where=OPEN_REMINDERS),
    partial("ix_reminders_told_at", "told_at", where=TOLD_REMINDERS),
    partial("ix_reminders_ended_at", "ended_at", "id", where=ENDED_REMINDERS),
    sqlite_autoincrement=True,
)

# Who has to do something by a deadline, and who has done it.
responsible = Table(
    "responsible",
    metadata,
    Column("reminder_id", ID, ForeignKey("reminders.id"), primary_key=True, autoincrement=False),
    Column("person", Chars, primary_key=True, index=True),
    Column("done_at", INSTANT),
)

reminder_trail = Table(
    "reminder_trail",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("reminder_id", ID, ForeignKey("reminders.id"), nullable=False, index=True),
    Column("at", INSTANT, nullable=False),
    Column("actor", Chars, index=True),
    Column("event", Chars, nullable=False),
    Column("cause", Chars, index=True),
    Column("details", FACTS, nullable=False),
    sqlite_autoincrement=True,
)

# Which letters tell of which reminders: a reaction on one is meant for them.
reminder_letters = Table(
    "reminder_letters",
    metadata,
    Column("letter_id", ID, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column(
        "reminder_id",
        ID,
        ForeignKey("reminders.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
)

# One clock for each ticket: by when its asker hears a first answer, and the solution.
service_clocks = Table(
    "service_clocks",
    metadata,
    Column("ticket_id", ID, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("answered_at", INSTANT),
    Column("stopped_at", INSTANT),
    Column("ended_at", INSTANT),
    # Business time that the ticket waited for its asker.
    Column("waited", LENGTH, nullable=False),
    Column("answer_due_at", INSTANT),
    Column("solution_due_at", INSTANT),
    # The nearer of the two that still runs.
    Column("due_at", INSTANT),
    Column("answer_told", STAGE, nullable=False),
    Column("solution_told", STAGE, nullable=False),
    Column("next_at", INSTANT),
    partial("ix_service_clocks_next_at", "next_at", "ticket_id", where=AWAITED_CLOCKS),
    partial("ix_service_clocks_due_at", "due_at", "ticket_id", where=RUNNING_CLOCKS),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("token", Chars, nullable=False, unique=True),
    Column("room_id", Chars),
    Column("person", Chars),
    Column("sealed", Boolean, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    # Of several addresses only one may be live, or who revokes it revokes only one of them.
    partial("ix_feeds_room_id", "room_id", where=LIVE_FEEDS, unique=True),
    partial("ix_feeds_person", "person", where=LIVE_FEEDS, unique=True),
    sqlite_autoincrement=True,
)

# A file of our own that goes with a letter, until it is sent.
enclosures = Table(
    "enclosures",
    metadata,
    Column("letter_id", ID, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column("name", Chars, nullable=False),
    Column("media_type", Chars, nullable=False),
    # Base64, since a copy of the database is text.
    Column("content", Chars, nullable=False),
    Column("making", choice(Making), nullable=False),
)
