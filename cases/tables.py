"""The tables of the register: requests, approvals, decisions, data keys, and the audit trail."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

METADATA = MetaData()

REQUESTS = Table(
    "requests",
    METADATA,
    Column("number", String(20), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("received", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("deadline", Date, nullable=False),
    Column("steer", Date, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("identity_checked_by", String(120), nullable=False),
    Column("extended_because", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("bsn", LargeBinary),  # encrypted, bound to the number; gone after a purge
    Column("bsn_mark", String(64)),  # keyed hash
    Column("open", Boolean),  # true while an answer is owed, else NULL: the unique index below lets a resident have one
    Column("lease_owner", String(120)),
    Column("lease_until", Float),  # seconds since the epoch
    Index("one_open_request", "bsn_mark", "open", unique=True),
    Index("one_serial", "year", "serial", unique=True),
)

APPROVALS = Table(
    "approvals",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("person", String(120), primary_key=True),  # folded, so that one person is one
    Column("by", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("draft", String(64), nullable=False),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("item", String(80), primary_key=True),
    Column("decision", String(20), nullable=False),
    Column("ground", String(8), nullable=False),
    Column("by", String(120), nullable=False),
)

DATA_KEYS = Table(
    "data_keys",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("action", String(80), nullable=False),
    Column("number", String(20), nullable=False, server_default=text("''")),
    Column("detail", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", String(64), nullable=False),  # of the last entry
    Column("seal", String(64), nullable=False),  # keyed hash over both, so that a tail cut off is found
)
