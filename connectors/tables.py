"""Exports of systems without an interface: one workbook (XLSX) or CSV file, streamed row by row.

`connection` is the file, `table` the sheet, or the name of the CSV file without its ending. `format:` overrides what is found by looking:
`header` (number of the row of names), `encoding`, `separator`, `decimal` ("," or "."), `dates` (a format of strptime).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from config.collection import Answer
from config.errors import SourceUnreadable
from config.folding import fold
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.changes import unseen
from connectors.asking.checked import checked
from connectors.asking.contract import Row, Search, SourceReport, Table
from connectors.asking.rows import searcher
from connectors.asking.wanted import Alternative
from connectors.exports.index import Cabinet, Index, kept, made, marks_of
from connectors.exports.separated import Separated
from connectors.exports.values import readers
from connectors.exports.workbooks import Book
from connectors.files.disk import on_disk

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls"})


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the export holds of the subject."""
    return asked(source, entities, subject, _searching, now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the file is there, can be read, and has the sheets and columns of sources.yaml."""
    plain = replace(source, options={name: value for name, value in source.options.items() if name != "cabinet"})
    told: list[str] = []
    report = checked(plain, entities, partial(_looked_at, told=told))  # the file itself, not what an index has of it
    return replace(report, drift=(*report.drift, *told))


@contextmanager
def _looked_at(source: Source, told: list[str]) -> Iterator[_File]:
    """The file; what is odd about it as a whole goes to `told`."""
    with opened(source) as file:
        yield file
        told += unseen(source, file.hidden(source.entities))


@contextmanager
def _searching(source: Source) -> Iterator[Search]:
    with opened(source) as tables:
        yield searcher(source, tables)


@contextmanager
def opened(source: Source) -> Iterator[_File]:
    """The file. Raises SourceError where it is not there or cannot be opened."""
    with on_disk(source, "file", Path.is_file) as path, path.open("rb"), closing(_File(source, path)) as file:
        yield file


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(4)
    return path.suffix.lower() in _WORKBOOKS or head in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


class _Rows(Protocol):
    """A sheet or a CSV file."""

    columns: tuple[str, ...]
    misaligned: int

    def rows(self) -> Iterator[list[Any]]:
        """Its rows, as wide as its columns."""


@dataclass
class _File:
    """An open export; a workbook is only read where no index will do."""

    source: Source
    path: Path

    @cached_property
    def book(self) -> Book | None:
        """The workbook; None for a CSV file."""
        return Book(self.source.name, self.path) if _is_workbook(self.path) else None

    def close(self) -> None:
        """Close the workbook, if it was opened."""
        book = self.__dict__.get("book")
        if book is not None:
            book.close()

    def holds(self, entities: Sequence[Entity]) -> Mapping[str, bool]:
        """The sheets, and whether one of these entities reads it; none where an index stands for the workbook."""
        book = self.__dict__.get("book")
        read = {fold(entity.table) for entity in entities}
        return {name: fold(name) in read for name in (book.book.sheetnames if book else ())}

    def hidden(self, entities: Sequence[Entity]) -> tuple[str, ...]:
        """The sheets that who opens the workbook does not see, and that no entity reads."""
        book: Book | None = self.__dict__.get("book")
        return () if book is None else tuple(name for name, read in self.holds(entities).items() if not read and book.is_hidden(name))

    def table(self, entity: Entity) -> Table:
        """The sheet of this entity, or the CSV file itself. Raises SourceUnreadable where there is none of that name."""
        options: Mapping[str, Any] = {**(self.source.options.get("format") or {}), **(entity.options.get("format") or {})}
        cabinet: Cabinet | None = self.source.options.get("cabinet")
        form = repr(sorted(options.items()))
        if found := kept(cabinet, self.path, entity, form):
            return _Kept(found)
        export = _Export(f"{self.source.name}.{entity.name}", entity, self._rows(entity, options), options)
        anew = made(cabinet, self.path, entity, export, form)
        return _Kept(anew) if anew else export

    def _rows(self, entity: Entity, options: Mapping[str, Any]) -> _Rows:
        thing = f"{self.source.name}.{entity.name}"
        expected = [*entity.columns, *entity.provides, *(column for match in entity.match for column in match)]
        if self.book is not None:
            return self.book.sheet(thing, entity.table, options, expected)
        if fold(entity.table) not in {fold(self.path.stem), fold(self.path.name)}:
            raise SourceUnreadable(
                thing, "the file has another name than its table", "Write the name of the CSV file without .csv under `table`"
            )
        return Separated(thing, self.path, options, expected)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sheet or CSV file as its index has it."""

    index: Index

    @property
    def columns(self) -> tuple[str, ...]:
        return self.index.columns

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """The rows that bear what is looked up, or all of them where a name alone is."""
        yield self.index.rows(marks_of(alternatives))

    @property
    def alarms(self) -> tuple[str, ...]:
        """What was odd when the index was made."""
        return _misaligned(self.index.thing, self.index.misaligned)

    def size(self, enough: int | None = None) -> int:
        """How many rows there are."""
        return self.index.size


@dataclass(frozen=True, slots=True)
class _Export:
    """One sheet or CSV file, with its cells as values."""

    thing: str
    entity: Entity
    source_rows: _Rows
    options: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.source_rows.columns

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """All rows, once."""
        yield self

    def __iter__(self) -> Iterator[Row]:
        reads = readers(self.entity, self.columns, str(self.options.get("decimal") or ""), str(self.options.get("dates") or ""))
        for row in self.source_rows.rows():
            yield tuple([read(cell) for read, cell in zip(reads, row, strict=True)])

    @property
    def misaligned(self) -> int:
        """How many rows of the last pass could not be put in columns."""
        return self.source_rows.misaligned

    @property
    def alarms(self) -> tuple[str, ...]:
        """What was odd in the last pass."""
        return _misaligned(self.thing, self.source_rows.misaligned)

    def size(self, enough: int | None = None) -> int:
        """How many rows there are; counting may stop at `enough`."""
        return sum(1 for _ in islice(self.source_rows.rows(), enough))


def _misaligned(thing: str, number: int) -> tuple[str, ...]:
    wrong = f"{number} rows have more cells than there are columns, and were left out"
    return (f"{thing}: {wrong}. Export it again, with quotes around text.",) if number else ()
