"""The tables of the committee: papers, ballots, decisions, tasks, meetings."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from kaz_bot.domain.committee.ballots import BallotState, Choice, Manner, Mode, Result, Way
from kaz_bot.domain.committee.bodies import Seat
from kaz_bot.domain.committee.meetings import ItemResult, MeetingState, Presence
from kaz_bot.domain.committee.numbers import DecisionNumber
from kaz_bot.domain.committee.papers import PaperState
from kaz_bot.domain.committee.tasks import TaskState
from kaz_bot.domain.reminders import Told
from kaz_bot.store.columns import FACTS, ID, INSTANT, Chars, Converted, choice
from kaz_bot.store.metadata import metadata, partial
from kaz_bot.store.tables_of_time import LENGTH

# In the same words in the queries, see tables.py.
OPEN_PAPERS = text("state IN ('draft', 'voting', 'deferred')")
OPEN_BALLOTS = text("state = 'open'")
AWAITED_BALLOTS = text("next_at IS NOT NULL")
OPEN_TASKS = text("state IN ('open', 'accepted')")
AWAITED_TASKS = text("next_at IS NOT NULL")
AWAITED_MEETINGS = text("next_at IS NOT NULL")
WAITING_ITEMS = text("meeting_id IS NULL")
LIVE_BLOCKS = text("ended_at IS NULL")


def _read(stored: str) -> DecisionNumber:
    year, _, number = stored.partition("/")
    return DecisionNumber(int(year), int(number))


NUMBER = Converted(Text(), put=str, take=_read)

bodies = Table(
    "bodies",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("name", Chars, nullable=False),
    # The folded name: what makes it the same body however it is typed.
    Column("key", Chars, nullable=False),
    UniqueConstraint("room_id", "key"),
    sqlite_autoincrement=True,
)

seats = Table(
    "seats",
    metadata,
    Column("body_id", ID, ForeignKey("bodies.id"), primary_key=True, autoincrement=False),
    Column("person", Chars, primary_key=True, index=True),
    Column("seat", choice(Seat), nullable=False),
    Column("place", Integer, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("state", choice(PaperState), nullable=False),
    Column("author", Chars, nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("title", Chars, nullable=False),
    Column("event_id", Chars, nullable=False, index=True),
    Column("sealed", Boolean, nullable=False),
    Column("decision", NUMBER),
    Column("filed_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("erased_at", INSTANT),
    partial("ix_papers_open", "room_id", "id", where=OPEN_PAPERS),
    sqlite_autoincrement=True,
)

editions = Table(
    "editions",
    metadata,
    Column("paper_id", ID, ForeignKey("papers.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Chars, nullable=False),
    Column("wording", Chars, nullable=False),
    Column("reasons", Chars, nullable=False),
    Column("money", Chars, nullable=False),
    Column("lead", Chars, nullable=False),
    Column("involved", Chars, nullable=False),
    Column("annexes", Chars, nullable=False),
    Column("author", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("filed_at", INSTANT, nullable=False),
)

ballots = Table(
    "ballots",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("paper_id", ID, ForeignKey("papers.id"), nullable=False, index=True),
    Column("edition", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("manner", choice(Manner), nullable=False),
    Column("mode", choice(Mode), nullable=False),
    Column("quorum", Chars, nullable=False),
    Column("silence_consents", Boolean, nullable=False),
    Column("state", choice(BallotState), nullable=False),
    Column("result", choice(Result)),
    Column("opened_by", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("due_at", INSTANT),
    Column("next_at", INSTANT),
    Column("told_at", INSTANT),
    Column("closed_at", INSTANT),
    Column("sealed", Boolean, nullable=False),
    # Of two who open a vote over the same paper at once, one is refused.
    partial("ix_ballots_open", "paper_id", where=OPEN_BALLOTS, unique=True),
    partial("ix_ballots_next_at", "next_at", "id", where=AWAITED_BALLOTS),
    sqlite_autoincrement=True,
)

electors = Table(
    "electors",
    metadata,
    Column("ballot_id", ID, ForeignKey("ballots.id"), primary_key=True, autoincrement=False),
    Column("person", Chars, primary_key=True, index=True),
    Column("place", Integer, nullable=False),
    Column("body", Chars, nullable=False),
    Column("seat", choice(Seat), nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("ballot_id", ID, ForeignKey("ballots.id"), nullable=False, index=True),
    Column("person", Chars, nullable=False, index=True),
    Column("choice", choice(Choice), nullable=False),
    Column("reason", Chars, nullable=False),
    Column("way", choice(Way), nullable=False),
    # Whatever is replayed: one event is one vote.
    Column("event_id", Chars, nullable=False, unique=True),
    Column("cast_at", INSTANT, nullable=False),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False, unique=True),
    Column("room_id", Chars, nullable=False, index=True),
    Column("paper_id", ID, ForeignKey("papers.id"), nullable=False, unique=True),
    Column("decided_at", INSTANT, nullable=False),
    # All that the register says, in the very letters that the digest was made of.
    Column("content", Chars, nullable=False),
    Column("digest", Chars, nullable=False),
    # The folded words of its title and wording, to be looked through.
    Column("words", Chars, nullable=False),
    Column("published_at", INSTANT),
    Column("done_at", INSTANT),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("state", choice(TaskState), nullable=False),
    Column("decision", NUMBER, index=True),
    Column("what", Chars, nullable=False),
    Column("client", Chars, nullable=False),
    Column("lead", Chars, nullable=False),
    Column("worker", Chars, nullable=False),
    Column("person", Chars),
    Column("asked", Boolean, nullable=False),
    Column("owner", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("zone", Chars, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("timed", Boolean, nullable=False),
    Column("elapsed", Boolean, nullable=False),
    Column("next_at", INSTANT),
    Column("told", choice(Told), nullable=False),
    Column("told_at", INSTANT),
    Column("outcome", Chars, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("set_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("erased_at", INSTANT),
    Index("ix_tasks_room_id", "room_id", "due_at", "id"),
    partial("ix_tasks_open", "room_id", "due_at", "id", where=OPEN_TASKS),
    Index("ix_tasks_person", "person", "due_at", "id"),
    partial("ix_tasks_next_at", "next_at", "id", where=AWAITED_TASKS),
    sqlite_autoincrement=True,
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("state", choice(MeetingState), nullable=False),
    Column("title", Chars, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("length", LENGTH, nullable=False),
    Column("zone", Chars, nullable=False),
    Column("place", Chars, nullable=False),
    Column("owner", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("next_at", INSTANT),
    Column("sealed", Boolean, nullable=False),
    Column("set_at", INSTANT, nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("began_at", INSTANT),
    Column("ended_at", INSTANT),
    Column("approved_at", INSTANT),
    Column("approved_by", Chars),
    Index("ix_meetings_room_id", "room_id", "starts_at", "id"),
    partial("ix_meetings_next_at", "next_at", "id", where=AWAITED_MEETINGS),
    sqlite_autoincrement=True,
)

agenda_items = Table(
    "agenda_items",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("room_id", Chars, nullable=False),
    Column("meeting_id", ID, ForeignKey("meetings.id"), index=True),
    Column("place", Integer, nullable=False),
    Column("paper_id", ID, ForeignKey("papers.id"), index=True),
    Column("task_id", ID, ForeignKey("tasks.id"), index=True),
    Column("text", Chars, nullable=False),
    Column("tabled", Boolean, nullable=False),
    Column("result", choice(ItemResult), nullable=False),
    Column("result_text", Chars, nullable=False),
    Column("by", Chars, nullable=False, index=True),
    Column("event_id", Chars, nullable=False, index=True),
    Column("added_at", INSTANT, nullable=False),
    partial("ix_agenda_items_waiting", "room_id", "id", where=WAITING_ITEMS),
    sqlite_autoincrement=True,
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", ID, ForeignKey("meetings.id"), primary_key=True, autoincrement=False),
    Column("person", Chars, primary_key=True, index=True),
    Column("presence", choice(Presence), nullable=False),
    Column("noted_at", INSTANT, nullable=False),
)

# The minutes of a meeting as they were approved: the document of which the file is made.
minutes = Table(
    "minutes",
    metadata,
    Column("meeting_id", ID, ForeignKey("meetings.id"), primary_key=True, autoincrement=False),
    Column("document", Chars, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("ticket_id", ID, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("paper_id", ID, ForeignKey("papers.id"), nullable=False, index=True),
    Column("by", Chars, nullable=False, index=True),
    Column("since", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    # A ticket waits for one thing at a time.
    partial("ix_blocks_live", "ticket_id", where=LIVE_BLOCKS, unique=True),
    sqlite_autoincrement=True,
)

committee_trail = Table(
    "committee_trail",
    metadata,
    Column("id", ID, Identity(), primary_key=True),
    Column("subject", Chars, nullable=False, index=True),
    Column("at", INSTANT, nullable=False),
    Column("actor", Chars, index=True),
    Column("event", Chars, nullable=False),
    Column("cause", Chars, index=True),
    Column("details", FACTS, nullable=False),
    sqlite_autoincrement=True,
)

# Which letters tell of which records: a reaction or a reply on one is meant for them.
subject_letters = Table(
    "subject_letters",
    metadata,
    Column("letter_id", ID, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column("subject", Chars, primary_key=True, index=True),
)
