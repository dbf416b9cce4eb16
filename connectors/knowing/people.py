"""Everybody else in the file: relatives, third parties, officials and professionals, each once, with how they stand to the subject.

Two mentions are one person when their BSN is the same, or their whole folded name is and neither BSN nor birth date speaks against it:
by identity alone, never by likeness of spelling, for two people taken for one would both be shown under one role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.collection import Collection, Column, Kind, Party
from config.folding import fold
from config.person import KnownPerson, Name, Person, Role
from connectors.knowing.cells import OTHERS, Group, by_cells, other_groups, seen
from connectors.written import names, relations
from connectors.written.figures import written
from connectors.written.parts import Part, about, part, spelled

_PHRASE = frozenset({"door", "wie", "met", "aan", "voor", "bij"})
"""Words by which a label is a phrase ("aangenomen door"), and no function."""

_PRIVATE = frozenset({Role.RELATIVE, Role.THIRD})


def people_of(subject: Person, collections: Iterable[Collection], known: Iterable[KnownPerson] = ()) -> tuple[KnownPerson, ...]:
    """Each person of the collections once, in the order in which they appear; those already `known` first."""
    gathered = _Gathered()
    for one in known:
        gathered.add(one, ())
    for collection in collections:
        for one, marks in _mentioned(collection):
            if not is_subject(one.person, subject):
                gathered.add(one, marks)
    return tuple(gathered.people)


def is_subject(person: Person, subject: Person) -> bool:
    """Whether a column about others holds the subject: the same BSN, or, without one, the same whole name and birth date."""
    if person.bsn:
        return person.bsn == subject.bsn
    same = person.birth_date is not None and person.birth_date == subject.birth_date
    return same and any(_full(one) and _mark(one) == _mark(other) for one in person.names for other in subject.names)


def _mentioned(collection: Collection) -> Iterator[tuple[KnownPerson, tuple[str, ...]]]:
    """Each different mention of somebody, with marks of the place, by which two who have only a family name are one."""
    told = _told(collection)
    whom = {place: about(column) for place, column in enumerate(collection.columns)}
    for group in other_groups(collection, whom):
        columns = [place for place in told if _tells(collection.columns[place], group.party)]
        wider = replace(group, parts={**group.parts}, more={**group.more, Kind.CODE: tuple(columns)})
        for cells, _ in by_cells(collection, wider):
            one = seen(group, cells)
            if not one.empty:
                relation = _relation(collection, group, cells, columns)
                place = f"{collection.source}.{collection.entity}"
                yield KnownPerson(one.person, Role(group.party.value), relation, place), (place, group.about)


def _told(collection: Collection) -> list[int]:
    """The columns that may say how somebody stands to the subject, or in what function they act."""
    words = ("relatie", "rol", "functie", "verwantschap", "soort", "betrokkene", "hoedanigheid", "kwalificatie")
    return [
        place
        for place, column in enumerate(collection.columns)
        if column.kind in {Kind.CODE, Kind.TEXT}
        and not column.withhold
        and (any(word in spelled(f"{column.name} {column.label}") for word in words) or column.party in OTHERS)
        and part(column) is Part.NONE
    ]


def _tells(column: Column, party: Party) -> bool:
    """Whether a column may tell about people of `party`: it is theirs, or nobody's in particular."""
    return column.party is party or column.party not in OTHERS


def _relation(collection: Collection, group: Group, cells: Mapping[int, Any], columns: Sequence[int]) -> str:
    """How the person stands to the subject: by the words of their own column, by another column of the row, or by what the table is of."""
    if group.party in {Party.OFFICIAL, Party.PROFESSIONAL}:
        return _function(collection, group, cells, columns)
    named = relations.within(group.about)
    told = next((word for place in columns if (word := relations.relation(written(cells.get(place))))), "")
    specific = named if named in relations.FAMILY else told or named
    return specific or relations.within(spelled(collection.title)) or relations.within(spelled(collection.entity)) or group.about


def _function(collection: Collection, group: Group, cells: Mapping[int, Any], columns: Sequence[int]) -> str:
    """The function of an official or professional: a column of functions, or what their own column is called."""
    for place in columns:
        said = spelled(f"{collection.columns[place].name} {collection.columns[place].label}")
        word = written(cells.get(place))
        if ("functie" in said or "rol" in said.split()) and 2 < len(word) <= 40 and all(c.isalpha() or c in " -/'" for c in word):
            return word.lower()
    return "" if _PHRASE & set(group.about.split()) else group.about


@dataclass(slots=True)
class _Gathered:
    """The people so far, found by BSN and by name."""

    people: list[KnownPerson]
    by_bsn: dict[tuple[bool, str], int]
    by_name: dict[tuple[object, ...], list[int]]

    def __init__(self) -> None:
        self.people, self.by_bsn, self.by_name = [], {}, {}

    def add(self, one: KnownPerson, marks: tuple[str, ...]) -> None:
        """Put a mention with the person it is of, or as a new one."""
        place = self._place(one, marks)
        if place is None:
            place = len(self.people)
            self.people.append(one)
        else:
            self.people[place] = _merged(self.people[place], one)
        self._remember(place, one, marks)

    def _place(self, one: KnownPerson, marks: tuple[str, ...]) -> int | None:
        private = one.role in _PRIVATE
        if one.person.bsn and (private, one.person.bsn) in self.by_bsn:
            return self.by_bsn[private, one.person.bsn]
        places = [place for mark in _marks(one, marks) for place in self.by_name.get(mark, ())]
        return next((place for place in places if _may_be(self.people[place].person, one.person)), None)

    def _remember(self, place: int, one: KnownPerson, marks: tuple[str, ...]) -> None:
        if one.person.bsn:
            self.by_bsn.setdefault((one.role in _PRIVATE, one.person.bsn), place)
        for mark in _marks(one, marks):
            known = self.by_name.setdefault(mark, [])
            if place not in known:
                known.append(place)


def _marks(one: KnownPerson, marks: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """By what the same person is found again: capacity and whole name; a family name alone counts within one column only."""
    capacity = "private" if one.role in _PRIVATE else one.role
    for name in one.person.names:
        yield (capacity, _mark(name)) if _full(name) else (capacity, _mark(name), one.learnt_from, *marks)
    if not one.person.names:
        yield (capacity, "", one.person.bsn, one.person.emails, one.person.phones, one.person.ibans, *marks)


def _mark(name: Name) -> str:
    return f"{fold(names.whole(name))}|{fold(name.initials) if not name.given and not name.call else ''}"


def _full(name: Name) -> bool:
    return bool(name.family or name.partner_family) and bool(name.given or name.call or name.initials)


def _may_be(known: Person, seen_now: Person) -> bool:
    """Whether neither BSN nor birth date speaks against these being one."""
    bsn = not (known.bsn and seen_now.bsn) or known.bsn == seen_now.bsn
    born = not (known.birth_date and seen_now.birth_date) or known.birth_date == seen_now.birth_date
    return bsn and born


def _merged(known: KnownPerson, more: KnownPerson) -> KnownPerson:
    """One person of two mentions: closest role and most telling relation, and everything they are known by."""
    role = Role.RELATIVE if Role.RELATIVE in {known.role, more.role} else known.role
    relation = known.relation
    if not relation or (more.relation in relations.FAMILY and relation not in relations.FAMILY):
        relation = more.relation
    return KnownPerson(_person(known.person, more.person), role, relation, known.learnt_from)


def _person(one: Person, other: Person) -> Person:
    def both(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...]:
        return left if not right or left == right else tuple(dict.fromkeys((*left, *right)))

    return Person(
        names=both(one.names, other.names),
        gender=one.gender or other.gender,
        bsn=one.bsn or other.bsn,
        birth_date=one.birth_date or other.birth_date,
        addresses=both(one.addresses, other.addresses),
        emails=both(one.emails, other.emails),
        phones=both(one.phones, other.phones),
        ibans=both(one.ibans, other.ibans),
        plates=both(one.plates, other.plates),
    )
