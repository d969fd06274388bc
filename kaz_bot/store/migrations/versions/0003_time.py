"""What time brings: reminders and deadlines, service levels, calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _reminders()
    _responsible()
    _reminder_trail()
    _reminder_letters()
    _service_clocks()
    _feeds()
    _enclosures()


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


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_event", sa.Text()),
        sa.Column("about_author", sa.Text()),
        sa.Column("ticket_id", ID),
        sa.Column("thread", sa.Text()),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("wall", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("elapsed", sa.Boolean(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("erased_at", INSTANT),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_reminders_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_about_author", "reminders", ["about_author"])
    op.create_index("ix_reminders_about_event", "reminders", ["about_event"])
    _partial_index(
        "ix_reminders_ended_at", "reminders", ["ended_at", "id"], where="ended_at IS NOT NULL"
    )
    op.create_index("ix_reminders_event_id", "reminders", ["event_id"])
    _partial_index(
        "ix_reminders_next_at", "reminders", ["next_at", "id"], where="next_at IS NOT NULL"
    )
    _partial_index(
        "ix_reminders_owner", "reminders", ["owner", "due_at", "id"], where="state = 'open'"
    )
    _partial_index(
        "ix_reminders_room_id", "reminders", ["room_id", "due_at", "id"], where="state = 'open'"
    )
    _partial_index(
        "ix_reminders_target", "reminders", ["target", "due_at", "id"], where="state = 'open'"
    )
    op.create_index("ix_reminders_ticket_id", "reminders", ["ticket_id"])
    _partial_index(
        "ix_reminders_told_at",
        "reminders",
        ["told_at"],
        where="state = 'open' AND next_at IS NULL",
    )


def _responsible() -> None:
    op.create_table(
        "responsible",
        sa.Column("reminder_id", ID, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("done_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminders.id"], name="fk_responsible_reminder_id"
        ),
        sa.PrimaryKeyConstraint("reminder_id", "person", name="pk_responsible"),
    )
    op.create_index("ix_responsible_person", "responsible", ["person"])


def _reminder_trail() -> None:
    op.create_table(
        "reminder_trail",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("reminder_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminders.id"], name="fk_reminder_trail_reminder_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_trail"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminder_trail_actor", "reminder_trail", ["actor"])
    op.create_index("ix_reminder_trail_cause", "reminder_trail", ["cause"])
    op.create_index("ix_reminder_trail_reminder_id", "reminder_trail", ["reminder_id"])


def _reminder_letters() -> None:
    op.create_table(
        "reminder_letters",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("reminder_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminders.id"], name="fk_reminder_letters_reminder_id"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name="fk_reminder_letters_letter_id"
        ),
        sa.PrimaryKeyConstraint("letter_id", "reminder_id", name="pk_reminder_letters"),
    )
    op.create_index("ix_reminder_letters_reminder_id", "reminder_letters", ["reminder_id"])


def _service_clocks() -> None:
    op.create_table(
        "service_clocks",
        sa.Column("ticket_id", ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("stopped_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("waited", sa.BigInteger(), nullable=False),
        sa.Column("answer_due_at", INSTANT),
        sa.Column("solution_due_at", INSTANT),
        sa.Column("due_at", INSTANT),
        sa.Column("answer_told", sa.SmallInteger(), nullable=False),
        sa.Column("solution_told", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_service_clocks_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_service_clocks"),
    )
    _partial_index(
        "ix_service_clocks_due_at",
        "service_clocks",
        ["due_at", "ticket_id"],
        where="due_at IS NOT NULL",
    )
    _partial_index(
        "ix_service_clocks_next_at",
        "service_clocks",
        ["next_at", "ticket_id"],
        where="next_at IS NOT NULL",
    )


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("token", name="uq_feeds_token"),
        sqlite_autoincrement=True,
    )
    live = "revoked_at IS NULL"
    _partial_index("ix_feeds_person", "feeds", ["person"], where=live, unique=True)
    _partial_index("ix_feeds_room_id", "feeds", ["room_id"], where=live, unique=True)


def _enclosures() -> None:
    op.create_table(
        "enclosures",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_enclosures_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_enclosures"),
    )
