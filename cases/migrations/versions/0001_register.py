"""The register, what people decide, the data keys, and an audit trail that the database itself refuses to change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

NO_CHANGE = {
    "sqlite": [
        "create trigger audit_no_update before update on audit begin select raise(abort, 'the audit trail is append-only'); end",
        "create trigger audit_no_delete before delete on audit begin select raise(abort, 'the audit trail is append-only'); end",
    ],
    "postgresql": [
        "create function audit_is_append_only() returns trigger language plpgsql as "
        "$$ begin raise exception 'the audit trail is append-only'; end $$",
        "create trigger audit_no_change before update or delete or truncate on audit execute function audit_is_append_only()",
    ],
}
"""Against mistakes; against an attacker with the rights of the owner stands the keyed hash."""


def upgrade() -> None:
    """Make every table."""
    _requests()
    _people()
    _vault()
    _trail()
    for statement in NO_CHANGE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take every table back, and all that is in them."""
    for table in (
        "reasons",
        "decisions",
        "approvals",
        "artefacts",
        "data_keys",
        "requests",
        "counters",
        "key_check",
        "audit_head",
        "audit",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function audit_is_append_only()")


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("steer", sa.Date(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("identity_checked_by", sa.String(120), nullable=False),
        sa.Column("extended_at", sa.DateTime(timezone=True)),
        sa.Column("extended_because", sa.LargeBinary()),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_as", sa.String(20)),
        sa.Column("purged_at", sa.DateTime(timezone=True)),
        sa.Column("bsn", sa.LargeBinary()),
        sa.Column("bsn_mark", sa.String(64)),
        sa.Column("open", sa.Boolean()),
        sa.Column("lease_owner", sa.String(120)),
        sa.Column("lease_until", sa.Double()),
    )
    op.create_index("one_open_request", "requests", ["bsn_mark", "open"], unique=True)
    op.create_index("one_serial", "requests", ["year", "serial"], unique=True)
    op.create_index("requests_by_status", "requests", ["status"])
    op.create_table(
        "counters",
        sa.Column("year", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "approvals",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("person", sa.String(120), primary_key=True),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft", sa.String(64), nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("item", sa.String(200), primary_key=True),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
    )
    op.create_table(
        "reasons",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
    )


def _vault() -> None:
    op.create_table(
        "data_keys",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "artefacts",
        sa.Column("number", sa.String(20), sa.ForeignKey("requests.number"), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("mark", sa.String(64), nullable=False),
    )


def _trail() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("action", sa.String(120), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )
    op.create_index("audit_by_number", "audit", ["number"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
