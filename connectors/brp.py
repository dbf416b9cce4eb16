"""The base register of persons: Haal Centraal BRP bevragen 2.x, asked by BSN and for no more than sources.yaml names.

`connection` is the address before `/personen`. `table: persoon` is one row; `kinderen`, `ouders`, `partners`, `nationaliteiten` and `gezag`
have a row for each, with paths from there; so have `verblijfplaatshistorie` and `reisdocumenten`, which are APIs of their own. A column
is a path of the specification: `naam.voornamen`, `geboorte.datum`. `inOnderzoek` tells all that is under investigation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from config.collection import UNCLASSIFIED, Answer, Kind, Match, Party
from config.errors import SourceRefused, SourceUnreadable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, Searched, SourceReport
from connectors.asking.known import Known
from connectors.asking.matching import holds_other_bsn
from connectors.asking.reported import Seen, reported
from connectors.asking.rows import found
from connectors.asking.shape import Shape, drift, unclassified
from connectors.records.paths import members
from connectors.register.questions import QUESTIONS
from connectors.web.client import Web, opened
from connectors.web.persons import LISTS, at, doubts, exists, fields_for, leaves

NOBODY = "999999990"
"""A BSN of the range for tests, which no resident has: what `check` asks for."""

_BSN = "burgerservicenummer"
UNNUMBERED = 0.5
"""The score of a travel document that does not say whose it is: for a person to judge."""

_TABLES = ("persoon", *LISTS, *QUESTIONS)


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the base register holds of the subject: one request for all these entities."""
    return asked(source, entities, subject, partial(_searching, entities=entities, bsn=subject.person.bsn), now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the register answers, lets us in, and knows the fields of sources.yaml; asks for nobody."""

    def look(seen: Seen) -> None:
        seen.lines += [line for entity in entities for line in (*drift(entity, _shape(entity, {})), *_no_table(entity))]
        with opened(source) as web:
            _persons(web, entities, NOBODY)
            for entity in entities:
                if entity.table in QUESTIONS:
                    QUESTIONS[entity.table].ask(web, NOBODY, _names(entity))

    return reported(source, look)


@contextmanager
def _searching(source: Source, entities: Sequence[Entity], bsn: str) -> Iterator[Search]:
    """The register, asked: all about a person is served from one answer, so where that fails all of it does, after one request."""
    with opened(source) as web:
        yield _Register(source, web, _persons(web, entities, bsn)).search


def _persons(web: Web, entities: Sequence[Entity], bsn: str) -> list[Mapping[str, Any]]:
    """The answer for all entities that are about a person, asked once; nothing is asked where there are none."""
    about = [entity for entity in entities if entity.table not in QUESTIONS]
    return _ask(web, about, bsn) if about else []


@dataclass(frozen=True, slots=True)
class _Register:
    """The register's answer."""

    source: Source
    web: Web
    answer: Sequence[Mapping[str, Any]]

    def search(self, entity: Entity, known: Known) -> Searched:
        """The rows of one entity."""
        thing = f"{self.source.name}.{entity.name}"
        if entity.table not in _TABLES:
            raise SourceUnreadable(thing, f"the register has no table {entity.table}", f"Write one of: {', '.join(_TABLES)}")
        by = next(
            (f"{column} = {key}" for match in entity.match for column, key in match.items() if key == "subject.bsn" and len(match) == 1), ""
        )
        if not by:
            alarm = f"{thing}: the register is asked by BSN alone. Write its match as {{{_BSN}: subject.bsn}}."
            return Searched(entity, whole=False, alarms=(alarm,), failure="unasked")
        if entity.table in QUESTIONS:
            records = QUESTIONS[entity.table].ask(self.web, known.person.bsn, _names(entity))
        else:
            records = [record for person in self.answer for record in _records(person, entity.table)]
        return self._found(entity, records, known.person.bsn, by)

    def _found(self, entity: Entity, records: Sequence[Mapping[str, Any]], bsn: str, by: str) -> Searched:
        shape = _shape(entity, {path: None for record in records for path in _paths(record, entity.table)})
        rows = [tuple(_cell(record, column.name) for column in shape.columns) for record in records]
        own = [place for place, column in enumerate(shape.columns) if column.kind is Kind.BSN and column.party is Party.SUBJECT]
        fits = [not any(holds_other_bsn(row[place], bsn) for place in own) for row in rows]
        kept = [row for row, fit in zip(rows, fits, strict=True) if fit]
        matches = [_match(entity, record, by) for record, fit in zip(records, fits, strict=True) if fit]
        others = len(rows) - len(kept)
        thing = f"{self.source.name}.{entity.name}"
        wrong = f"{thing}: {others} rows were left out, because a BSN column of party subject holds that of another. Mend its party."
        alarms = (*drift(entity, shape), *((wrong,) if others else ()))
        return found(self.source, entity, shape, kept, matches, alarms=alarms, whole=not (shape.gone or others), reference=True)


def _match(entity: Entity, record: Mapping[str, Any], by: str) -> Match:
    """By the number that was asked; less sure where a travel document does not repeat it, though that was asked too."""
    if entity.table == "reisdocumenten" and not members(record.get("houder")).get(_BSN):
        return Match(UNNUMBERED, f"{by} (the answer does not repeat it)")
    return Match(1.0, by)


def _ask(web: Web, entities: Sequence[Entity], bsn: str) -> list[Mapping[str, Any]]:
    """The persons that the register gives for this BSN: one, or none. Raises SourceRefused where it gives anybody else."""
    paths = [path for entity in entities for path in _asked_paths(entity)]
    body = {"type": "RaadpleegMetBurgerservicenummer", _BSN: [bsn], "fields": fields_for([_BSN, *paths])}
    answer = web.post(
        f"{web.source.connection.rstrip('/')}/personen", json=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    persons = answer.get("personen") if isinstance(answer, dict) else None
    if not isinstance(persons, list) or not all(isinstance(person, dict) for person in persons):
        raise SourceUnreadable(
            web.source.name, "its answer is not that of BRP bevragen 2", "Look whether its connection is the right address"
        )
    if len(persons) > 1 or any(person.get(_BSN) != bsn for person in persons):
        raise SourceRefused(
            web.source.name, "it answered with another person than was asked for; all of it was refused", "Report this to its keeper"
        )
    return persons


def _asked_paths(entity: Entity) -> list[str]:
    head = "" if entity.table == "persoon" else f"{entity.table}."
    columns = [f"{head}{name}" for name in (*entity.columns, *entity.provides)]
    return columns or ([entity.table] if head else [])


def _records(person: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    if table == "persoon":
        return [person]
    elements = person.get(table) or []
    return [element for element in elements if isinstance(element, dict)]


def _paths(record: Mapping[str, Any], table: str) -> list[str]:
    """What a record holds; of a person without the tables within, and without the BSN that was asked to compare."""
    paths = leaves(record)
    return [path for path in paths if table != "persoon" or (path not in LISTS and path != _BSN)]


def _shape(entity: Entity, held: Mapping[str, None]) -> Shape:
    """The configured columns, whether delivered or empty, then what came besides; gone is what the specification does not know."""
    names = _names(entity)
    new = [path for path in sorted(held) if not any(_covers(name, path) for name in names)]
    columns = tuple(entity.columns.get(name) or unclassified(name) for name in names) + tuple(unclassified(path) for path in new)
    gone = tuple(name for name in names if not _known(entity, name))
    return Shape(columns, tuple(column.name for column in columns if column.withhold == UNCLASSIFIED), gone)


def _names(entity: Entity) -> list[str]:
    return list(dict.fromkeys((*entity.columns, *entity.provides)))


def _known(entity: Entity, name: str) -> bool:
    """Whether the specification has this column in the table of the entity."""
    if entity.table not in QUESTIONS:
        return exists(name if entity.table == "persoon" else f"{entity.table}.{name}")
    paths = QUESTIONS[entity.table].paths
    return any(_covers(path, name) for path in paths)


def _cell(record: Mapping[str, Any], name: str) -> Any:
    """What a column holds; all that is under investigation is told in one place."""
    return doubts(record) if name == "inOnderzoek" else at(record, name)


def _covers(name: str, path: str) -> bool:
    """Whether a column holds what stands at `path`: it is that, a group around it, or a member of that date or code."""
    if name == "inOnderzoek":
        return name in path.split(".")
    return name == path or path.startswith(f"{name}.") or name.startswith(f"{path}.")


def _no_table(entity: Entity) -> tuple[str, ...]:
    if entity.table in _TABLES:
        return ()
    return (f"{entity.source}.{entity.name}: the register has no table {entity.table}. Write one of: {', '.join(_TABLES)}.",)
