"""Searching a table: its shape, what is wanted, the rows that fit, and a collection of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from config.collection import Collection, Document, Match
from config.settings import Entity, Source
from connectors.asking.attached import with_documents
from connectors.asking.contract import Row, Search, Searched, Table, Tables
from connectors.asking.known import JOINT, SPLIT, Known, outside
from connectors.asking.matching import Matcher
from connectors.asking.plain import plain
from connectors.asking.shape import Shape, drift, shape_of
from connectors.asking.wanted import Alternative, wanted_of
from connectors.written.figures import written


def searcher(source: Source, tables: Tables) -> Search:
    """Searches entities of an open source that consists of tables."""

    def search(entity: Entity, known: Known) -> Searched:
        table = tables.table(entity)
        return search_table(source, entity, known, table)

    return search


def search_table(source: Source, entity: Entity, known: Known, table: Table) -> Searched:
    """The rows of `table` about the subject. Raises SourceError where it stops answering halfway: then nothing of it counts."""
    shape = shape_of(entity, table.columns)
    wanted = wanted_of(entity, known, shape)
    if not wanted.alternatives:
        return Searched(entity, whole=False, alarms=(*drift(entity, shape), *wanted.unasked), failure="unasked")
    matcher = Matcher(known.person, wanted.alternatives, shape.columns, datetime.now(UTC).year)
    rows, matches = fitting(table, wanted.alternatives, matcher)
    odd, small = table.alarms, _too_small(entity, table)
    missing = [reason for reason in wanted.unasked if "subject." not in reason]
    alarms = (*drift(entity, shape), *missing, *wanted.incomplete, *small, *odd, *_others(entity, matcher.others))
    whole = not (shape.gone or missing or wanted.incomplete or small or odd)
    return found(source, entity, shape, rows, matches, alarms=alarms, whole=whole)


def fitting(table: Table, alternatives: Sequence[Alternative], matcher: Matcher) -> tuple[list[Row], list[Match]]:
    """The rows that fit, each once however many alternatives it fits, though equal rows of one pass are separate records."""
    rows: list[Row] = []
    matches: list[Match] = []
    before: set[int] = set()
    askable = [alternative for alternative in alternatives if not alternative.empty]
    for candidates in table.candidates(askable) if askable else ():
        now: set[int] = set()
        for candidate in candidates:
            if match := matcher.match(candidate):
                row = tuple(map(plain, candidate))
                if (mark := hash(row)) not in before:
                    rows.append(row)
                    matches.append(match)
                    now.add(mark)
        before |= now
    return rows, matches


def _others(entity: Entity, number: int) -> tuple[str, ...]:
    if not number:
        return ()
    place = f"{entity.source}.{entity.name}"
    return (f"{place}: {number} rows that fitted carry another BSN and were left out. Look whether its keys are used twice.",)


def _too_small(entity: Entity, table: Table) -> tuple[str, ...]:
    """An alarm where the table holds fewer rows than `minimum_rows`: an emptied table must not read as nothing held."""
    if not entity.minimum_rows:
        return ()
    size = table.size(entity.minimum_rows)
    if size >= entity.minimum_rows:
        return ()
    return (
        f"{entity.source}.{entity.name}: it holds {size} rows, below its minimum of {entity.minimum_rows}. Look whether it was filled.",
    )


def found(
    source: Source,
    entity: Entity,
    shape: Shape,
    rows: Sequence[Row],
    matches: Sequence[Match],
    *,
    alarms: tuple[str, ...] = (),
    whole: bool = True,
    reference: bool = False,
) -> Searched:
    """What came of searching an entity that answered: its rows as a collection, files in cells as documents, and the keys it provides."""
    rows, documents = with_documents(rows, shape.columns, matches)
    collection = collected(source, entity, shape, rows, matches, documents=documents, reference=reference) if rows else None
    return Searched(entity, whole, collection, alarms, provided=_provided(entity, shape, rows, matches))


def collected(
    source: Source,
    entity: Entity,
    shape: Shape,
    rows: Sequence[Row],
    matches: Sequence[Match],
    *,
    documents: tuple[Document, ...] = (),
    reference: bool = False,
) -> Collection:
    """Rows and documents as a collection."""
    names = [column.name for column in shape.columns]
    placed = {
        shape.columns[place].name: outside(source.name, key)
        for column, key in entity.provides.items()
        if (place := shape.index(column)) is not None
    }
    return Collection(
        source=source.name,
        entity=entity.name,
        title=entity.title,
        activity=entity.activity or source.activity,
        columns=shape.columns,
        rows=frame(rows, names),
        matches=tuple(matches),
        documents=documents,
        provides=placed,
        reference=reference,
        discloses=entity.discloses,
    )


def frame(rows: Sequence[Row], names: Sequence[str]) -> pd.DataFrame:
    """Rows as a data frame of plain values: every column of dtype object, missing values None."""
    columns: dict[str, pd.Series[Any]] = {}
    for place, name in enumerate(names):
        values = np.empty(len(rows), dtype=object)
        values[:] = [row[place] for row in rows]
        columns[name] = pd.Series(values, dtype=object)
    return pd.DataFrame(columns, columns=list(names), index=pd.RangeIndex(len(rows)), dtype=object)


def _provided(entity: Entity, shape: Shape, rows: Sequence[Row], matches: Sequence[Match]) -> dict[str, Mapping[str, float]]:
    """The values of each key, and of all keys of the entity together as rows hold them, each with the best score it was found with."""
    places = {outside(entity.source, key): place for column, key in entity.provides.items() if (place := shape.index(column)) is not None}
    names = sorted(places)
    provided: dict[str, Mapping[str, float]] = {name: _scored((written(row[places[name]]) for row in rows), matches) for name in names}
    if len(names) > 1:
        joint = (SPLIT.join(written(row[places[name]]) for name in names) for row in rows)
        provided[JOINT.join(names)] = _scored(joint, matches)
    return provided


def _scored(values: Iterable[str], matches: Sequence[Match]) -> dict[str, float]:
    best: dict[str, float] = {}
    for value, match in zip(values, matches, strict=True):
        if value.strip(SPLIT):
            best[value] = max(best.get(value, 0.0), match.score)
    return best
