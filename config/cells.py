"""One cell, or one column of them, as JSON and back: exactly, whatever a source holds, and fast where it is ordinary."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import pandas as pd

from config.errors import VaultError

_SAFE = frozenset({str, bool, type(None)})
_SMALL = 2**53
"""Whole numbers up to here are the same in every reader of JSON; larger ones are written as text."""

_MOST_KNOWN = 5_000
"""Of so many different texts a column remembers that it has them: those that come often come early."""

Cell = Any
"""A plain value of a source: str, int, float, bool, None, Decimal, date, datetime, time, timedelta, bytes or UUID."""


def write_cell(value: Cell) -> Any:
    """The cell as orjson writes it. Raises VaultError for a type that would not come back as it was.

    >>> write_cell("a"), write_cell(date(1980, 3, 9)), write_cell(float("nan"))
    ('a', {'date': '1980-03-09'}, {'float': 'nan'})
    """
    writer = _WRITERS.get(type(value))
    if writer is None:
        raise VaultError(
            "an artefact",
            f"it holds a value of type {type(value).__name__}, which has no exact form",
            "Let the connector give plain values",
        )
    return writer(value)


def read_cell(read: Any) -> Cell:
    """The cell that `write_cell` wrote; KeyError or ValueError where it is something else."""
    if isinstance(read, dict):
        ((name, text),) = read.items()
        return _READERS[name](text)
    return read


def write_column(name: str, column: pd.Series[Any]) -> Any:
    """All cells of a column. Raises VaultError, with the name of the column, for a type that has no exact form."""
    cells = column.tolist() if column.dtype != object else list(column.array)
    kinds = set(map(type, cells))
    if kinds <= _SAFE:
        try:
            return orjson.Fragment(orjson.dumps(cells))
        except orjson.JSONEncodeError:  # half a surrogate pair somewhere: rare, so found out by trying
            pass
    try:
        return [write_cell(cell) for cell in cells]
    except VaultError as error:
        raise VaultError(f"column {name}", error.wrong.replace("it holds", "holds"), error.remedy) from None


def read_column(pages: Iterable[list[Any]], rows: int, dtype: str) -> pd.Series[Any]:
    """The column of so many rows that `write_column` wrote, page by page, of the same dtype; a text that comes often is kept once."""
    values, filled, known = np.empty(rows, dtype=object), 0, dict[str, str]()
    for page in pages:
        cells = [_known(cell, known) if type(cell) is str else read_cell(cell) if type(cell) is dict else cell for cell in page]
        values[filled : filled + len(cells)] = cells
        filled += len(cells)
    if filled != rows:
        raise ValueError("another number of cells than of rows")
    return pd.Series(values, dtype=object) if dtype == "object" else pd.Series(values.tolist(), dtype=dtype)


def _known(text: str, known: dict[str, str]) -> str:
    if len(known) >= _MOST_KNOWN:
        return known.get(text, text)
    return known.setdefault(text, text)


def _text(value: str) -> Any:
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair, as a damaged export may hold
        return {"text": base64.b64encode(value.encode("utf-8", "surrogatepass")).decode()}
    return value


def _whole(value: int) -> Any:
    return value if -_SMALL <= value <= _SMALL else {"int": str(value)}


def _fraction(value: float) -> Any:
    return value if math.isfinite(value) else {"float": repr(value)}


def _moment(value: datetime) -> Any:
    """ISO 8601; a named zone follows in brackets (RFC 9557), and `fold` where the clock strikes twice."""
    zone = f"[{value.tzinfo.key}]" if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key else ""
    return {"datetime": f"{value.isoformat()}{zone}{'[fold]' if value.fold else ''}"}


def _read_moment(text: str) -> datetime:
    stamp, *marks = text.replace("]", "").split("[")
    zones = [mark for mark in marks if mark != "fold"]
    moment = datetime.fromisoformat(stamp)
    return moment.replace(tzinfo=ZoneInfo(zones[0]) if zones else moment.tzinfo, fold=int("fold" in marks))


def _read_time(text: str) -> time:
    stamp, *marks = text.replace("]", "").split("[")
    return time.fromisoformat(stamp).replace(fold=int("fold" in marks))


def _length(value: timedelta) -> Any:
    return {"timedelta": f"{value.days} {value.seconds} {value.microseconds}"}


def _read_length(text: str) -> timedelta:
    days, seconds, microseconds = map(int, islice(text.split(" "), 3))
    return timedelta(days, seconds, microseconds)


_WRITERS: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        type(None): lambda value: value,
        bool: lambda value: value,
        str: _text,
        int: _whole,
        float: _fraction,
        Decimal: lambda value: {"decimal": str(value)},
        date: lambda value: {"date": value.isoformat()},
        datetime: _moment,
        time: lambda value: {"time": f"{value.isoformat()}{'[fold]' if value.fold else ''}"},
        timedelta: _length,
        bytes: lambda value: {"bytes": base64.b64encode(value).decode()},
        UUID: lambda value: {"uuid": str(value)},
    }
)

_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "text": lambda text: base64.b64decode(text, validate=True).decode("utf-8", "surrogatepass"),
        "int": int,
        "float": float,
        "decimal": Decimal,
        "date": date.fromisoformat,
        "datetime": _read_moment,
        "time": _read_time,
        "timedelta": _read_length,
        "bytes": lambda text: base64.b64decode(text, validate=True),
        "uuid": UUID,
    }
)
