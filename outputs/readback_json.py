"""Reads a file of JSON back: what stands around its rows as a tree, the rows themselves as text, many at a time.

`dossier.json` has each row, and each place where something was withheld, on a line of its own at the left edge. A file that
is written otherwise is read as a tree as a whole, which finds the same and takes more room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import orjson

from outputs.as_json import SCHEMA
from outputs.needles import BETWEEN

_CODES = frozenset({"status", "kind", "source", "entity", "activity", "id", "ground", "sha256", "configuration", "remedy"})
"""Keys whose values come from the schema or the configuration, never from a source; not so among rows, whose keys are columns."""

_ROWS = "rows"
BLOCK = 1 << 20
"""So many bytes of lines are read at once."""

_PLACE = re.compile(
    r'^\{"source":"[^"\\]*","entity":"[^"\\]*","row":(?:\d+|null),"column":("(?:[^"\\]|\\.)*"),'
    r'"document":(?:"D\d+"|null),"count":\d+,"ground":"[^"\\]*"\},?$',
    re.MULTILINE,
)
"""A redaction: all of it is a place, but the column, which where a file has no head is what stood in its first row."""

_SEAM = re.compile(r'(?<!\\)"\s*[,:\]}]')
"""Where a text ends: what follows is another value."""

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}


def json_layers(content: bytes) -> Iterator[tuple[str, Iterator[str]]]:
    """The tree, and the rows where they stand apart."""
    tree = around(content)
    apart = not any(held[_ROWS] for held in _collections(tree))
    yield "values", _values(tree, _keys())
    if apart:
        yield _ROWS, _lines(content)


def around(content: bytes) -> Any:
    """The parsed file without the rows that stand on lines of their own; with all of it where none do."""
    try:
        return orjson.loads(b"".join(line for line in BytesIO(content) if not _is_row(line)))
    except orjson.JSONDecodeError:  # other software put it all on one line
        return orjson.loads(content)


def _is_row(line: bytes) -> bool:
    return line.startswith(b'{"')


def _collections(tree: Any) -> list[Any]:
    held = tree.get("collections", ()) if isinstance(tree, dict) else ()
    return [each for each in held if isinstance(each, dict) and _ROWS in each]


def _lines(content: bytes) -> Iterator[str]:
    waiting: list[bytes] = []
    size = 0
    for line in filter(_is_row, BytesIO(content)):
        waiting.append(line)
        size += len(line)
        if size > BLOCK:
            yield _said(b"".join(waiting))
            waiting, size = [], 0
    yield _said(b"".join(waiting))


def _said(rows: bytes) -> str:
    """All values and names of columns in rows of JSON, apart from each other."""
    text = _SEAM.sub(BETWEEN, _PLACE.sub(r"\1", rows.decode("utf-8")))
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _NAMED.get(code, code)


@cache
def _keys() -> frozenset[str]:
    """The keys that the schema itself gives: no data stands in them."""
    found: set[str] = set()
    todo: list[Any] = [orjson.loads(SCHEMA.read_bytes())]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            found |= set(node.get("properties", ()))
            todo += node.values()
        elif isinstance(node, list):
            todo += node
    return frozenset(found)


def _values(node: Any, known: frozenset[str], key: str = "") -> Iterator[str]:
    """Every value, and every key that is not `known`; among rows all keys are names of columns, and none is known."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in known:
                yield name
            yield from _values(value, frozenset() if name == _ROWS else known, name if known else "")
    elif isinstance(node, list):
        for item in node:
            yield from _values(item, known, key)
    elif node is not None and not isinstance(node, bool) and key not in _CODES:
        yield str(node)
