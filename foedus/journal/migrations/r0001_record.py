"""The record: documents and their versions, readings, entries by hand, rulings, redactions, and the word index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _documents()
    _entries()
    _word_index()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(18), primary_key=True, comment="hash of the original bytes"),
        sa.Column("original", sa.LargeBinary, comment="the original bytes, zlib; NULL once redacted"),
        sa.Column("recorded_at", sa.String(27), nullable=False, index=True),
        comment="what was published",
    )
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String(18), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column(
            "digest", sa.String(16), nullable=False, comment="hash of the value: what a reading was a reading of"
        ),
        sa.Column("value", sa.LargeBinary, nullable=False, comment="the Document, msgpack and zlib"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("class", sa.String(16), nullable=False),
        sa.Column("published", sa.Text, comment="EDTF of the strongest candidate"),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Index("versions_document", "document", "number"),
        comment="what is known of a document beside its bytes (name, publication day); the highest number counts",
    )
    op.create_table(
        "readings",
        sa.Column("document", sa.String(18), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("reader", sa.String(64), primary_key=True, comment="version of the reader"),
        sa.Column("digest", sa.String(16), primary_key=True, comment="of the version that was read"),
        sa.Column("value", sa.LargeBinary, nullable=False, comment="the statements, msgpack and zlib"),
        comment="a cache: statements as computed, never the only copy of anything",
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("statement", sa.String(18), nullable=False, index=True),
        sa.Column("document", sa.String(18), nullable=False, index=True),
        sa.Column("digest", sa.String(16), nullable=False, unique=True),
        sa.Column("value", sa.LargeBinary, comment="the Statement, msgpack and zlib; NULL once redacted"),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("published", sa.Text, comment="EDTF; when what it cites was published"),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        comment="statements entered by hand; of those with one id the highest number counts",
    )
    op.create_table(
        "rulings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(18), nullable=False, unique=True),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("args", sa.Text, nullable=False, comment="a JSON array of strings"),
        sa.Column("note", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        comment="what editors decided",
    )
    op.create_table(
        "redactions",
        sa.Column("document", sa.String(18), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        comment="tombstones: which text was taken away, why and by whom",
    )


def _word_index() -> None:
    op.create_table(
        "searched",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.String(18), nullable=False, unique=True),
        comment="what the word index covers: ids of documents and of statements entered by hand",
    )
    if op.get_context().dialect.name == "sqlite":
        # Without a copy of the text (content=''): the words come from the versions, which have it already.
        op.execute(
            "CREATE VIRTUAL TABLE word_index USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute("CREATE TABLE word_index (rowid INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX word_index_words ON word_index USING gin (words)")
