"""Long texts on PostgreSQL: the word index may hold several rows of one text."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE word_index DROP CONSTRAINT word_index_pkey")
        op.execute("CREATE INDEX word_index_rowid ON word_index (rowid)")
