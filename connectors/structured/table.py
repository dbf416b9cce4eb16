"""Records of nested data as a table of the shared work: which leaf each column of sources.yaml points to, and a row for each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.collection import Column, Kind
from config.discretion import discreet
from config.settings import Entity
from connectors.asking.contract import Row
from connectors.asking.wanted import Alternative
from connectors.structured import cells
from connectors.structured.paths import Path, group, leaf, parts

Leaves = Mapping[Path, Any]
Cell = Callable[[Column | None, Path, Any], Any]
"""How a leaf is shown, by its column."""


@discreet
@dataclass(frozen=True, slots=True)
class Record:
    """One row-to-be: its own leaves by their path from the record, and those of what it lies in by their path from the root."""

    own: Leaves
    around: Leaves = field(default_factory=dict)


def as_it_stands(column: Column | None, path: Path, value: Any) -> Any:
    """A leaf as the source has it."""
    return value


@dataclass(slots=True)
class RecordTable:
    """The records of one entity. `known` are the leaves that the standard has: those of the record, and tiers of those around it."""

    entity: Entity
    records: Sequence[Record]
    known: Sequence[Sequence[Path]]
    alarms: tuple[str, ...] = ()
    count: int = 0
    cell: Cell = as_it_stands
    first: Sequence[Path] = ()  # where a name that `match` uses is looked for before all else
    shows_match: bool = True  # whether a column that only `match` names is part of the table
    title: str = "record"
    called: frozenset[Path] = frozenset()  # what a record may be called, where a column's name begins with it
    _points: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    _columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        own = list(dict.fromkeys(path for record in self.records for path in record.own))
        around = list(dict.fromkeys(path for record in self.records for path in record.around))
        tiers = [sorted(dict.fromkeys((*own, *self.known[0])), key=len), *self.known[1:], around]
        for name in self._named():
            self._points[name] = self._pointed(name, tiers)
        covered = {path for points in self._points.values() for path in points}
        self._points.update({self._name(path): (path,) for path in own if path not in covered})
        self._columns = tuple(name for name, found in self._points.items() if found)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of sources.yaml that the records can have, then what else they hold."""
        return self._columns

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """Every record, once."""
        yield (self._row(record) for record in self.records)

    def size(self, enough: int | None = None) -> int:
        """How many records there are, of everybody where that is known."""
        return self.count or len(self.records)

    def _name(self, path: Path) -> str:
        """What a leaf is called that sources.yaml does not name; a name that is taken gets that of the record before it."""
        name = ".".join(path)
        return f"{self.title}.{name}" if name in self._points else name

    def _named(self) -> list[str]:
        matched = (column for match in self.entity.match for column in match) if self.shows_match else ()
        return list(dict.fromkeys((*self.entity.columns, *self.entity.provides, *matched)))

    def _pointed(self, name: str, tiers: Sequence[Sequence[Path]]) -> tuple[Path, ...]:
        column = self.entity.columns.get(name)
        matched = self.shows_match and any(name in match for match in self.entity.match)
        places = (self.first, *tiers) if matched else tiers
        for called in dict.fromkeys((name, self._within(name))):
            for paths in places:
                if found := leaf(called, paths):
                    return (found,)
                if around := group(called, paths):
                    return cells.said_of(around, column.kind if column else Kind.TEXT)
        return ()

    def _within(self, name: str) -> str:
        """A name without what the record itself is called, and all before that."""
        said = parts(name)
        ends = (end for head in self.called for end in range(len(head), len(said)) if said[end - len(head) : end] == head)
        return ".".join(said[max(ends, default=0) :])

    def _row(self, record: Record) -> Row:
        places = {**record.around, **record.own}
        return tuple(self._value(name, places) for name in self._columns)

    def _value(self, name: str, places: Leaves) -> Any:
        column, points = self.entity.columns.get(name), self._points[name]
        found = {path: self.cell(column, path, places.get(path)) for path in points}
        if len(points) == 1 and (parts(name)[-1:] == parts(points[0][-1])[-1:] or points[0][-1] == "Datum"):
            return found[points[0]]
        return cells.joined(found, column.kind if column else Kind.TEXT)
