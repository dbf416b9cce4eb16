"""`inzage sources check` for sources that consist of tables: is it there, does it let us in, is it as sources.yaml says, is it filled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from config.errors import SourceError, SourceRefused, SourceUnavailable
from config.settings import Entity, Source
from connectors.asking.contract import SourceReport, Tables
from connectors.asking.shape import drift, shape_of

OpensTables = Callable[[Source], AbstractContextManager[Tables]]


def checked(source: Source, entities: Sequence[Entity], opens: OpensTables) -> SourceReport:
    """The report on one source; each entity is looked at, also after another failed."""
    started = time.monotonic()
    lines: list[str] = []
    rows: dict[str, int] = {}
    reachable = authorised = True
    try:
        with opens(source) as tables:
            for entity in entities:
                refused = _entity(tables, entity, lines, rows)
                authorised = authorised and not refused
    except SourceError as error:
        reachable, authorised = not isinstance(error, SourceUnavailable) and _was_there(error), False
        lines.append(str(error))
    return SourceReport(source.name, reachable, authorised, tuple(lines), rows, round(time.monotonic() - started, 3))


def _was_there(error: SourceError) -> bool:
    """A source that says no was reached; one whose file or address is wrong was not."""
    return isinstance(error, SourceRefused)


def _entity(tables: Tables, entity: Entity, lines: list[str], rows: dict[str, int]) -> bool:
    """Note what is wrong with one entity; gives whether it may not be read."""
    try:
        table = tables.table(entity)
        rows[entity.name] = table.size()
        lines += (*drift(entity, shape_of(entity, table.columns)), *table.alarms)
    except SourceUnavailable:
        raise
    except SourceError as error:
        lines.append(str(error))
        return isinstance(error, SourceRefused)
    if rows[entity.name] < entity.minimum_rows:
        lines.append(f"{entity.source}.{entity.name}: it holds {rows[entity.name]} rows, below its minimum of {entity.minimum_rows}.")
    return False
