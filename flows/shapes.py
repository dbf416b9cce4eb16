"""The shape that each source had when a person last looked: kept beside the vault, so that every worker tells what changes since.

It holds names of tables, columns and types, and nothing of any person.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import fsspec
import orjson

from cases import MasterKey
from config.settings import Source
from connectors import Cabinet, SourceReport
from flows.workplace import home, vault_url


def with_shape(source: Source) -> Source:
    """The source, with the shape that was remembered of it under `remembered`, and under `cabinet` where its indexes may be kept."""
    remembered = _read().get(source.name)
    cabinet = Cabinet(home() / "indexes", MasterKey.find(home()).derive("indexes"))
    return replace(source, options={**source.options, "cabinet": cabinet, **({"remembered": remembered} if remembered else {})})


def remember(reports: Iterable[SourceReport], *, anew: bool) -> None:
    """Keep the shape of each source that answered whole: of those not yet known, or `anew` of all, which a person accepted."""
    known = dict(_read())
    for report in reports:
        if report.reachable and report.authorised and report.shape and (anew or report.source not in known):
            known[report.source] = {"shape": report.shape, "tables": sorted(report.tables), "accepted": anew}
    _write(known)


def _place() -> tuple[Any, str]:
    """The file system of the vault, which all workers share, and the file on it: among no request's files."""
    files, root = fsspec.core.url_to_fs(vault_url())
    return files, f"{root}/.shapes/shapes.json"


def _read() -> Mapping[str, Any]:
    files, path = _place()
    with suppress(FileNotFoundError):
        read: Mapping[str, Any] = orjson.loads(files.cat_file(path))
        return read
    return {}


def _write(known: Mapping[str, Any]) -> None:
    """Whole, or not at all: who reads meanwhile has what was there."""
    files, path = _place()
    beside = f"{path}.{uuid.uuid4().hex}"
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    files.pipe_file(beside, orjson.dumps(known, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    files.mv(beside, path)
