"""The steering committee: papers, ballots, decisions, tasks, meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _bodies()
    _seats()
    _papers()
    _editions()
    _ballots()
    _electors()
    _votes()
    _decisions()
    _tasks()
    _meetings()
    _agenda_items()
    _attendance()
    _minutes()
    _blocks()
    _committee_trail()
    _subject_letters()
    _typeset()


def _partial_index(
    name: str, table: str, columns: list[str], *, where: str, unique: bool = False
) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _typeset() -> None:
    # What lies in an outbox at this moment is a finished file.
    op.add_column(
        "enclosures",
        sa.Column("typeset", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bodies"),
        sa.UniqueConstraint("room_id", "key", name="uq_bodies_room_id_key"),
        sqlite_autoincrement=True,
    )


def _seats() -> None:
    op.create_table(
        "seats",
        sa.Column("body_id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_seats_body_id"),
        sa.PrimaryKeyConstraint("body_id", "person", name="pk_seats"),
    )
    op.create_index("ix_seats_person", "seats", ["person"])


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("erased_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_papers_author", "papers", ["author"])
    op.create_index("ix_papers_event_id", "papers", ["event_id"])
    _partial_index(
        "ix_papers_open",
        "papers",
        ["room_id", "id"],
        where="state IN ('draft', 'voting', 'deferred')",
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("paper_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("money", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("involved", sa.Text(), nullable=False),
        sa.Column("annexes", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_editions_paper_id"),
        sa.PrimaryKeyConstraint("paper_id", "number", name="pk_editions"),
    )
    op.create_index("ix_editions_author", "editions", ["author"])
    op.create_index("ix_editions_event_id", "editions", ["event_id"])


def _ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("quorum", sa.Text(), nullable=False),
        sa.Column("silence_consents", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("next_at", INSTANT),
        sa.Column("told_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_ballots_paper_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_ballots_next_at", "ballots", ["next_at", "id"], where="next_at IS NOT NULL")
    _partial_index("ix_ballots_open", "ballots", ["paper_id"], where="state = 'open'", unique=True)
    op.create_index("ix_ballots_opened_by", "ballots", ["opened_by"])
    op.create_index("ix_ballots_paper_id", "ballots", ["paper_id"])


def _electors() -> None:
    op.create_table(
        "electors",
        sa.Column("ballot_id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name="fk_electors_ballot_id"),
        sa.PrimaryKeyConstraint("ballot_id", "person", name="pk_electors"),
    )
    op.create_index("ix_electors_person", "electors", ["person"])


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("ballot_id", ID, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("cast_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name="fk_votes_ballot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sa.UniqueConstraint("event_id", name="uq_votes_event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_votes_ballot_id", "votes", ["ballot_id"])
    op.create_index("ix_votes_person", "votes", ["person"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published_at", INSTANT),
        sa.Column("done_at", INSTANT),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_decisions_paper_id"),
        sa.PrimaryKeyConstraint("year", "number", name="pk_decisions"),
        sa.UniqueConstraint("place", name="uq_decisions_place"),
        sa.UniqueConstraint("paper_id", name="uq_decisions_paper_id"),
    )
    op.create_index("ix_decisions_room_id", "decisions", ["room_id"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("elapsed", sa.Boolean(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("erased_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tasks_decision", "tasks", ["decision"])
    op.create_index("ix_tasks_event_id", "tasks", ["event_id"])
    _partial_index("ix_tasks_next_at", "tasks", ["next_at", "id"], where="next_at IS NOT NULL")
    _partial_index(
        "ix_tasks_open", "tasks", ["room_id", "due_at", "id"], where="state IN ('open', 'accepted')"
    )
    op.create_index("ix_tasks_owner", "tasks", ["owner"])
    op.create_index("ix_tasks_person", "tasks", ["person", "due_at", "id"])
    op.create_index("ix_tasks_room_id", "tasks", ["room_id", "due_at", "id"])


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("began_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("approved_at", INSTANT),
        sa.Column("approved_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meetings_event_id", "meetings", ["event_id"])
    _partial_index(
        "ix_meetings_next_at", "meetings", ["next_at", "id"], where="next_at IS NOT NULL"
    )
    op.create_index("ix_meetings_owner", "meetings", ["owner"])
    op.create_index("ix_meetings_room_id", "meetings", ["room_id", "starts_at", "id"])


def _agenda_items() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("meeting_id", ID),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("paper_id", ID),
        sa.Column("task_id", ID),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tabled", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_agenda_items_meeting_id"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_agenda_items_paper_id"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_agenda_items_task_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agenda_items_by", "agenda_items", ["by"])
    op.create_index("ix_agenda_items_event_id", "agenda_items", ["event_id"])
    op.create_index("ix_agenda_items_meeting_id", "agenda_items", ["meeting_id"])
    op.create_index("ix_agenda_items_paper_id", "agenda_items", ["paper_id"])
    op.create_index("ix_agenda_items_task_id", "agenda_items", ["task_id"])
    _partial_index(
        "ix_agenda_items_waiting", "agenda_items", ["room_id", "id"], where="meeting_id IS NULL"
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_attendance_meeting_id"),
        sa.PrimaryKeyConstraint("meeting_id", "person", name="pk_attendance"),
    )
    op.create_index("ix_attendance_person", "attendance", ["person"])


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("meeting_id", ID, autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_minutes_meeting_id"),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_minutes"),
    )


def _blocks() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("paper_id", ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_blocks_paper_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_blocks_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_blocks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_blocks_by", "blocks", ["by"])
    _partial_index("ix_blocks_live", "blocks", ["ticket_id"], where="ended_at IS NULL", unique=True)
    op.create_index("ix_blocks_paper_id", "blocks", ["paper_id"])
    op.create_index("ix_blocks_ticket_id", "blocks", ["ticket_id"])


def _committee_trail() -> None:
    op.create_table(
        "committee_trail",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_committee_trail"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_committee_trail_actor", "committee_trail", ["actor"])
    op.create_index("ix_committee_trail_cause", "committee_trail", ["cause"])
    op.create_index("ix_committee_trail_subject", "committee_trail", ["subject"])


def _subject_letters() -> None:
    op.create_table(
        "subject_letters",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_subject_letters_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", "subject", name="pk_subject_letters"),
    )
    op.create_index("ix_subject_letters_subject", "subject_letters", ["subject"])
