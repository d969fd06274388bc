"""The tables of what is used again: whose question it is, solutions, the catalogue, digests."""

from sqlalchemy import Boolean, Column, ForeignKey, Identity, Integer, Table, text

from kaz_bot.domain.digests import Rhythm
from kaz_bot.domain.knowledge.catalogue import EntryKind
from kaz_bot.domain.knowledge.solutions import SolutionState
from kaz_bot.store.columns import DAY, FILES, ID, INSTANT, Chars, choice
from kaz_bot.store.metadata import metadata, partial

# The conditions of partial indexes, to be said in a query in the same words.
RELEASED_SOLUTIONS = text("state = 'released'")
LISTED_ENTRIES = text("removed_at IS NULL")
AWAITED_DIGESTS = text("next_at IS NOT NULL")

affiliations = Table(
    "affiliations",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, unique=True),
    Column("person", Chars, unique=True),
    Column("municipality", Chars),
    Column("asked_at", INSTANT),
    Column("changed_at", INSTANT, nullable=False),
    sqlite_autoincrement=True,
)

solutions = Table(
    "solutions",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", choice(SolutionState), nullable=False),
    Column("ticket_id", ID, ForeignKey("tickets.id"), index=True),
    Column("area", Chars, nullable=False),
    Column("room_id", Chars, nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("released_edition", Integer),
    Column("sealed", Boolean, nullable=False),
    Column("proposed_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("released_at", INSTANT),
    Column("withdrawn_at", INSTANT),
    partial("ix_solutions_released_at", "released_at", where=RELEASED_SOLUTIONS),
    sqlite_autoincrement=True,
)

solution_editions = Table(
    "solution_editions",
    metadata,
    Column("solution_id", ID, ForeignKey("solutions.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Chars, nullable=False),
    Column("question", Chars, nullable=False),
    Column("answer", Chars, nullable=False),
    Column("attachments", FILES, nullable=False),
    Column("author", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("as_of", DAY, nullable=False),
    Column("valid_until", DAY),
    Column("written_at", INSTANT, nullable=False),
    Column("released_by", Chars, index=True),
    Column("released_at", INSTANT),
)

catalogue = Table(
    "catalogue",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", choice(EntryKind), nullable=False),
    Column("name", Chars, nullable=False),
    Column("status", Chars, nullable=False),
    Column("description", Chars, nullable=False),
    Column("contact", Chars, nullable=False),
    Column("area", Chars),
    Column("link", Chars, nullable=False),
    Column("as_of", DAY, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("room_id", Chars),
    Column("author", Chars, index=True),
    Column("event_id", Chars, index=True),
    Column("added_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("removed_at", INSTANT),
    partial("ix_catalogue_kind", "kind", "name", where=LISTED_ENTRIES),
    sqlite_autoincrement=True,
)

digest_orders = Table(
    "digest_orders",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, unique=True),
    Column("person", Chars, unique=True),
    Column("rhythm", choice(Rhythm), nullable=False),
    Column("next_at", INSTANT),
    Column("covered_until", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    partial("ix_digest_orders_next_at", "next_at", where=AWAITED_DIGESTS),
    sqlite_autoincrement=True,
)

# Which old tickets were brought in: a file that is read twice brings them in once.
imported_tickets = Table(
    "imported_tickets",
    metadata,
    Column("reference", Chars, primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), nullable=False, index=True),
)
