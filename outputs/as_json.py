"""`dossier.json`: written row by row, and checked against its JSON Schema on every write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any

import jsonschema_rs
import numpy as np
import orjson

from config.errors import ConservationError
from outputs.dossier import Dossier
from outputs.plain_data import collection_head, redactions, row, skeleton
from outputs.shown import PAGE, Shown, shown

SCHEMA = Path(__file__).parent / "dossier.schema.json"


def to_json(dossier: Dossier) -> bytes:
    """`dossier.json` as bytes: the same for the same dossier. Raises ConservationError as `write_json` does."""
    out = BytesIO()
    write_json(dossier, out)
    return out.getvalue()


def write_json(dossier: Dossier, file: IO[bytes]) -> None:
    """Write `dossier.json`, a row and a redaction a line, so that neither who writes nor who reads holds them all.

    Raises ConservationError, without a value, where the data do not fit the schema: an error of ours.
    """
    whole = skeleton(dossier)
    heads = [collection_head(dossier, view) for view in map(shown, dossier.collections)]
    _check(_validator(""), whole | {"collections": [head | {"rows": []} for head in heads], "redactions": []})
    for n, (key, value) in enumerate(whole.items()):
        file.write(b'%s\n  "%s": ' % (b"," if n else b"{", key.encode()))
        if key == "collections":
            _collections(file, dossier, heads)
        elif key == "redactions":
            _lines(file, _checked(redactions(dossier), "redactions"), b"  ")
        else:
            file.write(_indented(value, b"  "))
    file.write(b"\n}\n")


def _collections(file: IO[bytes], dossier: Dossier, heads: Iterable[dict[str, Any]]) -> None:
    file.write(b"[")
    for n, (collection, head) in enumerate(zip(dossier.collections, heads, strict=True)):
        file.write(b"%s\n    " % (b"," if n else b""))
        file.write(_indented(head, b"    ").removesuffix(b"\n    }"))
        file.write(b',\n      "rows": ')
        _lines(file, _checked(_rows(shown(collection)), "rows"), b"      ")
        file.write(b"\n    }")
    file.write(b"\n  ]")


def _indented(value: object, by: bytes) -> bytes:
    """A value over several lines, all but the first moved in: JSON has no end of line within a text."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n" + by)


def _lines(file: IO[bytes], items: Iterable[dict[str, Any]], by: bytes) -> None:
    """A list with an item a line, which begins at the left edge: that is how a reader can pass over them."""
    file.write(b"[")
    waiting, n = iter(items), 0
    while page := [orjson.dumps(item) for item in islice(waiting, PAGE)]:
        file.write(b",\n" if n else b"\n")
        file.write(b",\n".join(page))
        n += len(page)
    file.write(b"\n" + by + b"]" if n else b"]")


def _rows(view: Shown) -> Iterator[dict[str, Any]]:
    columns = view.columns
    for _, cells in view.rows(np.arange(len(view.marks)), columns):
        yield row(view, cells, columns)


def _checked(items: Iterable[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    validator, waiting = _validator(kind), iter(items)
    while page := list(islice(waiting, PAGE)):
        _check(validator, page)
        yield from page


def _check(validator: Any, instance: object) -> None:
    """Raise the first error without the value that caused it: a row is somebody's life."""
    if not validator.is_valid(instance):
        error = next(validator.iter_errors(instance))
        where = "/".join(map(str, error.schema_path))
        raise ConservationError("dossier.json", f"does not fit its schema at {where}", "Report this run; nothing was released") from None


@cache
def _validator(part: str) -> Any:
    """Of the whole, or of one long list in it: `rows` or `redactions`."""
    schema = orjson.loads(SCHEMA.read_bytes())
    of_part = schema["$defs"]["rows"] if part == "rows" else schema["properties"].get(part, schema)
    return jsonschema_rs.Draft202012Validator({"$defs": schema["$defs"], **of_part})
