"""The tables, one per kind of record; a column is named like the field it holds."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    text,
)

from kaz_bot.domain.letters import LetterKind, LetterState
from kaz_bot.domain.posts import PostKind
from kaz_bot.domain.rooms import Language, RoomKind
from kaz_bot.domain.threads import Side
from kaz_bot.domain.tickets import Rating, TicketState
from kaz_bot.store.columns import (
    FACTS,
    FILE,
    ID,
    INSTANT,
    PLACE,
    SPACED,
    URGENCY,
    WORDS,
    Chars,
    choice,
)
from kaz_bot.store.metadata import metadata as metadata
from kaz_bot.store.metadata import partial

# The conditions of partial indexes. A query has to say them in the same words, not with bound
# values, or SQLite does not see that the index serves it.
ACTIVE_TICKETS = text("state IN ('new', 'claimed', 'waiting')")
OPEN_TICKETS = text("state IN ('new', 'claimed', 'waiting', 'resolved')")
RESOLVED_TICKETS = text("state = 'resolved'")
KEPT_TICKETS = text("ended_at IS NOT NULL AND erased_at IS NULL")
QUEUED_LETTERS = text("state = 'queued'")
REJECTED_LETTERS = text("state = 'rejected'")
UNSETTLED_THREADS = text("room_id IS NULL")


tickets = Table(
    "tickets",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", choice(TicketState), nullable=False),
    Column("area", Chars, nullable=False),
    Column("priority", URGENCY, nullable=False),
    Column("asker", Chars, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("question", Chars, nullable=False),
    Column("assignee", Chars),
    Column("confidential", Boolean, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("incident", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("because", WORDS, nullable=False),
    Column("area_open", Boolean, nullable=False),
    # Deferred, because a restored ticket may be merged into one that comes after it.
    Column("merged_into", ID, ForeignKey("tickets.id", deferrable=True, initially="DEFERRED")),
    Column("solution", Chars, nullable=False),
    Column("solution_sealed", Boolean, nullable=False),
    Column("rating", choice(Rating)),
    Column("opened_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("claimed_at", INSTANT),
    Column("resolved_at", INSTANT),
    Column("ended_at", INSTANT),
    Column("erased_at", INSTANT),
    Column("municipality", Chars),
    Index("ix_tickets_queue", "area", "state", "priority", "opened_at", "id"),
    Index("ix_tickets_asker", "asker", "opened_at", "id"),
    Index("ix_tickets_room_id", "room_id"),
    partial("ix_tickets_active", "area", "state", where=ACTIVE_TICKETS),
    partial("ix_tickets_open_of", "asker", "opened_at", "id", where=OPEN_TICKETS),
    partial("ix_tickets_assignee", "assignee", "priority", "opened_at", "id", where=ACTIVE_TICKETS),
    partial("ix_tickets_followers", "merged_into", where=ACTIVE_TICKETS),
    partial("ix_tickets_resolved_at", "resolved_at", where=RESOLVED_TICKETS),
    partial("ix_tickets_ended_at", "confidential", "ended_at", where=KEPT_TICKETS),
    # What was opened in a period.
    Index("ix_tickets_opened_at", "opened_at"),
    sqlite_autoincrement=True,
)

posts = Table(
    "posts",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("room_id", Chars, nullable=False),
    Column("sender", Chars, nullable=False, index=True),
    Column("author", Chars, nullable=False),
    Column("kind", choice(PostKind), nullable=False),
    Column("text", Chars, nullable=False),
    Column("html", Chars),
    Column("attachment", FILE),
    Column("sealed", Boolean, nullable=False),
    Column("said_at", INSTANT, nullable=False),
    Column("edited_at", INSTANT),
    Column("erased_at", INSTANT),
    sqlite_autoincrement=True,
)

letters = Table(
    "letters",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("txn_id", Chars, nullable=False, unique=True),
    Column("kind", choice(LetterKind), nullable=False),
    Column("state", choice(LetterState), nullable=False),
    Column("room_id", Chars),
    Column("person", Chars),
    # The room, or the person as long as the room is unknown: letters of a lane keep their order.
    Column("lane", Chars, nullable=False),
    Column("content", FACTS, nullable=False),
    Column("thread", PLACE),
    Column("reply_to", Chars),
    Column("target", PLACE, index=True),
    Column("sealed", Boolean, nullable=False),
    Column("ticket_id", ID, ForeignKey("tickets.id"), index=True),
    Column("post_id", ID, ForeignKey("posts.id"), index=True),
    Column("template", Chars, nullable=False),
    Column("event_id", Chars, index=True),
    Column("attempts", Integer, nullable=False),
    Column("not_before", INSTANT),
    Column("problem", Chars, nullable=False),
    Column("reported", Boolean, nullable=False),
    Column("written_at", INSTANT, nullable=False),
    Column("sent_at", INSTANT),
    partial("ix_letters_lane", "lane", "id", where=QUEUED_LETTERS),
    partial("ix_letters_rejected", "reported", "id", where=REJECTED_LETTERS),
    sqlite_autoincrement=True,
)

threads = Table(
    "threads",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("side", choice(Side), nullable=False),
    Column("room_id", Chars),
    Column("person", Chars),
    Column("root_event", Chars),
    Column("root_letter", ID, ForeignKey("letters.id"), index=True),
    Column("current", Boolean, nullable=False),
    Index("ix_threads_room_id_root_event", "room_id", "root_event"),
    partial("ix_threads_unsettled", "person", where=UNSETTLED_THREADS),
    sqlite_autoincrement=True,
)

trail = Table(
    "trail",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", INSTANT, nullable=False),
    Column("actor", Chars, index=True),
    Column("event", Chars, nullable=False),
    Column("state", Chars, nullable=False),
    Column("cause", Chars),
    Column("details", FACTS, nullable=False),
    sqlite_autoincrement=True,
)

rooms = Table(
    "rooms",
    metadata,
    Column("room_id", Chars, primary_key=True),
    Column("kind", choice(RoomKind), nullable=False),
    Column("area", Chars),
    Column("language", choice(Language), nullable=False),
    Column("person", Chars, index=True),
    Column("by_settings", Boolean, nullable=False),
    Column("bound_at", INSTANT, nullable=False),
    Column("left_at", INSTANT),
)

seen = Table(
    "seen",
    metadata,
    Column("event_id", Chars, primary_key=True),
    Column("room_id", Chars, nullable=False),
    Column("seen_at", INSTANT, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# One row: where the sync of the bot's device stands.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_batch", Chars, nullable=False),
    Column("device", Chars, nullable=False),
)

undecrypted = Table(
    "undecrypted",
    metadata,
    Column("event_id", Chars, primary_key=True),
    Column("room_id", Chars, nullable=False),
    Column("sender", Chars, nullable=False),
    Column("sent_at", INSTANT, nullable=False),
    Column("session_id", Chars, nullable=False, index=True),
    Column("source", Chars, nullable=False),
    Column("noticed_at", INSTANT, nullable=False, index=True),
    Column("asked_at", INSTANT),
)

words = Table(
    "words",
    metadata,
    Column("word", Chars, primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

lessons = Table(
    "lessons",
    metadata,
    Column("ticket_id", ID, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("area", Chars, nullable=False),
    Column("words", SPACED, nullable=False),
    Column("learned_at", INSTANT, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("what", Chars, nullable=False),
    Column("subject", Chars, nullable=False),
    Column("at", INSTANT, nullable=False),
    sqlite_autoincrement=True,
)
