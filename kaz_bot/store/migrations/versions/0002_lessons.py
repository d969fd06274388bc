"""Lessons: what a moved ticket teaches the router."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lessons",
        sa.Column("ticket_id", ID, autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_lessons_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_lessons"),
    )
