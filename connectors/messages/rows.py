"""The records of an archive as a table: which leaf each column of sources.yaml points to, and the rows of the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from config.collection import Kind
from config.settings import Entity
from connectors.asking.contract import Row
from connectors.asking.wanted import Alternative
from connectors.messages.archive import Archive, Held
from connectors.messages.choosing import WHOLE, Choice
from connectors.messages.codes import meant
from connectors.messages.message import Record, only_versions
from connectors.messages.outline import NUMBERS, RECORDS, leaves
from connectors.structured import cells
from connectors.structured.paths import Path, group, leaf, parts

_CENTS = frozenset({"Bedrag", "TotaalBedrag", "ProductTarief", "Budget"})
"""Leaves that hold hundredths of a euro."""

BSN: Path = ("Client", "Bsn")


@lru_cache(maxsize=8192)
def settled(path: Path) -> Path:
    """A path as all messages have it: from the client on, and with one name for a declaration and its answer."""
    if "Client" in path:
        return path[path.index("Client") :]
    return ("Declaratie", *path[1:]) if path[0] == "DeclaratieAntwoord" else path


@dataclass(slots=True)
class Records:
    """The records that one entity reads: a table of the shared work."""

    entity: Entity
    archive: Archive
    choice: Choice
    alarms: tuple[str, ...] = ()
    record: str = ""
    _points: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    _columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.record = self.choice.record or self._meant()
        near = self._near()
        for name in self._named():
            self._points[name] = self._pointed(name, near)
        covered = {path for name in self._named() for path in self._points[name]}
        more = [path for path in self._seen() if path not in covered and not only_versions(path)]
        self._points.update({self._name(path): (path,) for path in more})
        self._columns = tuple(name for name, found in self._points.items() if found)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of sources.yaml that the messages can have, then what else the records hold."""
        return self._columns

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """Every record of the subject, once."""
        yield (self._row(held, record) for held, record in self.chosen())

    def size(self, enough: int | None = None) -> int:
        """How many records there are, of everybody."""
        wanted = self._wanted()
        return sum(n for (folder, kind, name), n in self.archive.records.items() if name in wanted and self.choice.holds(folder, kind))

    def chosen(self) -> Iterator[tuple[Held, Record]]:
        """The records of the subject that this entity reads, with what they lie in."""
        wanted = self._wanted()
        for held in self.archive.held:
            if self.choice.holds(held.message.folder, held.message.kind):
                yield from ((held, record) for record in held.part.records if record.name in wanted)

    def _wanted(self) -> frozenset[str]:
        """The names of records that are rows here; a message that was sent back whole stands with the clients."""
        return frozenset({"Client", WHOLE}) if self.record == "Client" else frozenset({self.record})

    def _named(self) -> list[str]:
        return list(dict.fromkeys((*self.entity.columns, *self._keys())))

    def _keys(self) -> tuple[str, ...]:
        """The columns by which records are found, and which others are found by: these stay as they stand."""
        return (*self.entity.provides, *(column for match in self.entity.match for column in match))

    def _meant(self) -> str:
        """The kind of record that has every column which the client has not, where the table names none; else the client."""
        if self.choice.numbers and set(self.choice.numbers) <= {319, 320}:
            return "Antwoord"
        here = {int(kind[-3:]) for folder, kind, _ in self.archive.records if kind and self.choice.holds(folder, kind)}
        known = [settled(path) for number in NUMBERS if not here or number in here for path in leaves(number)]
        client, beside = _own("Client", known), [path for path in known if path[0] in {"Declaratie", "Header"}]
        left = [column for column in self.entity.columns if leaf(_short(column), [*client, *beside]) is None]
        fits = [name for name in sorted(RECORDS - {"Client"}) if left and all(leaf(_short(c), _own(name, known)) for c in left)]
        return fits[0] if fits else "Client"

    def _known(self) -> list[Path]:
        """All leaves of the chosen messages by release 3.2, and then what was really seen."""
        numbers = self.choice.numbers or NUMBERS
        standard = (settled(path) for number in numbers for path in leaves(number))
        seen = (settled(path) for place, shape in self.archive.shapes.items() if self.choice.holds(*place[:2]) for path in shape)
        return list(dict.fromkeys((*standard, *seen, BSN)))

    def _near(self) -> list[list[Path]]:
        """The same by nearness: those of the record, of the client, of the declaration or answer, of the header, of other records."""
        known = self._known()
        own = _own(self.record, known)
        tops = [[path for path in known if path[0] == top and path not in own] for top in ("Declaratie", "Antwoord", "Header")]
        client = _own("Client", known)
        first = (own, client) if self.choice.record else (client, own)  # where we guess, a name of the client is never somebody else's
        near = [sorted(paths, key=len) for paths in (*first, *tops)]
        placed = {path for paths in near for path in paths}
        return [*near, [path for path in known if path not in placed]]

    def _pointed(self, name: str, near: list[list[Path]]) -> tuple[Path, ...]:
        column = self.entity.columns.get(name)
        for paths in near:
            if found := leaf(_short(name), paths):
                return (found,)
            if around := group(_short(name), paths):
                return cells.said_of(around, column.kind if column else Kind.TEXT)
        return ()

    def _seen(self) -> list[Path]:
        """The leaves that are this record's own and are really held: for a client with all that stands above it."""
        if self.archive.bsn:
            held = (path for _, record in self.chosen() for path in self._belonging(record))
        else:
            wanted = self._wanted()
            places = (place for place in self.archive.shapes if place[2] in wanted and self.choice.holds(*place[:2]))
            held = (path for place in places for path in self._of(self.archive.shapes[place]))
        return list(dict.fromkeys(held))

    def _belonging(self, record: Record) -> Iterator[Path]:
        yield from map(settled, record.own)
        if record.name in {"Client", WHOLE, "Antwoord"}:
            yield from map(settled, record.around)

    def _of(self, shape: Iterable[Path]) -> Iterator[Path]:
        own = {"Client", WHOLE, "Antwoord"}
        for path in map(settled, shape):
            if self.record in own or self.record in path:
                yield path

    def _name(self, path: Path) -> str:
        """What a leaf is called that sources.yaml does not name: from the record on."""
        start = path.index(self.record) + 1 if self.record in path[:-1] else 0
        return ".".join(path[start:])

    def _row(self, held: Held, record: Record) -> Row:
        places = {settled(path): value for path, value in {**record.around, **record.own}.items()}
        places.setdefault(BSN, held.bsn)
        return tuple(self._value(name, self._points[name], places, held) for name in self._columns)

    def _value(self, name: str, points: tuple[Path, ...], places: Mapping[Path, Any], held: Held) -> Any:
        found = {path: places[path] if path in places else _beside(held, path) for path in points}
        column = self.entity.columns.get(name)
        if len(points) == 1 and not _is_group(name, points[0]):
            value = found[points[0]]
            if column and column.kind is Kind.CODE and name not in self._keys():
                return meant(held.message.law, points[0], value)
            return euros(value) if column and column.kind is Kind.AMOUNT and points[0][-1] in _CENTS else value
        return cells.joined(found, column.kind if column else Kind.TEXT)


def _is_group(name: str, path: Path) -> bool:
    """Whether a name points to the group around a leaf rather than to it."""
    return parts(name)[-1] != parts(path[-1])[-1] and path[-1] != "Datum"


def _own(record: str, known: Iterable[Path]) -> list[Path]:
    """The leaves of a kind of record, without those of records inside it."""
    return [path for path in known if _innermost(path) == record]


@lru_cache(maxsize=8192)
def _innermost(path: Path) -> str:
    """The record that a leaf belongs to; the Contact of a Relatie is part of that."""
    inside = [step for step in path[:-1] if step in RECORDS]
    return "Relatie" if "Relatie" in inside else (inside[-1] if inside else "")


@lru_cache(maxsize=8192)
def _short(name: str) -> str:
    """A name without what stands above the client: `Declaratie.Clienten.Client.Bsn` is `Client.Bsn`."""
    said = re.split(r"[./\\]+", name)
    place = next((n for n, word in enumerate(said) if parts(word) == ("client",)), 0)
    return ".".join(said[place:])


def _beside(held: Held, path: Path) -> Any:
    """What other records of the same client have at a path, each on a line."""
    found = [value for record in held.part.records for own, value in record.own.items() if settled(own) == path]
    return "\n".join(str(value) for value in found) if found else None


def euros(value: Any) -> Any:
    """Hundredths as an amount of euros; what is no whole number stays as it stands.

    >>> euros("12550"), euros("n.v.t."), euros(None)
    (Decimal('125.50'), 'n.v.t.', None)
    """
    text = str(value).strip() if value is not None else ""
    return Decimal(text).scaleb(-2) if text.lstrip("-").isdigit() and text.isascii() else value
