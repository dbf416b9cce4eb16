"""How the vault keeps the words of this house: as JSON that gives back exactly what went in, and runs nothing when read.

A value is written by what it is and read by what it should be: dataclasses as objects by field name, sets sorted, data frames by
column. JSON has text, numbers, truth and null; any other cell stands as an object with one name, its type: `{"date": "1980-03-09"}`.
What has more than LONG items or rows stands apart, in lines of so many below the head, which has `{"lines": true}` in its place: so
neither who writes nor who reads holds it twice. Pickle would run what it reads; Parquet turns whole numbers with a gap into fractions.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import chain, islice
from typing import Any, Generic, NamedTuple, TypeVar, cast

import orjson
import pandas as pd

from config.cells import read_cell, read_column, write_cell, write_column
from config.errors import VaultError
from config.lines import Packer, packed, unpacked

T = TypeVar("T")

FORM, IN_LINES = 1, 2
"""The versions of this form, whole and in lines; an artefact of another is refused."""

LONG = 2_000
"""More items or rows than this are written in lines of so many."""

Lines = Iterator[bytes]
Reader = Callable[[Any, Lines], Any]
Later = list[Iterable[bytes]]
Writer = Callable[[Any, Later], Any]

_REMEDY = "Run the request again with this version, or read it with the version that wrote it"
_LINES = {"lines": True}
_END = b"null"
_REPEATED = 40
"""Texts of at most so many letters are kept once, however often they come: names of columns, grounds, kinds."""


def encode(value: object) -> bytes:
    """`value` as bytes: the same value gives the same bytes. Raises VaultError where something in it cannot be kept exactly.

    >>> from config.person import Address
    >>> decode(encode((Address(city="Voorbeeldstad"),)), tuple[Address, ...])[0].city
    'Voorbeeldstad'
    """
    later: Later = []
    written = _write(value, later)
    if not later:
        return _dumped({"form": FORM, "value": written})
    return packed(_with_head(written, later))


def _with_head(written: Any, later: Later) -> Lines:
    yield _dumped({"form": IN_LINES, "value": written})
    for lines in later:
        yield from lines


class Spool(Generic[T]):
    """A tuple that is encoded while it grows: `append` takes one item, `finish` gives what `encode` gives of the tuple of all."""

    def __init__(self) -> None:
        self._packer, self._waiting, self._count = Packer(), list[T](), 0

    def append(self, item: T, /) -> None:
        """Add one item at the end."""
        self._waiting.append(item)
        if len(self._waiting) > LONG:  # one more than a line takes, so that what is not long stays whole
            self._flush(self._waiting[:LONG])
            del self._waiting[:LONG]

    def _flush(self, items: list[T]) -> None:
        if not self._count:
            self._packer.line(_dumped({"form": IN_LINES, "value": _LINES}))
        self._count += len(items)
        for line in _batch(items):
            self._packer.line(line)

    def finish(self) -> bytes:
        """The artefact; nothing can be added after it."""
        if not self._count:
            return encode(tuple(self._waiting))
        self._flush(self._waiting)
        self._packer.line(_END)
        return self._packer.finish()


def decode(data: bytes, kind: type[T]) -> T:
    """The value of type `kind` that `encode` wrote. Raises VaultError where the bytes are something else."""
    with _told(kind):
        read, lines = _opened(data)
        value = _reader(cast("Hashable", kind))(read, lines)
        if next(lines, None) is not None:
            raise ValueError("more lines than it says")
        return cast("T", value)


def decode_field(data: bytes, kind: type[Any], name: str) -> Any:
    """One field of a dataclass that `encode` wrote, without the lines of the others; where it is long itself, all is read.

    Raises VaultError as `decode` does.
    """
    with _told(kind):
        read, _ = _opened(data)
        try:
            return _reader(cast("Hashable", typing.get_type_hints(kind)[name]))(read[name], iter(()))
        except orjson.JSONDecodeError:  # a line is missed: this field has lines too, and they stand among those of the others
            return getattr(decode(data, kind), name)


@contextmanager
def _told(kind: Any) -> Iterator[None]:
    """What goes wrong in reading, as a sentence without a value."""
    try:
        yield
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError, StopIteration):
        name = getattr(kind, "__name__", str(kind))
        raise VaultError("an artefact", f"it does not hold what was asked for ({name})", _REMEDY) from None


def _opened(data: bytes) -> tuple[Any, Lines]:
    """The head, and the lines below it."""
    lines = iter((data,)) if data[:1] == b"{" else unpacked(data)
    read = orjson.loads(next(lines))
    if not isinstance(read, dict) or read.get("form") not in {FORM, IN_LINES}:
        raise VaultError("an artefact", "it has another form than this version reads", _REMEDY)
    return read["value"], lines


def _dumped(written: Any) -> bytes:
    try:
        return orjson.dumps(written)
    except orjson.JSONEncodeError:
        raise VaultError("an artefact", "it holds what JSON cannot hold exactly", "Report this; nothing was stored") from None


def _write(value: object, later: Later) -> Any:
    """What orjson can write, so that `_reader` of the type of `value` gives it back; what is long goes to `later`, in lines."""
    return _writer(cast("Hashable", type(value)))(value, later)


@cache
def _writer(kind: Any) -> Writer:
    """What writes a value of this very type; found once a type, for there are millions of values."""
    if issubclass(kind, Enum):
        return lambda value, _: value._value_
    if issubclass(kind, pd.DataFrame):
        return _write_frame
    if is_dataclass(kind):
        return _dataclass_writer(tuple(field.name for field in fields(kind)))
    return _write_several if issubclass(kind, frozenset | tuple | list | Mapping) else lambda value, _: write_cell(value)


def _dataclass_writer(names: tuple[str, ...]) -> Writer:
    return lambda value, later: {name: _write(getattr(value, name), later) for name in names}


def _write_several(value: frozenset[Any] | tuple[Any, ...] | list[Any] | Mapping[Any, Any], later: Later) -> Any:
    """Sets in one order, whatever the hash seed; mappings in their own, as pairs, for a name in JSON is always text."""
    if isinstance(value, frozenset):
        written = sorted((_write(item, later) for item in value), key=_order)
        return written if len(value) <= LONG else _apart(later, ([_dumped(batch)] for batch in _batches(written)))
    items: Iterable[Any] = value.items() if isinstance(value, Mapping) else value
    if len(value) <= LONG:
        return [_write(item, later) for item in items]
    return _apart(later, (_batch(batch) for batch in _batches(items)))


def _order(written: Any) -> str:
    """What sets are sorted by. As text: what orjson gives has kilobytes to spare behind it, which thousands of keys would hold on to."""
    return orjson.dumps(written).decode()


def _apart(later: Later, batches: Iterable[Iterable[bytes]]) -> Any:
    later.append(chain(chain.from_iterable(batches), (_END,)))
    return _LINES


def _batch(items: Sequence[Any]) -> Lines:
    """One line of items, and after it what is long in them."""
    if (line := _at_once(items)) is not None:
        yield line
        return
    later: Later = []
    yield _dumped([_write(item, later) for item in items])
    for lines in later:
        yield from lines


def _at_once(items: Sequence[Any]) -> bytes | None:
    """The line as orjson writes these items by itself, where that is the very same; None where it may not be."""
    kind = type(items[0])
    if not is_dataclass(kind) or any(type(item) is not kind for item in items):
        return None
    simple = _simple(cast("Hashable", kind))
    if simple is None or any(len(getattr(item, name)) > LONG for name in simple.several for item in items):
        return None
    try:
        line = orjson.dumps(items, option=orjson.OPT_STRICT_INTEGER | orjson.OPT_PASSTHROUGH_DATETIME)
    except orjson.JSONEncodeError:  # half a surrogate pair, a number that is too large: rare, so found out by trying
        return None
    gone = any(b'"%s":null' % name.encode() in line for name in simple.fractions)  # what orjson makes of no number
    return None if gone else line


class _Simple(NamedTuple):
    """The fields of a dataclass that hold fractions, also within what it holds, and those that hold several things."""

    fractions: frozenset[str]
    several: tuple[str, ...]


@cache
def _simple(kind: Any) -> _Simple | None:
    """Of a dataclass that orjson writes as we do; None where a field may need the form of a cell."""
    hints = typing.get_type_hints(kind, localns={"pd": pd})
    several = tuple(name for name, hint in hints.items() if typing.get_args(hint)[1:] == (...,))
    of_one = {name: typing.get_args(hint)[0] if name in several else hint for name, hint in hints.items()}
    within = [_fractions(hint) for hint in of_one.values()]
    if None in within or any(name.startswith("_") for name in hints):
        return None
    own = (name for name, hint in of_one.items() if hint is float)
    return _Simple(frozenset((*own, *chain.from_iterable(found for found in within if found))), several)


def _fractions(hint: Any) -> frozenset[str] | None:
    """The fields with fractions within what is of this type; None where it is not simple."""
    if hint in {str, int, float, bool, types.NoneType} or (isinstance(hint, type) and issubclass(hint, Enum)):
        return frozenset()
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return frozenset() if set(typing.get_args(hint)) <= {str, int, bool, types.NoneType} else None
    inner = _simple(cast("Hashable", hint)) if is_dataclass(hint) else None
    return inner.fractions if inner is not None and not inner.several else None


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(items)
    while batch := list(islice(waiting, LONG)):
        yield batch


def _write_frame(frame: pd.DataFrame, later: Later) -> dict[str, Any]:
    if len(set(map(str, frame.columns))) != len(frame.columns):
        raise VaultError("an artefact", "a table in it has two columns of one name", "Give each column a name of its own")
    if not frame.index.equals(pd.RangeIndex(len(frame))):
        raise VaultError("an artefact", "a table in it has rows that are not numbered from 0", "Reset its index")
    return {"rows": len(frame), "columns": [[str(name), str(frame[name].dtype), _write_cells(frame[name], later)] for name in frame]}


def _write_cells(column: pd.Series[Any], later: Later) -> Any:
    if len(column) <= LONG:
        return write_column(str(column.name), column)
    pages = (column.iloc[start : start + LONG] for start in range(0, len(column), LONG))
    return _apart(later, ([_dumped(write_column(str(column.name), page))] for page in pages))


def _read_frame(read: Mapping[str, Any], lines: Lines) -> pd.DataFrame:
    rows = read["rows"]
    columns = {name: read_column(_pages(cells, lines), rows, dtype) for name, dtype, cells in read["columns"]}
    index = pd.RangeIndex(rows)
    return pd.DataFrame(columns, index=index) if columns else pd.DataFrame(index=index, columns=pd.Index([], dtype=object))


def _pages(read: Any, lines: Lines) -> Iterator[list[Any]]:
    """A list as it stands, or the lists of its lines."""
    if read != _LINES:
        yield _list(read)
        return
    while (page := orjson.loads(next(lines, b""))) is not None:  # a line that is missing is no JSON
        yield _list(page)


def _items(read: Any, lines: Lines) -> Iterator[Any]:
    for page in _pages(read, lines):
        yield from page


@cache
def _reader(kind: Any) -> Reader:
    """What turns JSON into a value of type `kind`; made once a type, from its annotations."""
    if typing.get_origin(kind) is not None:
        return _generic(typing.get_origin(kind), typing.get_args(kind))
    if kind is pd.DataFrame:
        return _read_frame
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda read, _: kind(read)
    return _dataclass(kind) if is_dataclass(kind) else _plain(kind)


def _generic(origin: Any, inner: tuple[Any, ...]) -> Reader:
    if origin in {typing.Union, types.UnionType}:
        return _optional(inner)
    each = _reader(inner[0])
    if origin is tuple and inner[1:] == (...,):
        return lambda read, lines: tuple([each(item, lines) for item in _items(read, lines)])
    if origin is frozenset:
        return lambda read, lines: frozenset([each(item, lines) for item in _items(read, lines)])
    if issubclass(origin, Mapping):
        value = _reader(inner[1])
        return lambda read, lines: {each(name, lines): value(item, lines) for name, item in _items(read, lines)}
    raise TypeError("a type that no word of this house uses")


def _optional(inner: tuple[Any, ...]) -> Reader:
    (wanted,) = (kind for kind in inner if kind is not type(None))
    some = _reader(wanted)
    return lambda read, lines: None if read is None else some(read, lines)


def _list(read: Any) -> list[Any]:
    if not isinstance(read, list):
        raise TypeError("not a list")
    return read


def _plain(kind: Any) -> Reader:
    def read_exactly(read: Any, _: Lines) -> Any:
        value = read_cell(read)
        if kind is not Any and type(value) is not kind:
            raise TypeError("another type")
        return sys.intern(value) if kind is str and len(value) <= _REPEATED else value

    def read_text(read: Any, lines: Lines) -> Any:
        if type(read) is str:
            return sys.intern(read) if len(read) <= _REPEATED else read
        return read_exactly(read, lines)

    return read_text if kind is str else read_exactly


def _dataclass(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind, localns={"pd": pd})  # the words name pandas for the type checker alone
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if not _has_default(field)}

    names, each = list(readers), tuple(readers.items())

    def build(read: Any, lines: Lines) -> Any:
        if not isinstance(read, dict) or not needed <= read.keys() <= readers.keys():
            raise TypeError("other fields")
        if list(read) == names:  # as it was written by this version
            return kind(*[reader(read[name], lines) for name, reader in each])
        return kind(**{name: readers[name](value, lines) for name, value in read.items()})

    return build


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
