"""The tables of the journal, the same on SQLite and PostgreSQL.

Rows are only ever added. The exceptions are redaction, which takes a text away and leaves a tombstone in
`redactions`, and `accounts`, whose tokens are revoked. Times are UTC in ISO 8601 to the microsecond, as text:
they sort as they read, on both databases.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA = "0004"
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

namings = Table(
    "namings",
    metadata,
    Column("document", String(18), ForeignKey("documents.id"), primary_key=True),
    Column("reader", String(64), primary_key=True, comment="version of the reader and of what tells treaties apart"),
    Column("digest", String(16), primary_key=True, comment="of the version that was read"),
    Column("value", LargeBinary, nullable=False, comment="what the document calls its treaties, msgpack"),
    comment="a cache",
)

catalogues = Table(
    "catalogues",
    metadata,
    Column("state", String(32), primary_key=True, comment="hash of all that the journal held and of what read it"),
    Column("made_at", String(27), nullable=False),
    Column("value", LargeBinary, nullable=False, comment="the treaties and their shelves, msgpack and zlib"),
    comment="a cache",
)

registers = Table(
    "registers",
    metadata,
    Column("digest", String(32), primary_key=True, comment="hash of what it was reconciled from"),
    Column("known", String(10), primary_key=True, comment="the day of knowledge, or empty: all"),
    Column("value", LargeBinary, nullable=False, comment="the Register, msgpack and zlib"),
    comment="a cache",
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", String(18), primary_key=True, comment="of an act, a finding, a claim"),
    Column("digest", String(32), primary_key=True, comment="of a register that has it"),
    comment="a cache: where the entries of registers are found",
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True, comment="SHA-256 of a token of 256 bits"),
    Column("may_edit", Boolean, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("revoked_at", String(27)),
    comment="who may sign in; the one table whose rows change",
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False, comment="an account, or who gave a command"),
    Column("deed", String(16), nullable=False),
    Column("about", Text, nullable=False, comment="id or name of what it was done to"),
    Column("recorded_at", String(27), nullable=False),
    comment="every sign-in and every write by the site, and every change of accounts",
)
