"""The tables of the register: requests and what people decide, data keys, artefacts, and the audit trail."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
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
    Column("since", Date),  # the period asked for; NULL is without a begin, or without an end
    Column("until", Date),
    Column("channel", String(64), nullable=False),
    Column("language", String(2), nullable=False, server_default="nl"),  # of the answer: a key of `config.request.LANGUAGES`
    Column("identity_checked_by", String(120), nullable=False),
    Column("extended_at", DateTime(timezone=True)),
    Column("extended_because", LargeBinary),  # encrypted, for it is free text; gone after a purge
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_as", String(20)),  # released, refused or withdrawn
    Column("purged_at", DateTime(timezone=True)),  # when the last file was gone too
    Column("bsn", LargeBinary),  # encrypted, bound to the number; gone after a purge
    Column("bsn_mark", String(64)),  # keyed hash
    Column("open", Boolean),  # true while an answer is owed, else NULL: the unique index below lets a resident have one
    Column("paused_since", Date),  # while the resident must answer first
    Column("paused_days", Integer, nullable=False, server_default="0"),  # of the pauses that are over: by so much the term moved
    Column("lease_owner", String(120)),
    Column("lease_until", Double),  # seconds since the epoch, by the clock of the database
    Index("one_open_request", "bsn_mark", "open", unique=True),
    Index("one_serial", "year", "serial", unique=True),
    Index("requests_by_status", "status"),
)

COUNTERS = Table(
    "counters",
    METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
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

OBJECTIONS = Table(
    "objections",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("person", String(120), primary_key=True),
    Column("by", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("draft", String(64), nullable=False),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("item", String(200), primary_key=True),
    Column("decision", String(20), nullable=False),
    Column("ground", String(20), nullable=False),
    Column("by", String(120), nullable=False),
)

REASONS = Table(
    "reasons",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # of the audit entry that it explains
    Column("text", LargeBinary, nullable=False),  # encrypted
)

DATA_KEYS = Table(
    "data_keys",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

ARTEFACTS = Table(
    "artefacts",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("version", String(32), nullable=False),
    Column("bytes", BigInteger, nullable=False),
)

KEY_CHECK = Table(
    "key_check",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("mark", String(64), nullable=False),  # keyed hash of a fixed word: tells a wrong master key before it does harm
)

OLDER_KEYS = Table(
    "older_keys",
    METADATA,
    Column("generation", Integer, primary_key=True, autoincrement=False),  # 1 for the first master key, and so on
    Column("until", Integer, nullable=False),  # the last entry of the audit trail that it sealed
    Column("wrapped", LargeBinary, nullable=False),  # sealed under the newest
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("action", String(120), nullable=False),
    Column("number", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("mac", String(64), nullable=False),
    Index("audit_by_number", "number"),
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", String(64), nullable=False),  # of the last entry
    Column("seal", String(64), nullable=False),  # keyed hash over both, so that a tail cut off is found
)
