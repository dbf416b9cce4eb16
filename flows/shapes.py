"""The shape that each source had when a person last looked: kept in INZAGE_HOME, so that what changes since is told.

It holds names of tables, columns and types, and nothing of any person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from cases import MasterKey
from config.settings import Source
from connectors import Cabinet, SourceReport
from flows.workplace import home


def with_shape(source: Source) -> Source:
    """The source, with the shape that was remembered of it under `remembered`, and under `cabinet` where its indexes may be kept."""
    remembered = _read().get(source.name)
    cabinet = Cabinet(home() / "indexes", MasterKey.find(home()).derive("indexes"))
    return replace(source, options={**source.options, "cabinet": cabinet, **({"remembered": remembered} if remembered else {})})


def remember(reports: Iterable[SourceReport], *, anew: bool) -> None:
    """Keep the shape of each source that answered whole: of those not yet known, or `anew` of all."""
    known = dict(_read())
    for report in reports:
        if report.reachable and report.authorised and report.shape and (anew or report.source not in known):
            known[report.source] = {"shape": report.shape, "tables": sorted(report.tables)}
    _write(known)


def _file() -> Path:
    return home() / "shapes.json"


def _read() -> Mapping[str, Any]:
    if not _file().is_file():
        return {}
    read: Mapping[str, Any] = orjson.loads(_file().read_bytes())
    return read


def _write(known: Mapping[str, Any]) -> None:
    beside = _file().with_suffix(".new")
    beside.write_bytes(orjson.dumps(known, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    beside.replace(_file())
