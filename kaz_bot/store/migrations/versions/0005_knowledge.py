"""What is used again: whose question it is, solutions, the catalogue, digests, old tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("tickets", sa.Column("municipality", sa.Text()))
    op.create_index("ix_tickets_opened_at", "tickets", ["opened_at"])
    _making()
    _affiliations()
    _solutions()
    _solution_editions()
    _catalogue()
    _digest_orders()
    _imported_tickets()


def _partial_index(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def _making() -> None:
    op.add_column(
        "enclosures",
        sa.Column("making", sa.Text(), nullable=False, server_default="finished"),
    )
    op.execute("UPDATE enclosures SET making = 'pdf' WHERE typeset")
    op.drop_column("enclosures", "typeset")


def _affiliations() -> None:
    op.create_table(
        "affiliations",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("asked_at", INSTANT),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_affiliations"),
        sa.UniqueConstraint("room_id", name="uq_affiliations_room_id"),
        sa.UniqueConstraint("person", name="uq_affiliations_person"),
        sqlite_autoincrement=True,
    )


def _solutions() -> None:
    op.create_table(
        "solutions",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ticket_id", ID),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("released_edition", sa.Integer()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("released_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_solutions_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_solutions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_solutions_ticket_id", "solutions", ["ticket_id"])
    op.create_index("ix_solutions_room_id", "solutions", ["room_id"])
    _partial_index(
        "ix_solutions_released_at", "solutions", ["released_at"], where="state = 'released'"
    )


def _solution_editions() -> None:
    op.create_table(
        "solution_editions",
        sa.Column("solution_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text()),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("released_by", sa.Text()),
        sa.Column("released_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solutions.id"], name="fk_solution_editions_solution_id"
        ),
        sa.PrimaryKeyConstraint("solution_id", "number", name="pk_solution_editions"),
    )
    op.create_index("ix_solution_editions_author", "solution_editions", ["author"])
    op.create_index("ix_solution_editions_event_id", "solution_editions", ["event_id"])
    op.create_index("ix_solution_editions_released_by", "solution_editions", ["released_by"])


def _catalogue() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("area", sa.Text()),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("event_id", sa.Text()),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_catalogue_author", "catalogue", ["author"])
    op.create_index("ix_catalogue_event_id", "catalogue", ["event_id"])
    _partial_index("ix_catalogue_kind", "catalogue", ["kind", "name"], where="removed_at IS NULL")


def _digest_orders() -> None:
    op.create_table(
        "digest_orders",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("covered_until", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest_orders"),
        sa.UniqueConstraint("room_id", name="uq_digest_orders_room_id"),
        sa.UniqueConstraint("person", name="uq_digest_orders_person"),
        sqlite_autoincrement=True,
    )
    _partial_index(
        "ix_digest_orders_next_at", "digest_orders", ["next_at"], where="next_at IS NOT NULL"
    )


def _imported_tickets() -> None:
    op.create_table(
        "imported_tickets",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name="fk_imported_tickets_ticket_id"
        ),
        sa.PrimaryKeyConstraint("reference", name="pk_imported_tickets"),
    )
    op.create_index("ix_imported_tickets_ticket_id", "imported_tickets", ["ticket_id"])
