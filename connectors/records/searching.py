"""Records of a web API as rows: its columns next to those of sources.yaml, who each row is about, and the files that come with it.

Nothing of a record is dropped in silence: a member that sources.yaml does not name becomes a column that is withheld and told, and a
column that neither the specification nor the data knows makes that the entity was not searched whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from config.collection import Column, Document, Kind, Match
from config.discretion import discreet
from config.settings import Entity, Source
from connectors.asking.attached import documents_of
from connectors.asking.contract import Searched
from connectors.asking.known import Known
from connectors.asking.matching import Matcher
from connectors.asking.rows import found
from connectors.asking.shape import Shape, drift, unclassified
from connectors.asking.wanted import Condition, Wanted, wanted_of
from connectors.files.reading import ReadFile
from connectors.records.paths import at, covers, leaves, meant


@discreet
@dataclass(frozen=True, slots=True)
class Record:
    """One record. `answers` says for columns of `match` what the record was found by, where it does not hold that itself."""

    data: Mapping[str, Any]
    answers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[ReadFile, ...] = ()


@discreet
@dataclass(frozen=True, slots=True)
class Records:
    """What an API gave for one entity; `whole` tells whether that is all, `alarms` why not and what else is odd."""

    records: tuple[Record, ...] = ()
    whole: bool = True
    alarms: tuple[str, ...] = ()
    files_unread: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """What the records of one table look like, by the specification: the paths they may have, and members that hold something linked.

    `hidden` are members that are not shown unless sources.yaml names them, because they come along as something else.
    """

    paths: tuple[str, ...]
    groups: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def path(self, name: str, held: Iterable[str] = ()) -> str:
        """The path that a column means; "" where neither the specification nor the data has it."""
        return meant(name, (*self.paths, *held), self.groups)


def wanted(entity: Entity, known: Known) -> Wanted:
    """What can be looked for: of an API, whatever column a `match` names is taken for the question that it stands for."""
    names = {*entity.columns, *entity.provides, *(column for match in entity.match for column in match)}
    return wanted_of(entity, known, Shape(tuple(entity.columns.get(name) or unclassified(name) for name in sorted(names))))


def can_ask(condition: Condition) -> bool:
    """Whether an API with records can be asked for this: for a BSN or for a key, not for a name, an address or a telephone number."""
    return condition.key == "subject.bsn" or not condition.key.startswith("subject.")


def unasked(searched: Searched) -> Searched:
    """The same, where nothing of `match` could be asked: that is not an empty answer."""
    place = f"{searched.entity.source}.{searched.entity.name}"
    alarm = f"{place}: it cannot be searched by what its match names. Match it on subject.bsn or on a key."
    return replace(searched, whole=False, failure="unasked", alarms=(*searched.alarms, alarm))


def names_of(entity: Entity) -> tuple[str, ...]:
    """The columns that sources.yaml names and that a collection has."""
    return tuple(dict.fromkeys((*entity.columns, *entity.provides)))


def drifted(entity: Entity, form: Form) -> tuple[str, ...]:
    """A line for each column that the specification does not know, without looking at data."""
    return drift(entity, Shape((), (), tuple(name for name in names_of(entity) if not form.path(name))))


def judged(source: Source, entity: Entity, known: Known, form: Form, given: Records) -> Searched:
    """The records that are about the subject, as a collection. A record that carries another's BSN is left out and told."""
    sought = wanted(entity, known)
    if not sought.alternatives:
        return Searched(entity, whole=False, alarms=(*drifted(entity, form), *sought.unasked, *given.alarms), failure="unasked")
    held = tuple(dict.fromkeys(path for record in given.records for path in leaves(record.data)))
    shape, paths = _shape(entity, form, held)
    sought = wanted_of(entity, known, shape)
    matcher = Matcher(known.person, sought.alternatives, shape.columns, datetime.now(UTC).year)
    taken = [(row, match, record) for record in given.records if (match := matcher.match(row := _row(record, shape.columns, paths)))]
    missing = tuple(reason for reason in sought.unasked if "subject." not in reason)
    places = _kept(entity, shape, [record for _, _, record in taken])
    new = tuple(name for name in shape.new if name in {shape.columns[place].name for place in places})
    kept = replace(shape, columns=tuple(shape.columns[place] for place in places), new=new)
    documents, firsts = _documents(kept.columns, [(record, match) for _, match, record in taken])
    files = {place for place in places if paths[shape.columns[place].name] in form.hidden}
    rows = [tuple(first if place in files else row[place] for place in places) for (row, *_), first in zip(taken, firsts, strict=True)]
    searched = found(
        source,
        entity,
        kept,
        rows,
        [match for _, match, _ in taken],
        alarms=(*drift(entity, kept), *missing, *sought.incomplete, *given.alarms, *_others(entity, matcher.others)),
        whole=given.whole and not (shape.gone or missing or sought.incomplete),
    )
    return _with(searched, documents, given.files_unread)


def _kept(entity: Entity, shape: Shape, records: Sequence[Record]) -> list[int]:
    """The places of the columns that a collection has: the configured ones, and what the records that were taken hold besides."""
    held = {path for record in records for path in leaves(record.data)}
    names = set(names_of(entity))
    return [
        place for place, column in enumerate(shape.columns) if column.name in names or (column.name in shape.new and column.name in held)
    ]


def _shape(entity: Entity, form: Form, held: Sequence[str]) -> tuple[Shape, Mapping[str, str]]:
    """The configured columns, then what came besides, then columns of `match` that are no column; and the path that each means."""
    names = names_of(entity)
    paths = {name: form.path(name, held) for name in names}
    meant_here = [path for path in paths.values() if path]
    new = [path for path in held if path not in form.hidden and not any(covers(path_, path) for path_ in meant_here)]
    matched = [column for match in entity.match for column in match if column not in names and column not in new]
    asked = list(dict.fromkeys(matched))
    columns = [*(entity.columns.get(name) or unclassified(name) for name in names), *map(unclassified, (*new, *asked))]
    unnamed = [name for name in names if name not in entity.columns]
    paths |= {path: path for path in new} | {name: form.path(name, held) for name in asked}
    return Shape(tuple(columns), (*unnamed, *new), tuple(name for name in names if not paths[name])), paths


def _row(record: Record, columns: Sequence[Column], paths: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(
        record.answers[column.name]
        if column.name in record.answers
        else at(record.data, paths[column.name])
        if paths[column.name]
        else None
        for column in columns
    )


def _documents(columns: Sequence[Column], taken: Sequence[tuple[Record, Match]]) -> tuple[tuple[Document, ...], list[str | None]]:
    """The files of all records as documents, and for each record the number of its first."""
    category = next((column.category for column in columns if column.kind is Kind.DOCUMENT and column.category), "")
    documents: list[Document] = []
    firsts: list[str | None] = []
    for record, match in taken:
        firsts.append(f"{len(documents) + 1:04}" if record.files else None)
        documents += documents_of(record.files, match, category, len(documents) + 1)
    return tuple(documents), firsts


def _with(searched: Searched, documents: tuple[Document, ...], unread: int) -> Searched:
    if searched.collection is None:
        return replace(searched, files_unread=unread)
    return replace(searched, collection=replace(searched.collection, documents=documents), files_unread=unread)


def _others(entity: Entity, number: int) -> tuple[str, ...]:
    if not number:
        return ()
    place = f"{entity.source}.{entity.name}"
    return (f"{place}: {number} records carry the BSN of another in a column of party subject, and were left out. Mend its party.",)
