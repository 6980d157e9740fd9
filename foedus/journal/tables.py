"""The tables of the journal, the same on SQLite and PostgreSQL.

Rows are only ever added. The one exception is redaction, which takes a text away and leaves a tombstone in
`redactions`. Times are UTC in ISO 8601 to the microsecond, as text: they sort as they read, on both databases.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA = "0001"
"""The newest revision in `migrations/`: what this Foedus writes."""

APPLICATION_ID = 0x466F6564
"""What SQLite keeps in the header of a journal ("Foed"), so that no other database is taken for one."""

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", String(18), primary_key=True, comment="hash of the original bytes"),
    Column("original", LargeBinary, comment="the original bytes, zlib; NULL once redacted"),
    Column("recorded_at", String(27), nullable=False, index=True),
    comment="what was published",
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", String(18), ForeignKey("documents.id"), nullable=False),
    Column("digest", String(16), nullable=False, comment="hash of the value: what a reading was a reading of"),
    Column("value", LargeBinary, nullable=False, comment="the Document, msgpack and zlib"),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("class", String(16), nullable=False),
    Column("published", Text, comment="EDTF of the strongest candidate"),
    Column("url", Text),
    Column("language", String(8), nullable=False),
    Column("recorded_at", String(27), nullable=False),
    Index("versions_document", "document", "number"),
    comment="what is known of a document beside its bytes (name, publication day); the highest number counts",
)

readings = Table(
    "readings",
    metadata,
    Column("document", String(18), ForeignKey("documents.id"), primary_key=True),
    Column("reader", String(64), primary_key=True, comment="version of the reader"),
    Column("digest", String(16), primary_key=True, comment="of the version that was read"),
    Column("value", LargeBinary, nullable=False, comment="the statements, msgpack and zlib"),
    comment="a cache: statements as computed, never the only copy of anything",
)

entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("statement", String(18), nullable=False, index=True),
    Column("document", String(18), nullable=False, index=True),
    Column("digest", String(16), nullable=False, unique=True),
    Column("value", LargeBinary, comment="the Statement, msgpack and zlib; NULL once redacted"),
    Column("author", Text, nullable=False),
    Column("published", Text, comment="EDTF; when what it cites was published"),
    Column("recorded_at", String(27), nullable=False),
    comment="statements entered by hand; of those with one id the highest number counts",
)

rulings = Table(
    "rulings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(18), nullable=False, unique=True),
    Column("verb", String(16), nullable=False),
    Column("args", Text, nullable=False, comment="a JSON array of strings"),
    Column("note", Text),
    Column("source", Text),
    Column("author", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    comment="what editors decided",
)

redactions = Table(
    "redactions",
    metadata,
    Column("document", String(18), ForeignKey("documents.id"), primary_key=True),
    Column("why", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("recorded_at", String(27), nullable=False),
    comment="tombstones: which text was taken away, why and by whom",
)

searched = Table(
    "searched",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column(
        "owner", String(18), nullable=False, unique=True, comment="id of a document or of a statement entered by hand"
    ),
    comment="what the word index covers",
)
