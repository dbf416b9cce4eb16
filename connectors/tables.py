"""Exports of systems without an interface: one workbook (XLSX) or CSV file, streamed row by row.

`connection` is the file, `table` the sheet, or the name of the CSV file without its ending. `format:` overrides what is found by looking:
`header` (number of the row of names), `encoding`, `separator`, `decimal` ("," or "."), `dates` (a format of strptime).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from config.collection import Answer
from config.errors import SourceRefused, SourceUnavailable, SourceUnreadable
from config.folding import fold
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.checked import checked
from connectors.asking.contract import Row, Search, SourceReport, Table
from connectors.asking.rows import searcher
from connectors.asking.wanted import Alternative
from connectors.exports.separated import Separated
from connectors.exports.values import readers
from connectors.exports.workbooks import Book

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls"})


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the export holds of the subject."""
    return asked(source, entities, subject, _searching, now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the file is there, can be read, and has the sheets and columns of sources.yaml."""
    return checked(source, entities, opened)


@contextmanager
def _searching(source: Source) -> Iterator[Search]:
    with opened(source) as tables:
        yield searcher(source, tables)


@contextmanager
def opened(source: Source) -> Iterator[_File]:
    """The file. Raises SourceError where it is not there or cannot be opened."""
    path = Path(source.connection.removeprefix("file://")).expanduser()
    book = None
    try:
        if not path.is_file():
            raise SourceUnreadable(source.name, "the file is not there", "Mend its connection, or put the export back")
        book = Book(source.name, path) if _is_workbook(path) else None
        yield _File(source, path, book)
    except PermissionError:
        raise SourceRefused(source.name, "the file may not be read", "Give the user who runs Inzage the right to read it") from None
    except OSError:
        raise SourceUnavailable(source.name, "the file cannot be read just now", "Look at the disk or share it is on") from None
    finally:
        if book is not None:
            book.close()


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


@dataclass(frozen=True, slots=True)
class _File:
    """An open export."""

    source: Source
    path: Path
    book: Book | None

    def holds(self, entities: Sequence[Entity]) -> Mapping[str, bool]:
        """The sheets, and whether one of these entities reads it."""
        read = {fold(entity.table) for entity in entities}
        return {name: fold(name) in read for name in (self.book.book.sheetnames if self.book else ())}

    def table(self, entity: Entity) -> Table:
        """The sheet of this entity, or the CSV file itself. Raises SourceUnreadable where there is none of that name."""
        thing = f"{self.source.name}.{entity.name}"
        options: Mapping[str, Any] = {**(self.source.options.get("format") or {}), **(entity.options.get("format") or {})}
        expected = [*entity.columns, *entity.provides, *(column for match in entity.match for column in match)]
        if self.book is not None:
            return _Export(thing, entity, self.book.sheet(thing, entity.table, options, expected), options)
        if fold(entity.table) not in {fold(self.path.stem), fold(self.path.name)}:
            raise SourceUnreadable(
                thing, "the file has another name than its table", "Write the name of the CSV file without .csv under `table`"
            )
        return _Export(thing, entity, Separated(thing, self.path, options, expected), options)


@dataclass(frozen=True, slots=True)
class _Export:
    """One sheet or CSV file, with its cells as values."""

    thing: str
    entity: Entity
    rows: _Rows
    options: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rows.columns

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """All rows, once: a file has no index. Raises SourceUnreadable at the end where some rows could not be put in columns."""
        yield self._values()

    def _values(self) -> Iterator[Row]:
        reads = readers(self.entity, self.columns, str(self.options.get("decimal") or ""), str(self.options.get("dates") or ""))
        for row in self.rows.rows():
            yield tuple([read(cell) for read, cell in zip(reads, row, strict=True)])

    @property
    def alarms(self) -> tuple[str, ...]:
        """What was odd in the last pass."""
        if not self.rows.misaligned:
            return ()
        wrong = f"{self.rows.misaligned} rows have more cells than there are columns, and were left out"
        return (f"{self.thing}: {wrong}. Export it again, with quotes around text.",)

    def size(self, enough: int | None = None) -> int:
        counted = 0
        for _ in self.rows.rows():
            counted += 1
            if enough is not None and counted >= enough:
                break
        return counted
