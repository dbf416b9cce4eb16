"""The tasks of colleagues who search a source by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "tasks",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("source", sa.String(63), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(120), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
    )
    op.create_index("tasks_by_outcome", "tasks", ["outcome", "due"])


def downgrade() -> None:
    """Take it back, and all that is in it."""
    op.drop_table("tasks")
