"""Whether a row is about the subject, how sure that is, and why: the one judge for every kind of source.

A base register or database may hand over more rows than asked for; each is judged here. A row that carries another BSN is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.collection import Column, Kind, Match, Party
from config.person import Address, Person
from connectors.asking.scores import CONTACTS, MANY, Evidence, is_shared, score_of
from connectors.asking.wanted import Alternative, Condition
from connectors.written import addresses
from connectors.written.assembled import address_of, name_of
from connectors.written.dates import day
from connectors.written.figures import bsn, email, phone, written, zeros_apart
from connectors.written.likeness import Verdict, best
from connectors.written.parts import ADDRESS_PARTS, NAME_PARTS, Part, part

Row = Sequence[Any]


@dataclass(slots=True)
class Matcher:
    """Judges rows of one table by its alternatives; `others` counts the rows that fitted but carry another person's BSN."""

    person: Person
    alternatives: Sequence[Alternative]
    columns: Sequence[Column]
    this_year: int
    others: int = 0
    _judges: list[_Judge] = field(default_factory=list)
    _bsn_places: tuple[int, ...] = ()
    _made: dict[tuple[float, str], Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._judges = [_Judge(alternative, self.columns, self.this_year) for alternative in self.alternatives]
        own = [place for place, column in enumerate(self.columns) if column.kind is Kind.BSN and column.party is Party.SUBJECT]
        asked = [c.place for alternative in self.alternatives for c in alternative.conditions if c.key == "subject.bsn"]
        self._bsn_places = tuple(dict.fromkeys([*own, *asked]))

    def match(self, row: Row) -> Match | None:
        """Why `row` is about the subject, by the first alternative that fits; None where none does, or where it is another's."""
        for judge in self._judges:
            if found := judge.judged(row):
                if self.is_other(row):
                    self.others += 1
                    return None
                return self._made.setdefault(found, Match(*found))
        return None

    def is_other(self, row: Row) -> bool:
        """Whether the row carries a filled BSN that is not the subject's."""
        return any(holds_other_bsn(row[place], self.person.bsn) for place in self._bsn_places)


def holds_other_bsn(cell: Any, own: str) -> bool:
    """Whether a cell holds a number that looks like a BSN and is not `own`; what is no number is not filled.

    >>> holds_other_bsn("999990020", "999990019"), holds_other_bsn("onbekend", "999990019"), holds_other_bsn(None, "999990019")
    (True, False, False)
    """
    if cell is None or cell == own:
        return False
    found = bsn(cell)
    if found:
        return found != own
    digits = re.sub(r"[ .\-]", "", written(cell))
    return digits.isdigit() and len(digits) >= 6 and bool(digits.strip("0"))


class _Judge:
    """One alternative, made ready for many rows: cheap comparisons come first."""

    def __init__(self, alternative: Alternative, columns: Sequence[Column], this_year: int) -> None:
        self.alternative, self.person, self.this_year = alternative, alternative.person, this_year
        self.values = [
            (condition, {zeros_apart(value): score for value, score in condition.values.items()})
            for condition in alternative.conditions
            if condition.key not in _BY_PARTS
        ]
        self.dates = [condition.place for condition in alternative.conditions if condition.key == "subject.birth_date"]
        self.shared = bool(self.dates) and is_shared(self.person.birth_date)
        self.names = _places("subject.name", NAME_PARTS, alternative.conditions, columns)
        self.homes = _places("subject.address", ADDRESS_PARTS, alternative.conditions, columns)
        self.said = " + ".join(f"{condition.column} = {condition.key}" for condition in alternative.conditions)

    def judged(self, row: Row) -> tuple[float, str] | None:
        """The score of a row and by what; None where a condition does not hold."""
        certain, contact = 0.0, False
        for condition, apart in self.values:
            score = _value(row[condition.place], condition, apart)
            if not score:
                return None
            contact = contact or condition.key in CONTACTS
            certain = certain if condition.key in CONTACTS else max(certain, score)
        if not all(day(row[place], this_year=self.this_year, serial=True) == self.person.birth_date for place in self.dates):
            return None
        for places, joint in self.alternative.joint:
            if tuple(written(row[place]) for place in places) not in joint:
                return None
        if certain and not self.names and not self.homes:  # by far the most rows
            return certain, self.said
        return self._by_parts(row, Evidence(certain, birth_date=bool(self.dates), shared=self.shared, contact=contact))

    def _by_parts(self, row: Row, found: Evidence) -> tuple[float, str] | None:
        said = self.said
        if self.names:
            like = _name(row, self.names, self.person)
            if like is Verdict.OTHER:
                return None
            found = found.with_name(like)
            said += {Verdict.INITIALS: " (initials)", Verdict.UNKNOWN: " (family name only)"}.get(like, "")
        if self.homes:
            home = _home(row, self.homes, self.person.addresses)
            if home is Verdict.OTHER:
                return None
            found = found.with_address(home)
            said += " (postcode only)" if home is Verdict.UNKNOWN else ""
        said += f" ({MANY})" if found.shared and not found.certain else ""
        return score_of(found), said


_BY_PARTS = frozenset({"subject.name", "subject.birth_date", "subject.address"})


def _places(key: str, wanted: Iterable[Part], conditions: Sequence[Condition], columns: Sequence[Column]) -> dict[Part, int]:
    """Where each part of a name or address stands: the columns matched on, and those beside them that hold the rest.

    A column of given names beside a matched family name is read too: it tells a twin from the subject.
    """
    asked = {condition.part: condition.place for condition in conditions if condition.key == key}
    if not asked:
        return {}
    kind = Kind.NAME if key == "subject.name" else Kind.ADDRESS
    beside = {
        part(column): place
        for place, column in reversed(list(enumerate(columns)))
        if column.party is Party.SUBJECT and (column.kind is kind or part(column) in ADDRESS_PARTS)
    }
    return {**{found: place for found, place in beside.items() if found in wanted}, **asked}


def _value(cell: Any, condition: Condition, apart: dict[str, float]) -> float:
    if cell is None:
        return 0.0
    match condition.key:
        case "subject.bsn":
            return condition.values.get(bsn(cell), 0.0)
        case "subject.email":
            return condition.values.get(email(cell), 0.0)
        case "subject.phone":
            return condition.values.get(phone(cell), 0.0)
        case _:
            text = written(cell)
            if not text or text in condition.values:
                return condition.values.get(text, 0.0)
            score = apart.get(zeros_apart(text), 0.0)
            return min(score, 0.9) if isinstance(cell, str) else score


def _name(row: Row, places: dict[Part, int], person: Person) -> Verdict:
    seen = name_of({found: row[place] for found, place in places.items()})
    like = best(person.names, seen) if seen else None
    return like.given if like and like.fits else Verdict.OTHER


def _home(row: Row, places: dict[Part, int], homes: Sequence[Address]) -> Verdict:
    seen = address_of({found: row[place] for found, place in places.items()})
    if seen is None:
        return Verdict.OTHER
    if any(addresses.same(home, seen) for home in homes):
        return Verdict.SAME
    only_postcode = not seen.number and bool(seen.postcode)
    return Verdict.UNKNOWN if only_postcode and seen.postcode in {home.postcode for home in homes} else Verdict.OTHER


def earliest(dates: Iterable[date | None]) -> date | None:
    """The first of these days; None where there is none."""
    return min((when for when in dates if when is not None), default=None)
