"""A request says in which language the resident is answered; until now every answer was Dutch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is there already stays Dutch."""
    op.add_column("requests", sa.Column("language", sa.String(2), nullable=False, server_default="nl"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("requests", "language")
