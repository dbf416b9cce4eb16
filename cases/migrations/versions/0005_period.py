"""The period that a resident asks for belongs to the request, beside its scope: it decides what is collected and what is said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"
branch_labels = None
depends_on = None

_MOVED = "update {to} set {columns} where exists (select 1 from {of} where {of}.number = {to}.number)"


def upgrade() -> None:
    """Move both days to the request; and drop where a request was merged into another, which one of another resident must never be."""
    _move("particulars", "requests")
    op.drop_column("particulars", "merged_into")


def downgrade() -> None:
    """Move them back."""
    op.add_column("particulars", sa.Column("merged_into", sa.String(20)))
    _move("requests", "particulars")


def _move(of: str, to: str) -> None:
    """Constant names of tables only: nothing that anybody typed."""
    for name in ("since", "until"):
        op.add_column(to, sa.Column(name, sa.Date()))
    columns = ", ".join(f"{name} = (select {of}.{name} from {of} where {of}.number = {to}.number)" for name in ("since", "until"))
    op.execute(_MOVED.format(of=of, to=to, columns=columns))
    for name in ("since", "until"):
        op.drop_column(of, name)
