"""The tables of each purpose as they stand together on one sheet of the workbook.

A sheet has one head, frozen and with filters. So the tables of a purpose stand below one another under a head that has the
columns of all: what two tables call the same and hold in the same kind is one column. The second column says of which table a
row is; who filters on it sees that table alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from config.collection import Column, Kind
from config.redacted import Disposition
from outputs.dossier import Dossier, InventoryEntry
from outputs.shown import Cell, Shown, shown
from outputs.texts import texts
from outputs.titles import title_of

MOST = 1_000
"""So many columns stand on a sheet, unless one table has more: LibreOffice shows 1,024, and nobody looks for more."""

SAMPLE = 200
"""By so many rows the widths of the columns are found."""

LEAD = 3
"""So many columns say which row it is: its number, its table, its system."""

Heading: TypeAlias = tuple[str, Kind, int]
"""The label of a column, its kind, and which it is of those of its table that have both the same."""

Row: TypeAlias = tuple[Cell, str, Sequence[Cell]]
"""The number of a card or document, the title of its system, and a cell for each heading of its table."""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record of a purpose, or its documents; `rows` gives at most so many of them, newest first, all for None."""

    title: str
    headings: tuple[Heading, ...]
    rows: Callable[[int | None], Iterator[Row]]


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet: the purpose it is named for, and its tables."""

    purpose: str
    tables: tuple[Table, ...]

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Every column once, in the order in which the tables bring them."""
        return tuple(dict.fromkeys(heading for table in self.tables for heading in table.headings))

    def rows(self, most: int | None = None) -> Iterator[Sequence[Cell]]:
        """Table by table, at most so many rows of each: the LEAD columns, and a cell for each of `headings`."""
        return chain.from_iterable(self._placed(table, most) for table in self.tables)

    def sample(self) -> list[Sequence[Cell]]:
        """Some rows of every table."""
        return list(self.rows(max(SAMPLE // max(len(self.tables), 1), 5)))

    def _placed(self, table: Table, most: int | None) -> Iterator[Sequence[Cell]]:
        where = [self.headings.index(heading) for heading in table.headings]
        alone, wide = where == list(range(len(self.headings))), len(self.headings)
        for number, system, cells in table.rows(most):
            yield (number, table.title, system, *(cells if alone else _spread(cells, where, wide)))


def _spread(cells: Sequence[Cell], where: Sequence[int], wide: int) -> Sequence[Cell]:
    row: list[Cell] = [None] * wide
    for i, cell in zip(where, cells, strict=True):
        row[i] = cell
    return row


def sheets(dossier: Dossier) -> Iterator[Sheet]:
    """A sheet for each purpose of which anything was found or withheld, in the order of the dossier; more where it has too many columns."""
    names = named(dossier)
    found = (*(finding.activity.id for finding in dossier.findings), *(c.activity for c in dossier.collections if len(c.rows)))
    for purpose in dict.fromkeys(found):
        yield from _packed(dossier.purposes.get(purpose, purpose), _tables(dossier, purpose, names))


def _packed(purpose: str, tables: Iterator[Table]) -> Iterator[Sheet]:
    held: tuple[Table, ...] = ()
    for table in tables:
        if held and len(Sheet(purpose, (*held, table)).headings) > MOST:
            yield Sheet(purpose, held)
            held = ()
        held = (*held, table)
    yield Sheet(purpose, held)


def named(dossier: Dossier) -> Mapping[tuple[str, str], str]:
    """What each collection is called on a sheet, no two the same: by its title, with its system where another has the same title."""
    titles = {(c.source, c.entity): c.title or c.entity for c in dossier.collections}
    often, taken, names = Counter(titles.values()), {texts()["werkboek"]["bladen"]["documenten"]}, {}
    for (source, entity), title in titles.items():
        wanted = title if often[title] == 1 else f"{title} ({dossier.titles.get(source, source)})"
        name, n = wanted, 1
        while name in taken:
            n += 1
            name = f"{wanted} ({n})"
        taken.add(name)
        names[source, entity] = name
    return names


def _tables(dossier: Dossier, purpose: str, names: Mapping[tuple[str, str], str]) -> Iterator[Table]:
    """The collections of a purpose, the columns that other collections hold for it, and its documents."""
    for own in (True, False):
        for c in dossier.collections:
            if len(c.rows) and (c.activity == purpose) == own:
                view = shown(c)
                columns = tuple(column for column in view.columns if own or column.activity == purpose)
                if own or columns:
                    yield _records(names[c.source, c.entity], dossier.titles.get(c.source, c.source), view, columns)
    if papers := [entry for entry in dossier.inventory if entry.activity == purpose]:
        yield _documents(dossier, papers)


def _records(title: str, system: str, view: Shown, columns: Sequence[Column]) -> Table:
    def rows(most: int | None) -> Iterator[Row]:
        return ((number + 1, system, cells) for number, cells in view.rows(view.order[:most], columns))

    return Table(title, tuple(_headings([(column.label or column.name, column.kind) for column in columns])), rows)


def _headings(columns: Sequence[tuple[str, Kind]]) -> Iterator[Heading]:
    met: Counter[tuple[str, Kind]] = Counter()
    for column in columns:
        met[column] += 1
        yield (*column, met[column])


def _documents(dossier: Dossier, papers: Sequence[InventoryEntry]) -> Table:
    said = texts()["werkboek"]
    why = {w.ground.code: w.ground.sentence for w in dossier.withheld}
    kinds = (Kind.DATE, *[Kind.TEXT] * (len(said["stukken"]) - 1))

    def rows(most: int | None) -> Iterator[Row]:
        return ((e.number, dossier.titles.get(e.source, e.source), described(e, why)) for e in papers[:most])

    return Table(said["bladen"]["documenten"], tuple(_headings(list(zip(said["stukken"], kinds, strict=True)))), rows)


def described(entry: InventoryEntry, why: Mapping[str, str]) -> Sequence[Cell]:
    """Of one document: its day, title and pages, how often something in it is not shown, and why where nothing of it is."""
    document = entry.document
    gone = f"{document.ground}: {why.get(document.ground, '')}" if document.disposition is Disposition.WITHHELD else None
    return document.date, title_of(document), len(document.pages), document.redactions, gone
