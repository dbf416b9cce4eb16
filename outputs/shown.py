"""One collection as it may be printed: every cell is a value, or the ground on which it is withheld, and nothing else."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.collection import Column, Kind
from config.discretion import discreet
from config.errors import ConservationError
from config.redacted import Disposition, RedactedCollection, RedactedDocument

Value: TypeAlias = str | int | float | bool | Decimal | date | datetime | None
"""What a cell holds; None is empty, or withheld where there is a ground."""

_YEAR = r"(?P<y>1[89]\d\d|2\d\d\d|9999)"
_COMPACT = re.compile(rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?:(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d))?")
_TIME = r"(?:[ T]+(?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?)?"
_DUTCH = re.compile(rf"(?P<d>\d{{1,2}})[-/](?P<m>\d{{1,2}})[-/]{_YEAR}{_TIME}")
_ISO = re.compile(rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d){_TIME}")
_POINTS = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+|-?\d+\.(?:\d{1,2}|\d{4,})|-?\d+|-?\d{1,3}(?:,\d{3}){2,}")
_COMMAS = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d+,(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:\.\d{3}){2,}")
_COIN = re.compile(r"[€$£]|\bEUR\b|\s")

NO_END = 2_900
"""From this year on a date stands for "no end": 9999-12-31, 2999-12-31."""

PAGE = 2_000
"""So many rows are taken from the table at a time, so that memory does not grow with the rows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """In place of a withheld value: the code of its ground."""

    ground: str


Cell: TypeAlias = Value | Mark


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A redacted collection, with for each cell the index in `codes` of its ground, or -1 where it may be shown."""

    collection: RedactedCollection
    codes: tuple[str, ...]
    marks: npt.NDArray[np.int8]
    order: npt.NDArray[np.intp]  # row numbers, newest first
    dated: str  # the column that orders them; "" where there is none
    days: npt.NDArray[np.object_]  # a date or None for each row, of the column `dated`

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in which something may be shown."""
        return tuple(c for i, c in enumerate(self.collection.columns) if not c.withhold and not (len(self.marks) and self._whole(i)))

    @property
    def hidden(self) -> tuple[tuple[Column, str], ...]:
        """The columns of which nothing is shown, each with the code of its ground ("" where it held nothing)."""
        shown = set(self.columns)
        return tuple((c, self._code(i)) for i, c in enumerate(self.collection.columns) if c not in shown)

    def _whole(self, column: int) -> bool:
        return bool((self.marks[:, column] >= 0).all())

    def _code(self, column: int) -> str:
        found = self.marks[:, column]
        return self.codes[found.max()] if len(found) and found.max() >= 0 else ""

    def rows(self, numbers: Sequence[int] | npt.NDArray[np.intp], columns: Sequence[Column]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The rows with these numbers (from 0, as collected), each with its number and the cells of `columns`."""
        where = [self.collection.columns.index(column) for column in columns]
        for start in range(0, len(numbers), PAGE):
            page = np.asarray(numbers[start : start + PAGE], dtype=np.intp)
            values = self.collection.rows.iloc[page, where].to_numpy(dtype=object)
            marks = self.marks[page][:, where]
            for number, cells, codes in zip(page.tolist(), values.tolist(), marks.tolist(), strict=True):
                triples = zip(columns, cells, codes, strict=True)
                yield number, tuple(Mark(self.codes[code]) if code >= 0 else told(column, value) for column, value, code in triples)


def doubted(collection: RedactedCollection) -> npt.NDArray[np.bool_]:
    """Which rows stay away whole, as nobody judged yet whether they are about the resident, or somebody judged that they are not."""
    rows = np.zeros(len(collection.rows), dtype=bool)
    rows[[r.row for r in collection.redactions if r.row is not None and not r.column]] = True
    return rows


def doubted_papers(collection: RedactedCollection) -> list[RedactedDocument]:
    """The same of its documents: withheld whole, though they could be read."""
    return [d for d in collection.documents if d.disposition is Disposition.WITHHELD and not d.remark]


def shown(collection: RedactedCollection) -> Shown:
    """`collection` with the ground at each withheld cell, newest row first.

    Raises ConservationError where a cell is withheld without a ground: nobody could explain it to the resident.
    """
    codes = tuple(sorted({redaction.ground for redaction in collection.redactions}))
    marks = _marks(collection, codes)
    dated, days = _days(collection, marks)
    keys = [(day is None, -day.toordinal() if day else 0, number) for number, day in enumerate(days)]
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)
    return Shown(collection, codes, marks, order, dated, days)


def _marks(collection: RedactedCollection, codes: Sequence[str]) -> npt.NDArray[np.int8]:
    """The ground of each withheld cell: its own, or else that of its row, or else that of its column."""
    names = {column.name: i for i, column in enumerate(collection.columns)}
    grounds = np.full(collection.rows.shape, -1, dtype=np.int8)
    of_rows = (r for r in collection.redactions if not r.document)
    for r in sorted(of_rows, key=lambda r: (r.row is not None, r.row is not None and bool(r.column))):
        grounds[slice(None) if r.row is None else r.row, names[r.column] if r.column else slice(None)] = codes.index(r.ground)
    withheld = collection.dispositions.to_numpy() == Disposition.WITHHELD
    if bare := int((withheld & (grounds < 0)).sum()):
        raise ConservationError(
            f"{collection.source}.{collection.entity}",
            f"{bare} cells are withheld without a ground",
            "Report this run; nothing was released",
        )
    return np.where(withheld, grounds, -1).astype(np.int8)


def _days(collection: RedactedCollection, marks: npt.NDArray[np.int8]) -> tuple[str, npt.NDArray[np.object_]]:
    """The column of dates that is filled best (the first of those, but never a birth date), and its days."""
    best, name, days = 0, "", np.full(len(collection.rows), None, dtype=object)
    for i, column in enumerate(collection.columns):
        if column.kind is not Kind.DATE or column.withhold or birth(column):
            continue
        found = np.array([None if m >= 0 else day(v) for v, m in zip(collection.rows[column.name], marks[:, i], strict=True)], dtype=object)
        if (filled := sum(d is not None for d in found)) > best:
            best, name, days = filled, column.name, found
    return name, days


def birth(column: Column) -> bool:
    """Whether the column holds dates of birth, which say nothing of when a record was made."""
    return "geboorte" in f"{column.name} {column.label}".lower() or "birth" in column.name.lower()


def day(value: object) -> date | None:
    """The day that a cell of dates holds, None where it is none or stands for "no end" (2100 and later)."""
    found = _day(value)
    return found if found and 1800 <= found.year < 2100 else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return None if pd.isna(value) else value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    found = _written(str(value).strip())
    if isinstance(found, datetime):
        return found.date()
    try:
        return found or date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@lru_cache(maxsize=20_000)
def _written(value: str) -> date | None:
    """A day, or a moment, as systems and exports write it: 20190211, 11-02-2019, 2019-02-11 13:45:00."""
    found = _COMPACT.fullmatch(value) or _DUTCH.fullmatch(value) or _ISO.fullmatch(value)
    if not found:
        return None
    hour, minute, second = (int(found[part] or 0) for part in "HMS")
    try:
        when = date(*(int(found[part]) for part in "ymd"))
        return datetime.combine(when, time(hour, minute, second)) if hour or minute or second else when
    except ValueError:
        return None


def told(column: Column, value: object) -> Value:
    """What is printed of a value: as it is held, but a day or a sum that a source keeps as something else is shown as what it is."""
    if type(value) is str and column.kind not in (Kind.DATE, Kind.AMOUNT):  # what most cells are
        return value
    if column.kind is Kind.DATE and isinstance(value, str | int) and not isinstance(value, bool):
        return _written(str(value).strip()) or plain(value)
    if column.kind is Kind.AMOUNT and isinstance(value, str):
        return sum_of(value) or plain(value)
    return plain(value)


def sum_of(text: str) -> Decimal | None:
    """A sum of money that is held as text, None where it is none or could be two: "1.234" may be a thousand or one.

    >>> sum_of("$1,234.56"), sum_of("€ 1.234,56"), sum_of("-12,5"), sum_of("1.234")
    (Decimal('1234.56'), Decimal('1234.56'), Decimal('-12.5'), None)
    """
    bare = _COIN.sub("", text)
    if bare.startswith("(") and bare.endswith(")"):  # as bookkeepers, and PostgreSQL in some places, write less than nothing
        bare = f"-{bare[1:-1]}"
    if _POINTS.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return Decimal(bare.replace(".", "").replace(",", ".")) if _COMMAS.fullmatch(bare) else None


def plain(value: object) -> Value:
    """`value` with what is no value (NaN, NaT) made None, and what is no plain type made text."""
    if value is None or value is pd.NaT or (isinstance(value, float | Decimal) and math.isnan(value)):
        return None
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    return value if isinstance(value, str | int | float | Decimal | date) else str(value)


def empty(cell: Cell) -> bool:
    """Whether the source held nothing here."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
