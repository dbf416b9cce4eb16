"""The dossier: all that is released of one request, and nothing else; every document is written from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from config.accounting import Account
from config.collection import Coverage
from config.discretion import discreet
from config.law import Activity
from config.person import Person
from config.redacted import RedactedCollection, RedactedDocument
from config.request import Request
from config.settings import Ground, Organisation
from outputs.house import House


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time that data really went to somebody (C-154/21): from messages and logs, never from the register."""

    when: date | None
    to: str
    what: str
    why: str
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One activity in which data was found, with what the file itself tells of it (AVG 15(1)).

    `retained_until` is the earliest day on which the data may go, None where the term or every date is unknown.
    """

    activity: Activity
    categories: tuple[str, ...]
    records: int
    documents: int
    since: date | None
    latest: date | None
    retained_until: date | None
    sources: tuple[str, ...]  # titles of the systems in which it was found
    years: Mapping[int, int]  # year -> records and documents dated in it


@discreet
@dataclass(frozen=True, slots=True)
class InventoryEntry:
    """One document on the inventory, shown or not: `number` is "D1", the same in every file."""

    number: str
    source: str
    entity: str
    activity: str
    document: RedactedDocument


@discreet
@dataclass(frozen=True, slots=True)
class Difference:
    """Values of one fact that contradict each other, each with the `source.entity` that has it."""

    what: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much was withheld on one ground: `places` in all, `where` per activity title or document."""

    ground: Ground
    places: int
    where: Mapping[str, int]


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """Everything released. `scope` holds the titles of the activities that were asked for, () for all.

    `beyond` names the sources that hold nothing of what was asked for, and so were not asked.
    `terms` are the keys of sources.yaml that were searched on (`subject.bsn`).
    `elsewhere` are activities of which another organisation is in charge; `titles` maps `source` and `source.entity` to words.
    """

    request: Request
    person: Person
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]
    collections: tuple[RedactedCollection, ...]
    inventory: tuple[InventoryEntry, ...]
    withheld: tuple[Withheld, ...]
    disclosures: tuple[Disclosure, ...]
    differences: tuple[Difference, ...]
    accounts: tuple[Account, ...]
    organisation: Organisation
    scope: tuple[str, ...]
    terms: tuple[str, ...]
    elsewhere: tuple[Activity, ...]
    titles: Mapping[str, str]
    purposes: Mapping[str, str]  # id of each activity of the register -> title
    version: str
    fingerprint: str
    house: House = field(default_factory=House)
    parts: Mapping[str, int] = field(default_factory=dict)  # "dossier.pdf" -> in how many files it is, where known
    beyond: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)  # number of a document -> the file in which it stands, where known
