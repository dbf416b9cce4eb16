"""What a source answered: collections of rows and documents as they were held, and how well the source was searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from config.discretion import discreet

if TYPE_CHECKING:  # a note is redacted without pandas, whose import takes a second
    import pandas as pd


class Kind(StrEnum):
    """What sort of value a column holds."""

    TEXT = "text"
    NAME = "name"
    BSN = "bsn"
    DATE = "date"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"
    PLATE = "plate"
    AMOUNT = "amount"
    CODE = "code"
    ID = "id"
    DOCUMENT = "document"


class Party(StrEnum):
    """Whose data a column or a stretch of text is."""

    SUBJECT = "subject"
    RELATIVE = "relative"
    THIRD = "third"
    OFFICIAL = "official"  # acts for the gemeente
    PROFESSIONAL = "professional"  # acts for another organisation
    ORGANISATION = "organisation"
    INTERNAL = "internal"
    TECHNICAL = "technical"
    MIXED = "mixed"  # free text about several people


class Outcome(StrEnum):
    """How the search of one source ended. `none` is only said after a whole and successful search."""

    FOUND = "found"
    NONE = "none"
    PARTIAL = "partial"
    FAILED = "failed"
    WAITING = "waiting"


UNCLASSIFIED = "unclassified"
"""The reason under which a column that sources.yaml does not name is withheld."""


@dataclass(frozen=True, slots=True)
class Column:
    """What sources.yaml says of one column; holds no data of a person.

    `withhold` is the reason why it is never shown (`technical`, `internal`, or UNCLASSIFIED), "" where its party decides.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    party: Party = Party.MIXED
    category: str = ""  # of personal data, as the register words it
    activity: str = ""  # "" means that of the entity
    withhold: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Why a row or document is held to be about the subject: `score` in (0, 1], 1.0 for a BSN or a key that follows from one.

    `by` names columns and keys ("NAAM + GEBOORTEDATUM"), never their values.
    """

    score: float
    by: str


@discreet
@dataclass(frozen=True, slots=True)
class Document:
    """One file as text: `pages` holds the text a page, `()` where it could not be read and `unreadable` says why.

    `id` is unique within the source and entity and tells nothing about its content. `title` and `file` are as the source
    has them and may hold names.
    """

    id: str
    title: str
    file: str
    media_type: str
    match: Match
    pages: tuple[str, ...] = ()
    unreadable: str = ""
    date: date | None = None
    sha256: str = ""
    category: str = ""


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """One kind of record from one source about the subject: as held, so nothing of it may leave before redaction.

    `rows` has one column for each of `columns`, by name and in that order, dtype object, with plain values (str, int, float,
    bool, Decimal, date, datetime, None) and a RangeIndex; `matches` has one `Match` a row. `provides` maps a column to the key
    that it fills, as seen from outside (`wmo.client`); `reference` marks a base register, whose word on who somebody is weighs most.
    `discloses` maps a word of a disclosure (`when`, `to`, `what`, `why`, `activity`) to the columns that tell it, tried in order; a
    collection without them tells of no disclosure.
    """

    source: str
    entity: str
    title: str
    activity: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    matches: tuple[Match, ...]
    documents: tuple[Document, ...] = ()
    provides: Mapping[str, str] = field(default_factory=dict)
    reference: bool = False
    discloses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if [str(name) for name in self.rows.columns] != [column.name for column in self.columns]:
            raise ValueError(f"{self.source}.{self.entity}: rows and columns do not agree")
        if len(self.rows) != len(self.matches):
            raise ValueError(f"{self.source}.{self.entity}: {len(self.rows)} rows but {len(self.matches)} matches")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one source was searched, for the resident and for the proof: no values of people, ever.

    `message` is one plain Dutch sentence for the resident; `alarms` are English lines for the administrator (schema drift,
    unclassified columns, sizes below `minimum_rows`); `since` is the earliest date in what was found.
    """

    source: str
    title: str
    status: Outcome
    records: int = 0
    documents: int = 0
    asked_at: datetime | None = None
    since: date | None = None
    message: str = ""
    alarms: tuple[str, ...] = ()


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """All that one source gave, with the account of how it was searched.

    `provided` maps a key as seen from outside (`wmo.client`) to the values found for it; `doubtful` holds the scores of those
    values that do not follow from a BSN; `missed` names the keys that could not be looked up whole.
    """

    coverage: Coverage
    collections: tuple[Collection, ...] = field(default=())
    provided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubtful: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    def telling(self, alarms: Iterable[str]) -> Answer:
        """The same answer with these alarms after its own, each once."""
        told = tuple(dict.fromkeys((*self.coverage.alarms, *alarms)))
        return replace(self, coverage=replace(self.coverage, alarms=told))
