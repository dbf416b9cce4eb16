"""The privacy desk: accounts, sessions, keys for machines, what is known of a request, objections, comments, and pick-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

TABLES = (
    "pickups", "comments", "source_choices", "duplicates", "particulars", "objections", "tokens", "sessions", "close_people", "accounts",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables of the desk, and the two columns of a pause."""
    op.add_column("requests", sa.Column("paused_since", sa.Date()))
    op.add_column("requests", sa.Column("paused_days", sa.Integer(), nullable=False, server_default="0"))
    _people()
    _machines()
    _particulars()
    _handling()
    _pickups()


def downgrade() -> None:
    """Take them back, and all that is in them."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("requests", "paused_since")
    op.drop_column("requests", "paused_days")


def _number() -> sa.Column[str]:
    return sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True)


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("login", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("outside", sa.String(64)),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.Double()),
    )
    op.create_index("one_outside", "accounts", ["outside"], unique=True)
    op.create_table(
        "close_people",
        sa.Column("login", sa.String(64), sa.ForeignKey("accounts.login"), primary_key=True),
        sa.Column("bsn_mark", sa.String(64), primary_key=True),
        sa.Column("relation", sa.String(20), nullable=False),
    )


def _machines() -> None:
    op.create_table(
        "sessions",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("login", sa.String(64), sa.ForeignKey("accounts.login"), nullable=False),
        sa.Column("seen", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )
    op.create_index("one_token_name", "tokens", ["kind", "name"], unique=True)


def _particulars() -> None:
    op.create_table(
        "particulars",
        _number(),
        sa.Column("ages", sa.String(20), nullable=False),
        sa.Column("represented_by", sa.String(20), nullable=False),
        sa.Column("representative", sa.LargeBinary()),
        sa.Column("identity_how", sa.String(40), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
        sa.Column("merged_into", sa.String(20)),
    )
    op.create_table(
        "duplicates",
        _number(),
        sa.Column("sequence", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
    )


def _handling() -> None:
    op.create_table(
        "objections",
        _number(),
        sa.Column("person", sa.String(120), primary_key=True),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft", sa.String(64), nullable=False),
    )
    op.create_table(
        "source_choices",
        _number(),
        sa.Column("source", sa.String(64), primary_key=True),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "comments",
        _number(),
        sa.Column("sequence", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
    )


def _pickups() -> None:
    op.create_table(
        "pickups",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("visit", sa.String(64)),
        sa.Column("visit_until", sa.Double()),
        sa.Column("downloads", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )
    op.create_index("pickups_by_number", "pickups", ["number"])
    op.create_index("one_visit", "pickups", ["visit"], unique=True)
