"""Caches of what is computed from the record: how documents name treaties, the catalogue, the registers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "namings",
        sa.Column("document", sa.String(18), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column(
            "reader", sa.String(64), primary_key=True, comment="version of the reader and of what tells treaties apart"
        ),
        sa.Column("digest", sa.String(16), primary_key=True, comment="of the version that was read"),
        sa.Column("value", sa.LargeBinary, nullable=False, comment="what the document calls its treaties, msgpack"),
        comment="a cache",
    )
    op.create_table(
        "catalogues",
        sa.Column(
            "state", sa.String(32), primary_key=True, comment="hash of all that the journal held and of what read it"
        ),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False, comment="the treaties and their shelves, msgpack and zlib"),
        comment="a cache",
    )
    op.create_table(
        "registers",
        sa.Column("digest", sa.String(32), primary_key=True, comment="hash of what it was reconciled from"),
        sa.Column("known", sa.String(10), primary_key=True, comment="the day of knowledge, or empty: all"),
        sa.Column("value", sa.LargeBinary, nullable=False, comment="the Register, msgpack and zlib"),
        comment="a cache",
    )
    op.create_table(
        "addresses",
        sa.Column("id", sa.String(18), primary_key=True, comment="of an act, a finding, a claim"),
        sa.Column("digest", sa.String(32), primary_key=True, comment="of a register that has it"),
        comment="a cache: where the entries of registers are found",
    )
