"""One row of the register of processing activities (AVG art. 30), as activities.yaml has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes a processing lawful: an article of the AVG (`6.1.e`, `9.2.h`), the law behind it, and since when."""

    avg: str
    law: str = ""
    article: str = ""
    in_force: date | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who may get data, and why; a candidate only: the dossier names who really did (C-154/21)."""

    name: str
    kind: str = ""  # wettelijk, opdracht, verwerker, met_toestemming
    why: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long: an ISO 8601 term, counted from an event, by a law or the selection list."""

    term: str  # "P15Y"; "" where it is not known yet
    counted_from: str
    law: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """What the gemeente does with data for one purpose.

    `confirm` names the fields that rest on general knowledge and that the data protection officer must confirm; what a
    resident reads of them says so. `remedy` holds "bezwaar", "verzoekschrift" or both.
    """

    id: str
    title: str
    purpose: str
    legal_basis: tuple[Basis, ...]
    special: Mapping[str, Basis] = field(default_factory=dict)  # category of special or criminal data -> exception
    categories: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # where the data come from (15(1)(g)), in words
    recipients: tuple[Recipient, ...] = ()
    third_countries: tuple[str, ...] = ()
    retention: Retention = Retention("", "")
    automated_decisions: str = ""
    remedy: tuple[str, ...] = ("bezwaar",)
    enabled: bool = True
    status: str = "in_force"  # or "bill"
    controller: str = "gemeente"  # or "joint", "other"
    confirm: tuple[str, ...] = ()
    line: int = 0
