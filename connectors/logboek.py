"""Logs of processing: who looked into data of a person or received it, when, and for which activity.

`connection` is the address of the read API. `table` says by which standard it is read: `verwerkte-objecten` (Verwerkingenlogging of VNG) or
`processing-activities` (Logboek Dataverwerkingen of Logius). A column is a path: `verwerkingsactie.tijdstip`, `startTime`. What is found
feeds the disclosures of the dossier. `options: {names: {OIN: who}}` gives numbers and addresses their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from config.collection import Answer
from config.errors import SourceUnreadable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, Searched, SourceReport
from connectors.asking.known import Known
from connectors.asking.reported import Seen, reported
from connectors.logs.standards import API, STANDARDS, Standard, standard
from connectors.records.api import Api
from connectors.records.gone import Gone
from connectors.records.searching import Record, Records, can_ask, drifted, judged, names_of, unasked, wanted
from connectors.web.client import opened

NOBODY = "999999990"
"""A BSN of the range for tests, which no resident has."""

Json = Mapping[str, Any]


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the log tells of the subject."""
    disclosing = [_disclosing(entity) for entity in entities]
    return asked(replace(source, retries=0), disclosing, subject, partial(_searching, retries=source.retries), now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the log answers, lets us in, knows the columns, and tells nothing of a BSN that nobody has."""

    def look(seen: Seen) -> None:
        with session(source, source.retries) as found:
            for entity in entities:
                read = found.standard(entity)
                seen.lines += drifted(entity, read.form)
                if not found.obeys(read):
                    wrong = "it tells of a BSN that nobody has. Its search does not work: report this."
                    seen.lines.append(f"{source.name}.{entity.name}: {wrong}")

    return reported(source, look)


def _disclosing(entity: Entity) -> Entity:
    """The entity with what of it is a disclosure, as its standard has it, where sources.yaml does not say so itself."""
    read = standard(entity.table)
    if read is None or entity.discloses:
        return entity
    columns = {read.form.path(name): name for name in reversed(names_of(entity))}
    return replace(
        entity, discloses={word: tuple(columns[path] for path in paths if path in columns) for word, paths in read.discloses.items()}
    )


@dataclass(slots=True)
class _Log:
    """An open log."""

    source: Source
    api: Api
    _obeys: dict[str, bool] = field(default_factory=dict)

    def standard(self, entity: Entity) -> Standard:
        """How an entity is read. Raises SourceUnreadable where its table is none."""
        read = standard(entity.table)
        if read is None:
            thing = f"{self.source.name}.{entity.name}"
            raise SourceUnreadable(thing, f"there is no table {entity.table}", f"Write one of: {', '.join(STANDARDS)}")
        return read

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records of one entity that are about the subject."""
        read, sought, gone = self.standard(entity), wanted(entity, known), Gone()
        conditions = [c for alternative in sought.alternatives for c in alternative.conditions if not alternative.empty]
        askable = [condition for condition in conditions if can_ask(condition)]
        records = tuple(
            Record(self._named(row), {condition.column: value})
            for condition in askable
            for value in condition.values
            for row in self._rows(read, value, gone)
        )
        given = Records(records, not gone.any, gone.alarms(f"{self.source.name}.{entity.name}"))
        searched = judged(self.source, entity, known, read.form, given)
        return searched if askable or not conditions else unasked(searched)

    def _rows(self, read: Standard, value: str, gone: Gone) -> Iterator[Json]:
        """What the log tells of one number. A record of another is left out; one that names nobody counts where the search works."""
        for row in read.ask(self.api, value, self.source.options):
            named = read.whose(row)
            hidden = not (named.isdigit() and len(named) == 9)
            if named == value or (hidden and self.obeys(read)):
                yield row
            else:
                gone.strangers += 1

    def obeys(self, read: Standard) -> bool:
        """Whether the search by person is one: it finds nothing for a BSN that nobody has."""
        if read.name not in self._obeys:
            self._obeys[read.name] = next(iter(read.ask(self.api, NOBODY, self.source.options)), None) is None
        return self._obeys[read.name]

    def _named(self, value: Any) -> Any:
        """A record with the names that `options` gives to numbers and addresses."""
        if isinstance(value, dict):
            return {name: self._named(inner) for name, inner in value.items()}
        names = self.source.options.get("names") or {}
        return names.get(value, value) if isinstance(value, str) and isinstance(names, dict) else value


@contextmanager
def session(source: Source, retries: int) -> Iterator[_Log]:
    """The log, open."""
    with opened(source, retries) as web:
        yield _Log(source, Api(web, {API: source.connection.rstrip("/")}))


@contextmanager
def _searching(source: Source, retries: int) -> Iterator[Search]:
    with session(source, retries) as found:
        yield found.search
