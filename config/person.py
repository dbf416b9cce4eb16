"""Who is asking, and who else is known from the sources: the people of one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from config.discretion import discreet


class Role(StrEnum):
    """In what capacity somebody else appears in the file."""

    RELATIVE = "relative"
    OFFICIAL = "official"  # acts for the gemeente
    PROFESSIONAL = "professional"  # acts for another organisation
    THIRD = "third"


@discreet
@dataclass(frozen=True, slots=True)
class Name:
    """One name of one person. At least `family` or `given` is filled; initials are written as "J.M."."""

    given: str = ""
    call: str = ""
    initials: str = ""
    prefix: str = ""  # "van der"
    family: str = ""
    partner_prefix: str = ""
    partner_family: str = ""


@discreet
@dataclass(frozen=True, slots=True)
class Address:
    """A place to live or to write to; `since` and `until` bound the period `[since, until)` where known."""

    street: str = ""
    number: str = ""  # with its additions: "12 bis"
    postcode: str = ""  # "1234 AB"
    city: str = ""
    secret: bool = False  # geheimhouding: nobody may learn it from us
    since: date | None = None
    until: date | None = None


@discreet
@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one human being; every part may be unknown."""

    names: tuple[Name, ...] = ()
    gender: str = ""  # "f", "m", "x" or unknown
    bsn: str = ""  # nine digits
    birth_date: date | None = None
    addresses: tuple[Address, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()


@discreet
@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody else in the file of the subject, and where we learnt of them (`source.entity`)."""

    person: Person
    role: Role
    relation: str = ""  # "moeder", "ex-partner", "klantmanager": as the resident may read it
    learnt_from: str = ""


@discreet
@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the subject as one source has it: `what` is a `Kind` ("address", "birth_date" for dates of birth)."""

    what: str
    value: str
    learnt_from: str


@discreet
@dataclass(frozen=True, slots=True)
class Subject:
    """The resident who asks, everything by which sources know them, and everybody known around them.

    `keys` maps a reference as sources.yaml writes it from outside (`wmo.client`, `brp.a_nummer`) to the values found for it;
    `doubtful` holds the scores of those values that do not follow from a BSN; `missed` names keys that were not looked up whole.
    """

    person: Person
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[KnownPerson, ...] = ()
    facts: tuple[Fact, ...] = ()
    doubtful: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
