"""Which rows and documents lie outside a period that somebody asked for, by the dates that stand in them.

Leaving out too much would answer less than was asked, so what does not say when it was is never outside: a row or document without a
date stays; so does a row of which a period is still open (a begin and no end), or that spans the period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from config.collection import Collection, Column, Document, Kind
from config.discretion import discreet
from connectors.written.dates import day, known
from connectors.written.parts import Part, part

_BEGINS = re.compile(r"begin|ingang|start|aanvang|vanaf|sinds|inschrijv|ingeschreven|toegekend|geldig_?van|from|since", re.IGNORECASE)
_ENDS = re.compile(
    r"eind|einde|(?:^|_|\b)tot(?:$|_|\b)|t/m|afgesloten|afsluit|vervalt|verval|beeindig|uitschrijv|uitgeschreven|gesloten|until",
    re.IGNORECASE,
)
_AHEAD = 2100
"""From this year on a date stands for "no end"."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether it leaves anything out at all."""
        return self.since is not None or self.until is not None

    def holds(self, first: date, last: date) -> bool:
        """Whether a stretch of days and the period have a day in common."""
        return (self.until is None or first <= self.until) and (self.since is None or last >= self.since)


@discreet
@dataclass(frozen=True, slots=True)
class Cut:
    """A collection without what lies outside the period, and how much that was."""

    collection: Collection
    rows: int
    documents: int


def in_period(collection: Collection, period: Period) -> Cut:
    """The rows and documents of the period. A document that lies in a row goes or stays with that row."""
    columns = [(place, column) for place, column in enumerate(collection.columns) if dated(column)]
    kept = [row for row, cells in enumerate(collection.rows.itertuples(index=False, name=None)) if _within(cells, columns, period)]
    owned = _owned(collection, frozenset(range(len(collection.rows))) - frozenset(kept))
    documents = tuple(d for d in collection.documents if not _outside(d, period, owned))
    if len(kept) == len(collection.rows) and len(documents) == len(collection.documents):
        return Cut(collection, 0, 0)
    rows = collection.rows.iloc[kept].reset_index(drop=True)
    left = replace(collection, rows=rows, matches=tuple(collection.matches[row] for row in kept), documents=documents)
    return Cut(left, len(collection.rows) - len(kept), len(collection.documents) - len(documents))


def dated(column: Column) -> bool:
    """Whether a column tells when something was: of dates, but not of birth."""
    return column.kind is Kind.DATE and part(column) is not Part.BIRTH_DATE


def _within(cells: Sequence[Any], columns: Sequence[tuple[int, Column]], period: Period) -> bool:
    days = list(_days(cells, columns))
    if not days:
        return True
    open_ended = any(begins and not _closed(cells, columns) for _, begins in days)
    last = date.max if open_ended else max(found for found, _ in days)
    return period.holds(min(found for found, _ in days), last)


def _days(cells: Sequence[Any], columns: Sequence[tuple[int, Column]]) -> Iterator[tuple[date, bool]]:
    """Every day of a row that says something, and whether it is one on which something began."""
    for place, column in columns:
        found = day(cells[place])
        if found is not None and known(found) and found.year > 1800:
            yield (found if found.year < _AHEAD else date.max), begins(column)


def begins(column: Column) -> bool:
    """Whether a column tells when something began that may go on: what has no end stays open."""
    return not ends(column) and (part(column) is Part.SINCE or bool(_BEGINS.search(column.name) or _BEGINS.search(column.label)))


def _closed(cells: Sequence[Any], columns: Sequence[tuple[int, Column]]) -> bool:
    """Whether a row says when it ended."""
    return any(ends(column) and day(cells[place]) is not None for place, column in columns)


def ends(column: Column) -> bool:
    """Whether a column tells when something ended."""
    return part(column) is Part.UNTIL or bool(_ENDS.search(column.name) or _ENDS.search(column.label))


def _owned(collection: Collection, gone: frozenset[int]) -> dict[str, bool]:
    """For each document that lies in a cell, whether its row is gone."""
    names = [column.name for column in collection.columns if column.kind is Kind.DOCUMENT] if collection.documents else []
    return {str(cell): row in gone for name in names for row, cell in enumerate(collection.rows[name]) if cell is not None}


def _outside(document: Document, period: Period, owned: dict[str, bool]) -> bool:
    if document.id in owned:
        return owned[document.id]
    return document.date is not None and known(document.date) and not period.holds(document.date, document.date)
