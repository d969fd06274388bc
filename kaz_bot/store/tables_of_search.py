"""The tables of the search: what can be found by which words, and the words that are known.

Both databases keep `documents` alike. Beside it each has an index of its own over `words`, which
it keeps in step by itself: SQLite a table of FTS5, PostgreSQL a column of vectors.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    event,
    text,
)

from kaz_bot.domain.knowledge.finds import FindKind
from kaz_bot.store.columns import DAY, ID, SPACED, Chars, choice
from kaz_bot.store.metadata import metadata, partial

# What SQLite makes for FTS5 begins so; a copy of the database leaves it out.
FULL_TEXT = "documents_fts"
# What PostgreSQL makes of kind and `words` by itself.
VECTOR = "vector"
# Before the kind of a document it makes a word that nobody can type.
KIND_SIGN = "§"

# The condition of a partial index, to be said in a query in the same words.
NO_TICKETS = text("kind <> 'ticket'")

documents = Table(
    "documents",
    metadata,
    # A document that changes gets a new one: the newest has the highest.
    Column("id", ID, Identity(), primary_key=True),
    Column("kind", choice(FindKind), nullable=False),
    Column("subject", Chars, nullable=False),
    Column("ticket_id", ID, ForeignKey("tickets.id"), index=True),
    Column("area", Chars),
    Column("room_id", Chars),
    Column("public", Boolean, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("dated", DAY, nullable=False),
    Column("valid_until", DAY),
    Column("head", SPACED, nullable=False),
    Column("words", SPACED, nullable=False),
    # Few beside the tickets: PostgreSQL need not look through these for them.
    partial("ix_documents_no_tickets", "id", where=NO_TICKETS),
    Index("uq_documents_kind", "kind", "subject", unique=True),
    sqlite_autoincrement=True,
)

# The words of what everybody may find. `unsealed`: how many of the documents may be shown
# anywhere. `typed` is empty for one that only occurs in compounds.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("word", Chars, primary_key=True),
    Column("typed", Chars, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("unsealed", Integer, nullable=False),
)

# By which a mistyped word is found; see domain/knowledge/spelling.py.
pieces = Table(
    "pieces",
    metadata,
    Column("piece", Chars, primary_key=True),
    Column("word", Chars, ForeignKey("vocabulary.word"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

_FULL_TEXT_OF = {
    "sqlite": """
        CREATE VIRTUAL TABLE documents_fts USING fts5(words, content='documents',
            content_rowid='id', detail='none', columnsize=0, tokenize='ascii')
        ---
        CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
            INSERT INTO documents_fts (rowid, words)
                VALUES (new.id, '§' || new.kind || ' ' || new.words); END
        ---
        CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
            INSERT INTO documents_fts (documents_fts, rowid, words)
                VALUES ('delete', old.id, '§' || old.kind || ' ' || old.words); END
    """,
    "postgresql": """
        ALTER TABLE documents ADD COLUMN vector tsvector GENERATED ALWAYS AS
            (array_to_tsvector(string_to_array(rtrim('§' || kind || ' ' || words), ' '))) STORED
        ---
        CREATE INDEX ix_documents_vector ON documents USING gin (vector)
    """,
}
# FTS5 forgets the words of what is gone when it merges what it has.
WIPE = text("INSERT INTO documents_fts (documents_fts) VALUES ('optimize')")


def _make_full_text(_table: Table, connection: Connection, **_how: object) -> None:
    for statement in _FULL_TEXT_OF[connection.dialect.name].split("---"):
        connection.execute(text(statement))


def _drop_full_text(_table: Table, connection: Connection, **_how: object) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TABLE documents_fts"))


event.listen(documents, "after_create", _make_full_text)
event.listen(documents, "before_drop", _drop_full_text)
