"""The cells of one row by whose they are and what they hold: the subject's own, and those of each other person in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.collection import Collection, Column, Kind, Party
from config.discretion import discreet
from config.person import Address, Name, Person
from connectors.written.assembled import address_of, name_of
from connectors.written.dates import day, known
from connectors.written.figures import bsn, email, iban, phone, plate, written
from connectors.written.parts import ADDRESS_PARTS, NAME_PARTS, Part, part

OTHERS = (Party.RELATIVE, Party.THIRD, Party.OFFICIAL, Party.PROFESSIONAL)


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of one party that are about one person, by place: parts of a name and address, and other things they are known by."""

    party: Party
    about: str
    parts: Mapping[Part, int] = field(default_factory=dict)
    more: Mapping[Kind, tuple[int, ...]] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether there are columns for a name."""
        return any(found in self.parts for found in NAME_PARTS)


_BY_VALUE = (Kind.BSN, Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.PLATE)
_PERSONAL = frozenset({*_BY_VALUE, Kind.NAME, Kind.ADDRESS})


def own_group(columns: Sequence[Column]) -> Group:
    """The columns that hold what the subject is known by."""
    return _group(Party.SUBJECT, "", [(place, column) for place, column in enumerate(columns) if column.party is Party.SUBJECT])


def _group(party: Party, about: str, placed: Sequence[tuple[int, Column]]) -> Group:
    parts: dict[Part, int] = {}
    more: dict[Kind, tuple[int, ...]] = {}
    for place, column in placed:
        found = part(column)
        if found is not Part.NONE and (column.kind is not Kind.TEXT or found in {*ADDRESS_PARTS, Part.SECRET, Part.GENDER}):
            parts.setdefault(found, place)
        if column.kind in _BY_VALUE:
            more[column.kind] = (*more.get(column.kind, ()), place)
    return Group(party, about, parts, more)


def other_groups(collection: Collection, about: Mapping[int, str]) -> Iterator[Group]:
    """The columns of each other person a row may hold. `about` says for each place whom the column is about, "" where it does not tell.

    Parts of one name belong together; a second column with a whole name is a second person. What does not say whose it is
    belongs to the only person of that party, if there is one.
    """
    for party in OTHERS:
        placed = [(place, column) for place, column in enumerate(collection.columns) if column.party is party]
        personal = [
            (p, c) for p, c in placed if c.kind in _PERSONAL or part(c) in {Part.BIRTH_DATE, Part.GENDER, Part.SECRET, *ADDRESS_PARTS}
        ]
        yield from _people(party, personal, about)


def _people(party: Party, placed: Sequence[tuple[int, Column]], about: Mapping[int, str]) -> Iterator[Group]:
    anchors = list(dict.fromkeys(about[place] for place, column in placed if column.kind is Kind.NAME))
    members: dict[str, list[tuple[int, Column]]] = {anchor: [] for anchor in anchors}
    for place, column in placed:
        members.setdefault(_whose(about[place], anchors), []).append((place, column))
    for whom, columns in members.items():
        yield from _split(party, whom, columns)


def _whose(about: str, anchors: Sequence[str]) -> str:
    """The person a column belongs to: the one it names, one it shares a word with, or the only one there is."""
    if about in anchors:
        return about
    words = set(about.split())
    sharing = [anchor for anchor in anchors if words & set(anchor.split())]
    if len(sharing) == 1:
        return sharing[0]
    return anchors[0] if len(anchors) == 1 else about


def _split(party: Party, about: str, columns: Sequence[tuple[int, Column]]) -> Iterator[Group]:
    """One group; and one more for each further column that holds a whole name by itself."""
    names = [place for place, column in columns if column.kind is Kind.NAME and part(column) is Part.FULL_NAME]
    parted = any(part(column) in {Part.FAMILY, Part.GIVEN} for _, column in columns if column.kind is Kind.NAME)
    extra = set(names if parted else names[1:])
    yield _group(party, about, [(place, column) for place, column in columns if place not in extra])
    if not parted:
        yield from (_group(party, about, [(place, column) for place, column in columns if place == one]) for one in sorted(extra))


def by_cells(collection: Collection, group: Group) -> Iterator[tuple[Mapping[int, Any], list[int]]]:
    """The different contents of the columns of `group`, by place, and the rows that have each: a file repeats who it is about."""
    places = sorted({*group.parts.values(), *(place for places in group.more.values() for place in places)})
    found: dict[tuple[Any, ...], list[int]] = {}
    columns = [list(collection.rows.iloc[:, place]) for place in places]
    for row, cells in enumerate(zip(*columns, strict=True)):
        found.setdefault(cells, []).append(row)
    yield from ((dict(zip(places, cells, strict=True)), rows) for cells, rows in found.items())


@discreet
@dataclass(frozen=True, slots=True)
class Seen:
    """What one row says of one person."""

    person: Person

    @property
    def name(self) -> Name | None:
        """The name, if it says one."""
        return self.person.names[0] if self.person.names else None

    @property
    def empty(self) -> bool:
        """Whether nothing of it tells who it is."""
        p = self.person
        return not (p.names or p.bsn or p.emails or p.phones or p.ibans or p.plates or p.addresses or p.birth_date)


def seen(group: Group, row: Mapping[int, Any]) -> Seen:
    """What a row, by place, says of the person of `group`."""
    parts = {found: row[place] for found, place in group.parts.items()}
    name = name_of({found: cell for found, cell in parts.items() if found in NAME_PARTS})
    address = _address(parts)
    return Seen(
        Person(
            names=(name,) if name else (),
            gender=gender(parts.get(Part.GENDER)),
            bsn=next(iter(_values(group, row, Kind.BSN, bsn)), ""),
            birth_date=_birth_date(parts.get(Part.BIRTH_DATE)),
            addresses=(address,) if address else (),
            emails=_values(group, row, Kind.EMAIL, email),
            phones=_values(group, row, Kind.PHONE, phone),
            ibans=_values(group, row, Kind.IBAN, iban),
            plates=_values(group, row, Kind.PLATE, plate),
        )
    )


def _birth_date(cell: Any) -> date | None:
    when = day(cell, this_year=date.today().year, serial=isinstance(cell, int | float))  # noqa: DTZ011 - bounds a two-digit year only
    return when if known(when) else None


def _address(parts: Mapping[Part, Any]) -> Address | None:
    made = address_of({found: cell for found, cell in parts.items() if found in ADDRESS_PARTS})
    if made is None:
        return None
    since, until = day(parts.get(Part.SINCE)), day(parts.get(Part.UNTIL))
    return Address(made.street, made.number, made.postcode, made.city, truth(parts.get(Part.SECRET)), since, until)


def _values(group: Group, row: Mapping[int, Any], kind: Kind, reads: Any) -> tuple[str, ...]:
    found = (reads(row[place]) for place in group.more.get(kind, ()))
    return tuple(dict.fromkeys(value for value in found if value))


def truth(cell: Any) -> bool:
    """Whether a cell says yes: true, 1, J, ja, X; a code of the base register from 1 to 7 that limits giving data also does."""
    if isinstance(cell, bool):
        return cell
    return written(cell).lower() in {"true", "j", "ja", "y", "yes", "x", "waar", "1", "2", "3", "4", "5", "6", "7"}


def gender(cell: Any) -> str:
    """`f`, `m` or `x`; "" where the cell says none of these."""
    word = written(cell).lower()
    return {"v": "f", "f": "f", "m": "m", "x": "x", "vrouw": "f", "man": "m", "vrouwelijk": "f", "mannelijk": "m"}.get(
        word.split(" ")[0], ""
    )
