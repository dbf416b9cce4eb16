"""The tables of the privacy desk: accounts and sessions, what is known of a request besides its clock, comments, and pick-up."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Double, ForeignKey, Index, Integer, LargeBinary, String, Table

from cases.tables import METADATA

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("login", String(64), primary_key=True),
    Column("title", String(120), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password", String(200), nullable=False),  # argon2id; "" for who logs in by OIDC
    Column("outside", String(64)),  # keyed hash of issuer and subject, for who logs in by OIDC
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Double),  # seconds since the epoch, by the clock of the database
    Index("one_outside", "outside", unique=True),
)

CLOSE = Table(
    "close_people",
    METADATA,
    Column("login", ForeignKey("accounts.login"), primary_key=True),
    Column("bsn_mark", String(64), primary_key=True),  # keyed hash: of the colleague's own BSN, or of somebody close to them
    Column("relation", String(20), nullable=False),  # self or close
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("mark", String(64), primary_key=True),  # keyed hash of the token in the cookie
    Column("login", ForeignKey("accounts.login"), nullable=False),
    Column("seen", Double, nullable=False),
    Column("until", Double, nullable=False),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("mark", String(64), primary_key=True),  # keyed hash of a key for machines
    Column("kind", String(20), nullable=False),  # eform or calendar
    Column("name", String(64), nullable=False),
    Column("by", String(64), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Index("one_token_name", "kind", "name", unique=True),
)

PARTICULARS = Table(
    "particulars",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("ages", String(20), nullable=False),  # the age band of the subject, "" where it was not asked
    Column("represented_by", String(20), nullable=False),  # parent, mandate, guardian, curator; "" for nobody
    Column("representative", LargeBinary),  # encrypted; gone after a purge
    Column("identity_how", String(40), nullable=False),
    Column("acknowledged_at", DateTime(timezone=True)),
)

DUPLICATES = Table(
    "duplicates",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # of the audit entry that tells of it
    Column("received", Date, nullable=False),
    Column("channel", String(64), nullable=False),
)

SOURCE_CHOICES = Table(
    "source_choices",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("choice", String(20), nullable=False),  # wait, without, upload
    Column("by", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

COMMENTS = Table(
    "comments",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # of the audit entry that tells of it
    Column("place", String(200), nullable=False),  # the record or document it is about, "" for the whole request
    Column("by", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("text", LargeBinary, nullable=False),  # encrypted
)

REFUSALS = Table(
    "refusals",
    METADATA,
    Column("number", ForeignKey("requests.number"), primary_key=True),
    Column("person", String(120), nullable=False),  # who proposed it, folded, so that one person is one
    Column("by", String(120), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("letter", String(64), nullable=False),  # SHA-256 of the letter that was proposed
)

PICKUPS = Table(
    "pickups",
    METADATA,
    Column("mark", String(64), primary_key=True),  # keyed hash of the token in the link
    Column("number", ForeignKey("requests.number"), nullable=False),
    Column("kind", String(20), nullable=False),  # dossier (one time) or status (until the request ends)
    Column("code", String(64), nullable=False),  # keyed hash of the code that is sent apart
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires", Double, nullable=False),
    Column("attempts", Integer, nullable=False),  # left
    Column("opened_at", DateTime(timezone=True)),
    Column("visit", String(64)),  # keyed hash of the visitor's token, made when link and code were right
    Column("visit_until", Double),
    Column("downloads", Integer, nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Index("pickups_by_number", "number"),
    Index("one_visit", "visit", unique=True),
)

PERSONAL = (COMMENTS, PARTICULARS, DUPLICATES, SOURCE_CHOICES, PICKUPS, REFUSALS)
"""What a purge takes away besides the decisions and reasons."""
