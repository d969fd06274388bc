"""The desk: tickets with threads, posts and trail, the outbox, the rooms, the sync."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tickets()
    _posts()
    _letters()
    _threads()
    _trail()
    _words()
    _rooms()
    _seen()
    _checkpoint()
    _undecrypted()
    _erasures()


def _partial_index(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("area_open", sa.Boolean(), nullable=False),
        sa.Column("merged_into", ID),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("solution_sealed", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Text()),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("claimed_at", INSTANT),
        sa.Column("resolved_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("erased_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["tickets.id"],
            name="fk_tickets_merged_into",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sqlite_autoincrement=True,
    )
    _partial_index(
        "ix_tickets_active",
        "tickets",
        ["area", "state"],
        where="state IN ('new', 'claimed', 'waiting')",
    )
    op.create_index("ix_tickets_asker", "tickets", ["asker", "opened_at", "id"])
    _partial_index(
        "ix_tickets_assignee",
        "tickets",
        ["assignee", "priority", "opened_at", "id"],
        where="state IN ('new', 'claimed', 'waiting')",
    )
    _partial_index(
        "ix_tickets_ended_at",
        "tickets",
        ["confidential", "ended_at"],
        where="ended_at IS NOT NULL AND erased_at IS NULL",
    )
    _partial_index(
        "ix_tickets_followers",
        "tickets",
        ["merged_into"],
        where="state IN ('new', 'claimed', 'waiting')",
    )
    _partial_index(
        "ix_tickets_open_of",
        "tickets",
        ["asker", "opened_at", "id"],
        where="state IN ('new', 'claimed', 'waiting', 'resolved')",
    )
    op.create_index("ix_tickets_queue", "tickets", ["area", "state", "priority", "opened_at", "id"])
    _partial_index("ix_tickets_resolved_at", "tickets", ["resolved_at"], where="state = 'resolved'")
    op.create_index("ix_tickets_room_id", "tickets", ["room_id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text()),
        sa.Column("attachment", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("edited_at", INSTANT),
        sa.Column("erased_at", INSTANT),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_posts_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_event_id", "posts", ["event_id"])
    op.create_index("ix_posts_sender", "posts", ["sender"])
    op.create_index("ix_posts_ticket_id", "posts", ["ticket_id"])


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("txn_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("reply_to", sa.Text()),
        sa.Column("target", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("ticket_id", ID),
        sa.Column("post_id", ID),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", INSTANT),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_letters_post_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_letters_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("txn_id", name="uq_letters_txn_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_event_id", "letters", ["event_id"])
    _partial_index("ix_letters_lane", "letters", ["lane", "id"], where="state = 'queued'")
    op.create_index("ix_letters_post_id", "letters", ["post_id"])
    _partial_index("ix_letters_rejected", "letters", ["reported", "id"], where="state = 'rejected'")
    op.create_index("ix_letters_target", "letters", ["target"])
    op.create_index("ix_letters_ticket_id", "letters", ["ticket_id"])


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("root_event", sa.Text()),
        sa.Column("root_letter", ID),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["root_letter"], ["letters.id"], name="fk_threads_root_letter"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_threads_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_threads_room_id_root_event", "threads", ["room_id", "root_event"])
    op.create_index("ix_threads_root_letter", "threads", ["root_letter"])
    op.create_index("ix_threads_ticket_id", "threads", ["ticket_id"])
    _partial_index("ix_threads_unsettled", "threads", ["person"], where="room_id IS NULL")


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_trail_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trail_actor", "trail", ["actor"])
    op.create_index("ix_trail_ticket_id", "trail", ["ticket_id"])


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_words_ticket_id"),
        sa.PrimaryKeyConstraint("word", "ticket_id", name="pk_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_words_ticket_id", "words", ["ticket_id"])


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("by_settings", sa.Boolean(), nullable=False),
        sa.Column("bound_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT),
        sa.PrimaryKeyConstraint("room_id", name="pk_rooms"),
    )
    op.create_index("ix_rooms_person", "rooms", ["person"])


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_seen"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seen_seen_at", "seen", ["seen_at"])


def _checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_batch", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
    )


def _undecrypted() -> None:
    op.create_table(
        "undecrypted",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noticed_at", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT),
        sa.PrimaryKeyConstraint("event_id", name="pk_undecrypted"),
    )
    op.create_index("ix_undecrypted_noticed_at", "undecrypted", ["noticed_at"])
    op.create_index("ix_undecrypted_session_id", "undecrypted", ["session_id"])


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sqlite_autoincrement=True,
    )
