"""The master keys that a newer one took the place of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "older_keys",
        sa.Column("generation", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take it back; a register whose key was rotated can then not be read any more."""
    op.drop_table("older_keys")
