"""`dossier.json`: written page by page, and checked against its JSON Schema on every write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from outputs.dossier import Dossier
from outputs.plain_data import collection_head, row, skeleton
from outputs.shown import PAGE, Shown, shown

SCHEMA = Path(__file__).parent / "dossier.schema.json"


def to_json(dossier: Dossier) -> bytes:
    """`dossier.json` as bytes: the same for the same dossier.

    Raises jsonschema.ValidationError, without the instance, where the data do not fit the schema: an error of ours.
    """
    whole = skeleton(dossier)
    views = [shown(collection) for collection in dossier.collections]
    whole["collections"] = [collection_head(dossier, view) | {"rows": []} for view in views]
    _check(_validator(""), whole)
    whole["collections"] = [collection_head(dossier, view) | {"rows": orjson.Fragment(_rows(view))} for view in views]
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _rows(view: Shown) -> bytes:
    return b"[" + b",\n".join(_pages(view)) + b"]"


def _pages(view: Shown) -> Iterator[bytes]:
    validator, columns = _validator("#/$defs/rows"), view.columns
    for start in range(0, len(view.marks), PAGE):
        numbers = np.arange(start, min(start + PAGE, len(view.marks)))
        page = [row(view, cells, columns) for _, cells in view.rows(numbers, columns)]
        _check(validator, page)
        yield orjson.dumps(page)[1:-1]


def _check(validator: Any, instance: object) -> None:
    """Raise the first error without the value that caused it: a row is somebody's life."""
    for error in validator.iter_errors(instance):
        raise ValidationError(f"dossier.json does not fit its schema at {'/'.join(map(str, error.schema_path))}") from None


@cache
def _validator(reference: str) -> Any:
    schema = orjson.loads(SCHEMA.read_bytes())
    quick = extend(Draft202012Validator, {"additionalProperties": _additional})  # type: ignore[no-untyped-call]  # as the stubs have it
    return quick({"$ref": reference, "$defs": schema["$defs"]} if reference else schema)


_NAMES: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def _additional(validator: Any, allowed: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The keyword as the standard has it; where only the type of each value is asked, that is looked up instead of derived."""
    plain = isinstance(allowed, dict) and set(allowed) == {"type"} and isinstance(instance, dict) and "properties" not in schema
    if plain and {_NAMES.get(type(value), "") for value in instance.values()} <= {*allowed["type"]}:
        return
    usual: Callable[..., Iterator[ValidationError]] = Draft202012Validator.VALIDATORS["additionalProperties"]
    yield from usual(validator, allowed, instance, schema)
