"""`inzage sources check` for sources that consist of tables: is it there, does it let us in, is it as sources.yaml says, is it filled."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from config.errors import SourceError, SourceRefused, SourceUnavailable
from config.person import Address, Name, Person
from config.settings import Entity, Source
from connectors.asking.changes import added, changed
from connectors.asking.contract import Described, Listed, SourceReport, Table, Tables, types_of
from connectors.asking.known import Known, outside
from connectors.asking.shape import drift, shape_of
from connectors.asking.wanted import wanted_of

OpensTables = Callable[[Source], AbstractContextManager[Tables]]

NOBODY = Person(
    (Name(given="Niemand", family="Niemand"),),
    bsn="999999990",
    birth_date=date(1900, 1, 1),
    addresses=(Address("Nergens", "1", "9999 ZZ", "Nergens"),),
    emails=("niemand@nergens.example",),
    phones=("0600000000",),
)
"""Somebody to ask after without asking: for the plan of a search."""


def checked(source: Source, entities: Sequence[Entity], opens: OpensTables) -> SourceReport:
    """The report on one source; each entity is looked at, also after another failed."""
    look, started = _Look(source), time.monotonic()
    reachable = True
    try:
        with opens(source) as tables:
            for entity in entities:
                look.at(tables, entity)
            look.around(tables, source.entities or entities)
    except SourceError as error:
        reachable, look.authorised = isinstance(error, SourceRefused), False
        look.lines.append(str(error))
    return look.report(reachable, round(time.monotonic() - started, 3))


@dataclass
class _Look:
    """What was seen of one source so far."""

    source: Source
    authorised: bool = True
    lines: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    small: list[str] = field(default_factory=list)
    shape: dict[str, dict[str, str]] = field(default_factory=dict)
    tables: Mapping[str, bool] = field(default_factory=dict)

    def at(self, tables: Tables, entity: Entity) -> None:
        """Note what is wrong with one entity. Raises SourceUnavailable where the source itself stopped answering."""
        try:
            table = tables.table(entity)
            self._shape(entity, table)
            self._rows(entity, table)
        except SourceUnavailable:
            raise
        except SourceError as error:
            self.lines.append(str(error))
            self.authorised = self.authorised and not isinstance(error, SourceRefused)

    def _shape(self, entity: Entity, table: Table) -> None:
        shape = shape_of(entity, table.columns)
        types = self.shape[entity.name] = dict(types_of(table))
        self.lines += (*drift(entity, shape), *changed(self.source, entity, types))
        if isinstance(table, Described):
            table.look()
            self.lines += table.plans(wanted_of(entity, _everything_known(self.source, entity), shape).alternatives)

    def _rows(self, entity: Entity, table: Table) -> None:
        """Count; a table that cannot be counted in time may still be searched by index."""
        place = f"{entity.source}.{entity.name}"
        try:
            self.rows[entity.name] = table.size()
        except SourceUnavailable:
            self.lines.append(f"{place}: its rows could not be counted in time. Give the source a longer `timeout`, or look at its speed.")
            return
        self.lines += table.alarms
        if self.rows[entity.name] < entity.minimum_rows:
            self.small.append(entity.name)
            self.lines.append(f"{place}: it holds {self.rows[entity.name]} rows, below its minimum of {entity.minimum_rows}.")

    def around(self, tables: Tables, entities: Sequence[Entity]) -> None:
        """Note the tables that no entity reads."""
        if isinstance(tables, Listed):
            self.tables = tables.holds(entities)
            self.lines += added(self.source, self.tables)

    def report(self, reachable: bool, seconds: float) -> SourceReport:
        """All of it."""
        return SourceReport(
            self.source.name,
            reachable,
            self.authorised,
            tuple(self.lines),
            self.rows,
            seconds,
            tuple(self.small),
            self.shape,
            self.tables,
        )


def _everything_known(source: Source, entity: Entity) -> Known:
    """As if every key were known, so that every alternative of `match` can be planned."""
    keys = {outside(source.name, key) for match in entity.match for key in match.values() if not key.startswith("subject.")}
    return Known(NOBODY, {key: {"999999990": 1.0} for key in keys})
