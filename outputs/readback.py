"""Reads finished files back, layer by layer, as text: with other libraries than those that wrote them.

A layer is what a person or a program could look into: the text of the pages, the metadata, the bookmarks, a part of the
workbook. Each is given in pieces that belong together, a page or a cell, so that no value arises where two of them meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, TypeAlias

import orjson

from config.errors import LeakError
from outputs.as_json import SCHEMA
from outputs.readback_pdf import pdf_layers
from outputs.readback_xlsx import xlsx_layers

Layer: TypeAlias = tuple[str, Iterator[str]]

_CODES = frozenset({"status", "kind", "source", "entity", "activity", "id", "ground", "sha256", "configuration", "remedy"})
"""Keys whose values come from the schema or the configuration, never from a source."""


def layers(name: str, content: bytes, passphrase: str = "") -> Iterator[Layer]:
    """The layers of one file. Raises LeakError for a kind of file that cannot be searched: what nobody can check may not leave."""
    yield "name", iter([name])
    match name.rsplit(".", 1)[-1]:
        case "pdf":
            yield from pdf_layers(content, passphrase)
        case "xlsx":
            yield from xlsx_layers(BytesIO(content))
        case "json":
            if content != SCHEMA.read_bytes():
                yield "values", _values(orjson.loads(content), _keys())
        case "txt":
            yield "text", iter(content.decode("utf-8").split("\n"))
        case _:
            raise LeakError(
                "the dossier", "holds a kind of file that cannot be searched", "Leave it out, or teach outputs.readback to read it"
            )


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
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in known:
                yield name
            yield from _values(value, known, name)
    elif isinstance(node, list):
        for item in node:
            yield from _values(item, known, key)
    elif node is not None and not isinstance(node, bool) and key not in _CODES:
        yield str(node)
