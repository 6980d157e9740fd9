"""Who may do what on the site, and who did: accounts and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True, comment="SHA-256 of a token of 256 bits"),
        sa.Column("may_edit", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27)),
        comment="who may sign in; the one table whose rows change",
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.Text, nullable=False, comment="an account, or who gave a command"),
        sa.Column("deed", sa.String(16), nullable=False),
        sa.Column("about", sa.Text, nullable=False, comment="id or name of what it was done to"),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        comment="every sign-in and every write by the site, and every change of accounts",
    )
