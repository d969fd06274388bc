"""The search: what can be found by which words, and the words that are known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _documents()
    _vocabulary()
    _pieces()
    if op.get_bind().dialect.name == "sqlite":
        _full_text_of_sqlite()
    else:
        _full_text_of_postgresql()
    # Which words lead where is not known here: whoever opens the database next builds it.
    op.execute(
        "INSERT INTO vocabulary (word, typed, documents, unsealed) SELECT '§unfinished', '', 0, 0 "
        "WHERE EXISTS (SELECT 1 FROM tickets) OR EXISTS (SELECT 1 FROM decisions)"
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", ID, sa.Identity(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("ticket_id", ID),
        sa.Column("area", sa.Text()),
        sa.Column("room_id", sa.Text()),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text()),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_documents_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_ticket_id", "documents", ["ticket_id"])
    op.create_index(
        "ix_documents_no_tickets",
        "documents",
        ["id"],
        sqlite_where=sa.text("kind <> 'ticket'"),
        postgresql_where=sa.text("kind <> 'ticket'"),
    )
    op.create_index("uq_documents_kind", "documents", ["kind", "subject"], unique=True)


def _vocabulary() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("unsealed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_vocabulary"),
    )


def _pieces() -> None:
    op.create_table(
        "pieces",
        sa.Column("piece", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["word"], ["vocabulary.word"], name="fk_pieces_word"),
        sa.PrimaryKeyConstraint("piece", "word", name="pk_pieces"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pieces_word", "pieces", ["word"])


def _full_text_of_sqlite() -> None:
    # The words stand in `documents` already, and where in a text they stand is never asked for.
    # The kind is a word as well, behind a sign that nobody can type.
    op.execute(
        "CREATE VIRTUAL TABLE documents_fts USING fts5(words, content='documents', "
        "content_rowid='id', detail='none', columnsize=0, tokenize='ascii')"
    )
    op.execute(
        "CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN "
        "INSERT INTO documents_fts (rowid, words) "
        "VALUES (new.id, '§' || new.kind || ' ' || new.words); END"
    )
    op.execute(
        "CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN "
        "INSERT INTO documents_fts (documents_fts, rowid, words) "
        "VALUES ('delete', old.id, '§' || old.kind || ' ' || old.words); END"
    )


def _full_text_of_postgresql() -> None:
    op.execute(
        "ALTER TABLE documents ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        "(array_to_tsvector(string_to_array(rtrim('§' || kind || ' ' || words), ' '))) STORED"
    )
    op.execute("CREATE INDEX ix_documents_vector ON documents USING gin (vector)")
