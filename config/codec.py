"""How the vault keeps the words of this house: as JSON that gives back exactly what went in, and runs nothing when read.

A value is written by what it is and read by what it should be: dataclasses as objects by field name, sets sorted, data frames by
column. JSON has text, numbers, truth and null; any other cell stands as an object with one name, its type: `{"date": "1980-03-09"}`.
Pickle would run what it reads; Parquet turns whole numbers with a gap into fractions.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

import orjson
import pandas as pd

from config.cells import read_cell, read_column, write_cell, write_column
from config.errors import VaultError

T = TypeVar("T")

FORM = 1
"""The version of this form; an artefact of another is refused."""

_REMEDY = "Run the request again with this version, or read it with the version that wrote it"


def encode(value: object) -> bytes:
    """`value` as bytes: the same value gives the same bytes. Raises VaultError where something in it cannot be kept exactly.

    >>> from config.person import Address
    >>> decode(encode((Address(city="Voorbeeldstad"),)), tuple[Address, ...])[0].city
    'Voorbeeldstad'
    """
    try:
        return orjson.dumps({"form": FORM, "value": _write(value)})
    except orjson.JSONEncodeError:
        raise VaultError("an artefact", "it holds what JSON cannot hold exactly", "Report this; nothing was stored") from None


def decode(data: bytes, kind: type[T]) -> T:
    """The value of type `kind` that `encode` wrote. Raises VaultError where the bytes are something else."""
    try:
        read = orjson.loads(data)
        if not isinstance(read, dict) or read.get("form") != FORM:
            raise VaultError("an artefact", "it has another form than this version reads", _REMEDY)
        return cast("T", _reader(cast("Hashable", kind))(read["value"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        name = getattr(kind, "__name__", str(kind))
        raise VaultError("an artefact", f"it does not hold what was asked for ({name})", _REMEDY) from None


def _write(value: object) -> Any:
    """What orjson can write, so that `_reader` of the type of `value` gives it back."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, pd.DataFrame):
        return _write_frame(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _write(getattr(value, field.name)) for field in fields(value)}
    return _write_several(value) if isinstance(value, frozenset | tuple | list | Mapping) else write_cell(value)


def _write_several(value: frozenset[Any] | tuple[Any, ...] | list[Any] | Mapping[Any, Any]) -> list[Any]:
    """Sets in one order, whatever the hash seed; mappings in their own, as pairs, for a name in JSON is always text."""
    if isinstance(value, frozenset):
        return sorted((_write(item) for item in value), key=orjson.dumps)
    if isinstance(value, Mapping):
        return [[_write(key), _write(item)] for key, item in value.items()]
    return [_write(item) for item in value]


def _write_frame(frame: pd.DataFrame) -> dict[str, Any]:
    if len(set(map(str, frame.columns))) != len(frame.columns):
        raise VaultError("an artefact", "a table in it has two columns of one name", "Give each column a name of its own")
    if not frame.index.equals(pd.RangeIndex(len(frame))):
        raise VaultError("an artefact", "a table in it has rows that are not numbered from 0", "Reset its index")
    columns = [[str(name), str(frame[name].dtype), write_column(str(name), frame[name])] for name in frame.columns]
    return {"rows": len(frame), "columns": columns}


def _read_frame(read: Mapping[str, Any]) -> pd.DataFrame:
    columns = {name: read_column(values, dtype) for name, dtype, values in read["columns"]}
    index = pd.RangeIndex(read["rows"])
    return pd.DataFrame(columns, index=index) if columns else pd.DataFrame(index=index, columns=pd.Index([], dtype=object))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What turns JSON into a value of type `kind`; made once a type, from its annotations."""
    if typing.get_origin(kind) is not None:
        return _generic(typing.get_origin(kind), typing.get_args(kind))
    if kind is pd.DataFrame:
        return _read_frame
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _dataclass(kind) if is_dataclass(kind) else _plain(kind)


def _generic(origin: Any, inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if origin in {typing.Union, types.UnionType}:
        return _optional(inner)
    each = _reader(inner[0])
    if origin is tuple and inner[1:] == (...,):
        return lambda read: tuple([each(item) for item in _list(read)])
    if origin is frozenset:
        return lambda read: frozenset([each(item) for item in _list(read)])
    if issubclass(origin, Mapping):
        value = _reader(inner[1])
        return lambda read: {each(name): value(item) for name, item in _list(read)}
    raise TypeError("a type that no word of this house uses")


def _optional(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    (wanted,) = (kind for kind in inner if kind is not type(None))
    some = _reader(wanted)
    return lambda read: None if read is None else some(read)


def _list(read: Any) -> list[Any]:
    if not isinstance(read, list):
        raise TypeError("not a list")
    return read


def _plain(kind: Any) -> Callable[[Any], Any]:
    def read_exactly(read: Any) -> Any:
        value = read_cell(read)
        if kind is not Any and type(value) is not kind:
            raise TypeError("another type")
        return value

    return read_exactly


def _dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind, localns={"pd": pd})  # the words name pandas for the type checker alone
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if not _has_default(field)}

    def build(read: Any) -> Any:
        if not isinstance(read, dict) or not needed <= read.keys() <= readers.keys():
            raise TypeError("other fields")
        return kind(**{name: readers[name](value) for name, value in read.items()})

    return build


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
